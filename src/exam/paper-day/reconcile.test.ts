import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { reconcile, type BookedSheet, type Books, type ScannedPage } from './reconcile.ts';

const kitNames = ['1', '2', '3'];
const sheets: BookedSheet[] = [
  ...kitNames.flatMap((kit): BookedSheet[] => [
    { number: `${kit}0`, kit, room: 'R1', kind: 'registration', sides: 1 },
    { number: `${kit}1`, kit, room: 'R1', kind: 'answers-2', sides: 2 },
    { number: `${kit}9`, kit, room: 'R1', kind: 'control', sides: 1 },
  ]),
  { number: '70', kit: null, room: 'R1', kind: 'additional', sides: 1 },
];
const pagesOf = (kit: string, room = 'R1'): ScannedPage[] => [
  { number: `${kit}0`, side: 1, room },
  { number: `${kit}1`, side: 1, room },
  { number: `${kit}1`, side: 2, room },
];

/** Kits 1 and 2 were used, 3 was spoiled by a station that was replaced. */
function whole(): Books {
  const pages = [...pagesOf('1'), ...pagesOf('2'), { number: '70', side: 1 as const, room: 'R1' }];
  return {
    kits: [
      { kit: '1', room: 'R1', fate: 'good', station: 'a' },
      { kit: '2', room: 'R1', fate: 'unused', station: 'a' },
      { kit: '3', room: 'R1', fate: 'spoiled', station: 'a' },
      { kit: '2', room: 'R1', fate: 'good', station: 'b' },
    ],
    sheets,
    declared: [{ room: 'R1', kitsIssued: 2, registrations: 2, additional: 1, absent: 0 }],
    scanned: pages,
    confirmed: pages,
  };
}

const types = (books: Books): string[] => reconcile(books).map(({ type }) => type);

test('a whole day has no difference, also when a station was replaced in the middle', () => {
  expect(reconcile(whole())).toEqual([]);
});

test('every page that is taken away is missed by name', () => {
  const books = whole();
  fc.assert(
    fc.property(fc.nat(books.scanned.length - 1), (at) => {
      const gone = books.scanned[at] as ScannedPage;
      const scanned = books.scanned.toSpliced(at, 1);
      const found = reconcile({ ...books, scanned, confirmed: scanned });
      expect(found.length).toBeGreaterThan(0);
      expect(JSON.stringify(found)).toContain(gone.number === '70' ? 'additional' : gone.number);
    }),
  );
});

test('what only one end has, what nobody printed, what was spoiled, what is unknown', () => {
  const books = whole();
  expect(types({ ...books, confirmed: books.confirmed.slice(1) })).toEqual(['page-not-at-centre']);
  expect(types({ ...books, scanned: books.scanned.slice(1) })).toContain('page-only-at-centre');
  const spoiled = [...books.scanned, { number: '30', side: 1 as const, room: 'R1' }];
  expect(types({ ...books, scanned: spoiled, confirmed: spoiled })).toEqual([
    'spoiled-kit-scanned',
    'sheet-not-scanned',
    'sheet-not-scanned',
    'count-differs',
  ]);
  const unknown = [...books.scanned, { number: '99', side: 1 as const, room: 'R1' }];
  expect(types({ ...books, scanned: unknown, confirmed: unknown })).toEqual(['sheet-unknown']);
  expect(types({ ...books, kits: books.kits.filter(({ station }) => station === 'a') })).toContain(
    'unprinted-kit-scanned',
  );
});

test('a kit that was issued and never came back, and a room that says nothing', () => {
  const books = whole();
  const only = books.scanned.filter(({ number }) => !number.startsWith('2'));
  const found = reconcile({ ...books, scanned: only, confirmed: only });
  expect(found).toContainEqual({ type: 'kit-not-accounted', kit: '2', room: 'R1', remedy: 'find-kit' });
  expect(types({ ...books, declared: [] })).toEqual(['room-not-declared']);
});

test('reserves of the whole site count in the room in which they were used', () => {
  const books = whole();
  const ofSite = sheets.map((sheet) =>
    sheet.kit === '2' || sheet.kit === null ? { ...sheet, room: '' } : sheet,
  );
  expect(reconcile({ ...books, sheets: ofSite })).toEqual([]);
  // One of them that does not come back is missed in that room, and not in none.
  const gone = books.scanned.filter(({ number }) => number !== '20');
  expect(reconcile({ ...books, sheets: ofSite, scanned: gone, confirmed: gone })).toMatchObject([
    { type: 'sheet-not-scanned', number: '20', room: 'R1' },
    { type: 'count-differs', room: 'R1', what: 'registrations', declared: 2, found: 1 },
  ]);
});

test('preprinted kits of a register without rooms are of the room in which they were used; those that lie there unused are of none', () => {
  const books = whole();
  const nowhere = sheets.map((sheet) => ({ ...sheet, room: '' }));
  const kits = kitNames.map((kit) => ({ kit, room: '', fate: 'good' as const, station: '' }));
  expect(reconcile({ ...books, sheets: nowhere, kits })).toEqual([]);
});

test('a room that declares fewer kits than came back is told so, whatever else agrees', () => {
  const books = whole();
  const declared = books.declared.map((one) => ({ ...one, kitsIssued: 1 }));
  expect(reconcile({ ...books, declared })).toEqual([
    { type: 'count-differs', room: 'R1', what: 'kits', declared: 1, found: 2, remedy: 'correct-count' },
  ]);
});
