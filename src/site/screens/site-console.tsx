/** The site's console: five steps before, the rooms during, the collection after, and the support desk. */
import type { ReactNode } from 'react';
import {
  CustomerServiceOutlined,
  DownloadOutlined,
  EyeOutlined,
  FileTextOutlined,
  InboxOutlined,
  SettingOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import type { ConsoleClient } from '../../ui/client.ts';
import { Frame } from '../../ui/frame.tsx';
import { useRoleGate } from '../../ui/role-gate.ts';
import { useSession } from '../../ui/session.ts';
import { CentreNotices } from '../../ui/support/centre-notices.tsx';
import { SiteSupportPage } from '../../ui/support/site-support-page.tsx';
import { useText } from '../../ui/text.ts';
import { useLoaded } from '../../ui/use-loaded.ts';
import { usePlace } from '../../ui/use-place.ts';
import { useWatched } from '../../ui/use-watched.ts';
import type { siteContract } from '../contract.ts';
import { CollectionPage } from './after/collection-page.tsx';
import { BeforePage } from './before/before-page.tsx';
import { FirstStart } from './first-start.tsx';
import { DownloadsPage } from './downloads/downloads-page.tsx';
import { MonitorPage } from './during/monitor-page.tsx';
import { supportContract } from '../support/contract.ts';
import { PaperPage } from './paper-day/paper-page.tsx';
import { SiteSystemPage } from './site-system-page.tsx';

export type SiteClient = ConsoleClient<typeof siteContract>;

export function SiteConsole({ site }: { site: SiteClient }): ReactNode {
  const t = useText();
  const [[phase = 'before', ...parts], go] = usePlace();
  const { frame } = useSession();
  // Asked again when another page of this console has initialised the site.
  const setup = useLoaded(`setup ${frame?.code}`, () => site.setup.state());
  const { value: support, set } = useWatched('support', phase === 'support', {
    get: () => site.support.get(),
    live: (signal) => site.support.live(undefined, { signal }),
  });
  const mayWrite = useRoleGate(supportContract.open);
  const mayRead = useRoleGate(supportContract.read);
  const unread = support?.unread ?? 0;
  // Exams on paper are shown where there are any.
  const { value: paper } = useWatched('paper', false, {
    get: () => site.paperDay.events(),
    live: () => Promise.reject(new Error('the page of one exam watches that')),
  });
  const onPaper = paper !== null && paper.length > 0;
  if (setup.value?.done === false) return <FirstStart site={site} again done={setup.reload} />;
  return (
    <Frame
      phases={[
        { id: 'before', label: t('phase.before'), icon: <SettingOutlined /> },
        { id: 'during', label: t('phase.during'), icon: <EyeOutlined /> },
        { id: 'after', label: t('phase.after'), icon: <InboxOutlined /> },
        ...(onPaper ? [{ id: 'paper', label: t('phase.paper'), icon: <FileTextOutlined /> }] : []),
        {
          id: 'support',
          label: t('phase.support'),
          icon: <CustomerServiceOutlined />,
          unread: { count: unread, words: t('support.unreadCount', { count: unread }) },
        },
        { id: 'downloads', label: t('phase.downloads'), icon: <DownloadOutlined /> },
        { id: 'system', label: t('phase.system'), icon: <ToolOutlined /> },
      ]}
      phase={phase}
      onPhase={(id) => go(id)}
    >
      <CentreNotices client={site.support} mayRead={mayRead} support={support} set={set} />
      {phase === 'before' && <BeforePage site={site} step={parts[0]} go={go} />}
      {phase === 'during' && <MonitorPage site={site} chosen={parts[0]} go={go} />}
      {phase === 'after' && <CollectionPage site={site} parts={parts} go={go} />}
      {phase === 'paper' && onPaper && <PaperPage site={site} events={paper} parts={parts} go={go} />}
      {phase === 'support' && support && (
        <SiteSupportPage
          client={site.support}
          role={mayWrite}
          support={support}
          set={set}
          chosen={parts[0]}
          go={go}
        />
      )}
      {phase === 'downloads' && <DownloadsPage site={site} />}
      {phase === 'system' && <SiteSystemPage site={site} onChanged={setup.reload} />}
    </Frame>
  );
}
