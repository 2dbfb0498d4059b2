import type { ReactNode } from 'react';
import type { PlannedSession } from '../../../exam/project/day-plan.ts';
import { DialogButton } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Form } from '../../../ui/form.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NextStep, NowLine, isDone } from '../../../ui/now-line.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { centreContract, type SessionView } from '../../contract.ts';
import type { StepProps } from './before-page.tsx';
import { DayPicture, onDayOf, plannedOf } from './day-picture.tsx';
import { SessionForm } from './session-form.tsx';

/** Step 1: when which subject is examined, and the policy of each session. */
export function SessionsStep({ centre, project, onChoose }: StepProps): ReactNode {
  const t = useText();
  const done = isDone(project.steps, 'sessions');
  const may = useRoleGate(centreContract.project.saveSession);
  const next = Math.max(0, ...project.sessions.map((one) => one.number)) + 1;
  const form = (session: SessionView | null, close: () => void): ReactNode => (
    <SessionForm
      centre={centre}
      projectId={project.id}
      session={session}
      number={next}
      sessions={project.sessions}
      close={close}
    />
  );
  return (
    <>
      <NowLine
        action={
          <>
            <DialogButton
              {...(done ? {} : { type: 'primary' as const })}
              label={t('centre.addSession')}
              gate={may}
              width={980}
            >
              {(close) => form(null, close)}
            </DialogButton>
            {done && <NextStep steps={project.steps} step="sessions" onChoose={onChoose} />}
          </>
        }
      >
        {done ? t('centre.now.sessionsDone', { count: project.sessions.length }) : t('centre.now.sessions')}
      </NowLine>
      <Listing
        rows={project.sessions}
        rowKey={(one) => one.id}
        empty={<EmptyState title={t('centre.noSessions')} todo={t('centre.noSessionsTodo')} />}
        columns={({ column, figures, moment }) => [
          figures(t('column.session'), (one) => one.number),
          column(t('column.sessionName'), (one) => one.name),
          moment(t('column.startAt'), (one) => one.startAt),
          column(t('centre.subject'), (one) => one.subjects.map((subject) => subject.name).join(', ')),
          figures(t('column.duration'), (one) =>
            one.subjects.map((subject) => subject.durationMin).join(' + '),
          ),
          column(t('centre.paper'), (one) =>
            one.subjects.every((subject) => subject.paperId !== null) ? (
              <Mark {...checkMarks.done} word={t('centre.paperSet')} />
            ) : (
              <Mark {...checkMarks.waiting} word={t('centre.paperOpen')} />
            ),
          ),
          column(t('column.actions'), (one) => (
            <div className="row">
              <DialogButton
                size="small"
                label={t('centre.editSession')}
                gate={may}
                title={t('centre.sessionTitle', { number: one.number, name: one.name })}
                width={980}
              >
                {(close) => form(one, close)}
              </DialogButton>
              <DialogButton size="small" danger gate={may} label={t('remove')}>
                {(close) => (
                  <Form
                    submit={t('remove')}
                    onCancel={close}
                    onSubmit={async () => {
                      await centre.project.removeSession({ projectId: project.id, sessionId: one.id });
                      close();
                    }}
                  >
                    <p>{t('centre.removeSessionText', { number: one.number, name: one.name })}</p>
                  </Form>
                )}
              </DialogButton>
            </div>
          )),
        ]}
      />
      {daysOf(project.sessions).map((day) => (
        <section key={day[0]?.id} className="panel">
          <DayPicture sessions={day} />
        </section>
      ))}
    </>
  );
}

/** The sessions by their days; of a project with many days the first ones, which is what somebody plans with. */
function daysOf(sessions: readonly SessionView[]): PlannedSession[][] {
  const planned = sessions.map(plannedOf).toSorted((a, b) => a.startAt - b.startAt);
  const days: PlannedSession[][] = [];
  for (const one of planned)
    if (!days.some((day) => day.includes(one))) days.push(onDayOf(one.startAt, planned));
  return days.slice(0, 10);
}
