import { expect, test } from 'vitest';
import { ownNumber } from '../form/sheet-number.ts';
import type { Reading } from '../scan/reading.ts';
import type { PlannedKit, PrintFates } from './parcels.ts';
import { decidePage, undecided, type PageDecision } from './scan-decisions.ts';
import { mayClose, roomProblems, standPages, type RoomPage } from './scan-room.ts';
import { ScanBook, roomsToReopen } from './scan-rooms.ts';
import { numberRules, sheetsOfSite, type PrintTold } from './site-sheets.ts';

const kit = (n: number, room: string): PlannedKit => ({
  kit: String(100 + n),
  room,
  reserve: room === '',
  variant: 1,
  sheets: [
    { number: ownNumber('204117', n * 2 + 1), kind: 'registration', place: 1, sides: 1 },
    { number: ownNumber('204117', n * 2 + 2), kind: 'answers-1', place: 2, sides: 1 },
  ],
});
const [a, b, reserve] = [kit(0, '0001'), kit(1, '0002'), kit(2, '')];
const plan = { kits: [a, b, reserve], additional: [], preprinted: false };

function told(
  room: string | null,
  ...kits: [PlannedKit, PrintFates['kits'][number]['fate'], string?][]
): PrintTold {
  return {
    room,
    fates: {
      additional: [],
      kits: kits.map(([of, fate, where = of.room]) => ({
        kit: of.kit,
        room: where,
        fate,
        copy: 1,
        replaces: null,
        reason: null,
        sheets: of.sheets,
      })),
    },
  };
}

test('what the plan alone says is told apart from what a journal says', () => {
  const known = sheetsOfSite(plan, [told('0001', [a, 'good'])]);
  expect([a, b, reserve].map((one) => known.kits.get(one.kit)?.fate)).toEqual(['good', 'untold', 'untold']);
  expect([...known.untoldRooms]).toEqual(['0002']);
  // A room's journal that is silent of a kit says that it was not printed.
  expect(sheetsOfSite(plan, [told('0002')]).kits.get(b.kit)?.fate).toBe('unused');
});

test('a kit that a replaced station lists as unused was printed by the one that printed it, and a reserve lies where it came out', () => {
  const known = sheetsOfSite(plan, [
    told('0001', [a, 'unused'], [reserve, 'unused']),
    told(null, [a, 'spoiled'], [reserve, 'good', '0001']),
  ]);
  expect(known.kits.get(a.kit)?.fate).toBe('spoiled');
  expect(known.kits.get(reserve.kit)).toMatchObject({ fate: 'good', room: '0001' });
  expect(known.sheets.get(reserve.sheets[0]?.number ?? '')?.room).toBe('0001');
});

test('preprinted forms exist whatever was printed, and their numbers have the length that the plan knows', () => {
  const other = { ...a, sheets: [{ ...(a.sheets[0] as (typeof a.sheets)[0]), number: '1234567' }] };
  const known = sheetsOfSite({ ...plan, kits: [other], preprinted: true }, []);
  expect(known.kits.get(a.kit)?.fate).toBe('good');
  expect([...known.untoldRooms]).toEqual([]);
  expect(numberRules(known.sheets.keys())).toMatchObject([{ length: 17 }, { length: 7, check: 'none' }]);
});

const reading = (number: string | null, more: Partial<Reading> = {}): Reading => ({
  widthPx: 1,
  heightPx: 1,
  dpi: 200,
  rotation: 0,
  codes: [],
  sheet: number === null ? null : { number, side: 1, more: null },
  class: number === null ? 'unrecognised' : 'recognised-filled',
  ink: null,
  quality: null,
  marks: [],
  problem: null,
  ...more,
});
let seq = 0;
const page = (number: string | null, ...decisions: PageDecision[]): RoomPage => ({
  id: `page-${++seq}`,
  seq,
  room: '0001',
  digest: String(seq),
  reading: reading(number),
  decided: decisions.reduce(decidePage, undecided),
});
const numberOf = (of: PlannedKit, place: number): string => of.sheets[place - 1]?.number ?? '';
const states = (pages: readonly RoomPage[], known = sheetsOfSite(plan, [told('0001', [a, 'good'])])) =>
  standPages(pages, known, numberRules(known.sheets.keys()), new Map())
    .get('0001')
    ?.map(({ state, problem }) => problem ?? state);

test('the same image counts once, a page that was put aside stands for nothing, and its mate is alone again', () => {
  const first = page(numberOf(a, 1));
  const same = { ...page(numberOf(a, 1)), digest: first.digest };
  expect(states([first, same])).toEqual(['fits', 'again']);
  const other = page(numberOf(a, 1));
  expect(states([first, other])).toEqual(['twice', 'twice']);
  expect(states([first, { ...other, decided: decidePage(undecided, { what: 'removed' }) }])).toEqual([
    'fits',
    'removed',
  ]);
  // Put aside by mistake: the same image that is laid in again counts.
  const away = { ...first, decided: decidePage(undecided, { what: 'removed' }) };
  expect(states([away, same])).toEqual(['removed', 'fits']);
});

test('what was said of one number is not said of the next that is typed', () => {
  const taken = page(numberOf(b, 1), { what: 'taken', note: 'moved here' });
  expect(states([taken])).toEqual(['fits']);
  expect(
    states([
      {
        ...taken,
        decided: decidePage(taken.decided, { what: 'number', number: numberOf(b, 2), side: 1 }),
      },
    ]),
  ).toEqual(['other-room']);
});

test('a room may be closed when everything fits, or with a reason; never unread, uncounted or while it is scanned', () => {
  const known = sheetsOfSite(plan, [told('0001', [a, 'good'])]);
  const counts = { kitsIssued: 1, registrations: 1, additional: 0, absent: 0, unfinished: 0 };
  const state = { room: '0001', open: true, counts, rescans: [] };
  const at = (pages: readonly RoomPage[]) =>
    standPages(pages, known, numberRules(known.sheets.keys()), new Map()).get('0001') ?? [];
  const closing = (pages: readonly RoomPage[], more: { scanning?: boolean; state?: object } = {}) => {
    const own = { ...state, ...more.state };
    const standing = at(pages);
    return {
      state: own,
      pages: standing,
      problems: roomProblems(own, standing, known),
      scanning: more.scanning ?? false,
    };
  };
  const whole = [page(numberOf(a, 1)), page(numberOf(a, 2))];
  expect(mayClose(closing(whole), '')).toEqual({ ok: true, value: null });
  // A reason that nothing asks for does not stand in the package.
  expect(mayClose(closing(whole), 'tired')).toEqual({ ok: true, value: null });
  expect(closing(whole.slice(0, 1)).problems).toEqual([
    { type: 'sheet-missing', kit: a.kit, number: numberOf(a, 2), side: 1, kind: 'answers-1' },
  ]);
  expect(mayClose(closing(whole.slice(0, 1)), ' ')).toMatchObject({
    refusal: { type: 'scan-room-not-whole', open: 1 },
  });
  expect(mayClose(closing(whole.slice(0, 1)), 'lost')).toEqual({ ok: true, value: 'lost' });
  expect(mayClose(closing([{ ...page(null), reading: null }]), 'x')).toMatchObject({
    refusal: { type: 'scan-pages-unread' },
  });
  expect(mayClose(closing(whole, { state: { counts: null } }), 'x')).toMatchObject({
    refusal: { type: 'scan-counts-missing' },
  });
  expect(mayClose(closing(whole, { scanning: true }), 'x')).toMatchObject({
    refusal: { type: 'scan-room-being-scanned' },
  });
  expect(mayClose(closing(whole, { state: { open: false } }), 'x')).toMatchObject({
    refusal: { type: 'scan-room-closed' },
  });
  expect(closing([]).problems).toEqual([
    { type: 'count-differs', what: 'kits', declared: 1, found: 0 },
    { type: 'count-differs', what: 'registrations', declared: 1, found: 0 },
  ]);
});

test('the centre’s older word opens no room again, nor does one on a package that was replaced', () => {
  const book = new ScanBook();
  const made = (id: string, replaces: string | null) => ({ id, part: 1, parts: 1, pages: 1, replaces });
  book.apply('scan-room-opened', { room: '0001' });
  book.apply('scan-room-closed', { room: '0001', closing: 1, reason: null, packages: [made('first', null)] });
  const word = {
    packageId: 'first',
    state: 'confirmed' as const,
    quality: 'rescan' as const,
    rescan: [{ number: numberOf(a, 1), side: 1 as const }],
    reason: 'pale',
    at: 5,
  };
  expect(roomsToReopen(book, [word])).toMatchObject([{ room: '0001', reason: 'pale' }]);
  book.apply('package-words-taken', { words: [{ ...word, quality: 'good', at: 9 }] });
  expect(roomsToReopen(book, [word])).toEqual([]);
  book.apply('scan-room-closed', {
    room: '0001',
    closing: 2,
    reason: null,
    packages: [made('second', 'first')],
  });
  expect(roomsToReopen(book, [{ ...word, at: 20 }])).toEqual([]);
  expect(book.rooms.get('0001')?.everMade).toEqual(['first', 'second']);
  expect(book.apply('station-closed', {})).toBe(false);
});
