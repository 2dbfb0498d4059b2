/** The centre's console: projects, and for each of them before, during and after. */
import type { ReactNode } from 'react';
import {
  CustomerServiceOutlined,
  DownloadOutlined,
  EyeOutlined,
  FileTextOutlined,
  InboxOutlined,
  ProjectOutlined,
  SettingOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import type { ConsoleClient } from '../../ui/client.ts';
import { Frame } from '../../ui/frame.tsx';
import { RefusalAlert } from '../../ui/refusal-text.tsx';
import { useSession } from '../../ui/session.ts';
import { useText } from '../../ui/text.ts';
import { useLive } from '../../ui/use-live.ts';
import { useWatched } from '../../ui/use-watched.ts';
import { usePlace } from '../../ui/use-place.ts';
import type { ProjectView, centreContract } from '../contract.ts';
import { DossierPage } from './after/dossier-page.tsx';
import { DuePage } from './after/due-page.tsx';
import { ResultsPage } from './after/results-page.tsx';
import { BeforePage } from './before/before-page.tsx';
import { BoardPage } from './during/board-page.tsx';
import { WallPage } from './during/wall-page.tsx';
import { DownloadsPage } from './downloads/downloads-page.tsx';
import { ProjectsPage } from './projects/projects-page.tsx';
import { OpenConfirmations } from './release/open-confirmations.tsx';
import { ScansPage } from './scans/scans-page.tsx';
import { SiteAccountConsole } from './site-account/site-account-console.tsx';
import { SupportPage } from './support/support-page.tsx';
import { CentreSystem } from './system/centre-system.tsx';

export type CentreClient = ConsoleClient<typeof centreContract>;

/** What every page of a project gets. */
export interface ProjectProps {
  centre: CentreClient;
  project: ProjectView;
  /** Grows when something changed at the centre: lists beside the project are loaded again. */
  round: number;
}

/** Address: `projects`, `downloads`, `system`, `system / page`, `before / project / step`, `during / project / session / site`, `wall / project / session`, `after / project / due`, `after / project / dossier / session / number`, `scans / project / part / …`, or `support / project / site / thread`. */
export function CentreConsole({ centre }: { centre: CentreClient }): ReactNode {
  const { user } = useSession();
  return user.role === 'site' ? <SiteAccountConsole centre={centre} /> : <WholeConsole centre={centre} />;
}

function WholeConsole({ centre }: { centre: CentreClient }): ReactNode {
  const t = useText();
  const [[phase = 'projects', second, ...parts], go] = usePlace();
  const [part, site, number] = parts;
  const projectId = phase === 'system' ? undefined : second;
  const inProject = projectId !== undefined;
  const project = useLive(projectId ?? null, (signal) =>
    centre.project.live({ projectId: projectId ?? '' }, { signal }),
  );
  const support = useWatched(projectId === undefined ? null : `support ${projectId}`, phase === 'support', {
    get: () => centre.support.get({ projectId: projectId ?? '' }),
    live: (signal) => centre.support.live({ projectId: projectId ?? '' }, { signal }),
  });
  const unread = support.value?.unread ?? 0;
  const phases = [
    { id: 'projects', label: t('phase.projects'), icon: <ProjectOutlined /> },
    ...(inProject
      ? [
          { id: 'before', label: t('phase.before'), icon: <SettingOutlined /> },
          { id: 'during', label: t('phase.during'), icon: <EyeOutlined /> },
          { id: 'after', label: t('phase.after'), icon: <InboxOutlined /> },
          { id: 'scans', label: t('phase.scans'), icon: <FileTextOutlined /> },
          {
            id: 'support',
            label: t('phase.support'),
            icon: <CustomerServiceOutlined />,
            unread: { count: unread, words: t('support.unreadCount', { count: unread }) },
          },
        ]
      : []),
    { id: 'downloads', label: t('phase.downloads'), icon: <DownloadOutlined /> },
    { id: 'system', label: t('phase.system'), icon: <ToolOutlined /> },
  ];
  const view = inProject ? project.value : null;
  const shared = view && { centre, project: view, round: project.round };
  if (phase === 'wall' && shared)
    return (
      <WallPage
        centre={centre}
        project={shared.project}
        sessionId={part}
        onLeave={(id) => {
          if (document.fullscreenElement) void document.exitFullscreen();
          go('during', shared.project.id, ...(id === null ? [] : [id]));
        }}
      />
    );
  return (
    <Frame
      phases={phases}
      phase={phase}
      onPhase={(id) => (['projects', 'downloads', 'system'].includes(id) ? go(id) : go(id, projectId ?? ''))}
      about={view ? { code: view.code, name: view.name, mode: view.mode } : undefined}
    >
      {phase === 'projects' && <ProjectsPage centre={centre} open={(id) => go('before', id)} />}
      {phase === 'downloads' && <DownloadsPage centre={centre} />}
      {phase === 'system' && <CentreSystem centre={centre} page={second} go={go} />}
      {shared && <OpenConfirmations {...shared} />}
      {inProject && project.refusal && !view && <RefusalAlert refusal={project.refusal} />}
      {shared && phase === 'before' && (
        <BeforePage
          key={shared.project.id}
          {...shared}
          step={part}
          onChoose={(id) => go('before', shared.project.id, id)}
          openDossier={(...whose) => go('after', shared.project.id, 'dossier', ...whose)}
        />
      )}
      {shared && phase === 'during' && (
        <BoardPage
          {...shared}
          chosen={part}
          siteCode={site}
          onChoose={(id, code) => go('during', shared.project.id, id, ...(code === undefined ? [] : [code]))}
          onWall={(id) => {
            // Where the browser does not let us, the page covers its window all the same.
            void document.documentElement.requestFullscreen().catch(() => undefined);
            go('wall', shared.project.id, id);
          }}
        />
      )}
      {shared && phase === 'after' && part === undefined && (
        <ResultsPage {...shared} open={(...parts) => go('after', shared.project.id, ...parts)} />
      )}
      {shared && phase === 'after' && part === 'dossier' && site !== undefined && number !== undefined && (
        <DossierPage
          key={`${site} ${number}`}
          {...shared}
          sessionId={site}
          admissionNumber={number}
          back={() => history.back()}
        />
      )}
      {shared && phase === 'after' && part === 'due' && (
        <DuePage {...shared} back={() => go('after', shared.project.id)} />
      )}
      {shared && phase === 'scans' && (
        <ScansPage
          key={shared.project.id}
          {...shared}
          part={part}
          parts={parts.slice(1)}
          go={(...more) => go('scans', shared.project.id, ...more)}
        />
      )}
      {shared && phase === 'support' && support.value && (
        <SupportPage
          {...shared}
          desk={support.value}
          deskRound={support.round}
          parts={[part, site].filter((one) => one !== undefined)}
          go={(...parts) => go('support', shared.project.id, ...parts)}
        />
      )}
    </Frame>
  );
}
