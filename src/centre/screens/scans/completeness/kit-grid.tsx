/** Kits by sheets: a mark for each side. One cell is reached by Tab, the others from it by arrow keys. */
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { came, type KeptSideState } from '../../../../exam/scan/completeness.ts';
import { useText } from '../../../../ui/text.ts';
import type { KitRow, SheetCell, SiteKits } from '../../../completeness/contract.ts';
import { columnName, sideMarks } from './side-marks.tsx';

export interface SideOfSheet {
  readonly number: string;
  readonly side: 1 | 2;
  readonly state: KeptSideState;
}

interface Props {
  columns: SiteKits['columns'];
  kits: readonly KitRow[];
  /** null: nobody opens pages here. */
  onOpen: ((of: SideOfSheet) => void) | null;
}

/** How far a key goes from a cell, by rows and cells; `ends` go to the first or last one. */
const steps: Readonly<Record<string, readonly [rows: number, cells: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-15, 0],
  PageDown: [15, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

export function KitGrid({ columns, kits, onOpen }: Props): ReactNode {
  const t = useText();
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState({ row: 0, cell: 0 });
  const width = columns.reduce((sum, { sides }) => sum + sides, 0);
  const reached = { row: within(at.row, kits.length), cell: within(at.cell, width) };
  const typed = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const whole = event.ctrlKey && Math.abs(step[1]) === Infinity;
    const next = {
      row: within(reached.row + (whole ? step[1] : step[0]), kits.length),
      cell: within(reached.cell + step[1], width),
    };
    setAt(next);
    table.current?.querySelector<HTMLElement>(`[data-at="${next.row} ${next.cell}"]`)?.focus();
  };
  return (
    <div className="kit-grid-box">
      <table
        ref={table}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table whose cells are reached by arrow keys
        role="grid"
        className="kit-grid"
        aria-label={t('completeness.table')}
        tabIndex={-1}
        onKeyDown={typed}
      >
        <thead>
          <tr>
            <th scope="col">{t('completeness.kit')}</th>
            <th scope="col">{t('completeness.room')}</th>
            {columns.map((column) => (
              <th key={`${column.kind} ${column.place}`} scope="colgroup" colSpan={column.sides}>
                {columnName(t, column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kits.map((row, i) => (
            <tr key={row.kit}>
              <th scope="row" className="number">
                {row.kit}
              </th>
              <td className="nowrap">{row.room}</td>
              {cellsOf(columns, row).map(({ column, sheet, side, cell }) => (
                <Side
                  key={cell}
                  name={columnName(t, column)}
                  sheet={sheet}
                  side={side}
                  at={`${i} ${cell}`}
                  reached={reached.row === i && reached.cell === cell}
                  onReach={() => setAt({ row: i, cell })}
                  onOpen={onOpen}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function within(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index));
}

function cellsOf(columns: SiteKits['columns'], { sheets }: KitRow) {
  let cell = 0;
  return columns.flatMap((column, i) =>
    ([1, 2] as const)
      .slice(0, column.sides)
      .map((side) => ({ column, side, sheet: sheets[i] ?? null, cell: cell++ })),
  );
}

function Side(props: {
  name: string;
  sheet: SheetCell | null;
  side: 1 | 2;
  at: string;
  reached: boolean;
  onReach: () => void;
  onOpen: Props['onOpen'];
}): ReactNode {
  const t = useText();
  const { name, sheet, side, at, reached, onReach, onOpen } = props;
  const state = sheet && (side === 1 ? sheet.side1 : sheet.side2);
  const half = side === 2 ? 'second-half' : '';
  const shared = { 'data-at': at, tabIndex: reached ? 0 : -1, onFocus: onReach };
  if (sheet === null || state === null) return <td className={`side ${half}`} {...shared} />;
  const words = t('completeness.cell', {
    name,
    n: side,
    state: t(`completeness.side.${state}`),
    number: sheet.number,
  });
  const { shape, tone } = sideMarks[state];
  return (
    <td className={`side ${half}`}>
      <button
        type="button"
        className={`side-mark tone-${tone}`}
        title={words}
        aria-label={words}
        aria-disabled={onOpen === null || !came([state])}
        onClick={() => {
          if (came([state])) onOpen?.({ number: sheet.number, side, state });
        }}
        {...shared}
      >
        {shape}
      </button>
    </td>
  );
}
