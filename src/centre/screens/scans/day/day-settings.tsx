/** When an exam starts, what its stations print, and the tasks of those who speak; and what holds for all exams of the project. */
import { useState, type ReactNode } from 'react';
import { Button, Checkbox, DatePicker, Input, InputNumber, Radio } from 'antd';
import dayjs from 'dayjs';
import { DialogButton } from '../../../../ui/dialog.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Form } from '../../../../ui/form.tsx';
import { useRoleGate } from '../../../../ui/role-gate.ts';
import { useText } from '../../../../ui/text.ts';
import { paperDayContract, type DayView } from '../../../paper-day/contract.ts';
import type { DayStepProps } from './day-page.tsx';

type Settings = DayView['settings'];

export function DaySettingsDialog(props: DayStepProps & { primary?: boolean }): ReactNode {
  const t = useText();
  const { centre, project, day, set, primary = false } = props;
  const gate = useRoleGate(paperDayContract.saveSettings);
  const [settings, change] = useState<Settings>(day.settings);
  const part = (more: Partial<Settings>): void => change((before) => ({ ...before, ...more }));
  const prints = settings.speaking ? 'speaking' : settings.preprinted ? 'preprinted' : 'written';
  return (
    <DialogButton
      {...(primary ? { type: 'primary' as const } : { size: 'small' as const })}
      gate={gate}
      width={680}
      label={primary ? `${t('paperDay.settings')} …` : t('paperDay.edit')}
      title={t('paperDay.settings')}
      onOpen={() => change(day.settings)}
    >
      {(close) => (
        <Form
          submit={t('save')}
          ready={settings.startAt !== null && settings.tasks.every(({ name }) => name.trim() !== '')}
          done={t('paperDay.saved')}
          onCancel={close}
          onSubmit={async () => {
            const { eventId } = day;
            set(await centre.paperDay.saveSettings({ projectId: project.id, eventId, settings }));
            close();
          }}
        >
          <Field label={t('paperDay.start')}>
            <DatePicker
              showTime={{ format: 'HH:mm' }}
              format="YYYY-MM-DD HH:mm"
              needConfirm={false}
              allowClear={false}
              defaultPickerValue={dayjs(`${day.date}T10:00`)}
              value={settings.startAt === null ? null : dayjs(settings.startAt)}
              onChange={(value) => part({ startAt: value === null ? null : value.valueOf() })}
            />
          </Field>
          <Radio.Group
            value={prints}
            onChange={(event) =>
              part({
                speaking: event.target.value === 'speaking',
                preprinted: event.target.value === 'preprinted',
              })
            }
            options={(['written', 'preprinted', 'speaking'] as const).map((value) => ({
              value,
              label: t(`paperDay.${value}`),
            }))}
          />
          <Field label={t('paperDay.roomReserve')} hint={t('paperDay.roomReserveHint')}>
            <InputNumber
              min={0}
              max={1_000}
              precision={0}
              value={settings.roomReserve}
              onChange={(value) => part({ roomReserve: value ?? 0 })}
            />
          </Field>
          {!settings.speaking && (
            <div>
              <Checkbox
                checked={settings.keptAfterwards}
                onChange={(event) => part({ keptAfterwards: event.target.checked })}
              >
                {t('paperDay.keptAfterwards')}
              </Checkbox>
              <div className="soft">{t('paperDay.keptAfterwardsHint')}</div>
            </div>
          )}
          {settings.speaking && <Tasks tasks={settings.tasks} set={(tasks) => part({ tasks })} />}
        </Form>
      )}
    </DialogButton>
  );
}

function Tasks({
  tasks,
  set,
}: {
  tasks: Settings['tasks'];
  set: (tasks: Settings['tasks']) => void;
}): ReactNode {
  const t = useText();
  const change = (i: number, more: Partial<Settings['tasks'][number]>): void =>
    set(tasks.map((task, at) => (at === i ? { ...task, ...more } : task)));
  const figure = (i: number, what: 'page' | 'prepareS' | 'answerS', least: number): ReactNode => (
    <Field label={t(what === 'page' ? 'paperDay.taskPage' : `paperDay.${what}`)}>
      <InputNumber
        min={least}
        max={3_600}
        precision={0}
        value={tasks[i]?.[what] ?? least}
        onChange={(value) => change(i, { [what]: value ?? least })}
      />
    </Field>
  );
  return (
    <div className="stack" role="group" aria-label={t('paperDay.tasks')}>
      {tasks.map((task, i) => (
        // A task's place is its identity.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={i} className="row">
          <Field label={t('paperDay.taskName')}>
            <Input
              maxLength={200}
              value={task.name}
              onChange={(event) => change(i, { name: event.target.value })}
            />
          </Field>
          {figure(i, 'page', 1)}
          {figure(i, 'prepareS', 0)}
          {figure(i, 'answerS', 1)}
          <Button onClick={() => set(tasks.filter((_, at) => at !== i))}>{t('paperDay.remove')}</Button>
        </div>
      ))}
      <div>
        <Button
          onClick={() => set([...tasks, { name: '', page: tasks.length + 1, prepareS: 90, answerS: 120 }])}
        >
          {t('paperDay.addTask')}
        </Button>
      </div>
    </div>
  );
}

export function DayPolicyDialog({ centre, project, day }: DayStepProps): ReactNode {
  const t = useText();
  const gate = useRoleGate(paperDayContract.savePolicy);
  const [policy, change] = useState(day.policy);
  return (
    <DialogButton size="small" gate={gate} label={t('paperDay.policy')} onOpen={() => change(day.policy)}>
      {(close) => (
        <Form
          submit={t('save')}
          done={t('paperDay.saved')}
          onCancel={close}
          onSubmit={async () => {
            await centre.paperDay.savePolicy({ projectId: project.id, policy });
            close();
          }}
        >
          <p>{t('paperDay.policyText')}</p>
          <Field label={t('paperDay.opens')}>
            <Radio.Group
              value={policy.opens}
              onChange={(event) =>
                change({ ...policy, opens: event.target.value === 'password' ? 'password' : 'token' })
              }
              options={(['token', 'password'] as const).map((value) => ({
                value,
                label: t(`paperDay.opens.${value}`),
              }))}
            />
          </Field>
          {policy.opens === 'password' && (
            <div>
              <Checkbox
                checked={policy.postsPassword}
                onChange={(event) => change({ ...policy, postsPassword: event.target.checked })}
              >
                {t('siteArchives.option')}
              </Checkbox>
              <div className="soft">{t('siteArchives.optionHint')}</div>
            </div>
          )}
          <Field label={t('paperDay.releaseBefore')}>
            <InputNumber
              min={0}
              max={1_440}
              precision={0}
              value={policy.releaseBeforeMin}
              onChange={(value) => change({ ...policy, releaseBeforeMin: value ?? 0 })}
            />
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}
