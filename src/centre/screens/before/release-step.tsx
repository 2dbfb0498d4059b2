/** Step 6: authorisations for the sites' locks; they open nothing before the release, which comes at its own time. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
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
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { ReleaseWords } from '../../../ui/release-words.tsx';
import { Mark, ReachedMark, checkMarks } from '../../../ui/state-mark.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { useTick } from '../../../ui/use-tick.ts';
import type { GateView } from '../../../node/contract.ts';
import { centreContract, type AuthorisationRow, type SessionView } from '../../contract.ts';
import type { CentreClient } from '../centre-console.tsx';
import { AskButton } from '../release/ask-button.tsx';
import { askedWords } from '../release/open-confirmations.tsx';
import { SchedulePanel } from '../release/schedule-panel.tsx';
import { useTwo, type Two } from '../release/use-two.ts';
import type { StepProps } from './before-page.tsx';

const at = (time: number | null): string | null => (time === null ? null : dateTime(time));
export const authorisationMarks = {
  'site-not-registered': checkMarks.waiting,
  'not-prepared': checkMarks.current,
  prepared: checkMarks.passed,
  again: checkMarks.failed,
  released: checkMarks.done,
} as const;

/** Not where the site has no lock to which it could be sealed: there the row says what to do. */
const toPrepare = ({ state, problem }: AuthorisationRow): boolean =>
  (state === 'not-prepared' || state === 'again') && problem?.type !== 'site-without-lock';

export function ReleaseStep(props: StepProps): ReactNode {
  const t = useText();
  const { centre, project, round } = props;
  const projectId = project.id;
  const rows = useLoaded(`${projectId} ${round}`, () => centre.authorisation.list({ projectId }));
  const schedule = useLoaded(`${projectId} ${round}`, () => centre.authorisation.schedule({ projectId }));
  const two = useTwo(props);
  const list = rows.value ?? [];
  const done = isDone(project.steps, 'release');
  const open = project.sessions.find((session) =>
    list.some((row) => row.sessionId === session.id && toPrepare(row)),
  );
  const again = list.some((row) => row.sessionId === open?.id && row.state === 'again');
  return (
    <>
      <NowLine action={open && <Prepare {...props} two={two} session={open} primary />}>
        {open
          ? t(again ? 'centre.now.prepareAgain' : 'centre.now.prepare', { name: open.name })
          : done
            ? t('centre.now.prepared')
            : t('centre.now.noSiteYet')}
      </NowLine>
      {list.length === 0 && rows.value && (
        <EmptyState title={t('centre.noAuthorisations')} todo={t('centre.noCandidatesTodo')} />
      )}
      {list.length > 0 && schedule.value && (
        <SchedulePanel {...props} two={two} rows={schedule.value} set={schedule.set} />
      )}
      {list.length > 0 &&
        project.sessions.map((session) => (
          <section key={session.id} className="panel">
            <div className="panel-head">
              <h2>
                {t('centre.sessionTitle', { number: session.number, name: session.name })}{' '}
                <small className="soft">{dateTime(session.startAt)}</small>
              </h2>
              <DownloadButton
                size="small"
                gate={screenGate(
                  list.some((row) => row.sessionId === session.id && row.preparedAt !== null),
                  'not-prepared',
                )}
                make={() => centre.authorisation.exportAll({ projectId, sessionId: session.id })}
              >
                {t('release.exportAll')}
              </DownloadButton>
              <Prepare {...props} two={two} session={session} />
            </div>
            <Sites {...props} two={two} rows={list.filter((row) => row.sessionId === session.id)} />
          </section>
        ))}
    </>
  );
}

type WithTwo = StepProps & { two: Two };

function Prepare(props: WithTwo & { session: SessionView; primary?: boolean }): ReactNode {
  const t = useText();
  const { centre, project, session, two } = props;
  const projectId = project.id;
  const [pin, setPin] = useState('');
  const gate = useRoleGate(centreContract.authorisation.prepare);
  const look = props.primary ? { type: 'primary' as const } : { size: 'small' as const };
  const what = { projectId, act: 'prepare', sessionId: session.id, siteCode: null } as const;
  if (!two.may('prepare', session.id, null))
    return (
      <AskButton
        {...look}
        gate={gate}
        centre={centre}
        two={two}
        what={what}
        label={props.primary ? t('centre.prepareOf', { name: session.name }) : t('centre.prepare')}
        words={askedWords(t, what, project.sessions)}
      />
    );
  return (
    <DialogButton
      {...look}
      gate={gate}
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

function Sites(props: WithTwo & { rows: readonly AuthorisationRow[] }): ReactNode {
  const t = useText();
  return (
    <Listing
      rows={props.rows}
      pageSize={50}
      rowKey={(row) => row.siteCode}
      columns={({ column, moment }) => [
        column(t('site.code'), (row) => (
          <>
            <strong>{row.siteCode}</strong> <span className="soft">{row.siteName}</span>
          </>
        )),
        column(t('column.state'), (row) => (
          <>
            <Mark {...authorisationMarks[row.state]} word={t(`authorisation.${row.state}`)} />
            {row.problem && (
              <div className="soft">
                <RefusalText refusal={row.problem} />
              </div>
            )}
          </>
        )),
        column(t('centre.fetchedAt'), (row) => <Fetched row={row} />),
        moment(t('centre.releaseAt'), (row) => row.releaseAt),
        column(t('centre.releasedAt'), (row) => <ReachedMark at={at(row.releasedAt)} />),
        column(t('column.actions'), (row) => (
          <AuthorisationFiles centre={props.centre} row={row} asks={props} />
        )),
      ]}
    />
  );
}

/** The newest time, with who it was. */
function Fetched({ row }: { row: AuthorisationRow }): ReactNode {
  const t = useText();
  const { fetch } = row;
  if (fetch === null) return <ReachedMark at={at(row.fetchedAt)} />;
  const { by, lock, address } = fetch;
  const online = fetch.way === 'online';
  return (
    <Mark
      {...(online ? checkMarks.done : checkMarks.passed)}
      word={
        online
          ? t('release.fetchedOnline', { at: fetch.at, lock, address })
          : t('release.fetchedAsFile', { at: fetch.at, by })
      }
    />
  );
}

type FilesOf = Pick<
  AuthorisationRow,
  'sessionId' | 'siteCode' | 'state' | 'problem' | 'preparedAt' | 'releaseAt' | 'held'
>;

/** The authorisation at any time, the release from its time on. @param props.asks null: nobody here can ask a second person */
export function AuthorisationFiles(props: {
  centre: CentreClient;
  row: FilesOf;
  asks: WithTwo | null;
}): ReactNode {
  const t = useText();
  const { centre, row, asks } = props;
  const now = useTick(1000);
  const { sessionId, siteCode } = row;
  // What two have confirmed is used up by the first look: the words stay until they are read out.
  const [reading, setReading] = useState(false);
  const prepared: GateView =
    row.state === 'again' && row.problem
      ? { allowed: false, reason: row.problem }
      : screenGate(row.preparedAt !== null, 'not-prepared');
  const release: GateView = !prepared.allowed
    ? prepared
    : row.held !== null
      ? { allowed: false, reason: { type: 'release-held', reason: row.held } }
      : now >= row.releaseAt
        ? prepared
        : { allowed: false, reason: { type: 'too-early' }, opensAt: row.releaseAt };
  /** null: it can be had without. */
  const asking = (act: 'release-file' | 'release-words', label: string): ReactNode => {
    if (asks === null || asks.two.may(act, sessionId, siteCode)) return null;
    const { two, project } = asks;
    const what = { projectId: project.id, act, sessionId, siteCode };
    const words = askedWords(t, what, project.sessions);
    return <AskButton size="small" {...{ centre, two, what, label, words }} gate={release} />;
  };
  return (
    <div className="row">
      <DownloadButton
        size="small"
        gate={prepared}
        make={() => centre.authorisation.exportFile({ sessionId, siteCode })}
      >
        {t('centre.exportAuthorisation')}
      </DownloadButton>
      {asking('release-file', `${t('centre.exportRelease')} …`) ?? (
        <DownloadButton
          size="small"
          gate={release}
          make={() => centre.authorisation.exportRelease({ sessionId, siteCode })}
        >
          {t('centre.exportRelease')}
        </DownloadButton>
      )}
      {(reading ? null : asking('release-words', t('centre.readWords'))) ?? (
        <DialogButton
          size="small"
          gate={release}
          label={t('centre.readWords')}
          onOpen={() => setReading(true)}
        >
          {() => <Words centre={centre} row={row} onClosed={() => setReading(false)} />}
        </DialogButton>
      )}
    </div>
  );
}

function Words(props: { centre: CentreClient; row: FilesOf; onClosed: () => void }): ReactNode {
  const t = useText();
  const { centre, row } = props;
  const { sessionId, siteCode } = row;
  const closed = useRef(props.onClosed);
  closed.current = props.onClosed;
  useEffect(() => () => closed.current(), []);
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
