import type { ReactNode } from 'react';
import { Table, type TableProps } from 'antd';
import { dateTime } from './format.ts';

interface ListingColumn<T> {
  readonly title: ReactNode;
  readonly align?: 'right';
  readonly className?: string;
  readonly width?: number;
  readonly render: (value: unknown, row: T) => ReactNode;
}

interface Columns<T> {
  column(title: string, value: (row: T) => ReactNode): ListingColumn<T>;
  /** A moment, on one line; a dash when it has not come. */
  moment(title: string, value: (row: T) => number | null | undefined): ListingColumn<T>;
  /** Figures line up at the right. */
  figures(title: string, value: (row: T) => ReactNode): ListingColumn<T>;
}

interface Props<T> {
  rows: readonly T[];
  rowKey: (row: T) => string;
  columns: (make: Columns<T>) => readonly ListingColumn<T>[];
  /** Shown instead of an empty table. */
  empty?: ReactNode;
  caption?: ReactNode;
  /** Rows on a page; not given: all. */
  pageSize?: number;
  selection?: NonNullable<TableProps<T>['rowSelection']>;
  onOpen?: (row: T) => void;
  /** Little room between columns: where there are many of figures. */
  tight?: boolean;
}

/** A dense table: the same everywhere. */
export function Listing<T extends object>(props: Props<T>): ReactNode {
  const { rows, rowKey, columns, empty, caption, pageSize, selection, onOpen } = props;
  const make: Columns<T> = {
    column: (title, value) => ({ title, render: (_, row) => value(row) }),
    moment: (title, value) => ({
      title,
      render: (_, row) => <span className="nowrap">{dateTime(value(row))}</span>,
    }),
    figures: (title, value) => ({
      title,
      align: 'right',
      className: 'number',
      width: 1,
      render: (_, row) => value(row),
    }),
  };
  if (rows.length === 0 && empty !== undefined) return empty;
  return (
    <Table<T>
      size="small"
      {...(props.tight ? { className: 'tight' } : {})}
      rowKey={rowKey}
      dataSource={[...rows]}
      columns={[...columns(make)]}
      pagination={pageSize === undefined ? false : { pageSize, ...plainPages }}
      {...(caption === undefined ? {} : { title: () => caption })}
      {...(selection === undefined ? {} : { rowSelection: selection })}
      {...(onOpen === undefined
        ? {}
        : { onRow: (row: T) => ({ className: 'clickable', onClick: () => onOpen(row) }) })}
    />
  );
}

const plainPages = { showSizeChanger: false, hideOnSinglePage: true } as const;

/** Pages of a table that come one at a time. @param of.page from 1; @param of.total null: not known yet */
export function pageByPage(of: {
  page: number;
  pageSize: number;
  total: number | null | undefined;
  onPage: (page: number) => void;
}) {
  const { page, pageSize, total, onPage } = of;
  return { current: page, pageSize, total: total ?? 0, onChange: onPage, ...plainPages };
}
