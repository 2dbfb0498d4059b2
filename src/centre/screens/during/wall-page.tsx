/** The board for a wall: large figures and the map, nothing to press. It has its own address, and Escape leaves it. */
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { totalsOf } from '../../../exam/board/site-facts.ts';
import { clockTime, dateTime, wholeNumber } from '../../../ui/format.ts';
import { useConnection } from '../../../ui/connection.ts';
import { useText } from '../../../ui/text.ts';
import { useTick } from '../../../ui/use-tick.ts';
import type { ProjectView } from '../../contract.ts';
import type { CentreClient } from '../centre-console.tsx';
import { alarmsIn } from './alarm-list.tsx';
import './board.css';
import { Curves } from './curves.tsx';
import { SiteMap, SiteMapLegend } from './site-map.tsx';
import { useBoard } from './use-board.ts';

const largeCounts = ['expected', 'signedIn', 'inExam', 'handedIn', 'absent', 'away'] as const;

export function WallPage(props: {
  centre: CentreClient;
  project: ProjectView;
  sessionId: string | undefined;
  onLeave: (sessionId: string | null) => void;
}): ReactNode {
  const t = useText();
  const { centre, project, sessionId, onLeave } = props;
  const now = useTick(1_000);
  const { lostSince } = useConnection();
  const wanted = project.sessions.find((one) => one.id === sessionId)?.id ?? null;
  const { value: view } = useBoard(centre, project.id, wanted);
  const sites = useMemo(() => view?.sites ?? [], [view?.sites]);
  const totals = useMemo(() => totalsOf(sites), [sites]);
  useLeave(() => onLeave(wanted));
  const middle = useRef<HTMLDivElement>(null);
  const height = useHeight(middle);
  const session = project.sessions.find((one) => one.id === view?.sessionId);
  if (!view) return null;
  const open = alarmsIn(sites).filter(({ alarm }) => alarm.acknowledged === null).length;
  const number = (value: number): string => wholeNumber(value, t.language);
  return (
    <main className="wall">
      <header>
        <h1>
          {project.code} · {session ? `${session.name} · ${dateTime(session.startAt)}` : project.name}
        </h1>
        <span className={`title-mode mode-${project.mode}`}>{t(`mode.${project.mode}`)}</span>
        <time>{clockTime(now)}</time>
      </header>
      {lostSince !== null && (
        <p className="wall-lost" role="status">
          {t('frame.lost', { since: clockTime(lostSince) })}
        </p>
      )}
      <dl className="wall-figures">
        {largeCounts.map((id) => (
          <div key={id}>
            <dt>{t(`count.${id}`)}</dt>
            <dd>{number(totals.counts[id])}</dd>
          </div>
        ))}
        <div>
          <dt>{t('board.roomsStarted')}</dt>
          <dd>
            {number(totals.rooms.started)}
            <small> / {number(totals.rooms.all)}</small>
          </dd>
        </div>
        <div className={open > 0 ? 'wall-alarm' : ''}>
          <dt>{t('board.openAlarms')}</dt>
          <dd>{number(open)}</dd>
        </div>
      </dl>
      <div className="wall-map" ref={middle}>
        <SiteMap sites={sites} height={height} />
      </div>
      <SiteMapLegend sites={sites} />
      <div className="wall-curves">
        <Curves view={view} totals={totals} />
      </div>
    </main>
  );
}

/** Escape, and the end of the browser's full screen, which Escape ends by itself. */
function useLeave(leave: () => void): void {
  const act = useRef(leave);
  act.current = leave;
  useEffect(() => {
    const typed = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') act.current();
    };
    const changed = (): void => {
      if (document.fullscreenElement === null) act.current();
    };
    document.addEventListener('keydown', typed);
    document.addEventListener('fullscreenchange', changed);
    return () => {
      document.removeEventListener('keydown', typed);
      document.removeEventListener('fullscreenchange', changed);
    };
  }, []);
}

function useHeight(place: { readonly current: HTMLElement | null }): number {
  const [height, setHeight] = useState(400);
  useEffect(() => {
    const look = (): void => setHeight(place.current?.clientHeight ?? 400);
    look();
    const timer = setInterval(look, 1_000);
    return () => clearInterval(timer);
  }, [place]);
  return height;
}
