/** What only the organiser does: pause, go on, another take, and the end before all is answered. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Select } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { useText } from '../../../ui/text.ts';
import type { VoiceView } from '../../voice/contract.ts';
import type { StationClient } from '../station-page.tsx';
import type { Take } from './use-take.ts';

type Candidate = NonNullable<VoiceView['candidate']>;

export function OrganiserBar({
  station,
  voice,
  candidate,
  take,
  set,
}: {
  station: StationClient;
  voice: VoiceView;
  candidate: Candidate;
  take: Take;
  set: (view: VoiceView) => void;
}): ReactNode {
  const t = useText();
  const { stage, unanswered } = candidate;
  const still = stage === 'ready' || stage === 'paused' || stage === 'listening';
  return (
    <footer className="voice-foot">
      <span className="soft">{t('voice.organiser')}</span>
      {stage === 'paused' ? (
        <Button type="primary" onClick={() => void take.resume()}>
          {t('voice.resume')}
        </Button>
      ) : (
        stage !== 'listening' && (
          <DialogButton label={t('voice.pause')}>
            {(close) => (
              <ReasonForm
                label={t('voice.pauseReason')}
                submit={t('voice.pauseNow')}
                onSubmit={async (reason) => {
                  close();
                  await take.pause('organiser', reason);
                }}
              />
            )}
          </DialogButton>
        )
      )}
      {still && candidate.takes.length > 0 && (
        <DialogButton label={t('voice.again')}>
          {(close) => (
            <AgainForm
              voice={voice}
              candidate={candidate}
              onSubmit={async (task, reason) => {
                set(await station.voice.again({ task, reason }));
                close();
              }}
            />
          )}
        </DialogButton>
      )}
      {still && unanswered.length > 0 && (
        <DialogButton label={t('voice.endEarly')} danger>
          {(close) => (
            <ReasonForm
              what={t('voice.endEarlyWhat', { tasks: unanswered.join(', ') })}
              label={t('voice.endEarlyReason')}
              submit={t('voice.endEarlyNow')}
              danger
              onSubmit={async (reason) => {
                set(await station.voice.finish({ reason }));
                close();
              }}
            />
          )}
        </DialogButton>
      )}
    </footer>
  );
}

function ReasonForm({
  what,
  label,
  submit,
  danger = false,
  onSubmit,
}: {
  what?: string;
  label: string;
  submit: string;
  danger?: boolean;
  onSubmit: (reason: string) => Promise<void>;
}): ReactNode {
  const [reason, setReason] = useState('');
  return (
    <Form
      submit={submit}
      danger={danger}
      ready={reason.trim() !== ''}
      onSubmit={() => onSubmit(reason.trim())}
    >
      {what !== undefined && <p>{what}</p>}
      <Field label={label}>
        <Input.TextArea
          value={reason}
          maxLength={500}
          rows={3}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
    </Form>
  );
}

function AgainForm({
  voice,
  candidate,
  onSubmit,
}: {
  voice: VoiceView;
  candidate: Candidate;
  onSubmit: (task: number, reason: string) => Promise<void>;
}): ReactNode {
  const t = useText();
  const begun = [...new Set(candidate.takes.map(({ task }) => task))];
  const [task, setTask] = useState(
    candidate.task !== null && begun.includes(candidate.task) ? candidate.task : (begun.at(-1) ?? 1),
  );
  const [reason, setReason] = useState('');
  return (
    <Form
      submit={t('voice.againNow')}
      ready={reason.trim() !== ''}
      onSubmit={() => onSubmit(task, reason.trim())}
    >
      <p>{t('voice.againWhat')}</p>
      <Field label={t('voice.againTask')}>
        <Select
          value={task}
          onChange={setTask}
          options={begun.map((one) => ({
            value: one,
            label: t('voice.taskName', { task: one, name: voice.tasks[one - 1]?.name ?? '' }),
          }))}
        />
      </Field>
      <Field label={t('voice.againReason')}>
        <Input.TextArea
          value={reason}
          maxLength={500}
          rows={3}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
    </Form>
  );
}
