/** How many pages of an upload count as what. Browser-safe. */
import * as z from 'zod';
import { scanClasses, type ScanClass } from './standing.ts';

const count = z.number().int().min(0);
export const uploadCountsSchema = z.record(z.enum(scanClasses), count);
export type UploadCounts = Record<ScanClass, number>;

export const noPages: UploadCounts = {
  filled: 0,
  empty: 0,
  duplicate: 0,
  unrecognised: 0,
  foreign: 0,
  'bad-image': 0,
  'already-uploaded': 0,
  deleted: 0,
};

export interface UploadSums {
  /** Pages that came with this upload and count: neither already there, nor deleted. */
  readonly total: number;
  readonly recognised: number;
  /** With foreign pages and bad images. */
  readonly unrecognised: number;
}

export function sumsOf(counts: UploadCounts): UploadSums {
  const recognised = counts.filled + counts.empty + counts.duplicate;
  const unrecognised = counts.unrecognised + counts.foreign + counts['bad-image'];
  return { total: recognised + unrecognised, recognised, unrecognised };
}

/** More than this part unrecognised: it was scanned badly, and is better scanned again. */
export const poorPart = 0.1;

/** @param toCome files of the archive that were not looked at yet. True as soon as it is certain, whatever they are */
export function isPoor(counts: UploadCounts, toCome: number): boolean {
  const { total, unrecognised } = sumsOf(counts);
  return unrecognised > poorPart * (total + toCome);
}
