/** What may be done with the chosen candidates. */
import { useState, type ReactNode } from 'react';
import { Input, InputNumber } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { clockTime } from '../../../ui/format.ts';
import { useText } from '../../../ui/text.ts';
import { PackageFirst } from './package-first.tsx';
import { gateForChosen, Names, type ChosenProps } from './chosen.tsx';
import { LockDialog } from './lock-dialog.tsx';
import { LogDialog } from './log-dialog.tsx';
import { ViolationDialog } from './violation-dialog.tsx';

export function ChosenActions(props: ChosenProps): ReactNode {
  const t = useText();
  const { chosen, board } = props;
  return (
    <div className="row chosen-actions" role="group" aria-label={t('room.chosenActions')}>
      <span className="soft" role="status">
        {t('room.chosenCount', { count: chosen.length })}
      </span>
      <ExtraTime {...props} />
      <Resume {...props} />
      <ViolationDialog {...props} />
      <LockDialog {...props} />
      <LogDialog {...props} gate={gateForChosen(board.toolbar.exceptions, chosen, true)} />
    </div>
  );
}

function ExtraTime({ room, board, chosen, set }: ChosenProps): ReactNode {
  const t = useText();
  const [minutes, setMinutes] = useState(5);
  return (
    <DialogButton label={t('room.extraTime')} gate={gateForChosen(board.toolbar.exceptions, chosen)}>
      {(close) => (
        <Form
          submit={t('room.giveMinutes', { minutes })}
          onCancel={close}
          done={t('room.gaveMinutes', { minutes, count: chosen.length })}
          onSubmit={async () => {
            const sittingIds = chosen.map((one) => one.sittingId);
            set(await room.sitting.extraTime({ sittingIds, minutes, code: null }));
            close();
          }}
        >
          <p>{t('room.extraTimeText')}</p>
          <Names of={chosen} />
          <Field label={t('room.minutes')}>
            <InputNumber min={1} max={600} value={minutes} onChange={(value) => setMinutes(value ?? 1)} />
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}

function Resume({ room, board, chosen, set }: ChosenProps): ReactNode {
  const t = useText();
  const [reason, setReason] = useState('');
  return (
    <DialogButton label={t('room.resume')} gate={gateForChosen(board.toolbar.exceptions, chosen)}>
      {(close) => (
        <Form
          submit={t('room.resumeNow')}
          onCancel={close}
          done={t('room.resumed', { count: chosen.length })}
          onSubmit={async () => {
            const sittingIds = chosen.map((one) => one.sittingId);
            set(await room.sitting.resume({ sittingIds, reason }));
            close();
          }}
        >
          <p>{t('room.resumeText')}</p>
          <ul className="names">
            {chosen.map((one) => (
              <li key={one.sittingId}>
                {one.admissionNumber} {one.name}:{' '}
                {one.pending > 0
                  ? t('room.resumePending', { count: one.pending })
                  : t('room.resumeLast', { at: clockTime(one.lastChangeAt), kept: one.kept })}
                <PackageFirst room={room} one={one} />
              </li>
            ))}
          </ul>
          <Field label={t('room.reason')}>
            <Input value={reason} maxLength={400} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}
