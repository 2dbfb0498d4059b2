/** Safe Exam Browser at the seats: its file to take away, what seats must prove, and how many of them run it. */
import { useState, type ReactNode } from 'react';
import { Input, InputNumber } from 'antd';
import { browserExamKeysSchema } from '../../../exam/exam-browser/proof.ts';
import { CodeFigures } from '../../../ui/code-figures.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { useSession } from '../../../ui/session.ts';
import { Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { SeatView } from '../../seats/contract.ts';
import type { ExamBrowserView } from '../../exam-browser/contract.ts';
import type { RoomClient } from '../room-console.tsx';

export function ExamBrowserButton({ room }: { room: RoomClient }): ReactNode {
  const t = useText();
  return (
    <DialogButton label={t('examBrowser.open')}>
      {(close) => <Dialog room={room} close={close} />}
    </DialogButton>
  );
}

function Dialog({ room, close }: { room: RoomClient; close: () => void }): ReactNode {
  const t = useText();
  const { user } = useSession();
  const view = useLoaded('exam-browser', () => room.examBrowser.get());
  const [password, setPassword] = useState('');
  if (!view.value) return null;
  const { required, startUrl, quitPassword, configKey, policyKeys } = view.value;
  const fits = password === '' || /^[\x20-\x7e]{8,100}$/.test(password);
  return (
    <div className="stack">
      <p>{t(required ? 'examBrowser.required' : 'examBrowser.optional')}</p>
      <Facts
        of={[
          [t('examBrowser.startUrl'), startUrl],
          [
            t('examBrowser.quitPassword'),
            <CodeFigures key="quit" value={quitPassword} shown={quitPassword} />,
          ],
          [t('examBrowser.configKey'), <code key="key">{configKey}</code>],
          ...(policyKeys.length > 0 ? [[t('examBrowser.policyKeys'), policyKeys.length] as const] : []),
        ]}
      />
      <Field
        label={t('examBrowser.filePassword')}
        hint={t('examBrowser.filePasswordHint')}
        problem={fits ? null : t('examBrowser.filePasswordWrong')}
      >
        <Input value={password} maxLength={100} onChange={(event) => setPassword(event.target.value)} />
      </Field>
      <div className="row">
        <DownloadButton
          type="primary"
          gate={screenGate(fits, 'form-incomplete')}
          make={() => room.examBrowser.file({ password: password === '' ? null : password })}
        >
          {t('examBrowser.file')}
        </DownloadButton>
      </div>
      {user?.role === 'administrator' && (
        <Settings room={room} view={view.value} set={view.set} close={close} />
      )}
    </div>
  );
}

interface SettingsProps {
  room: RoomClient;
  view: ExamBrowserView;
  set: (view: ExamBrowserView) => void;
  close: () => void;
}

function Settings({ room, view, set, close }: SettingsProps): ReactNode {
  const t = useText();
  const [seatPort, setSeatPort] = useState(view.seatPort);
  const [quitPassword, setQuitPassword] = useState(view.quitPassword);
  const [typed, setTyped] = useState(view.browserExamKeys.join('\n'));
  const keys = browserExamKeysSchema.safeParse(typed.split(/[\s,;]+/).filter((one) => one !== ''));
  return (
    <Form
      submit={t('save')}
      ready={keys.success && quitPassword.length >= 8}
      onCancel={close}
      done={t('examBrowser.saved')}
      onSubmit={async () =>
        set(await room.examBrowser.save({ seatPort, quitPassword, browserExamKeys: keys.data ?? [] }))
      }
    >
      <strong>{t('examBrowser.settings')}</strong>
      <p className="soft">{t('examBrowser.settingsText')}</p>
      <Field label={t('examBrowser.seatPort')}>
        <InputNumber min={1} max={65_535} value={seatPort} onChange={(value) => setSeatPort(value ?? 1)} />
      </Field>
      <Field label={t('examBrowser.quitPassword')}>
        <Input
          value={quitPassword}
          maxLength={100}
          onChange={(event) => setQuitPassword(event.target.value)}
        />
      </Field>
      <Field
        label={t('examBrowser.keys')}
        hint={t('examBrowser.keysHint')}
        problem={keys.success ? null : t('examBrowser.keysWrong')}
      >
        <Input.TextArea
          rows={3}
          value={typed}
          maxLength={10_000}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
    </Form>
  );
}

const marks = {
  unknown: checkMarks.waiting,
  other: checkMarks.waiting,
  seb: checkMarks.passed,
  refused: checkMarks.failed,
} as const;

/** In what the seat's screen runs. */
export function BrowserMark({ seat }: { seat: SeatView }): ReactNode {
  const t = useText();
  return <Mark {...marks[seat.screenIn]} word={t(`examBrowser.screen.${seat.screenIn}`)} />;
}
