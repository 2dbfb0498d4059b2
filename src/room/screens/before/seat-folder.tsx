/** 下发考生端: the seat's program as a folder, to be copied to the candidates' computers. */
import { useState, type ReactNode } from 'react';
import { Button, Select } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Field } from '../../../ui/field.tsx';
import { FolderField } from '../../../ui/folder-field.tsx';
import { Form } from '../../../ui/form.tsx';
import { useSession } from '../../../ui/session.ts';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { RoomClient } from '../room-console.tsx';

export function SeatFolderButton({ room }: { room: RoomClient }): ReactNode {
  const t = useText();
  return (
    <DialogButton label={t('seatFolder.make')} title={t('seatFolder.title')}>
      {(close) => <SeatFolder room={room} close={close} />}
    </DialogButton>
  );
}

type Made = Awaited<ReturnType<RoomClient['seatFolder']['make']>>;

function SeatFolder({ room, close }: { room: RoomClient; close: () => void }): ReactNode {
  const t = useText();
  const { frame } = useSession();
  const addresses = frame?.addresses ?? [];
  const systems = useLoaded('seat folder', () => room.seatFolder.systems());
  const [directory, setDirectory] = useState('');
  const [address, setAddress] = useState(addresses[0] ?? '');
  const [made, setMade] = useState<Made | null>(null);
  if (made) return <Done made={made} close={close} />;
  return (
    <Form
      submit={t('seatFolder.submit')}
      ready={directory.trim() !== '' && address !== ''}
      onCancel={close}
      onSubmit={async () => setMade(await room.seatFolder.make({ directory, address }))}
    >
      <p>{t('seatFolder.text')}</p>
      <Field label={t('seatFolder.address')} hint={t('seatFolder.addressHint')}>
        <Select
          value={address}
          options={addresses.map((one) => ({ value: one, label: one }))}
          onChange={setAddress}
        />
      </Field>
      <FolderField client={room} label={t('seatFolder.folder')} value={directory} onChange={setDirectory} />
      {systems.value && (
        <p className="soft">
          {t('seatFolder.systems', { systems: systems.value.map(systemName).join(', ') })}
        </p>
      )}
    </Form>
  );
}

function Done({ made, close }: { made: Made; close: () => void }): ReactNode {
  const t = useText();
  return (
    <div className="stack">
      <Facts
        of={[
          [t('seatFolder.madeAt'), made.path],
          [t('seatFolder.size'), t('seatFolder.bytes', { bytes: made.bytes })],
          [t('seatFolder.for'), made.systems.map(systemName).join(', ')],
        ]}
      />
      <p role="status">{t('seatFolder.next')}</p>
      <div className="row-end">
        <Button type="primary" onClick={close}>
          {t('seatFolder.done')}
        </Button>
      </div>
    </div>
  );
}

const systemName = (system: Made['systems'][number]): string => (system === 'windows' ? 'Windows' : 'Linux');
