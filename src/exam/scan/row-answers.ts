/**
 * What a row of boxes (a question) counts as. What the machine read and what people decided are kept apart; this follows from both.
 *
 * A row waits for a person when a box lies between the two thresholds, and when more boxes are marked than the form allows: most of those
 * are corrections that do not cover their box. Whoever looks may leave both: then the candidate gave two answers, and a person said so.
 * Browser-safe.
 */
import type { Field, MarksField, Side } from '../form/template.ts';
import type { Reading } from './reading.ts';

export type Mark = Reading['marks'][number];

/** One of those that people made about a row, in order. */
export interface MarkDecision {
  readonly field: string;
  readonly row: number;
  readonly seq: number;
  /** Columns; null: an earlier decision was taken back. */
  readonly marked: readonly number[] | null;
  readonly by: string;
}

export type RowDoubt = 'unsure' | 'two-answers';

export interface RowAnswer {
  readonly field: MarksField;
  readonly row: number;
  /** One for each column, in their order. */
  readonly boxes: readonly Mark[];
  /** Columns that the machine is sure of. */
  readonly machine: readonly number[];
  /** Why a person has to look; null: nobody has to. */
  readonly doubt: RowDoubt | null;
  /** The newest that counts. */
  readonly decision: MarkDecision | null;
  /** Of the newest decision, also of one that took another back; 0: nobody has decided. */
  readonly seq: number;
  readonly waits: boolean;
  /** Columns; null: it waits. */
  readonly answer: readonly number[] | null;
}

function isMarks(field: Field): field is MarksField {
  return field.type === 'marks';
}

/** In the order of the form. Rows of which the machine read nothing (the form was not known then) are left out. */
export function rowAnswers(
  side: Side,
  marks: readonly Mark[],
  decisions: readonly MarkDecision[],
): RowAnswer[] {
  const key = (field: string, row: number): string => `${field} ${row}`;
  const read = Map.groupBy(marks, ({ field, row }) => key(field, row));
  const newest = new Map(decisions.map((one) => [key(one.field, one.row), one]));
  return side.fields.filter(isMarks).flatMap((field) =>
    field.rows.flatMap((_, row): RowAnswer[] => {
      const boxes = (read.get(key(field.name, row)) ?? []).toSorted((a, b) => a.column - b.column);
      // Of another form: not this one's boxes.
      if (boxes.length !== field.columns.length) return [];
      const last = newest.get(key(field.name, row)) ?? null;
      const machine = boxes.filter(({ state }) => state === 'marked').map(({ column }) => column);
      const doubt = boxes.some(({ state }) => state === 'review')
        ? 'unsure'
        : machine.length > 1 && !field.several
          ? 'two-answers'
          : null;
      const decision = last?.marked ? last : null;
      const waits = doubt !== null && decision === null;
      return [
        {
          field,
          row,
          boxes,
          machine,
          doubt,
          decision,
          seq: last?.seq ?? 0,
          waits,
          answer: decision?.marked ?? (waits ? null : machine),
        },
      ];
    }),
  );
}

export interface RowCounts {
  /** Rows of boxes that were read. */
  readonly rows: number;
  readonly open: number;
  /** There are boxes on this side, and nothing of them was read. */
  readonly unread: boolean;
}

export function countRows(side: Side, answers: readonly RowAnswer[]): RowCounts {
  return {
    rows: answers.length,
    open: answers.filter(({ waits }) => waits).length,
    unread: answers.length === 0 && side.fields.some(isMarks),
  };
}

/** As forms name them. */
export function columnNames(field: MarksField, columns: readonly number[]): string {
  return columns.map((one) => field.columns[one] ?? '?').join(' ');
}

export function sameColumns(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((column) => other.includes(column));
}
