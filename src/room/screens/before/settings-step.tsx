import { useState, type ReactNode } from 'react';
import { AutoComplete, Input } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { bytes, dateTime } from '../../../ui/format.ts';
import { gateText } from '../../../ui/gate-button.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { NextStep, NowLine } from '../../../ui/now-line.tsx';
import { useText } from '../../../ui/text.ts';
import { roomContract } from '../../contract.ts';
import type { StepProps } from './before-page.tsx';
import { OwnSiteFacts, OwnSiteSettings, SiteMode } from './own-site-settings.tsx';
import { ScanRegistration } from './scan-registration.tsx';

/** Which room this is and how it joins its site: all three from the sheet that the site gave out. */
export function SettingsStep(props: StepProps): ReactNode {
  const t = useText();
  const { settings, steps, ownSite } = props.overview;
  const [siteMode, setSiteMode] = useState(settings.siteMode);
  const may = useRoleGate(roomContract.settings.save);
  if (!settings.registered && !may.allowed) return <NowLine>{gateText(t, may)}</NowLine>;
  if (!settings.registered)
    return (
      <>
        <NowLine>{t(siteMode ? 'room.now.settings' : 'ownSite.now.settings')}</NowLine>
        <section className={siteMode ? 'panel panel-narrow' : 'panel'}>
          <SiteMode value={siteMode} onChange={setSiteMode} />
          {siteMode ? <Registration {...props} /> : <OwnSiteSettings {...props} />}
        </section>
      </>
    );
  if (ownSite)
    return (
      <>
        <NowLine action={<NextStep steps={steps} step="settings" onChoose={props.onChoose} />}>
          {t('ownSite.now.registered')}
        </NowLine>
        <OwnSiteFacts overview={props.overview} ownSite={ownSite} />
      </>
    );
  return (
    <>
      <NowLine action={<NextStep steps={steps} step="settings" onChoose={props.onChoose} />}>
        {t('room.now.registered')}
      </NowLine>
      <section className="panel panel-narrow">
        <Facts
          of={[
            [t('room.code'), settings.roomCode],
            [t('room.siteAddress'), settings.siteAddress],
            [t('room.registeredAt'), dateTime(settings.registeredAt)],
            [t('room.dataFolder'), settings.dataFolder],
            [t('indicator.disk'), t('indicator.disk.value', { free: settings.freeBytes })],
          ]}
        />
        <div className="row">
          <SiteMoved {...props} />
          <DialogButton label={t('room.registerAgain')} gate={may}>
            {(close) => (
              <>
                <p className="hint">{t('room.registerAgainText')}</p>
                <Registration {...props} done={close} />
              </>
            )}
          </DialogButton>
        </div>
      </section>
    </>
  );
}

function Registration({ room, overview, set, done }: StepProps & { done?: () => void }): ReactNode {
  const t = useText();
  const { settings } = overview;
  const [roomCode, setRoomCode] = useState(settings.roomCode);
  const [siteAddress, setSiteAddress] = useState(settings.siteAddress);
  const [registrationCode, setCode] = useState('');
  const [addresses, setAddresses] = useState<readonly string[]>([]);
  const register = async (): Promise<void> => {
    const { ownAddress } = settings;
    await room.settings.save({ roomCode, siteAddress, ownAddress, siteMode: true });
    set(await room.settings.register({ registrationCode }));
    done?.();
  };
  return (
    <Form
      submit={t('room.register')}
      ready={roomCode.trim() !== '' && siteAddress.trim() !== '' && registrationCode.trim() !== ''}
      done={t('room.registered')}
      onSubmit={register}
    >
      <ScanRegistration
        onRead={(read) => {
          if (!settings.registered) setRoomCode(read.roomCode);
          setSiteAddress(read.addresses[0] ?? '');
          setAddresses(read.addresses);
          setCode(read.registrationCode);
        }}
      />
      <Field label={t('room.code')}>
        <Input
          value={roomCode}
          autoComplete="off"
          disabled={settings.registered}
          onChange={(event) => setRoomCode(event.target.value)}
        />
      </Field>
      <Field label={t('room.siteAddress')} hint={t('address.hint')}>
        <AutoComplete
          value={siteAddress}
          aria-label={t('room.siteAddress')}
          options={addresses.map((value) => ({ value }))}
          onChange={(value) => setSiteAddress(value)}
        />
      </Field>
      <Field label={t('room.registrationCode')} hint={t('code.hint')}>
        <Input
          className="figures-input"
          value={registrationCode}
          autoComplete="off"
          onChange={(event) => setCode(event.target.value)}
        />
      </Field>
      <p className="hint">
        {t('room.dataFolderHint', { path: settings.dataFolder, free: bytes(settings.freeBytes, t.language) })}
      </p>
    </Form>
  );
}

/** The room stays registered: whoever answers at the new address has to prove that it is the site. */
function SiteMoved({ room, overview, set }: StepProps): ReactNode {
  const t = useText();
  const may = useRoleGate(roomContract.settings.siteMoved);
  const [siteAddress, setSiteAddress] = useState('');
  return (
    <DialogButton
      label={t('room.siteMoved')}
      gate={may}
      onOpen={() => setSiteAddress(overview.settings.siteAddress)}
    >
      {(close) => (
        <Form
          submit={t('room.siteMovedSubmit')}
          ready={siteAddress.trim() !== ''}
          done={t('room.siteMovedDone')}
          onCancel={close}
          onSubmit={async () => {
            set(await room.settings.siteMoved({ siteAddress }));
            close();
          }}
        >
          <p>{t('room.siteMovedText')}</p>
          <Field label={t('room.siteAddress')} hint={t('address.hint')}>
            <Input
              value={siteAddress}
              autoComplete="off"
              maxLength={200}
              onChange={(event) => setSiteAddress(event.target.value)}
            />
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}
