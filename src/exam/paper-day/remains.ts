/**
 * What lies at a scan or voice station after the day: images of answers, recordings, packages. It goes when the centre has said of every package that
 * it has it whole and needs nothing again, and the station's journal is made; earlier only where a member of the commission agrees, with a reason.
 * Browser-safe.
 */
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { PackageWord } from './parcels.ts';

export interface Remains {
  /** Images of pages, or recordings. */
  readonly items: number;
  /** Packages that count, with the centre's newest word; null: it has said none here. */
  readonly packages: readonly {
    readonly id: string;
    readonly word: Pick<PackageWord, 'state' | 'quality'> | null;
  }[];
  /** Something of the work is still under way: rooms that are open, somebody who speaks. */
  readonly open: readonly string[];
  /** END_SCAN, END_VOICE were made of it. */
  readonly journalMade: boolean;
}

/** Everything that speaks against it, in the order in which it is best seen to. */
export function keptBack({ items, packages, open, journalMade }: Remains): Refusal[] {
  const waiting = packages.filter(({ word }) => word?.state !== 'confirmed' || word.quality !== 'good');
  return [
    ...(open.length > 0 ? [{ type: 'remains-work-open', open: open.join(', ') }] : []),
    ...(items > 0 && packages.length === 0 ? [{ type: 'remains-not-packed', items }] : []),
    ...(waiting.length > 0
      ? [{ type: 'remains-not-confirmed', packages: waiting.length, of: packages.length }]
      : []),
    ...(journalMade ? [] : [{ type: 'remains-without-journal' }]),
  ];
}

/**
 * @param member somebody of the commission has opened the materials here, and so is at this station
 * @returns the reason that counts; '' where nothing speaks against it. Refusals: the first of `keptBack`, `remains-need-a-member`
 */
export function mayRemove(
  remains: Remains,
  { reason, member }: { readonly reason: string; readonly member: boolean },
): Result<string> {
  const [first] = keptBack(remains);
  if (!first) return ok('');
  const said = reason.trim();
  if (said === '') return { ok: false, refusal: first };
  return member ? ok(said) : refuse({ type: 'remains-need-a-member' });
}
