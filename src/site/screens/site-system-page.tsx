/** 系统管理, in the order of the manual: initialise, mock to formal, password, backup (and how to restore), close. */
import type { ReactNode } from 'react';
import { Facts } from '../../ui/facts.tsx';
import { LongPage } from '../../ui/long-page.tsx';
import { useSession } from '../../ui/session.ts';
import { SignInPanels, ThisComputer } from '../../ui/system-page.tsx';
import { useText } from '../../ui/text.ts';
import { useLoaded } from '../../ui/use-loaded.ts';
import { UsersPanel } from '../../ui/users/users-panel.tsx';
import { BackupPanel } from './backup-panel.tsx';
import { Registration } from './registration.tsx';
import type { SiteClient } from './site-console.tsx';
import { LocksPanel } from './system/locks-panel.tsx';
import { CloseSite } from './system/close-site.tsx';
import { InitialiseSite } from './system/initialise-site.tsx';
import { TurnFormal } from './system/turn-formal.tsx';

/** @param onChanged the site has become another one: initialised, or formal. */
export function SiteSystemPage({ site, onChanged }: { site: SiteClient; onChanged: () => void }): ReactNode {
  const t = useText();
  const { user } = useSession();
  const administers = user.role === 'administrator';
  return (
    <LongPage title={t('phase.system')}>
      <ThisComputer />
      <LockAndCentre site={site} />
      <LocksPanel site={site} />
      <UsersPanel client={site} />
      {administers && <InitialiseSite site={site} onDone={onChanged} />}
      {administers && <TurnFormal site={site} onDone={onChanged} />}
      <SignInPanels client={site} />
      <BackupPanel site={site} />
      {administers && <CloseSite site={site} />}
    </LongPage>
  );
}

function LockAndCentre({ site }: { site: SiteClient }): ReactNode {
  const t = useText();
  const { frame } = useSession();
  const lock = frame?.indicators.find((one) => one.id === 'lock');
  // Another exam is another registration, and another lock may have been taken.
  const setup = useLoaded(`setup ${frame?.mode} ${JSON.stringify(lock?.values)}`, () => site.setup.state());
  const overview = useLoaded(`overview ${frame?.mode}`, () => site.overview.get());
  const serial = setup.value?.lockSerial ?? lock?.values['serial'] ?? null;
  return (
    <section className="panel panel-narrow">
      <h2>{t('site.lockAndCentre')}</h2>
      <Facts
        of={[
          ...(setup.value?.lockKind === 'none'
            ? [[t('site.lock'), t('site.lockKind.none')] as const]
            : [
                [t('site.lockSerial'), serial] as const,
                [
                  t(setup.value?.lockKind === 'pkcs11' ? 'site.lockLibrary' : 'site.lockPath'),
                  setup.value?.lockPath,
                ] as const,
              ]),
          [t('site.centreAddress'), overview.value?.centreAddress],
        ]}
      />
      {overview.value && !overview.value.registered && <Registration site={site} onDone={overview.reload} />}
    </section>
  );
}
