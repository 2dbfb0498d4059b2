/**
 * What a scan station makes of the pages of a room: which fit, which do not and what helps, what is missing, and whether the room may be
 * closed. Nothing here decides for people; what they decided comes in. Browser-safe.
 */
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { comesBack } from '../form/composition.ts';
import type { SheetKind } from '../form/sheet-code.ts';
import type { NumberRule } from '../form/sheet-number.ts';
import type { Reading } from '../scan/reading.ts';
import { sheetOf } from '../scan/standing.ts';
import type { DecidedPage, SiteForm } from './scan-decisions.ts';
import type { RoomCounts, RoomState } from './scan-rooms.ts';
import type { SiteSheet, SiteSheets } from './site-sheets.ts';

/** Where pages of the whole site are scanned: journals write a station without a room in the same way. */
export const siteFormsRoom = '0000';

/** What does not fit about a page. */
export const pageProblems = [
  'bad-image',
  'two-sheets',
  'unreadable',
  'unknown-number',
  'no-such-side',
  'twice',
  'other-room',
  'spoiled-kit',
  'not-printed',
  'kit-not-linked',
  'empty',
] as const;
export type PageProblem = (typeof pageProblems)[number];

/** What a person may do about it; that a page is put aside is always possible. */
export const remedies: Readonly<Record<PageProblem, readonly ('number' | 'form' | 'kit' | 'taken')[]>> = {
  'bad-image': [],
  'two-sheets': ['number'],
  unreadable: ['number', 'form'],
  'unknown-number': ['number', 'taken'],
  'no-such-side': ['number'],
  twice: ['number'],
  'other-room': ['number', 'taken'],
  'spoiled-kit': ['number', 'taken'],
  'not-printed': ['number', 'taken'],
  'kit-not-linked': ['kit'],
  empty: ['taken'],
};

/** `again`: the same image of it is there; `superseded`: the centre asked for a new one, and it is there. Neither goes along. */
export type PageState = 'reading' | 'removed' | 'again' | 'superseded' | 'fits' | 'form' | 'problem';

export interface RoomPage {
  readonly id: string;
  readonly seq: number;
  readonly room: string;
  readonly digest: string;
  /** null: it was not read yet. */
  readonly reading: Reading | null;
  readonly decided: DecidedPage;
}

export interface StandingPage {
  readonly page: RoomPage;
  readonly state: PageState;
  readonly problem: PageProblem | null;
  readonly sheet: { readonly number: string; readonly side: 1 | 2 } | null;
  readonly known: SiteSheet | null;
  readonly kit: string | null;
  readonly form: SiteForm | null;
  /** Other pages of the same side. */
  readonly mates: readonly { readonly id: string; readonly room: string }[];
}

/** What goes into a package. */
export function goesAlong({ state }: Pick<StandingPage, 'state'>): boolean {
  return state === 'fits' || state === 'form' || state === 'problem';
}

/** Whose kit is not this room's as long as nobody says otherwise: nothing more of it is expected here. */
const strange: ReadonlySet<PageProblem | null> = new Set<PageProblem | null>([
  'other-room',
  'spoiled-kit',
  'not-printed',
  'no-such-side',
]);

/** Of a kit of which something came, on these sides usually somebody writes. */
const usuallyFilled: ReadonlySet<SheetKind> = new Set<SheetKind>(['registration', 'answers-1']);

interface Numbered {
  readonly page: RoomPage;
  readonly sheet: { readonly number: string; readonly side: 1 | 2 } | null;
  readonly out: 'reading' | 'removed' | 'again' | null;
}

/**
 * Pages of all rooms of an event: the same sheet may come in two of them.
 * @param rooms as far as they were opened
 * @returns by room, in the order in which they came
 */
export function standPages(
  pages: readonly RoomPage[],
  known: SiteSheets,
  rules: readonly NumberRule[],
  rooms: ReadonlyMap<string, Pick<RoomState, 'rescans'>>,
): Map<string, StandingPage[]> {
  const images = new Set<string>();
  const numbered = pages.map((page): Numbered => {
    if (page.decided.removed) return { page, sheet: null, out: 'removed' };
    if (page.reading === null) return { page, sheet: null, out: 'reading' };
    const image = `${page.room} ${page.digest}`;
    if (images.has(image)) return { page, sheet: null, out: 'again' };
    images.add(image);
    const { form, sheet } = page.decided;
    return { page, sheet: form === null ? numberOf(page.reading, sheet, rules) : null, out: null };
  });
  const bySide = Map.groupBy(
    numbered.filter(({ sheet }) => sheet !== null),
    ({ sheet }) => sideKey(sheet),
  );
  const isOld = ({ page, sheet }: Numbered): boolean =>
    rooms
      .get(page.room)
      ?.rescans.some(
        ({ number, side, after }) => number === sheet?.number && side === sheet.side && page.seq <= after,
      ) ?? false;
  const standing = numbered.map((one): StandingPage => {
    const { page, sheet, out } = one;
    const sheetKnown = sheet ? (known.sheets.get(sheet.number) ?? null) : null;
    const kit = page.decided.kit ?? sheetKnown?.kit ?? null;
    const base = { page, sheet, known: sheetKnown, kit, form: page.decided.form, mates: [], problem: null };
    if (out !== null) return { ...base, state: out };
    const same = sheet ? (bySide.get(sideKey(sheet)) ?? []).filter((other) => other !== one) : [];
    if (isOld(one) && same.some((other) => other.page.room === page.room && other.page.seq > page.seq))
      return { ...base, state: 'superseded' };
    const mates = same
      .filter((other) => !(isOld(other) && other.page.seq < page.seq && other.page.room === page.room))
      .map((other) => ({ id: other.page.id, room: other.page.room }));
    if (page.decided.form !== null) return { ...base, state: 'form' };
    const problem = problemOf(page, sheet, sheetKnown, kit, mates.length > 0);
    return { ...base, mates, problem, state: problem === null ? 'fits' : 'problem' };
  });
  return Map.groupBy(standing, ({ page }) => page.room);
}

function sideKey(sheet: { readonly number: string; readonly side: 1 | 2 } | null): string {
  return sheet ? `${sheet.number} ${sheet.side}` : '';
}

function numberOf(reading: Reading, typed: DecidedPage['sheet'], rules: readonly NumberRule[]) {
  return sheetOf(reading, { deleted: false, sheet: typed, rotation: null }, rules);
}

/** The first that has to be seen to: what comes after it may look different then. */
function problemOf(
  { reading, room, decided }: RoomPage,
  sheet: { readonly number: string; readonly side: 1 | 2 } | null,
  known: SiteSheet | null,
  kit: string | null,
  twice: boolean,
): PageProblem | null {
  if (reading?.class === 'bad-image') return 'bad-image';
  if (sheet === null) return reading?.problem?.type === 'codes-contradict' ? 'two-sheets' : 'unreadable';
  const taken = decided.taken !== null;
  // Two images of one side are never taken both: a person keeps one.
  if (twice) return 'twice';
  if (known === null) return taken ? null : 'unknown-number';
  if (sheet.side > known.sides) return 'no-such-side';
  if (!taken) {
    if (known.room !== '' && known.room !== room) return 'other-room';
    if (known.fate === 'spoiled') return 'spoiled-kit';
    if (known.fate === 'unused') return 'not-printed';
  }
  if (known.kind === 'additional' && kit === null) return 'kit-not-linked';
  if (!taken && sheet.side === 1 && usuallyFilled.has(known.kind) && reading?.ink?.filled === false)
    return 'empty';
  return null;
}

/** What does not fit about a room as a whole. */
export type RoomProblem =
  | {
      readonly type: 'sheet-missing';
      readonly kit: string;
      readonly number: string;
      readonly side: 1 | 2;
      readonly kind: SheetKind;
    }
  | { readonly type: 'rescan-asked'; readonly number: string; readonly side: 1 | 2 }
  | {
      readonly type: 'count-differs';
      readonly what: 'kits' | 'registrations' | 'additional';
      readonly declared: number;
      readonly found: number;
    }
  | { readonly type: 'journal-missing' };

export interface RoomFound {
  readonly kits: number;
  readonly registrations: number;
  readonly additional: number;
}

/** Sheets and kits of which something is here. */
export function foundIn(pages: readonly StandingPage[]): RoomFound {
  const here = pages.filter(
    ({ state, problem }) => state === 'fits' || (state === 'problem' && !strange.has(problem)),
  );
  const sheets = new Map(here.flatMap(({ known }) => (known ? [[known.number, known] as const] : [])));
  const ofKind = (kind: SheetKind): number =>
    [...sheets.values()].filter((sheet) => sheet.kind === kind).length;
  const kits = new Set(here.flatMap(({ known }) => (known?.kit == null ? [] : [known.kit])));
  return { kits: kits.size, registrations: ofKind('registration'), additional: ofKind('additional') };
}

export function roomProblems(
  { room, counts, rescans }: Pick<RoomState, 'room' | 'counts' | 'rescans'>,
  pages: readonly StandingPage[],
  known: SiteSheets,
): RoomProblem[] {
  const problems: RoomProblem[] = [];
  const here = pages.filter((one) => one.sheet !== null && goesAlong(one));
  const sides = new Set(here.map(({ sheet }) => sideKey(sheet)));
  const newest = new Map<string, number>();
  for (const { sheet, page } of here) newest.set(sideKey(sheet), page.seq);
  const asked = new Set<string>();
  for (const { number, side, after } of rescans) {
    const key = sideKey({ number, side });
    if (asked.has(key) || (newest.get(key) ?? 0) > after) continue;
    asked.add(key);
    problems.push({ type: 'rescan-asked', number, side });
  }
  const own = here.filter(({ problem }) => !strange.has(problem));
  for (const kit of new Set(own.flatMap((one) => (one.known?.kit == null ? [] : [one.known.kit]))))
    for (const { number, sides: has, kind } of known.kits.get(kit)?.sheets ?? []) {
      if (!comesBack(kind)) continue;
      for (const side of has === 2 ? ([1, 2] as const) : ([1] as const))
        if (!sides.has(sideKey({ number, side })) && !asked.has(sideKey({ number, side })))
          problems.push({ type: 'sheet-missing', kit, number, side, kind });
    }
  if (counts && room !== siteFormsRoom) problems.push(...countProblems(counts, foundIn(pages)));
  if (known.untoldRooms.has(room)) problems.push({ type: 'journal-missing' });
  return problems;
}

function countProblems(counts: RoomCounts, found: RoomFound): RoomProblem[] {
  const compared = [
    ['kits', counts.kitsIssued, found.kits],
    ['registrations', counts.registrations, found.registrations],
    ['additional', counts.additional, found.additional],
  ] as const;
  return compared.flatMap(([what, declared, is]): RoomProblem[] =>
    declared === is ? [] : [{ type: 'count-differs', what, declared, found: is }],
  );
}

export interface Closing {
  readonly state: Pick<RoomState, 'open' | 'counts' | 'room'>;
  readonly pages: readonly StandingPage[];
  readonly problems: readonly RoomProblem[];
  /** The scanner is at work for it. */
  readonly scanning: boolean;
}

/** How many things of a room do not fit. */
export function unfit({ pages, problems }: Pick<Closing, 'pages' | 'problems'>): number {
  return problems.length + pages.filter(({ state }) => state === 'problem').length;
}

/** What keeps a room open whatever reason is given; null: nothing. */
export function keepsOpen({ state, pages, scanning }: Omit<Closing, 'problems'>): Refusal | null {
  if (!state.open) return { type: 'scan-room-closed', room: state.room };
  if (scanning) return { type: 'scan-room-being-scanned', room: state.room };
  const unread = pages.filter((one) => one.state === 'reading').length;
  if (unread > 0) return { type: 'scan-pages-unread', pages: unread };
  if (state.counts === null && state.room !== siteFormsRoom) return { type: 'scan-counts-missing' };
  return null;
}

/**
 * @param reason why it is closed although something does not fit
 * @returns the reason that stands in the package: null where everything fits. Refusals: those of `keepsOpen`, `scan-room-not-whole`.
 */
export function mayClose(closing: Closing, reason: string): Result<string | null> {
  const refusal = keepsOpen(closing);
  if (refusal) return refuse(refusal);
  const open = unfit(closing);
  if (open === 0) return ok(null);
  return reason.trim() === '' ? refuse({ type: 'scan-room-not-whole', open }) : ok(reason.trim());
}
