/** OneRoster packages as programs of schools write them, and as nobody should: read whole, or refused with a clear word. */
import { expect, test } from 'vitest';
import iconv from 'iconv-lite';
import { utf8 } from '../../../base/bytes.ts';
import { expectOk, type Result } from '../../../base/result.ts';
import { zipOf } from '../../paper/package.fixture.ts';
import { readRosterFile, rosterZipLimits } from '../roster-file.ts';
import { readRoster } from '../roster.ts';
import type { OneRosterChoice } from './choice.ts';
import { oneRoster11, oneRoster12, oneRosterZip, type PackageTexts } from './one-roster.fixture.ts';
import { readOneRoster, type OneRosterTable } from './one-roster.ts';

const maths: OneRosterChoice = { sessions: [{ sessionNumber: 1, course: 'c1' }], seats: 'name' };

async function read(
  changed: Record<string, string | Uint8Array | null> = {},
  choice: OneRosterChoice | null = maths,
  base: PackageTexts = oneRoster11,
): Promise<Result<OneRosterTable>> {
  const file = await readRosterFile(await oneRosterZip(changed, base));
  if (!file.ok) return file;
  const packaged = file.value.oneRoster;
  if (!packaged) throw new Error('not taken for a OneRoster package');
  return readOneRoster(packaged.files, packaged.folder, choice, [1, 2]);
}

/** `file:line column value type` of everything that is wrong, as it is told. */
async function wrongs(changed: Record<string, string | null>, choice = maths): Promise<string[]> {
  const made = expectOk(await read(changed, choice));
  const roster = made.rows && made.rows.length > 1 ? expectOk(readRoster(made.rows, [1, 2])) : null;
  return [...made.errors, ...(roster?.errors ?? []).map((error) => made.toOrigin(error))].map(
    ({ file, line, column, value, reason }) => `${file}:${line} ${column} ${value} ${reason.type}`,
  );
}

const text = (file: string): string => String(oneRoster11[file]);

test.each([
  ['1.1', oneRoster11],
  ['1.2', oneRoster12],
] as const)(
  'OneRoster %s: schools, classes and students become sites, rooms and candidates',
  async (version, base) => {
    const made = expectOk(await read({}, maths, base));
    expect(made.rows?.slice(1)).toEqual([
      ['1', 'S1', 'School "No. 1"', 'M-1', 'Maths, first group · Hall', '1001', 'Anna Maria Öztürk', '1'],
      ['1', 'S1', 'School "No. 1"', 'M-1', 'Maths, first group · Hall', '1002', '王小明', '2'],
      ['1', 'S2', 'Вторая школа', 'M-2', 'Maths', '1003', 'Ахметова Айгуль Ивановна', '1'],
    ]);
    expect(made.errors).toEqual([]);
    expect(made.about).toMatchObject({
      version,
      disabled: 1,
      siteCodes: 'identifier',
      roomCodes: 'classCode',
      numbers: 'identifier',
    });
    expect(made.about.courses).toEqual([
      { id: 'c1', title: 'Mathematics', classes: 2, students: 3 },
      { id: 'c2', title: 'Languages', classes: 1, students: 1 },
    ]);
  },
);

test('who sits what has to be said where there is more than one session, and every session has its own course', async () => {
  expect(expectOk(await read({}, null)).rows).toBeNull();
  const both = expectOk(
    await read(
      {},
      {
        sessions: [
          { sessionNumber: 1, course: 'c1' },
          { sessionNumber: 2, course: 'c2' },
        ],
        seats: 'free',
      },
    ),
  );
  expect(both.rows?.slice(1).map((row) => [row[0], row[3], row[5], row[7]].join(' '))).toEqual([
    '1 M-1 1001 ',
    '1 M-1 1002 ',
    '1 M-2 1003 ',
    '2 L-1 1001 ',
  ]);
  const byNumber = expectOk(
    await read({ 'users.csv': text('users.csv').replace(',1001,', ',1009,') }, { ...maths, seats: 'number' }),
  );
  expect(byNumber.rows?.slice(1, 3).map((row) => [row[5], row[7]])).toEqual([
    ['1002', '1'],
    ['1009', '2'],
  ]);
});

test('codes that do not tell apart are none: the ids are taken for all, and it is said', async () => {
  const same = expectOk(await read({ 'classes.csv': text('classes.csv').replace('M-2', 'M-1') }));
  expect([same.about.roomCodes, same.rows?.map((row) => row[3])]).toEqual([
    'sourcedId',
    ['room code', 'k1', 'k1', 'k2'],
  ]);
  const without = expectOk(await read({ 'users.csv': text('users.csv').replaceAll(/,100\d,/g, ',,') }));
  expect([without.about.numbers, without.rows?.[1]?.[5]]).toEqual(['sourcedId', 'u1']);
});

test.each([
  ['mark, Windows’ line ends', (csv: string) => `\ufeff${csv.replaceAll('\n', '\r\n')}`],
  ['old line ends', (csv: string) => csv.replaceAll('\n', '\r')],
  ['every cell in quotes', (csv: string) => csv.replaceAll(/(^|,)([^,"\n]*)(?=,|\n)/gm, '$1"$2"')],
] as const)('the same is read with %s', async (_, change) => {
  const plain = expectOk(await read());
  const changed = Object.fromEntries(
    ['manifest.csv', 'users.csv', 'enrollments.csv'].map((name) => [
      name,
      change(`${text(name).trimEnd()}\n`.replaceAll('\r\n', '\n')),
    ]),
  );
  expect(expectOk(await read(changed)).rows).toEqual(plain.rows);
});

test('what a ZIP packs in one folder is read as well', async () => {
  const inFolder = Object.fromEntries(
    Object.entries(oneRoster11).map(([name, content]) => [`export/${name}`, content]),
  );
  const file = expectOk(await readRosterFile(await zipOf(inFolder)));
  expect(file.oneRoster?.folder).toBe('export/');
  expect(
    expectOk(readOneRoster(file.oneRoster?.files ?? new Map(), 'export/', maths, [1])).rows,
  ).toHaveLength(4);
});

test.each<[string, Record<string, string | Uint8Array | null>, object]>([
  [
    'a file that the manifest promises is missing',
    { 'users.csv': null },
    { type: 'one-roster-file-missing', file: 'users.csv' },
  ],
  [
    'a file that is needed is declared absent',
    { 'manifest.csv': text('manifest.csv').replace('enrollments,bulk', 'enrollments,absent') },
    { type: 'one-roster-file-missing', file: 'enrollments.csv' },
  ],
  [
    'changes instead of everything',
    { 'manifest.csv': text('manifest.csv').replace('users,bulk', 'users,delta') },
    { type: 'one-roster-not-bulk', file: 'users.csv', way: 'delta' },
  ],
  [
    'another version',
    { 'manifest.csv': text('manifest.csv').replace('version,1.1', 'version,2.0') },
    { type: 'one-roster-version', version: '2.0' },
  ],
  [
    'a manifest of another kind',
    { 'manifest.csv': 'a,b\n1,2\n' },
    { type: 'one-roster-columns-missing', file: 'manifest.csv' },
  ],
  ['an empty file', { 'users.csv': '' }, { type: 'one-roster-columns-missing', file: 'users.csv' }],
  [
    'windows-1251',
    { 'orgs.csv': iconv.encode(text('orgs.csv'), 'win1251') },
    { type: 'one-roster-not-utf8', file: 'orgs.csv' },
  ],
  [
    'UTF-16 with its mark',
    { 'users.csv': iconv.encode(text('users.csv'), 'utf16le', { addBOM: true }) },
    { type: 'one-roster-not-utf8' },
  ],
  [
    'UTF-16 without',
    { 'enrollments.csv': iconv.encode(text('enrollments.csv'), 'utf16-be') },
    { type: 'one-roster-not-utf8' },
  ],
  [
    'a column under another name',
    { 'enrollments.csv': text('enrollments.csv').replace('userSourcedId', 'usersourcedid') },
    { type: 'one-roster-columns-missing', file: 'enrollments.csv', columns: ['userSourcedId'] },
  ],
  [
    'a quote that never ends',
    { 'users.csv': `${text('users.csv')}u9,,,true,o1,student,"x` },
    { type: 'one-roster-unreadable', file: 'users.csv' },
  ],
  [
    'headings and no rows',
    { 'enrollments.csv': `${text('enrollments.csv').split('\n')[0]}\n` },
    { type: 'one-roster-nobody' },
  ],
  [
    'nobody but teachers',
    { 'enrollments.csv': text('enrollments.csv').replaceAll('student', 'teacher') },
    { type: 'one-roster-nobody' },
  ],
  [
    'a name that leaves the package',
    { '../evil.csv': 'x' },
    { type: 'roster-zip-unreadable', problem: 'Unsafe filename' },
  ],
])('%s is refused as a whole', async (_, changed, refusal) => {
  expect(await read(changed)).toMatchObject({ ok: false, refusal });
});

test('a bomb stops at the limit, whatever it says of its size', async () => {
  const bomb = await oneRosterZip({ 'users.csv': new Uint8Array(3_000_000) });
  const limits = { ...rosterZipLimits, file: 1_000_000 };
  expect(bomb.length).toBeLessThan(20_000);
  expect(await readRosterFile(bomb, limits)).toMatchObject({
    ok: false,
    refusal: { type: 'package-too-large', name: 'users.csv' },
  });
});

test('everything that is wrong with a row is told with file, line and column', async () => {
  const enrollments = text('enrollments.csv');
  expect(
    await wrongs({
      'enrollments.csv': `${enrollments}e7,,,k9,o1,u1,student,,,\ne8,,,k1,o1,u9,student,,,\ne9,,,k1,o1,u5,student,,,\n`,
    }),
  ).toEqual([
    'enrollments.csv:8 classSourcedId k9 one-roster-dangling',
    'enrollments.csv:9 userSourcedId u9 one-roster-dangling',
    'enrollments.csv:10 userSourcedId u5 one-roster-no-student',
  ]);
  expect(await wrongs({ 'classes.csv': text('classes.csv').replace('o2,t1', 'o9,t7') })).toEqual([
    'classes.csv:3 schoolSourcedId o9 one-roster-dangling',
    'classes.csv:3 termSourcedIds t7 one-roster-dangling',
  ]);
  expect(await wrongs({ 'users.csv': text('users.csv').replace('\nu2,', '\nu1,') })).toEqual([
    'users.csv:3 sourcedId u1 one-roster-twice',
    'enrollments.csv:3 userSourcedId u2 one-roster-dangling',
  ]);
  // Half of the numbers: never the other half's ids in their place.
  expect(
    await wrongs({ 'users.csv': text('users.csv').replace(',1002,', ',,').replace(',1003,', ',1001,') }),
  ).toEqual([
    'users.csv:3 identifier  cell-empty',
    'users.csv:4 identifier 1001 one-roster-twice',
    'users.csv:3 identifier  cell-empty',
    'enrollments.csv:4 userSourcedId 1001 number-twice',
  ]);
  expect(await wrongs({ 'orgs.csv': text('orgs.csv').replace(',S2,', ',S 2!,') })).toEqual([
    'orgs.csv:3 identifier S 2! not-a-number-or-letters',
  ]);
  // In two classes that both sit the session: the earlier line is one of the same file.
  const twice = expectOk(await read({}, { sessions: [{ sessionNumber: 1, course: null }], seats: 'name' }));
  const [error] = expectOk(readRoster(twice.rows ?? [], [1])).errors;
  expect(error && twice.toOrigin(error)).toMatchObject({
    file: 'enrollments.csv',
    line: 7,
    value: '1001',
    reason: { type: 'number-twice', line: 2 },
  });
});

test('rows that are to be deleted do not count, and a cell of many lines leaves the line numbers right', async () => {
  const users = text('users.csv').replace('u2,,', 'u2,tobedeleted,');
  expect(await wrongs({ 'users.csv': users })).toEqual([
    'enrollments.csv:3 userSourcedId u2 one-roster-dangling',
  ]);
  const made = expectOk(
    await read({
      'orgs.csv': utf8(text('orgs.csv').replace('o1,,,"School', 'o1,,,"The\nSchool').replace(',S2,', ',?,')),
    }),
  );
  const [error] = expectOk(readRoster(made.rows ?? [], [1])).errors;
  expect(error && made.toOrigin(error)).toMatchObject({ file: 'orgs.csv', line: 4, column: 'identifier' });
});
