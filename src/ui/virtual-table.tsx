import { useCallback, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import './virtual-table.css';

export interface VirtualColumn<T> {
  readonly id: string;
  readonly title: string;
  readonly right?: boolean;
  /** CSS width; not given: what is left. */
  readonly width?: string;
  /** Only where there is room for more than the rest. */
  readonly wideOnly?: boolean;
  /** Its heading sorts. */
  readonly sorts?: boolean;
  readonly render: (row: T) => ReactNode;
}

export interface Sorting {
  readonly by: string;
  readonly descending: boolean;
}

interface Props<T> {
  label: string;
  rows: readonly T[];
  rowKey: (row: T) => string;
  columns: readonly VirtualColumn<T>[];
  /** Pixels; what does not fit into it is cut off. */
  rowHeight?: number;
  /** Pixels that the rows take at most. */
  height: number;
  /** Columns are as wide as they say, whatever is in them. */
  fixed?: boolean;
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
}

/** Rows beyond the visible ones, so that a fast wheel shows no gap. */
const spare = 8;

/** A table of any number of rows, of which only those in sight are in the page. It stays a table: for the keyboard, and for who hears it. */
export function VirtualTable<T>(props: Props<T>): ReactNode {
  const { label, rows, rowKey, columns, rowHeight = 32, height, fixed = false, sorting, onSort } = props;
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const look = useCallback((): void => {
    // A pixel more or less draws nothing anew.
    setTop(Math.floor((box.current?.scrollTop ?? 0) / rowHeight));
  }, [rowHeight]);
  useLayoutEffect(look, [look, rows.length]);
  const first = Math.max(0, Math.min(top, rows.length - 1) - spare);
  const last = Math.min(rows.length, top + Math.ceil(height / rowHeight) + spare);
  return (
    <div
      ref={box}
      className="virtual-table"
      style={{ maxHeight: height }}
      onScroll={look}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by the keyboard
      tabIndex={0}
      role="group"
      aria-label={label}
    >
      <table className={fixed ? 'fixed' : ''} aria-label={label} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Heading key={column.id} {...{ column, sorting, onSort }} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap rows={first} height={rowHeight} columns={columns.length} />
          {rows.slice(first, last).map((row, i) => (
            <tr key={rowKey(row)} aria-rowindex={first + i + 2} style={{ height: rowHeight }}>
              {columns.map((column) => (
                <td key={column.id} className={classOf(column)}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
          <Gap rows={rows.length - last} height={rowHeight} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

function classOf({ right, wideOnly }: { right?: boolean; wideOnly?: boolean }): string {
  return [right && 'number', wideOnly && 'wide-only'].filter(Boolean).join(' ');
}

function Heading<T>(props: {
  column: VirtualColumn<T>;
  sorting: Sorting | undefined;
  onSort: ((sorting: Sorting) => void) | undefined;
}): ReactNode {
  const { column, sorting, onSort } = props;
  const by = sorting?.by === column.id ? sorting : null;
  return (
    <th
      scope="col"
      className={classOf(column)}
      style={column.width === undefined ? {} : { width: column.width }}
      {...(column.sorts ? { 'aria-sort': by ? (by.descending ? 'descending' : 'ascending') : 'none' } : {})}
    >
      {column.sorts && onSort ? (
        <button
          type="button"
          // Of figures the largest are looked for, of words the first.
          onClick={() => onSort({ by: column.id, descending: by ? !by.descending : column.right === true })}
        >
          {column.title}
          <span aria-hidden>{by ? (by.descending ? ' ▼' : ' ▲') : ''}</span>
        </button>
      ) : (
        column.title
      )}
    </th>
  );
}

/** Stands for the rows that are not in the page. */
function Gap({ rows, height, columns }: { rows: number; height: number; columns: number }): ReactNode {
  return rows <= 0 ? null : (
    <tr aria-hidden className="gap">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- nothing is in it, for nobody */}
      <td colSpan={columns} style={{ height: rows * height }} />
    </tr>
  );
}
