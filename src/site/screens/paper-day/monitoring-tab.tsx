/** Section «Monitoring»: statuses for the centre, the stations' journals, and stage reports. */
import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { dateTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { both } from '../../../ui/role-gate.ts';
import { Mark, ReachedMark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { PaperDayView, PaperStationView } from '../../paper-day/contract.ts';
import type { PaperTabProps } from './paper-page.tsx';
import { gapInWords, stationName, stationRoom } from './station-words.tsx';
import { FilesHere, StickButton, StickProgress } from './sticks-here.tsx';

type StatusView = PaperDayView['statuses'][number];

export function MonitoringTab({ site, day, sticks }: PaperTabProps): ReactNode {
  const t = useText();
  const eventId = day.event.event.id;
  const next = day.statuses.find(({ toldAt }) => toldAt === null);
  const told = day.statuses.some(({ toldAt }) => toldAt !== null) || day.stages.some(({ said }) => said);
  const journals = day.stations.some(({ journal }) => journal !== null);
  return (
    <div className="stack">
      <NowLine
        action={
          <>
            <StickButton
              sticks={sticks}
              label={t('siteDay.writeForCentre')}
              gate={screenGate(told || journals, 'nothing-told-yet')}
              write={(drive) => site.paperDay.status.write({ eventId, drive })}
            />
            {next && <Tell site={site} day={day} sticks={sticks} status={next} />}
          </>
        }
      >
        {next === undefined
          ? t('siteDay.now.allTold')
          : next.gaps.length === 0
            ? t('siteDay.now.tell', { status: t(`siteDay.status.${next.status}`) })
            : t('siteDay.now.gaps', { status: t(`siteDay.status.${next.status}`) })}
      </NowLine>
      <StickProgress sticks={sticks} />
      <Statuses day={day} next={next} />
      <Journals day={day} />
      <FilesHere site={site} sticks={sticks} kinds={['station-journal']} hint={t('siteDay.journalHint')} />
      <Stages site={site} day={day} sticks={sticks} />
    </div>
  );
}

function Statuses({ day, next }: { day: PaperDayView; next: StatusView | undefined }): ReactNode {
  const t = useText();
  return (
    <section className="panel">
      <h2>{t('siteDay.statuses')}</h2>
      <Listing
        rows={day.statuses}
        rowKey={({ status }) => status}
        columns={({ column }) => [
          column(t('siteDay.statusColumn'), ({ status }) => <strong>{t(`siteDay.status.${status}`)}</strong>),
          column(t('siteDay.told'), ({ toldAt, by }) => (
            <>
              <ReachedMark at={toldAt === null ? null : dateTime(toldAt)} />
              {by !== null && <span className="soft"> {by}</span>}
            </>
          )),
          column(t('siteDay.lacks'), (one) => <Gaps day={day} status={one} shown={one === next} />),
        ]}
      />
    </section>
  );
}

/** What the next status still lacks, and what a told one lacked. */
function Gaps({
  day,
  status: { toldAt, gaps, reason },
  shown,
}: {
  day: PaperDayView;
  status: StatusView;
  shown: boolean;
}): ReactNode {
  const t = useText();
  if (toldAt === null && !shown) return '–';
  if (gaps.length === 0 && reason === '')
    return toldAt === null ? <Mark {...checkMarks.passed} word={t('siteDay.lacksNothing')} /> : '–';
  return (
    <>
      {gaps.map((gap) => (
        <div key={gap.type}>
          <Mark {...(toldAt === null ? checkMarks.failed : checkMarks.warning)} word="" />{' '}
          <RefusalText refusal={gapInWords(t, gap, day.packages)} />
        </div>
      ))}
      {reason !== '' && <div>{t('siteDay.toldBecause', { reason })}</div>}
    </>
  );
}

function Tell({ site, day, sticks, status }: PaperTabProps & { status: StatusView }): ReactNode {
  const t = useText();
  const eventId = day.event.event.id;
  const name = t(`siteDay.status.${status.status}`);
  const label = t('siteDay.tell', { status: name });
  const tell = (reason: string) => site.paperDay.status.tell({ eventId, status: status.status, reason });
  const [first] = status.gaps;
  if (status.gaps.length === 0)
    return (
      <ActButton type="primary" gate={sticks.gate} act={() => tell('')} done={t('siteDay.toldNow')}>
        {label}
      </ActButton>
    );
  return (
    <DialogButton
      type="primary"
      gate={both(
        sticks.gate,
        status.reasonHelps || !first
          ? { allowed: true }
          : { allowed: false, reason: gapInWords(t, first, day.packages) },
      )}
      label={`${label}…`}
    >
      {(close) => <TellWithReason day={day} status={status} tell={tell} close={close} />}
    </DialogButton>
  );
}

function TellWithReason({
  day,
  status,
  tell,
  close,
}: {
  day: PaperDayView;
  status: StatusView;
  tell: (reason: string) => Promise<unknown>;
  close: () => void;
}): ReactNode {
  const t = useText();
  const [reason, setReason] = useState('');
  return (
    <Form
      submit={t('siteDay.tellAnyway')}
      ready={reason.trim() !== ''}
      onCancel={close}
      done={t('siteDay.toldNow')}
      onSubmit={async () => {
        await tell(reason);
        close();
      }}
    >
      {status.gaps.map((gap) => (
        <p key={gap.type}>
          <RefusalText refusal={gapInWords(t, gap, day.packages)} />
        </p>
      ))}
      <Field label={t('siteDay.reason')} hint={t('siteDay.reasonHint')}>
        <Input.TextArea
          value={reason}
          rows={3}
          maxLength={400}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
    </Form>
  );
}

function Journals({ day }: { day: PaperDayView }): ReactNode {
  const t = useText();
  const rows = day.stations.filter(({ counts, journal }) => counts || journal !== null);
  return (
    <section className="panel">
      <h2>{t('siteDay.journals')}</h2>
      <Listing
        rows={rows}
        rowKey={({ id }) => id}
        empty={
          <p className="soft" role="status">
            {t('siteDay.noStations')}
          </p>
        }
        columns={({ column, moment }) => [
          column(t('siteDay.station'), (station) => (
            <>
              <strong className="nowrap">{stationName(t, station)}</strong>
              <div className="soft">{stationRoom(t, station)}</div>
            </>
          )),
          column(t('siteDay.journal'), ({ journal, journalName }) => (
            <>
              <span className="any-length">{journal?.fileName ?? journalName}</span>
              {journal === null && (
                <div>
                  <Mark {...checkMarks.waiting} word={t('siteDay.noJournal')} />
                </div>
              )}
            </>
          )),
          column(t('siteDay.says'), (station) => <Counts of={station} />),
          moment(t('siteDay.finishedAt'), ({ journal }) => journal?.finishedAt),
          column(t('siteDay.atCentre'), ({ journal }) => {
            if (!journal) return '–';
            if (journal.refused) return <RefusalText refusal={journal.refused} />;
            if (journal.handedUpAt !== null) return <ReachedMark at={dateTime(journal.handedUpAt)} />;
            return journal.writtenAt === null ? (
              <Mark {...checkMarks.waiting} word={t('siteDay.notSent')} />
            ) : (
              <Mark {...checkMarks.current} word={t('siteDay.onStick')} />
            );
          }),
        ]}
      />
    </section>
  );
}

const countNames = [
  'good',
  'spoiled',
  'unused',
  'additional',
  'rooms',
  'pages',
  'packages',
  'takes',
] as const;

function Counts({ of: { journal } }: { of: PaperStationView }): ReactNode {
  const t = useText();
  if (!journal) return '–';
  return countNames
    .flatMap((name) => {
      const count = journal.counts[name];
      return count === undefined ? [] : [t(`siteDay.count.${name}`, { count })];
    })
    .join(' · ');
}

function Stages({ site, day, sticks }: PaperTabProps): ReactNode {
  const t = useText();
  const eventId = day.event.event.id;
  return (
    <section className="panel">
      <h2>{t('siteDay.stages')}</h2>
      <p className="soft">{t('siteDay.stagesText')}</p>
      <Listing
        rows={day.stages}
        rowKey={({ stage }) => stage}
        columns={({ column }) => [
          column(t('siteDay.stageColumn'), ({ stage }) => t(`siteDay.stage.${stage}`)),
          column(t('siteDay.reached'), ({ at, said, by }) => (
            <>
              <ReachedMark at={at === null ? null : dateTime(at)} />
              {said && (
                <span className="soft">
                  {' '}
                  {t('siteDay.saidByHand')}, {by}
                </span>
              )}
            </>
          )),
          column(t('column.actions'), ({ stage, at, said, sayable }) =>
            sayable && (at === null || said) ? (
              <ActButton
                size="small"
                gate={sticks.gate}
                act={() => site.paperDay.stage.say({ eventId, stage, done: !said })}
              >
                {t(said ? 'siteDay.takeBack' : 'siteDay.sayDone')}
              </ActButton>
            ) : null,
          ),
        ]}
      />
    </section>
  );
}
