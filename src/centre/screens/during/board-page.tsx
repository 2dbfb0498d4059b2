/** The exam day as seen from the centre: every site of a session, with what needs a call first. */
import { useMemo, useState, type ReactNode } from 'react';
import { Button, Select } from 'antd';
import { codeValidMs } from '../../../exam/code/code-book.ts';
import { everySite, findSites } from '../../../exam/board/find-sites.ts';
import { totalsOf } from '../../../exam/board/site-facts.ts';
import { CodeDesk } from '../../../ui/codes/code-desk.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { dateTime, wholeNumber } from '../../../ui/format.ts';
import { NowLine } from '../../../ui/now-line.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { useLive } from '../../../ui/use-live.ts';
import { useTick } from '../../../ui/use-tick.ts';
import type { ProjectProps } from '../centre-console.tsx';
import { AlarmList, alarmsIn } from './alarm-list.tsx';
import './board.css';
import { BoardFilter } from './board-filter.tsx';
import { CodeRegister } from './code-register.tsx';
import { Curves } from './curves.tsx';
import { SiteList, shownCounts, type SiteSorting } from './site-list.tsx';
import { SiteMap, SiteMapLegend } from './site-map.tsx';
import { SitePage } from './site-page.tsx';
import { useBoard } from './use-board.ts';

type Props = ProjectProps & {
  chosen: string | undefined;
  siteCode: string | undefined;
  /** To a session, and a site of it. */
  onChoose: (sessionId: string, siteCode?: string) => void;
  onWall: (sessionId: string) => void;
};

export function BoardPage(props: Props): ReactNode {
  const t = useText();
  const { centre, project, chosen, siteCode, onChoose, onWall } = props;
  const projectId = project.id;
  const now = useTick(5_000);
  const [filter, setFilter] = useState(everySite);
  const [sorting, setSorting] = useState<SiteSorting>({ by: 'code', descending: false });
  const wanted = project.sessions.find((one) => one.id === chosen)?.id ?? null;
  const board = useBoard(centre, projectId, wanted);
  const codes = useLive(`codes ${projectId}`, (signal) => centre.code.live({ projectId }, { signal }));
  const newest = useLoaded('newest', () => centre.distribution.newest());
  const view = board.value;
  const sites = useMemo(() => view?.sites ?? [], [view?.sites]);
  const totals = useMemo(() => totalsOf(sites), [sites]);
  const found = useMemo(() => findSites(sites, filter, now), [sites, filter, now]);
  const session = project.sessions.find((one) => one.id === view?.sessionId);
  if (!view) return null;
  if (!session || sites.length === 0)
    return <EmptyState title={t('centre.nothingToWatch')} todo={t('centre.nothingToWatchTodo')} />;
  if (siteCode !== undefined)
    return (
      <SitePage
        key={siteCode}
        {...{ centre, projectId, session, siteCode }}
        onBack={() => onChoose(session.id)}
      />
    );
  const open = (code: string): void => onChoose(session.id, code);
  const here = (codes.value ?? []).filter(({ session: of }) => of === session.id);
  // Somebody may be on the telephone.
  const waiting = here.filter(
    ({ asked, issued, used }) =>
      asked !== null && issued === null && used === null && now < asked.at + codeValidMs,
  ).length;
  const alarms = alarmsIn(sites);
  const unseen = alarms.filter(({ alarm }) => alarm.acknowledged === null);
  return (
    <div className="stack">
      <h1 className="only-read">{t('phase.during')}</h1>
      <NowLine
        action={
          <>
            <DialogButton label={t('code.register')} width={1240}>
              {() => <CodeRegister {...props} />}
            </DialogButton>
            <Button onClick={() => onWall(session.id)}>{t('board.wall')}</Button>
            <Select
              aria-label={t('column.session')}
              value={session.id}
              onChange={(id) => onChoose(id)}
              options={project.sessions.map((one) => ({
                value: one.id,
                label: `${one.number} · ${one.name} · ${dateTime(one.startAt)}`,
              }))}
            />
          </>
        }
      >
        {waiting > 0
          ? t('centre.now.codes', { count: waiting })
          : unseen.length > 0
            ? t('board.now.alarms', { count: wholeNumber(unseen.length, t.language) })
            : t('centre.now.watch', {
                started: totals.rooms.started,
                ended: totals.rooms.ended,
                rooms: totals.rooms.all,
              })}
      </NowLine>
      <div className="count-bar" role="group" aria-label={t('column.candidates')}>
        {shownCounts.map((id) => (
          <span key={id} className="count">
            <span className="count-word">{t(`count.${id}`)}</span>
            <span className="count-value">{wholeNumber(totals.counts[id], t.language)}</span>
          </span>
        ))}
      </div>
      <section className="panel">
        <h2>
          {t('board.alarms')}{' '}
          {alarms.length > 0 && (
            <span className="soft">
              {t('board.alarmCounts', {
                all: wholeNumber(alarms.length, t.language),
                open: wholeNumber(unseen.length, t.language),
              })}
            </span>
          )}
        </h2>
        <AlarmList centre={centre} projectId={projectId} sessionId={session.id} sites={sites} onOpen={open} />
      </section>
      <section className="panel">
        <h2>{t('centre.sites')}</h2>
        <BoardFilter
          filter={filter}
          onFilter={setFilter}
          newest={newest.value?.site ?? null}
          found={found.length}
          sites={sites}
        />
        {found.length === 0 ? (
          <EmptyState title={t('board.noneFound')} todo={t('board.noneFoundTodo')} />
        ) : (
          <>
            <SiteMapLegend sites={found} />
            <SiteMap sites={found} height={440} onOpen={open} />
            <SiteList
              sites={found}
              programs={filter.olderThan !== null}
              sorting={sorting}
              onSort={setSorting}
              onOpen={open}
            />
          </>
        )}
      </section>
      <section className="panel">
        <h2>{t('board.curves')}</h2>
        <Curves view={view} totals={totals} />
      </section>
      <CodeDesk
        codes={codes.value ?? []}
        session={session}
        rooms={[...new Set(here.map(({ room }) => room))]}
        desk={{
          read: (call) => centre.code.read({ projectId, ...call }),
          issue: (call) => centre.code.issue({ projectId, ...call }),
          accept: async (call) => codes.set(await centre.code.accept({ projectId, ...call })),
        }}
      />
    </div>
  );
}
