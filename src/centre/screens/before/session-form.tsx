import { useState, type ReactNode } from 'react';
import { DatePicker, Input, InputNumber, Tabs } from 'antd';
import dayjs from 'dayjs';
import { defaultPolicy } from '../../../exam/project/policy.ts';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { useText } from '../../../ui/text.ts';
import type { SessionView } from '../../contract.ts';
import type { CentreClient } from '../centre-console.tsx';
import { PolicyFields } from './policy-fields.tsx';
import { DayPicture, onDayOf, plannedOf } from './day-picture.tsx';
import { SessionTimeline } from './session-timeline.tsx';

interface Props {
  centre: CentreClient;
  projectId: string;
  /** Null: a new one, with the next free number. */
  session: SessionView | null;
  number: number;
  /** Of the project: those of the same day stand beside it. */
  sessions: readonly SessionView[];
  close: () => void;
}

/** One session: number, name, start, subject, and under which rules it runs. */
export function SessionForm({ centre, projectId, session, number, sessions, close }: Props): ReactNode {
  const t = useText();
  const [form, setForm] = useState({
    number: session?.number ?? number,
    name: session?.name ?? '',
    startAt: session?.startAt ?? null,
    subject: session?.subjects[0]?.name ?? '',
    durationMin: session?.subjects[0]?.durationMin ?? 120,
    policy: session?.policy ?? defaultPolicy,
  });
  const set = (part: Partial<typeof form>): void => setForm((before) => ({ ...before, ...part }));
  const { name, startAt, subject, durationMin, policy } = form;
  const planned = startAt !== null && {
    id: session?.id ?? null,
    number: form.number,
    name,
    startAt,
    // A second subject keeps its minutes: they are not edited here.
    durationMin:
      durationMin + (session?.subjects ?? []).slice(1).reduce((sum, one) => sum + one.durationMin, 0),
    policy,
  };
  const others = sessions.filter(({ id }) => id !== session?.id).map(plannedOf);
  const save = async (): Promise<void> => {
    const [first, ...more] = session?.subjects ?? [];
    await centre.project.saveSession({
      projectId,
      sessionId: session?.id ?? null,
      session: {
        number: form.number,
        name,
        startAt: startAt ?? 0,
        subjects: [{ number: 1, name: subject, paperId: first?.paperId ?? null, durationMin }, ...more],
        policy,
      },
    });
    close();
  };
  return (
    <Form
      submit={session ? t('save') : t('centre.addSession')}
      ready={name.trim() !== '' && subject.trim() !== '' && startAt !== null}
      onCancel={close}
      onSubmit={save}
    >
      <div className="day-above">
        {planned ? (
          <DayPicture sessions={[planned, ...onDayOf(planned.startAt, others)]} chosen={planned} />
        ) : (
          <p className="hint">{t('dayPlan.startFirst')}</p>
        )}
      </div>
      <Tabs
        items={[
          {
            key: 'when',
            label: t('centre.whenAndWhat'),
            children: (
              <div className="stack">
                <div className="fields-3">
                  <Field label={t('column.session')}>
                    <InputNumber
                      min={1}
                      max={99}
                      value={form.number}
                      onChange={(value) => set({ number: value ?? 1 })}
                    />
                  </Field>
                  <Field label={t('column.sessionName')}>
                    <Input
                      value={name}
                      maxLength={400}
                      onChange={(event) => set({ name: event.target.value })}
                    />
                  </Field>
                  <Field label={t('column.startAt')}>
                    <DatePicker
                      showTime={{ format: 'HH:mm' }}
                      format="YYYY-MM-DD HH:mm"
                      needConfirm={false}
                      value={startAt === null ? null : dayjs(startAt)}
                      onChange={(value) => set({ startAt: value?.valueOf() ?? null })}
                    />
                  </Field>
                  <Field label={t('centre.subject')}>
                    <Input
                      value={subject}
                      maxLength={400}
                      onChange={(event) => set({ subject: event.target.value })}
                    />
                  </Field>
                  <Field label={t('column.duration')}>
                    <InputNumber
                      min={1}
                      max={1440}
                      value={durationMin}
                      onChange={(value) => set({ durationMin: value ?? 1 })}
                    />
                  </Field>
                </div>
                {startAt !== null && (
                  <SessionTimeline startAt={startAt} durationMin={durationMin} policy={policy} />
                )}
              </div>
            ),
          },
          {
            key: 'policy',
            label: t('centre.policy'),
            children: <PolicyFields policy={policy} onChange={(next) => set({ policy: next })} />,
          },
        ]}
      />
    </Form>
  );
}
