import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { siteStates, stateOf, type BoardSite, type SiteState } from '../../../exam/board/board-view.ts';
import { stageOf } from '../../../exam/board/site-facts.ts';
import { clockTime, wholeNumber } from '../../../ui/format.ts';
import { Mark } from '../../../ui/state-mark.tsx';
import { useText, type Text } from '../../../ui/text.ts';
import { cellsFor, drawSites, type Cells, type Colours } from './draw-sites.ts';
import { siteMarks } from './site-marks.tsx';

interface Props {
  sites: readonly BoardSite[];
  /** Pixels that it takes at most. */
  height: number;
  /** Not given: nothing is pressed here. */
  onOpen?: (siteCode: string) => void;
}

/** Every site as one small cell, all on one page; the arrow keys go from one to the next, and the list below says the same as a table. */
export function SiteMap({ sites, height, onOpen }: Props): ReactNode {
  const t = useText();
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(place);
  const [at, setAt] = useState<number | null>(null);
  const [chosen, setChosen] = useState(0);
  const option = useId();
  const states = useMemo(() => sites.map((site) => stateOf(site)), [sites]);
  const cells = useMemo(() => cellsFor(sites.length, width, height), [sites.length, width, height]);
  useEffect(() => {
    if (canvas.current) drawSites(canvas.current, states, cells, coloursOf(canvas.current));
  }, [states, cells]);

  const cell = Math.min(chosen, Math.max(0, sites.length - 1));
  const site = sites[cell];
  const shown = at === null ? undefined : sites[at];
  const typed = (event: KeyboardEvent): void => {
    const to = stepTo(event.key, cell, cells.columns, sites.length);
    if (to !== null) {
      event.preventDefault();
      setChosen(to);
      setAt(to);
    } else if (event.key === 'Enter' && site) onOpen?.(site.code);
  };
  const under = (x: number, y: number): number | null => {
    const box = canvas.current?.getBoundingClientRect();
    if (!box) return null;
    const [column, row] = [Math.floor((x - box.left) / cells.size), Math.floor((y - box.top) / cells.size)];
    const i = row * cells.columns + column;
    return column >= 0 && column < cells.columns && i >= 0 && i < sites.length ? i : null;
  };
  const drawing = (
    <canvas
      ref={canvas}
      aria-hidden
      style={{ width: cells.columns * cells.size, height: cells.rows * cells.size }}
    />
  );
  return (
    <div className="site-map" ref={place}>
      {onOpen === undefined || !site ? (
        drawing
      ) : (
        <div
          role="listbox"
          tabIndex={0}
          aria-label={t('board.map')}
          aria-activedescendant={option}
          className="site-cells"
          onKeyDown={typed}
          onFocus={() => setAt(cell)}
          onBlur={() => setAt(null)}
          onMouseMove={(event) => setAt(under(event.clientX, event.clientY))}
          onMouseLeave={() => setAt(null)}
          onClick={(event) => {
            const i = under(event.clientX, event.clientY);
            if (i === null) return;
            setChosen(i);
            onOpen(sites[i]?.code ?? '');
          }}
        >
          {drawing}
          <div
            id={option}
            role="option"
            aria-selected
            aria-setsize={sites.length}
            aria-posinset={cell + 1}
            tabIndex={-1}
            className="only-read"
          >
            {wordsOf(t, site)}
          </div>
        </div>
      )}
      {shown && at !== null && <Hint site={shown} state={states[at] ?? 'preparing'} at={at} cells={cells} />}
    </div>
  );
}

/** How many sites are in which state, with its sign: the map's legend. */
export function SiteMapLegend({ sites }: { sites: readonly BoardSite[] }): ReactNode {
  const t = useText();
  const counts = useMemo(() => {
    const all = new Map<SiteState, number>();
    for (const site of sites) all.set(stateOf(site), (all.get(stateOf(site)) ?? 0) + 1);
    return all;
  }, [sites]);
  return (
    <ul className="site-map-legend">
      {siteStates.map((state) => (
        <li key={state}>
          <Mark {...siteMarks[state]} word={t(`board.state.${state}`)} nowrap />{' '}
          <strong>{wholeNumber(counts.get(state) ?? 0, t.language)}</strong>
        </li>
      ))}
    </ul>
  );
}

function Hint(props: { site: BoardSite; state: SiteState; at: number; cells: Cells }): ReactNode {
  const t = useText();
  const { site, state, at, cells } = props;
  const column = at % cells.columns;
  const right = column > cells.columns / 2;
  return (
    <div
      className="site-map-hint"
      aria-hidden
      style={{
        top: (Math.floor(at / cells.columns) + 1) * cells.size + 4,
        ...(right ? { right: `calc(100% - ${(column + 1) * cells.size}px)` } : { left: column * cells.size }),
      }}
    >
      <strong>{site.code}</strong> {site.name}
      <br />
      <Mark {...siteMarks[state]} word={t(`board.state.${state}`)} nowrap />
      {' · '}
      {t(`board.stage.${stageOf(site)}`)}
      {site.alarms.map(({ kind }) => (
        <div key={kind}>{t(`board.alarm.${kind}`)}</div>
      ))}
      <div className="soft">
        {t('column.lastContact')} {clockTime(site.lastContact)}
      </div>
    </div>
  );
}

function wordsOf(t: Text, site: BoardSite): string {
  return [
    `${site.code} ${site.name}`,
    t(`board.state.${stateOf(site)}`),
    t(`board.stage.${stageOf(site)}`),
    ...site.alarms.map(({ kind }) => t(`board.alarm.${kind}`)),
  ].join(', ');
}

function stepTo(key: string, at: number, columns: number, count: number): number | null {
  const to = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: 0,
    End: count - 1,
  }[key];
  if (to === undefined) return null;
  return to < 0 || to >= count ? at : to;
}

function useWidth(place: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(1_000);
  useEffect(() => {
    const { current } = place;
    if (!current) return undefined;
    const watch = new ResizeObserver(() => setWidth(current.clientWidth));
    watch.observe(current);
    return () => watch.disconnect();
  }, [place]);
  return width;
}

/** Of the same tones as every other mark. */
function coloursOf(element: HTMLElement): Colours {
  const style = getComputedStyle(element);
  const tone = (state: SiteState): [SiteState, string] => {
    const name = siteMarks[state].tone;
    return [state, name === 'light' ? '#5e6673' : style.getPropertyValue(`--${name}`).trim()];
  };
  return Object.fromEntries(siteStates.map(tone)) as Colours;
}
