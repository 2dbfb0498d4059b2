import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { reconcile, type BookedSheet, type Books, type CountedPage } from './reconcile.ts';

const kitNames = ['1', '2', '3'];
const sheets: BookedSheet[] = [
  ...kitNames.flatMap((kit): BookedSheet[] => [
    { number: `${kit}0`, kit, room: 'R1', kind: 'registration', sides: 1 },
    { number: `${kit}1`, kit, room: 'R1', kind: 'answers-2', sides: 2 },
    { number: `${kit}9`, kit, room: 'R1', kind: 'control', sides: 1 },
  ]),
  { number: '70', kit: null, room: 'R1', kind: 'additional', sides: 1 },
];
const pagesOf = (kit: string): CountedPage[] => [
  { number: `${kit}0`, side: 1 },
  { number: `${kit}1`, side: 1 },
  { number: `${kit}1`, side: 2 },
];

/** Kits 1 and 2 were used, 3 was spoiled by a station that was replaced. */
function whole(): Books {
  const pages = [...pagesOf('1'), ...pagesOf('2'), { number: '70', side: 1 as const }];
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
      const gone = books.scanned[at] as CountedPage;
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
  const spoiled = [...books.scanned, { number: '30', side: 1 as const }];
  expect(types({ ...books, scanned: spoiled, confirmed: spoiled })).toEqual([
    'spoiled-kit-scanned',
    'sheet-not-scanned',
    'sheet-not-scanned',
    'count-differs',
  ]);
  const unknown = [...books.scanned, { number: '99', side: 1 as const }];
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
