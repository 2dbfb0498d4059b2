/** A candidate's dossier: who it is, what was answered, what happened where, and what proves it. */
import { useState, type ReactNode } from 'react';
import { Button, Segmented } from 'antd';
import { responseWords } from '../../../exam/answer/response-words.ts';
import { tiers, type Tier } from '../../../exam/package/dossier.ts';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { bytes, clockTime, dateTime } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { logDetails, logKind } from '../../../ui/log-words.ts';
import { NowLine } from '../../../ui/now-line.tsx';
import { Photo } from '../../../ui/photo.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { DossierView } from '../../dossier/contract.ts';
import type { ProjectProps } from '../centre-console.tsx';

type Line = DossierView['lines'][number];

interface Props extends Pick<ProjectProps, 'centre' | 'project'> {
  sessionId: string;
  admissionNumber: string;
  back: () => void;
}

export function DossierPage({ centre, project, sessionId, admissionNumber, back }: Props): ReactNode {
  const t = useText();
  const whose = { projectId: project.id, sessionId, admissionNumber };
  const loaded = useLoaded(JSON.stringify(whose), () => centre.dossier.get(whose));
  const view = loaded.value;
  return (
    <div className="stack">
      <h1 className="only-read">{t('dossier.title')}</h1>
      <NowLine
        action={
          <>
            <Button onClick={back}>{t('dossier.back')}</Button>
            <DownloadButton make={() => centre.dossier.pdf({ ...whose, language: t.language })}>
              {t('dossier.makePdf')}
            </DownloadButton>
            <DownloadButton type="primary" make={() => centre.dossier.parcel(whose)}>
              {t('dossier.makeParcel')}
            </DownloadButton>
          </>
        }
      >
        {t('dossier.now')}
      </NowLine>
      {loaded.refusal && !view && <RefusalAlert refusal={loaded.refusal} />}
      {view && (
        <>
          <Who view={view} photo={() => centre.roster.photo({ projectId: project.id, admissionNumber })} />
          <Answers dossier={view.dossier} />
          <Events view={view} />
        </>
      )}
    </div>
  );
}

function Who({
  view,
  photo,
}: {
  view: DossierView;
  photo: () => Promise<{ url: string | null }>;
}): ReactNode {
  const t = useText();
  const { dossier, seatNumber } = view;
  const { candidate, session, site, room, score, results } = dossier;
  const named = (one: { code: string; name: string }): string =>
    one.name === one.code || one.name === '' ? one.code : `${one.code} · ${one.name}`;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>
          {candidate.name} · {candidate.admissionNumber}
        </h2>
        <Photo id={candidate.admissionNumber} name={candidate.name} load={photo} />
      </div>
      <Facts
        of={[
          [t('dossier.session'), `${session.number} · ${session.name} · ${dateTime(session.startAt)}`],
          [t('dossier.site'), named(site)],
          [t('dossier.room'), named(room)],
          [t('dossier.seat'), seatNumber],
          [
            t('dossier.state'),
            dossier.state === null ? null : (t.find(`sitting.${dossier.state}`) ?? dossier.state),
          ],
          [t('dossier.score'), score && `${score.score ?? '–'} / ${score.maxScore ?? '–'}`],
        ]}
      />
      <h3>{t('dossier.results')}</h3>
      {results.length === 0 && <p className="soft">{t('dossier.noResult')}</p>}
      {results.length > 1 && <p>{t('dossier.twoResults', { count: results.length })}</p>}
      {results.map((result) => (
        <p key={result.digest}>
          {t('dossier.resultOf', { at: result.receivedAt, entries: result.entries })} ·{' '}
          {t(result.inForce ? 'dossier.inForce' : 'dossier.notInForce')} ·{' '}
          {t(result.receipt ? 'dossier.receipt' : 'dossier.noReceipt')}
        </p>
      ))}
      <p className="soft">
        {t(results.some(({ proved }) => proved) ? 'dossier.proofByRoom' : 'dossier.proofByCentre')}
      </p>
      {dossier.differing > 0 && <p>{t('dossier.differing', { count: dossier.differing })}</p>}
    </section>
  );
}

function Answers({ dossier }: { dossier: DossierView['dossier'] }): ReactNode {
  const t = useText();
  return (
    <section className="panel">
      <h2>{t('dossier.answers')}</h2>
      <Listing
        rows={dossier.answers}
        rowKey={(row) => row.item}
        pageSize={20}
        empty={<p className="soft">{t('dossier.noAnswers')}</p>}
        columns={({ column, figures, moment }) => [
          column(t('dossier.item'), (row) => row.item),
          column(t('dossier.answer'), (row) => (
            <span className="answer-text">{responseWords(row.responses).join('\n')}</span>
          )),
          figures(t('dossier.changes'), (row) => row.changes),
          moment(t('dossier.kept'), (row) => row.keptAt),
        ]}
      />
      {dossier.files.map((file) => (
        <p key={`${file.item} ${file.response}`} className="soft">
          {file.item}: {file.name}, {bytes(file.size, t.language)}
          {file.kept ? '' : `, ${t('dossier.fileMissing')}`}
        </p>
      ))}
    </section>
  );
}

function Events({ view }: { view: DossierView }): ReactNode {
  const t = useText();
  const [tier, setTier] = useState<Tier | 'all'>('all');
  const lines = view.lines.filter((line) => tier === 'all' || line.tier === tier);
  const all = view.dossier.entries + view.dossier.differing;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('dossier.events')}</h2>
        <Segmented
          value={tier}
          onChange={setTier}
          options={[
            { value: 'all' as const, label: t('dossier.everyTier') },
            ...tiers.map((one) => ({ value: one, label: t(`dossier.tier.${one}`) })),
          ]}
        />
      </div>
      {all > view.lines.length && <p>{t('dossier.moreLines', { shown: view.lines.length, all })}</p>}
      <Listing<Line>
        rows={lines}
        rowKey={(line) => `${line.origin} ${line.epoch} ${line.seq} ${line.differs}`}
        pageSize={50}
        columns={({ column, figures }) => [
          column(t('log.at'), ({ at }) => (
            <span className="nowrap">{`${dateTime(at).slice(0, 10)} ${clockTime(at)}`}</span>
          )),
          column(t('dossier.tier'), (line) => t(`dossier.tier.${line.tier}`)),
          column(t('log.what'), (line) => logKind(t, line.kind)),
          column(t('log.details'), (line) => <span className="answer-text">{details(t, line)}</span>),
          column(t('log.by'), ({ data }) => (typeof data['by'] === 'string' ? data['by'] : '')),
          figures(t('log.seq'), (line) => `${line.seq}${line.proved ? '' : '*'}`),
          column(t('dossier.proof'), (line) => <Proof line={line} />),
        ]}
      />
    </section>
  );
}

function details(t: Text, { data, responses }: Line): string {
  return [logDetails(t, data), ...(responses === null ? [] : responseWords(responses))]
    .filter((part) => part !== '')
    .join(' · ');
}

function Proof({ line }: { line: Line }): ReactNode {
  const t = useText();
  if (line.differs) return <Mark {...checkMarks.warning} word={t('dossier.differs')} />;
  return line.proved ? (
    <Mark {...checkMarks.passed} word={t('dossier.provedByRoom')} nowrap />
  ) : (
    <span className="soft nowrap">{t('dossier.provedByCentre')}</span>
  );
}
