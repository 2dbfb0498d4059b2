/**
 * What a scanned page counts as. The image, what the machine read and what people decided stay as they are; this follows from them, from
 * the register of forms and from the other pages of the same sheet, and is worked out again whenever one of these changes. Browser-safe.
 *
 * ```
 * filled | empty     the page of a sheet that the register has
 * duplicate          another image of the same side is there, too: neither is thrown away, a person deletes one
 * unrecognised       no number was read, and nobody has typed one
 * foreign            a well-formed number that is in no register here, or of a site that whoever sent it does not look after
 * bad-image          it could not be looked at: to be scanned again
 * already-uploaded   the same image is there: changes nothing
 * deleted            by a person; can be taken back
 * ```
 */
import type { NumberRule } from '../form/sheet-number.ts';
import { readSheetCode } from '../form/sheet-code.ts';
import type { Reading } from './reading.ts';

export const scanClasses = [
  'filled',
  'empty',
  'duplicate',
  'unrecognised',
  'foreign',
  'bad-image',
  'already-uploaded',
  'deleted',
] as const;
export type ScanClass = (typeof scanClasses)[number];
/** Before other pages of the same sheet are looked at. */
export type OwnClass = Exclude<ScanClass, 'duplicate'>;

/** One step of what people decided about a page, in order. */
export type Decision =
  | { readonly what: 'number'; readonly number: string; readonly side: 1 | 2 }
  | { readonly what: 'deleted' }
  | { readonly what: 'restored' }
  | { readonly what: 'turned'; readonly rotation: 0 | 90 | 180 | 270 };

export interface Decided {
  readonly deleted: boolean;
  readonly sheet: { readonly number: string; readonly side: 1 | 2 } | null;
  readonly rotation: 0 | 90 | 180 | 270 | null;
}

export function decided(decisions: readonly Decision[]): Decided {
  return decisions.reduce<Decided>(
    (all, one) => {
      if (one.what === 'number') return { ...all, sheet: { number: one.number, side: one.side } };
      if (one.what === 'turned') return { ...all, rotation: one.rotation };
      return { ...all, deleted: one.what === 'deleted' };
    },
    { deleted: false, sheet: null, rotation: null },
  );
}

/**
 * Whose page it is: what a person typed, or what was read. Codes of numbers whose rule came after the page are read again by that rule,
 * from the codes that were found then.
 * @param rules of numbers that were printed elsewhere. null: nobody knows
 */
export function sheetOf(
  reading: Pick<Reading, 'class' | 'sheet' | 'codes' | 'problem'>,
  { sheet }: Decided,
  rules: readonly NumberRule[],
): { readonly number: string; readonly side: 1 | 2 } | null {
  if (reading.class === 'bad-image') return null;
  if (sheet) return sheet;
  if (reading.sheet) return { number: reading.sheet.number, side: reading.sheet.side };
  // Codes that contradict each other are for a person.
  if (reading.problem?.type === 'codes-contradict') return null;
  const read = new Map(
    reading.codes.flatMap(({ text }) => {
      const code = readSheetCode(text, rules);
      return code ? [[`${code.number} ${code.side}`, { number: code.number, side: code.side }] as const] : [];
    }),
  );
  const [only] = read.values();
  return read.size === 1 && only ? only : null;
}

/** Why a page that has a number is foreign. */
export type ForeignReason = 'not-in-register' | 'no-such-side' | 'other-region';

export interface KnownSheet {
  readonly sides: 1 | 2;
  /** Does its site lie within the limit of whoever sent the page? */
  readonly within: boolean;
}

/**
 * @param known the sheet of the page's number; null: the register has none
 * @param sameImage the same image is there already, and counts
 */
export function ownClass(
  reading: Pick<Reading, 'class' | 'ink'>,
  { deleted }: Decided,
  sheet: { readonly side: 1 | 2 } | null,
  known: KnownSheet | null,
  sameImage: boolean,
): { readonly class: OwnClass; readonly foreign: ForeignReason | null } {
  if (deleted) return { class: 'deleted', foreign: null };
  if (sameImage) return { class: 'already-uploaded', foreign: null };
  if (reading.class === 'bad-image') return { class: 'bad-image', foreign: null };
  if (sheet === null) return { class: 'unrecognised', foreign: null };
  if (known === null) return { class: 'foreign', foreign: 'not-in-register' };
  if (!known.within) return { class: 'foreign', foreign: 'other-region' };
  if (sheet.side > known.sides) return { class: 'foreign', foreign: 'no-such-side' };
  // What could not be measured is never called empty.
  return { class: reading.ink?.filled === false ? 'empty' : 'filled', foreign: null };
}

/** Whether a page of this class stands for its side of a sheet. */
export function counts(one: OwnClass | ScanClass): boolean {
  return one === 'filled' || one === 'empty' || one === 'duplicate';
}

/** What is there of one side of a sheet. */
export type SideState = 'missing' | 'filled' | 'empty' | 'duplicate';

/** @param pages own classes of the pages that count for it */
export function sideState(pages: readonly OwnClass[]): SideState {
  const live = pages.filter(counts);
  if (live.length === 0) return 'missing';
  return live.length > 1 ? 'duplicate' : live[0] === 'empty' ? 'empty' : 'filled';
}
