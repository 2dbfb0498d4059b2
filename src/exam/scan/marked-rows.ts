/** Rows of boxes (a question each) as they were marked: which columns, and whether a person has to look. Browser-safe. */
import type { Reading } from './reading.ts';

type Mark = Reading['marks'][number];

export interface MarkedRow {
  readonly field: string;
  readonly row: number;
  /** Columns that are certainly marked. */
  readonly marked: readonly number[];
  /** A box of the row lies between the two thresholds. */
  readonly review: boolean;
}

export function markedRows(marks: readonly Mark[]): MarkedRow[] {
  const rows = Map.groupBy(marks, ({ field, row }) => JSON.stringify([field, row]));
  return [...rows.values()].map((boxes): MarkedRow => {
    const [first] = boxes as [Mark];
    return {
      field: first.field,
      row: first.row,
      marked: boxes.filter(({ state }) => state === 'marked').map(({ column }) => column),
      review: boxes.some(({ state }) => state === 'review'),
    };
  });
}

/** How many rows wait for a person. */
export function openRows(marks: readonly Mark[]): number {
  return markedRows(marks).filter(({ review }) => review).length;
}
