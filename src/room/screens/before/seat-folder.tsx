/** 下发考生端: the seat's program as a folder, to be copied to the candidates' computers. */
import { useState, type ReactNode } from 'react';
import { Button, Radio, Select } from 'antd';
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

type System = Awaited<ReturnType<RoomClient['seatFolder']['systems']>>['here'][number];
/** What is made: the folder for every system of which the program is here, or an installer for one. */
type What = 'folder' | System;
interface Made {
  readonly what: What;
  readonly path: string;
  readonly bytes: number;
  readonly systems: readonly System[];
}

function SeatFolder({ room, close }: { room: RoomClient; close: () => void }): ReactNode {
  const t = useText();
  const { frame } = useSession();
  const addresses = frame?.addresses ?? [];
  const systems = useLoaded('seat folder', () => room.seatFolder.systems());
  const [what, setWhat] = useState<What>('folder');
  const [directory, setDirectory] = useState('');
  const [address, setAddress] = useState(addresses[0] ?? '');
  const [made, setMade] = useState<Made | null>(null);
  if (made) return <Done made={made} close={close} />;
  const here = systems.value?.here ?? [];
  const away = systems.value?.away ?? [];
  const make = async (): Promise<Made> =>
    what === 'folder'
      ? { what, ...(await room.seatFolder.make({ directory, address })) }
      : {
          what,
          systems: [what],
          ...(await room.seatFolder.installer({ directory, address, system: what })),
        };
  return (
    <Form
      submit={t(what === 'folder' ? 'seatFolder.submit' : 'seatFolder.submitInstaller')}
      ready={directory.trim() !== '' && address !== ''}
      onCancel={close}
      onSubmit={async () => setMade(await make())}
    >
      <p>{t('seatFolder.text')}</p>
      <div className="field">
        <span id="seat-folder-what">{t('seatFolder.what')}</span>
        <Radio.Group
          aria-labelledby="seat-folder-what"
          value={what}
          onChange={(event) => setWhat(event.target.value as What)}
          vertical
          options={[
            { value: 'folder', label: t('seatFolder.asFolder') },
            ...everySystem.map((system) => ({
              value: system,
              label: t('seatFolder.asInstaller', { system: systemName(system) }),
              disabled: !here.includes(system),
            })),
          ]}
        />
      </div>
      <p className="soft">
        {what === 'folder'
          ? t('seatFolder.systems', { systems: here.map(systemName).join(', ') })
          : t('seatFolder.installerText')}
      </p>
      {away.map((one) => (
        <p className="soft any-length" key={one.system}>
          {t('seatFolder.away', { system: systemName(one.system), package: one.package })}
        </p>
      ))}
      <Field label={t('seatFolder.address')} hint={t('seatFolder.addressHint')}>
        <Select
          value={address}
          options={addresses.map((one) => ({ value: one, label: one }))}
          onChange={setAddress}
        />
      </Field>
      <FolderField client={room} label={t('seatFolder.folder')} value={directory} onChange={setDirectory} />
    </Form>
  );
}

function Done({ made, close }: { made: Made; close: () => void }): ReactNode {
  const t = useText();
  const { what, path, bytes, systems } = made;
  return (
    <div className="stack">
      <Facts
        of={[
          [t('seatFolder.madeAt'), path],
          [t('seatFolder.size'), t('seatFolder.bytes', { bytes })],
          [t('seatFolder.for'), systems.map(systemName).join(', ')],
        ]}
      />
      <p role="status">
        {t(
          what === 'folder'
            ? 'seatFolder.next'
            : what === 'windows'
              ? 'seatFolder.nextWindows'
              : 'seatFolder.nextLinux',
        )}
      </p>
      <div className="row-end">
        <Button type="primary" onClick={close}>
          {t('seatFolder.done')}
        </Button>
      </div>
    </div>
  );
}

const everySystem: readonly System[] = ['windows', 'linux'];
const systemName = (system: System): string => (system === 'windows' ? 'Windows' : 'Linux');
