/**
 * What stands in the boxes that are to be marked (метки): a score for each, and a state where it is certain. Between the two thresholds a
 * person decides; what the machine read stays beside it.
 */
import { markBox, type Box, type Side } from '../exam/form/template.ts';
import { cellsOf, cellsPerMm, type Flat } from './flat.ts';

export interface Mark {
  readonly field: string;
  readonly row: number;
  readonly column: number;
  /** 0: nothing; 1: certainly a mark. */
  readonly score: number;
  readonly state: 'empty' | 'marked' | 'taken-back' | 'review';
}

/** Below the first nothing, above the second a mark, and a person between them. */
export const markThresholds = { empty: 0.25, marked: 0.6 } as const;
/** Part of a box that is covered: a cross covers a third, two thick ones half; what is filled completely was taken back. */
const covered = { review: 0.66, takenBack: 0.85 } as const;

/** A stroke of a pencil, seen against the paper. */
const strokeDarkness = 0.24;
/** Of a box's inner part: a tick of a thin pen. */
const fullCoverage = 0.1;
/** A stroke goes through the box; a speck lies in it. */
const strokeMm = 1.7;

export function marksOf(flat: Flat, side: Side): Mark[] {
  return side.fields.flatMap((field) =>
    field.type === 'marks'
      ? field.rows.flatMap((_, row) =>
          field.columns.map((__, column): Mark => ({
            field: field.name,
            row,
            column,
            ...judged(flat, markBox(field, row, column)),
          })),
        )
      : [],
  );
}

/** The frame of the box, and a scan that lies a little beside its place, mm. */
const frame = 0.55;

function judged(flat: Flat, box: Box): Pick<Mark, 'score' | 'state'> {
  const { left, top, right, bottom } = cellsOf(box, frame);
  const limit = Math.round(strokeDarkness * 255);
  let dark = 0;
  const columns = new Uint8Array(right - left);
  const rows = new Uint8Array(bottom - top);
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++)
      if ((flat.dark[y * flat.width + x] ?? 0) >= limit) {
        dark++;
        columns[x - left] = 1;
        rows[y - top] = 1;
      }
  const part = dark / ((right - left) * (bottom - top));
  const reach =
    Math.hypot(
      columns.reduce((sum, one) => sum + one, 0),
      rows.reduce((sum, one) => sum + one, 0),
    ) / cellsPerMm;
  const score = Math.min(1, part / fullCoverage) * Math.min(1, reach / strokeMm);
  return { score: Math.round(score * 100) / 100, state: stateOf(score, part) };
}

function stateOf(score: number, part: number): Mark['state'] {
  if (part >= covered.takenBack) return 'taken-back';
  if (part >= covered.review) return 'review';
  if (score < markThresholds.empty) return 'empty';
  return score >= markThresholds.marked ? 'marked' : 'review';
}
