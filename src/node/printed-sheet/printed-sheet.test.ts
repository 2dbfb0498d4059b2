import { PDFDict, PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { expectOk } from '../../base/result.ts';
import type { PackageCandidate, RoomPackage } from '../../exam/package/room-package.ts';
import { admissionTickets, ticketsOf, type Ticket } from './admission-tickets.ts';
import { doorAndSeatSheets } from './door-and-seats.ts';
import { mostInOneFile, mostPhotoBytes } from './one-file.ts';
import {
  candidateOf,
  pageTexts,
  readPages,
  roomOf,
  samplePhoto,
  samplePhotos,
  sessionOf,
  withoutSpaces,
} from './printed-sheet.fixture.ts';
import { sheetText } from './sheet-text.ts';
import { contentWidth, margin, pageSize } from './sheet-document.ts';

type Language = 'en' | 'zh' | 'ru';
const languages: readonly Language[] = ['en', 'zh', 'ru'];

function printing(language: Language, photos: ReadonlyMap<string, Uint8Array> = new Map()) {
  return {
    text: sheetText(language),
    at: Date.UTC(2026, 5, 1),
    readPhoto: (sha256: string) => Promise.resolve(photos.get(sha256) ?? null),
  };
}

const seats = async (rooms: readonly RoomPackage[], language: Language = 'en') =>
  expectOk(await doorAndSeatSheets(rooms, printing(language)));
const tickets = async (of: readonly Ticket[], language: Language = 'en') =>
  expectOk(await admissionTickets(roomOf('R1', []).project, of, printing(language)));

const names = ['王小明', 'Ахметова Айгүл Қанатқызы', 'Öztürk Ğaziz', '阿卜杜热合曼·麦麦提', 'Erkin Ëmin'];
const forty = (more: (i: number) => Partial<PackageCandidate> = () => ({})): PackageCandidate[] =>
  Array.from({ length: 40 }, (_, i) =>
    candidateOf(i + 1, { name: names[i % names.length] ?? '', ...more(i) }),
  );

/** Admission numbers in the order in which they are printed. */
const numbersIn = (pages: readonly string[]): string[] =>
  pages.flatMap((page) => page.match(/19999999001\d{4}/g) ?? []);

test.each(languages)(
  'a seat table names every candidate once, in order, small and in %s',
  async (language) => {
    const candidates = forty();
    const pdf = await seats([roomOf('R1', [sessionOf(1, candidates)])], language);
    // The printer's computer has no fonts, and its stick is slow.
    expect(pdf.length).toBeLessThan(200_000);
    const [door = '', ...pages] = await pageTexts(pdf);
    expect(numbersIn(pages)).toEqual(candidates.map((one) => one.admissionNumber));
    for (const name of names) expect(pages.join('').split(withoutSpaces(name))).toHaveLength(9);
    const text = sheetText(language);
    const said = [text('sheet.room'), 'R1', 'CabinetR1', 'S1·School7', '1·Session1', '2026-06-1210:00', '40'];
    for (const one of [...said, '199999990010001–199999990010040'])
      expect(door).toContain(withoutSpaces(one));
    for (const [i, page] of pages.entries())
      expect(page).toContain(withoutSpaces(text('sheet.page', { page: i + 1, pages: pages.length })));
  },
);

test('where seats are assigned, cards stand in the order of the seats; who has none comes last', async () => {
  const assigned = forty((i) => ({ seatNumber: i === 7 ? null : ((i * 7) % 40) + 1 }));
  const [, ...pages] = await pageTexts(await seats([roomOf('R1', [sessionOf(1, assigned)])]));
  const bySeat = assigned.toSorted((a, b) => (a.seatNumber ?? 99) - (b.seatNumber ?? 99));
  // Cards of one row are drawn one after the other.
  expect(numbersIn(pages)).toEqual(bySeat.map((one) => one.admissionNumber));
  expect(pages.join('')).toContain(withoutSpaces(sheetText('en')('sheet.freeSeats')));
});

test('each session of each room has its own pages, counted by themselves; empty sessions have none', async () => {
  const rooms = [
    roomOf('R1', [sessionOf(1, forty()), sessionOf(2, [])], 'mock'),
    roomOf('R2', [sessionOf(1, [candidateOf(1)])]),
  ];
  const pages = await pageTexts(await seats(rooms));
  const kinds = pages.map((page) => [
    page.includes('Seattable'),
    /Room(R\d)/.exec(page)?.[1],
    /Page\d+of\d+/.exec(page)?.[0],
  ]);
  expect(kinds).toEqual([
    [false, 'R1', 'Page1of1'],
    [true, 'R1', 'Page1of2'],
    [true, 'R1', 'Page2of2'],
    [false, 'R2', 'Page1of1'],
    [true, 'R2', 'Page1of1'],
  ]);
  expect(pages.map((page) => page.includes('Mockexam'))).toEqual([true, true, true, false, false]);
});

test('a name as long as a roster takes wraps and is nowhere cut off', async () => {
  const long = [
    'Константинопольский'.repeat(10),
    '阿卜杜热合曼'.repeat(33),
    `${'Maria '.repeat(32)}end`,
    'W'.repeat(200),
  ];
  const candidates = long.flatMap((name, i) => [
    candidateOf(i + 1, { name, seatNumber: i + 1, admissionNumber: `${i}`.repeat(40) }),
    candidateOf(i + 5, { name, admissionNumber: `${i + 5}`.repeat(40) }),
  ]);
  const room = roomOf('R'.repeat(40), [sessionOf(1, candidates)]);
  for (const pdf of [await seats([room]), await tickets(ticketsOf([room], null))]) {
    const all = (await pageTexts(pdf)).join('');
    for (const { name, admissionNumber } of candidates) {
      expect(all).toContain(withoutSpaces(name));
      expect(all).toContain(admissionNumber);
    }
    for (const { text, x, y, width } of (await readPages(pdf)).flat()) {
      expect([text, x + width <= margin + contentWidth + 1 && x >= margin - 1]).toEqual([text, true]);
      expect([text, y > 0 && y < pageSize.height]).toEqual([text, true]);
    }
  }
});

test('rare characters survive; one that no font has is a box with its code, and a note names it', async () => {
  const kept = ['𬍛䶮', '㛃龘靐', 'Ғұмар Һәкім', 'Nguyễn Thị Hương', 'e\u0301le\u0300ve'];
  const lost = '张\u{2A6D6}伟';
  const candidates = [...kept, lost].map((name, i) => candidateOf(i + 1, { name }));
  const [door = '', page = ''] = await pageTexts(await seats([roomOf('R1', [sessionOf(1, candidates)])]));
  for (const name of kept) expect(page).toContain(withoutSpaces(name.normalize('NFC')));
  expect(page).toContain('张2A6D6伟');
  expect(page).toContain('writeitbyhand:U+2A6D6');
  expect(door).not.toContain('byhand');
});

test('every font that a page names lies in the file', async () => {
  const pdf = await PDFDocument.load(await seats([roomOf('R1', [sessionOf(1, forty())])]));
  const fonts = pdf.context
    .enumerateIndirectObjects()
    .flatMap(([, one]) => (one instanceof PDFDict && one.has(PDFName.of('FontDescriptor')) ? [one] : []));
  expect(fonts).toHaveLength(4);
  for (const font of fonts) {
    const descriptor = font.lookup(PDFName.of('FontDescriptor'), PDFDict);
    expect(descriptor.lookup(PDFName.of('FontFile2'))).toBeInstanceOf(PDFRawStream);
  }
});

const kinds = Object.keys(samplePhotos) as (keyof typeof samplePhotos)[];
const photoOf = (sha256: string, mediaType: keyof typeof samplePhotos, size = 100) => ({
  sha256,
  mediaType,
  size,
});

async function picturesIn(pdf: Uint8Array): Promise<number> {
  const { context } = await PDFDocument.load(pdf);
  return context
    .enumerateIndirectObjects()
    .filter(
      ([, one]) => one instanceof PDFRawStream && one.dict.get(PDFName.of('Subtype')) === PDFName.of('Image'),
    ).length;
}

test('photos of all three kinds are printed, each once in the file; a damaged one is said to be so', async () => {
  const hugePng = samplePhoto('image/png').slice();
  new DataView(hugePng.buffer).setUint32(16, 60_000);
  new DataView(hugePng.buffer).setUint32(20, 60_000);
  const photos = new Map<string, Uint8Array>([
    ...kinds.map((kind) => [kind, samplePhoto(kind)] as const),
    ...kinds.map((kind) => [`cut ${kind}`, samplePhoto(kind).slice(0, 35)] as const),
    ['huge', hugePng],
    ['text', utf8('no picture at all, but long enough to be read')],
  ]);
  const candidates = [
    ...kinds.map((kind) => photoOf(kind, kind)),
    ...kinds.map((kind) => photoOf(`cut ${kind}`, kind)),
    photoOf('huge', 'image/png'),
    ...kinds.map(() => photoOf('text', 'image/jpeg')),
    photoOf('not here', 'image/png'),
    null,
  ].map((photo, i) => candidateOf(i + 1, { photo }));
  const room = roomOf('R1', [sessionOf(1, candidates), sessionOf(2, candidates)]);
  const sheets = expectOk(await doorAndSeatSheets([room], printing('en', photos)));
  const people = ticketsOf([room], null);
  const cards = expectOk(await admissionTickets(room.project, people, printing('en', photos)));
  for (const [pdf, times] of [
    [sheets, 2],
    [cards, 1],
  ] as const) {
    expect(await picturesIn(pdf)).toBe(3);
    const all = (await pageTexts(pdf)).join('');
    expect(all.split(withoutSpaces(sheetText('en')('sheet.photoUnprintable')))).toHaveLength(1 + 8 * times);
  }
});

test('what one file does not hold is refused before anything is made', async () => {
  const many = Array.from({ length: mostInOneFile + 1 }, (_, i) => candidateOf(i + 1));
  const heavy = Array.from({ length: 2 }, (_, i) =>
    candidateOf(i + 1, { photo: photoOf(`${i}`, 'image/jpeg', mostPhotoBytes / 2 + 1) }),
  );
  for (const [candidates, type] of [
    [many, 'too-many-for-one-file'],
    [heavy, 'photos-too-large-for-one-file'],
  ] as const) {
    const rooms = [roomOf('R1', [sessionOf(1, candidates)])];
    const refused = { ok: false, refusal: { type } };
    expect(await doorAndSeatSheets(rooms, printing('en'))).toMatchObject(refused);
    const people = ticketsOf(rooms, null);
    expect(await admissionTickets(rooms[0]?.project as never, people, printing('en'))).toMatchObject(refused);
  }
  expect(await admissionTickets(roomOf('R1', []).project, [], printing('en'))).toMatchObject({
    refusal: { type: 'no-tickets' },
  });
});

test('a candidate has one ticket for all sessions; another name with the same number is another person', () => {
  const rooms = [
    roomOf('R1', [
      sessionOf(2, [candidateOf(1), candidateOf(2, { seatNumber: 5 })]),
      sessionOf(1, [candidateOf(2), candidateOf(3)]),
    ]),
    roomOf('R2', [sessionOf(1, [candidateOf(1), candidateOf(3, { name: 'Somebody else' }), candidateOf(4)])]),
  ];
  const short = (of: readonly Ticket[]) =>
    of.map(({ name, sittings }) => [
      name,
      ...sittings.map((one) => `${one.number} ${one.room.code} ${one.seatNumber}`),
    ]);
  expect(short(ticketsOf(rooms, null))).toEqual([
    ['Candidate 1', '1 R2 null', '2 R1 null'],
    ['Candidate 2', '1 R1 null', '2 R1 5'],
    ['Candidate 3', '1 R1 null'],
    ['Somebody else', '1 R2 null'],
    ['Candidate 4', '1 R2 null'],
  ]);
  const photo = photoOf('one', 'image/png');
  const later = [
    roomOf('R1', [sessionOf(1, [candidateOf(1)])]),
    roomOf('R2', [sessionOf(2, [candidateOf(1, { photo })])]),
  ];
  expect(ticketsOf(later, null).map((one) => one.photo)).toEqual([photo]);
  expect(short(ticketsOf(rooms, 'R2'))).toEqual([
    ['Candidate 1', '1 R2 null', '2 R1 null'],
    ['Somebody else', '1 R2 null'],
    ['Candidate 4', '1 R2 null'],
  ]);
});

test.each(languages)(
  'a ticket says where and when, until when one may sign in, and whom to call: %s',
  async (language) => {
    const candidates = forty((i) => ({ seatNumber: i + 1 }));
    const rooms = [roomOf('R1', [sessionOf(1, candidates), sessionOf(2, candidates)])];
    const pages = await pageTexts(await tickets(ticketsOf(rooms, null), language));
    expect(numbersIn(pages)).toEqual(candidates.map((one) => one.admissionNumber));
    expect(pages).toHaveLength(20);
    const text = sheetText(language);
    for (const page of pages) {
      const said = [
        '2026-06-12 10:00',
        '09:30 – 10:30',
        '2026-06-12 11:00',
        '10:30 – 11:30',
        'R1 · Cabinet R1',
      ];
      const rules = [text('sheet.signInRule'), text('sheet.lateRule'), '+7 700 000 00 00'];
      for (const one of [...said, ...rules]) expect(page.split(withoutSpaces(one)).length).toBeGreaterThan(2);
    }
    expect(pages[0]).toContain(withoutSpaces(names[1] ?? ''));
  },
);

test('a ticket with more sessions than a page has lines goes on on the next page', async () => {
  const rooms = [
    roomOf(
      'R1',
      Array.from({ length: 70 }, (_, i) => sessionOf(i + 1, [candidateOf(1)])),
    ),
  ];
  const two = [
    ...ticketsOf(rooms, null),
    ...ticketsOf([roomOf('R1', [sessionOf(1, [candidateOf(2)])])], null),
  ];
  const pages = await pageTexts(await tickets(two));
  const all = pages.join('');
  for (let i = 1; i <= 70; i++) expect(all).toContain(`${i}·Session${i}2026-`);
  // The next one begins on a page of its own.
  expect(pages.at(-1)).toContain('Candidate2');
  expect(pages.at(-1)).not.toContain('Candidate1');
});
