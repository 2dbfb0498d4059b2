/** What may be done with the chosen candidates. */
import { useState, type ReactNode } from 'react';
import { Checkbox, Input } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { clockTime } from '../../../ui/format.ts';
import { useText } from '../../../ui/text.ts';
import { Accommodate } from './accommodations.tsx';
import { ByCode } from './by-code.tsx';
import { PackageFirst } from './package-first.tsx';
import { gateForChosen, Names, type ChosenProps } from './chosen.tsx';
import { ExtraTime } from './extra-time.tsx';
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
      <Accommodate {...props} />
      <Resume {...props} />
      <LateCandidate {...props} />
      <ViolationDialog {...props} />
      <LockDialog {...props} />
      <BeginAnew {...props} />
      <LogDialog {...props} gate={gateForChosen(board.toolbar.exceptions, chosen, true)} />
    </div>
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

/** 迟到延考: who comes after the late limit signs in all the same. */
function LateCandidate(props: ChosenProps): ReactNode {
  const t = useText();
  const { board, chosen } = props;
  return (
    <DialogButton
      label={t('room.lateCandidate')}
      gate={gateForChosen(board.toolbar.exceptions, chosen, true)}
    >
      {(close) => (
        <ByCode
          {...props}
          wanted={{ action: 'late-candidate', sittingId: chosen[0]?.sittingId ?? null, minutes: 0 }}
          done={t('room.lateAdmitted', { name: chosen[0]?.name ?? '' })}
          close={close}
        >
          <p>{t('room.lateCandidateText')}</p>
          <Names of={chosen} />
        </ByCode>
      )}
    </DialogButton>
  );
}

/** 考生初始化: the answers so far do not count any more. */
function BeginAnew(props: ChosenProps): ReactNode {
  const t = useText();
  const { board, chosen } = props;
  const [sure, setSure] = useState(false);
  return (
    <DialogButton
      label={t('room.beginAnew')}
      gate={gateForChosen(board.toolbar.exceptions, chosen, true)}
      onOpen={() => setSure(false)}
    >
      {(close) => (
        <ByCode
          {...props}
          ready={sure}
          danger
          wanted={{ action: 'reinitialise', sittingId: chosen[0]?.sittingId ?? null, minutes: 0 }}
          done={t('room.begunAnew', { name: chosen[0]?.name ?? '' })}
          close={close}
        >
          <p>{t('room.beginAnewText')}</p>
          <Names of={chosen} />
          <Checkbox checked={sure} onChange={(event) => setSure(event.target.checked)}>
            {t('room.beginAnewSure')}
          </Checkbox>
        </ByCode>
      )}
    </DialogButton>
  );
}
