/** Pieces of a take as they come from the page: each has its number and its place, so that what is missing has both, too. Browser-safe. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Gap } from './voice-run.ts';

/** A killed page or station loses no more than this, s. */
export const longestPieceS = 5;
/** What the page makes of it: shorter, so that less is lost, s. */
export const usualPieceS = 2;
/** A page hears a little beyond the limit before it stops, s. */
const toleranceS = 2;

export interface PiecePlace {
  /** From 1. */
  readonly number: number;
  /** The first sample of the take that is in it. */
  readonly start: number;
  readonly samples: number;
}

/**
 * May it be kept? `again`: a piece of this number and place is there; whether it is the same is for the caller to compare.
 * Refusals: `piece-out-of-place`, `piece-too-long`, `recording-too-long`.
 * @param kept in any order
 */
export function judgePiece(
  kept: readonly PiecePlace[],
  piece: PiecePlace,
  { limit, rate }: { readonly limit: number; readonly rate: number },
): Result<'new' | 'again'> {
  const { number, start, samples } = piece;
  if (samples > longestPieceS * rate) return refuse({ type: 'piece-too-long', piece: number });
  if (start + samples > limit + toleranceS * rate) return refuse({ type: 'recording-too-long' });
  const same = kept.find((one) => one.number === number);
  if (same)
    return same.start === start && same.samples === samples
      ? ok('again')
      : refuse({ type: 'piece-out-of-place', piece: number });
  // What has a lower number was said before, what has a higher one after.
  const fits = kept.every((one) =>
    one.number < number ? one.start + one.samples <= start : start + samples <= one.start,
  );
  return fits ? ok('new') : refuse({ type: 'piece-out-of-place', piece: number });
}

/** @param length as far as the page heard, or null: it did not say; then until the end of what is there */
export function coverage(
  kept: readonly PiecePlace[],
  length: number | null,
): { readonly samples: number; readonly gaps: Gap[] } {
  const gaps: Gap[] = [];
  let until = 0;
  for (const { start, samples } of kept.toSorted((a, b) => a.start - b.start)) {
    if (start > until) gaps.push({ from: until, to: start });
    until = start + samples;
  }
  if (length !== null && length > until) gaps.push({ from: until, to: length });
  return { samples: Math.max(until, length ?? 0), gaps };
}
