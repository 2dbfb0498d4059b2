import { useMemo, type ReactNode } from 'react';
import { stateOf, type BoardSite } from '../../../exam/board/board-view.ts';
import { inOrder, type SiteOrder } from '../../../exam/board/find-sites.ts';
import { siteStages, stageOf } from '../../../exam/board/site-facts.ts';
import { clockTime } from '../../../ui/format.ts';
import { useText } from '../../../ui/text.ts';
import { VirtualTable, type Sorting, type VirtualColumn } from '../../../ui/virtual-table.tsx';
import { SiteStateMark } from './site-marks.tsx';

export const shownCounts = [
  'expected',
  'signedIn',
  'inExam',
  'handedIn',
  'absent',
  'away',
  'violations',
  'extraTime',
] as const;

export interface SiteSorting extends Sorting {
  readonly by: SiteOrder;
}

/** Every site that was found, one line each. */
export function SiteList(props: {
  sites: readonly BoardSite[];
  /** With the version of each site's program, for which there is no place otherwise. */
  programs: boolean;
  sorting: SiteSorting;
  onSort: (sorting: SiteSorting) => void;
  onOpen: (siteCode: string) => void;
}): ReactNode {
  const t = useText();
  const { sites, programs, sorting, onSort, onOpen } = props;
  const rows = useMemo(() => inOrder(sites, sorting), [sites, sorting]);
  const columns: VirtualColumn<BoardSite>[] = [
    {
      id: 'code',
      title: t('site.code'),
      sorts: true,
      render: (site) => (
        <span className="site-name">
          <button type="button" className="link-button" onClick={() => onOpen(site.code)}>
            {site.code}
          </button>{' '}
          <span className="soft one-line" title={[site.name, site.region].filter(Boolean).join(' · ')}>
            {site.name}
          </span>
        </span>
      ),
    },
    ...(rows.some(({ region }) => region !== null)
      ? [
          {
            id: 'region',
            title: t('region'),
            sorts: true,
            wideOnly: true,
            render: (site: BoardSite) => site.region ?? '–',
          },
        ]
      : []),
    {
      id: 'state',
      title: t('column.state'),
      sorts: true,
      render: (site) => <SiteStateMark state={stateOf(site)} />,
    },
    {
      id: 'stage',
      title: t('site.progress'),
      sorts: true,
      width: '7.5rem',
      render: (site) => <SiteStageTrack site={site} />,
    },
    {
      id: 'rooms',
      title: t('board.roomsStarted'),
      right: true,
      render: ({ rooms }) => `${rooms.started} / ${rooms.all}`,
    },
    ...shownCounts.map((id) => ({
      id,
      title: t(`count.${id}`),
      right: true,
      sorts: true,
      render: (site: BoardSite) => site.counts[id],
    })),
    ...(programs
      ? [
          {
            id: 'program',
            title: t('distribution.program'),
            sorts: true,
            render: (site: BoardSite) => site.program ?? '–',
          },
        ]
      : []),
    {
      id: 'lastContact',
      title: t('column.lastContact'),
      right: true,
      sorts: true,
      render: (site) => clockTime(site.lastContact),
    },
  ];
  return (
    <VirtualTable
      label={t('centre.sites')}
      rows={rows}
      rowKey={(site) => site.code}
      columns={columns}
      height={420}
      sorting={sorting}
      onSort={(to) => onSort({ by: to.by as SiteOrder, descending: to.descending })}
    />
  );
}

/** How far it has come, as a bar and in a word. */
function SiteStageTrack({ site }: { site: BoardSite }): ReactNode {
  const t = useText();
  const stage = stageOf(site);
  return (
    <span className="site-stage">
      <span className="one-line">{t(`board.stage.${stage}`)}</span>
      <progress aria-hidden max={siteStages.length - 1} value={siteStages.indexOf(stage)} />
    </span>
  );
}
