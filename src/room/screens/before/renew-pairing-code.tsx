/** When somebody knows the pairing code who should not: another one, and what that means. */
import type { ReactNode } from 'react';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Form } from '../../../ui/form.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { useText } from '../../../ui/text.ts';
import { roomContract } from '../../contract.ts';
import type { RoomClient } from '../room-console.tsx';

interface Props {
  room: RoomClient;
  onRenewed: (pairingCode: string) => void;
}

export function RenewPairingCode({ room, onRenewed }: Props): ReactNode {
  const t = useText();
  const may = useRoleGate(roomContract.seat.renewPairingCode);
  return (
    <DialogButton size="small" gate={may} label={t('room.renewCode')}>
      {(close) => (
        <Form
          submit={t('room.renewCodeNow')}
          done={t('room.codeRenewed')}
          onCancel={close}
          onSubmit={async () => {
            onRenewed((await room.seat.renewPairingCode()).pairingCode);
            close();
          }}
        >
          <p>{t('room.renewCodeStays')}</p>
          <p>{t('room.renewCodeNeeds')}</p>
        </Form>
      )}
    </DialogButton>
  );
}
