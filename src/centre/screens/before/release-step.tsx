/** Step 6: authorisations for the sites' locks; they open nothing before the release, which comes at its own time. */
import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { dateTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NowLine, isDone } from '../../../ui/now-line.tsx';
import { ReleaseWords } from '../../../ui/release-words.tsx';
import { Mark, ReachedMark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { useTick } from '../../../ui/use-tick.ts';
import type { GateView } from '../../../node/contract.ts';
import type { AuthorisationRow, SessionView } from '../../contract.ts';
import type { CentreClient } from '../centre-console.tsx';
import type { StepProps } from './before-page.tsx';

const at = (time: number | null): string | null => (time === null ? null : dateTime(time));
const states = {
  'site-not-registered': checkMarks.waiting,
  'not-prepared': checkMarks.current,
  prepared: checkMarks.passed,
  released: checkMarks.done,
} as const;

export function ReleaseStep({ centre, project, round }: StepProps): ReactNode {
  const t = useText();
  const projectId = project.id;
  const rows = useLoaded(`${projectId} ${round}`, () => centre.authorisation.list({ projectId }));
  const list = rows.value ?? [];
  const done = isDone(project.steps, 'release');
  const open = project.sessions.find((session) =>
    list.some((row) => row.sessionId === session.id && row.state === 'not-prepared'),
  );
  return (
    <>
      <NowLine action={open && <Prepare centre={centre} projectId={projectId} session={open} primary />}>
        {open
          ? t('centre.now.prepare', { name: open.name })
          : done
            ? t('centre.now.prepared')
            : t('centre.now.noSiteYet')}
      </NowLine>
      {list.length === 0 && rows.value && (
        <EmptyState title={t('centre.noAuthorisations')} todo={t('centre.noCandidatesTodo')} />
      )}
      {list.length > 0 &&
        project.sessions.map((session) => (
          <section key={session.id} className="panel">
            <div className="panel-head">
              <h2>
                {t('centre.sessionTitle', { number: session.number, name: session.name })}{' '}
                <small className="soft">{dateTime(session.startAt)}</small>
              </h2>
              <Prepare centre={centre} projectId={projectId} session={session} />
            </div>
            <Sites centre={centre} rows={list.filter((row) => row.sessionId === session.id)} />
          </section>
        ))}
    </>
  );
}

function Prepare(props: {
  centre: CentreClient;
  projectId: string;
  session: SessionView;
  primary?: boolean;
}): ReactNode {
  const t = useText();
  const { centre, projectId, session } = props;
  const [pin, setPin] = useState('');
  return (
    <DialogButton
      {...(props.primary ? { type: 'primary' as const } : { size: 'small' as const })}
      label={props.primary ? t('centre.prepareOf', { name: session.name }) : t('centre.prepare')}
      title={t('centre.prepareOf', { name: session.name })}
    >
      {(close) => (
        <Form
          submit={t('centre.prepare')}
          ready={pin !== ''}
          onCancel={close}
          done={t('centre.isPrepared')}
          onSubmit={async () => {
            await centre.authorisation.prepare({ projectId, sessionId: session.id, pin });
            close();
          }}
        >
          <p>{t('centre.prepareText')}</p>
          <Field label={t('centre.pin')} hint={t('centre.pinHint')}>
            <Input.Password autoComplete="off" value={pin} onChange={(event) => setPin(event.target.value)} />
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}

function Sites({ centre, rows }: { centre: CentreClient; rows: readonly AuthorisationRow[] }): ReactNode {
  const t = useText();
  return (
    <Listing
      rows={rows}
      rowKey={(row) => row.siteCode}
      columns={({ column, moment }) => [
        column(t('site.code'), (row) => (
          <>
            <strong>{row.siteCode}</strong> <span className="soft">{row.siteName}</span>
          </>
        )),
        column(t('column.state'), (row) => (
          <Mark {...states[row.state]} word={t(`authorisation.${row.state}`)} />
        )),
        column(t('centre.fetchedAt'), (row) => <ReachedMark at={at(row.fetchedAt)} />),
        moment(t('centre.releaseAt'), (row) => row.releaseAt),
        column(t('centre.releasedAt'), (row) => <ReachedMark at={at(row.releasedAt)} />),
        column(t('column.actions'), (row) => <Files centre={centre} row={row} />),
      ]}
    />
  );
}

/** The authorisation at any time, the release from its time on. */
function Files({ centre, row }: { centre: CentreClient; row: AuthorisationRow }): ReactNode {
  const t = useText();
  const now = useTick(1000);
  const { sessionId, siteCode } = row;
  const prepared = screenGate(row.preparedAt !== null, 'not-prepared');
  const release: GateView =
    !prepared.allowed || now >= row.releaseAt
      ? prepared
      : { allowed: false, reason: { type: 'too-early' }, opensAt: row.releaseAt };
  return (
    <div className="row">
      <DownloadButton
        size="small"
        gate={prepared}
        make={() => centre.authorisation.exportFile({ sessionId, siteCode })}
      >
        {t('centre.exportAuthorisation')}
      </DownloadButton>
      <DownloadButton
        size="small"
        gate={release}
        make={() => centre.authorisation.exportRelease({ sessionId, siteCode })}
      >
        {t('centre.exportRelease')}
      </DownloadButton>
      <DialogButton size="small" gate={release} label={t('centre.readWords')}>
        {() => <Words centre={centre} row={row} />}
      </DialogButton>
    </div>
  );
}

function Words({ centre, row }: { centre: CentreClient; row: AuthorisationRow }): ReactNode {
  const t = useText();
  const { sessionId, siteCode } = row;
  const { language } = t;
  const said = useLoaded(language, () =>
    centre.authorisation.releaseWords({ sessionId, siteCode, language }),
  );
  return (
    <div className="stack">
      <p>{t('centre.readWordsText', { site: siteCode })}</p>
      <ReleaseWords words={said.value?.words ?? []} />
    </div>
  );
}
