/** What somebody sees who signs in at the centre for one site: this site, its files, its codes and its questions. */
import type { ReactNode } from 'react';
import {
  CustomerServiceOutlined,
  FileTextOutlined,
  HomeOutlined,
  NumberOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import { Frame } from '../../../ui/frame.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { SystemPage } from '../../../ui/system-page.tsx';
import { useText } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import { usePlace } from '../../../ui/use-place.ts';
import type { SiteAccountView } from '../../site-account/contract.ts';
import type { CentreClient } from '../centre-console.tsx';
import { CodesPage } from './codes-page.tsx';
import { OwnSheetsPage } from './own-sheets-page.tsx';
import { OwnSitePage } from './own-site-page.tsx';
import { QuestionsPage } from './questions-page.tsx';

/** What every page of the site gets. */
export interface SiteAccountProps {
  centre: CentreClient;
  view: SiteAccountView;
}

const pages = ['site', 'codes', 'sheets', 'support', 'system'] as const;
type Page = (typeof pages)[number];

/** Address: `site`, `codes / session`, `sheets / part / event`, `support / thread`, or `system`. */
export function SiteAccountConsole({ centre }: { centre: CentreClient }): ReactNode {
  const t = useText();
  const [[first, ...parts], go] = usePlace();
  const [part] = parts;
  // Whoever signs in after somebody else stands where that one stood.
  const page: Page = pages.find((one) => one === first) ?? 'site';
  const live = useLive('own site', (signal) => centre.siteAccount.live(undefined, { signal }));
  const view = live.value;
  return (
    <Frame
      phases={[
        { id: 'site', label: t('siteAccount.phase'), icon: <HomeOutlined /> },
        { id: 'codes', label: t('siteAccount.codesPhase'), icon: <NumberOutlined /> },
        { id: 'sheets', label: t('phase.scans'), icon: <FileTextOutlined /> },
        { id: 'support', label: t('phase.support'), icon: <CustomerServiceOutlined /> },
        { id: 'system', label: t('phase.system'), icon: <ToolOutlined /> },
      ]}
      phase={page}
      onPhase={(id) => go(id)}
      about={view ? { code: view.site.code, name: view.site.name, mode: view.project.mode } : undefined}
    >
      {page === 'system' && <SystemPage client={centre} />}
      {live.refusal && !view && page !== 'system' && <RefusalAlert refusal={live.refusal} />}
      {view && page === 'site' && <OwnSitePage centre={centre} view={view} />}
      {view && page === 'codes' && (
        <CodesPage centre={centre} view={view} chosen={part} onChoose={(id) => go('codes', id)} />
      )}
      {view && page === 'sheets' && (
        <OwnSheetsPage
          centre={centre}
          view={view}
          round={live.round}
          parts={parts}
          go={(...more) => go('sheets', ...more)}
        />
      )}
      {view && page === 'support' && (
        <QuestionsPage
          centre={centre}
          view={view}
          chosen={part}
          onChoose={(id) => go('support', ...(id === null ? [] : [id]))}
        />
      )}
    </Frame>
  );
}
