import { useState, type ReactNode } from 'react';
import { Checkbox } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Form } from '../../../ui/form.tsx';
import { useText } from '../../../ui/text.ts';
import type { SessionProps } from './session-page.tsx';

/** Who has not signed in by the late limit is registered as absent; a mistake is taken back here too. */
export function AbsenceDialog(props: SessionProps): ReactNode {
  const t = useText();
  return (
    <DialogButton label={t('room.absent')} gate={props.board.toolbar.absence}>
      {(close) => <Absences {...props} close={close} />}
    </DialogButton>
  );
}

function Absences({ room, board, set, close }: SessionProps & { close: () => void }): ReactNode {
  const t = useText();
  const missing = board.sittings.filter((one) => one.state === 'not-signed-in');
  const absent = board.sittings.filter((one) => one.state === 'absent');
  const [left, setLeft] = useState<readonly string[]>([]);
  const listed = missing.filter((one) => !left.includes(one.sittingId));
  return (
    <div className="stack">
      <Form
        submit={t('room.registerAbsent', { count: listed.length })}
        ready={listed.length > 0}
        onCancel={close}
        done={t('room.absentRegistered', { count: listed.length })}
        onSubmit={async () => {
          set(await room.sitting.absent({ sittingIds: listed.map((one) => one.sittingId) }));
          close();
        }}
      >
        <p>{missing.length === 0 ? t('room.nobodyMissing') : t('room.absentText')}</p>
        <div className="scrolling">
          {missing.map((one) => (
            <div key={one.sittingId}>
              <Checkbox
                checked={!left.includes(one.sittingId)}
                onChange={(event) =>
                  setLeft(
                    event.target.checked
                      ? left.filter((id) => id !== one.sittingId)
                      : [...left, one.sittingId],
                  )
                }
              >
                {one.admissionNumber} {one.name}
              </Checkbox>
            </div>
          ))}
        </div>
      </Form>
      {absent.length > 0 && <h3>{t('room.registeredAbsent')}</h3>}
      {absent.map((one) => (
        <div key={one.sittingId} className="row">
          <span>
            {one.admissionNumber} {one.name}
          </span>
          <ActButton
            size="small"
            act={async () => set(await room.sitting.cancelAbsent({ sittingId: one.sittingId }))}
          >
            {t('room.cancelAbsent')}
          </ActButton>
        </div>
      ))}
    </div>
  );
}
