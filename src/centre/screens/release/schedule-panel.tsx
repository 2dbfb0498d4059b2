/** When which session is released, how far its sites have come, and what somebody decided of it. */
import type { ReactNode } from 'react';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Form } from '../../../ui/form.tsx';
import { dateTime } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { checkMarks, Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { releaseContract, type ReleaseRow } from '../../authorise/contract.ts';
import { confirmationContract } from '../../four-eyes/contract.ts';
import type { ProjectProps } from '../centre-console.tsx';
import { AskButton } from './ask-button.tsx';
import { DecideRelease, ReleaseCountdown } from './decide-release.tsx';
import { FetchList } from './fetch-list.tsx';
import { AllConfirmations, askedWords } from './open-confirmations.tsx';
import type { Two } from './use-two.ts';

type Props = ProjectProps & {
  two: Two;
  rows: readonly ReleaseRow[];
  set: (rows: ReleaseRow[]) => void;
};

export function SchedulePanel(props: Props): ReactNode {
  const t = useText();
  const { project, two, rows } = props;
  const of = (n: number, row: ReleaseRow): string => t('release.ofSites', { n, of: row.sites });
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('release.schedule')}</h2>
        <DialogButton label={t('release.fetches')} width={1000}>
          {() => <FetchList {...props} />}
        </DialogButton>
        {two.list && (
          <DialogButton label={t('confirm.history')} width={1000}>
            {() => two.list && <AllConfirmations list={two.list} sessions={project.sessions} />}
          </DialogButton>
        )}
      </div>
      <TwoPersons {...props} />
      <Listing
        rows={rows}
        rowKey={(row) => row.sessionId}
        columns={({ column, figures }) => [
          column(t('release.session'), (row) => (
            <>
              <strong>{row.number}</strong> {row.name}
            </>
          )),
          column(t('release.at'), (row) => (
            <>
              <span className="nowrap">{dateTime(row.releaseAt)}</span>
              {row.releaseAt > row.policyAt && (
                <div className="soft">{t('release.setLater', { at: row.policyAt })}</div>
              )}
            </>
          )),
          column(t('release.in'), (row) => <ReleaseCountdown release={row} />),
          figures(t('release.prepared'), (row) => of(row.prepared, row)),
          figures(t('release.fetchedCount'), (row) => of(row.fetched, row)),
          figures(t('release.releasedCount'), (row) => of(row.released, row)),
          column(t('column.actions'), (row) => (
            <div className="row">
              <Decide {...props} row={row} />
            </div>
          )),
        ]}
      />
    </section>
  );
}

function Decide({ centre, project, two, row, set }: Props & { row: ReleaseRow }): ReactNode {
  const of = { projectId: project.id, sessionId: row.sessionId };
  return (
    <DecideRelease
      {...{ centre, project, two }}
      release={row}
      id={row.sessionId}
      name={row.name}
      contract={releaseContract}
      setRelease={async (at) => set(await centre.authorisation.setRelease({ ...of, at }))}
      hold={async (reason) => set(await centre.authorisation.hold({ ...of, reason }))}
      letGo={async () => set(await centre.authorisation.letGo(of))}
    />
  );
}

/** Whether one is enough here, and the way to change it. */
function TwoPersons({ centre, project, two }: Props): ReactNode {
  const t = useText();
  const gate = useRoleGate(confirmationContract.requireTwo);
  const { list, needed } = two;
  if (list === null) return null;
  const what = { projectId: project.id, act: 'one-person', sessionId: null, siteCode: null } as const;
  return (
    <div className="row">
      <Mark
        {...(needed ? checkMarks.passed : checkMarks.waiting)}
        word={needed ? t('confirm.on') : t('confirm.off')}
        nowrap
      />
      <span className="soft grow">{needed ? t('confirm.onText') : t('confirm.offText')}</span>
      {needed ? (
        <AskButton
          size="small"
          centre={centre}
          two={two}
          what={what}
          gate={gate}
          label={t('confirm.oneAgain')}
          words={askedWords(t, what, project.sessions)}
        />
      ) : (
        <DialogButton size="small" gate={gate} label={t('confirm.requireTwo')}>
          {(close) => (
            <Form
              submit={t('confirm.requireTwo').replace(/\s*…$/, '')}
              done={t('confirm.isOn')}
              onCancel={close}
              onSubmit={async () => {
                two.set(await centre.confirmation.requireTwo({ projectId: project.id }));
                close();
              }}
            >
              <p>{t('confirm.requireTwoText')}</p>
            </Form>
          )}
        </DialogButton>
      )}
    </div>
  );
}
