import type { ReactNode } from 'react';
import { Facts } from '../../ui/facts.tsx';
import { useSession } from '../../ui/session.ts';
import { SystemPage } from '../../ui/system-page.tsx';
import { useText } from '../../ui/text.ts';
import { useLoaded } from '../../ui/use-loaded.ts';
import { Registration } from './registration.tsx';
import { BackupPanel } from './backup-panel.tsx';
import type { SiteClient } from './site-console.tsx';

export function SiteSystemPage({ site }: { site: SiteClient }): ReactNode {
  const t = useText();
  const { frame } = useSession();
  const setup = useLoaded('setup', () => site.setup.state());
  const overview = useLoaded('overview', () => site.overview.get());
  const serial = frame?.indicators.find((one) => one.id === 'lock')?.values['serial'] ?? null;
  return (
    <SystemPage client={site}>
      <section className="panel panel-narrow">
        <h2>{t('site.lockAndCentre')}</h2>
        <Facts
          of={[
            [t('site.lockSerial'), serial],
            [t('site.lockPath'), setup.value?.lockPath],
            [t('site.centreAddress'), overview.value?.centreAddress],
          ]}
        />
        {overview.value && !overview.value.registered && (
          <Registration site={site} onDone={overview.reload} />
        )}
      </section>
      <BackupPanel site={site} />
    </SystemPage>
  );
}
