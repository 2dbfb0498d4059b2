/** 考点模式: with a site or without; and what a room without one is told in its place. */
import { useState, type ReactNode } from 'react';
import { Input, Radio } from 'antd';
import { Facts } from '../../../ui/facts.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { bytes } from '../../../ui/format.ts';
import { LockFields, lockChoice, noLock, type LockDraft } from '../../../ui/lock-fields.tsx';
import { CentreFields, SiteNameFields } from '../../../ui/site-fields.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { RoomOverview } from '../../contract.ts';
import type { StepProps } from './before-page.tsx';

export function SiteMode(props: { value: boolean; onChange: (siteMode: boolean) => void }): ReactNode {
  const t = useText();
  return (
    <div className="field">
      <span id="site-mode-label">{t('ownSite.siteMode')}</span>
      <Radio.Group
        aria-labelledby="site-mode-label"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value === true)}
        options={[
          { value: true, label: t('ownSite.withSite') },
          { value: false, label: t('ownSite.withoutSite') },
        ]}
      />
      {!props.value && <small>{t('ownSite.withoutSiteHint')}</small>}
    </div>
  );
}

export function OwnSiteSettings({ room, overview, set }: StepProps): ReactNode {
  const t = useText();
  const { settings, ownSite } = overview;
  const [form, setForm] = useState({
    roomCode: settings.roomCode,
    siteCode: ownSite?.siteCode ?? '',
    mode: 'formal' as 'formal' | 'mock',
    centreAddress: '',
    registrationCode: '',
  });
  const [lock, setLock] = useState<LockDraft>(() => {
    const { lockKind = 'key-file', lockPath: path = '' } = ownSite ?? {};
    // A room that works without a site has a lock.
    const kind = lockKind === 'none' ? 'key-file' : lockKind;
    return { ...noLock, kind, [kind === 'pkcs11' ? 'library' : 'path']: path };
  });
  const change = (part: Partial<typeof form>): void => setForm((before) => ({ ...before, ...part }));
  const { roomCode, siteCode, mode, centreAddress, registrationCode } = form;
  const choice = lockChoice(lock);
  const libraries = useLoaded('libraries', () => room.ownSite.libraries());
  const setUp = async (): Promise<void> => {
    if (!choice) return;
    const { siteAddress, ownAddress } = settings;
    await room.settings.save({ roomCode, siteAddress, ownAddress, siteMode: false });
    await room.ownSite.setUp({ siteCode, mode, centreAddress, registrationCode, lock: choice });
    set(await room.overview.get());
  };
  return (
    <Form
      submit={t('room.register')}
      ready={
        choice !== null &&
        [roomCode, siteCode, centreAddress, registrationCode].every((one) => one.trim() !== '')
      }
      done={t('ownSite.registered')}
      onSubmit={setUp}
    >
      <div className="fields-3">
        <Field label={t('room.code')}>
          <Input
            value={roomCode}
            autoComplete="off"
            onChange={(event) => change({ roomCode: event.target.value })}
          />
        </Field>
        <SiteNameFields
          siteCode={siteCode}
          mode={mode}
          onCode={(code) => change({ siteCode: code })}
          onMode={(chosen) => change({ mode: chosen })}
        />
      </div>
      <div className="fields-2">
        <CentreFields
          centreAddress={centreAddress}
          registrationCode={registrationCode}
          onAddress={(address) => change({ centreAddress: address })}
          onCode={(code) => change({ registrationCode: code })}
        />
      </div>
      <LockFields
        mayBeNew
        value={lock}
        onChange={(part) => setLock((before) => ({ ...before, ...part }))}
        libraries={libraries.value ?? []}
        tokens={(library) => room.ownSite.tokens({ library })}
      />
      <p className="hint">
        {t('room.dataFolderHint', { path: settings.dataFolder, free: bytes(settings.freeBytes, t.language) })}
      </p>
    </Form>
  );
}

export function OwnSiteFacts({
  overview,
  ownSite,
}: {
  overview: RoomOverview;
  ownSite: NonNullable<RoomOverview['ownSite']>;
}): ReactNode {
  const t = useText();
  const { settings } = overview;
  return (
    <section className="panel panel-narrow">
      <Facts
        of={[
          [t('room.code'), settings.roomCode],
          [t('ownSite.siteMode'), t('ownSite.withoutSite')],
          [t('site.code'), ownSite.siteCode],
          [t('site.centreAddress'), ownSite.centreAddress],
          [t(ownSite.lockKind === 'pkcs11' ? 'site.lockLibrary' : 'site.lockPath'), ownSite.lockPath],
          [t('room.dataFolder'), settings.dataFolder],
          [t('indicator.disk'), t('indicator.disk.value', { free: settings.freeBytes })],
        ]}
      />
    </section>
  );
}
