/** Rosters as schools really send them, and as nobody should: read with every name right, or refused with a clear word. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRoster } from '../../src/exam/roster/roster.ts';
import { readTableFile } from '../../src/exam/roster/table-file.ts';
import { defaultPolicy } from '../../src/exam/project/policy.ts';
import { signIn } from '../../tools/exam-day/exam-day.ts';
import {
  openConsole,
  refusalIn,
  startRole,
  type Console,
  type Contracts,
  type RoleProcess,
} from '../../tools/exam-day/process.ts';

const head = ['session', 'site code', 'room code', 'admission number', 'name'];
const people = [
  ['1', 'S1', 'R1', '0001', 'Иванова Мария'],
  ['1', 'S1', 'R1', '0002', 'Смирнов Олег'],
];
const chinese = [
  ['1', 'S1', 'R1', '0001', '张伟'],
  ['1', 'S1', 'R1', '0002', '李秀英'],
];
const lines = (rows: readonly (readonly string[])[], delimiter = ',', end = '\r\n'): string =>
  rows.map((row) => row.join(delimiter)).join(end) + end;

async function namesIn(bytes: Uint8Array): Promise<readonly string[] | string> {
  const table = await readTableFile(bytes);
  if (!table.ok) return table.refusal.type;
  const roster = readRoster(table.value.rows, [1]);
  if (!roster.ok) return roster.refusal.type;
  return roster.value.errors.length > 0
    ? roster.value.errors.map(({ line, column, reason }) => `${line} ${column} ${reason.type}`)
    : roster.value.rows.map(({ name }) => name);
}

const names = people.map((row) => row[4]);
const chineseNames = chinese.map((row) => row[4]);

test.each([
  ['UTF-8 with its mark', iconv.encode(lines([head, ...people]), 'utf8', { addBOM: true }), names],
  ['UTF-8 without', iconv.encode(lines([head, ...people]), 'utf8'), names],
  ['UTF-16LE with its mark', iconv.encode(lines([head, ...people]), 'utf16le', { addBOM: true }), names],
  ['UTF-16BE with its mark', iconv.encode(lines([head, ...people]), 'utf16-be', { addBOM: true }), names],
  ['UTF-16LE without', iconv.encode(lines([head, ...people]), 'utf16le'), names],
  ['UTF-16BE without', iconv.encode(lines([head, ...people]), 'utf16-be'), names],
  ['UTF-16LE in Chinese', iconv.encode(lines([head, ...chinese]), 'utf16le', { addBOM: true }), chineseNames],
  ['windows-1251', iconv.encode(lines([head, ...people], ';'), 'win1251'), names],
  ['GB18030', iconv.encode(lines([head, ...chinese], '\t'), 'gb18030'), chineseNames],
  ['semicolons and old line ends', Buffer.from(lines([head, ...people], ';', '\r')), names],
] as const)('a roster in %s is read with its names as they are', async (_, bytes, expected) => {
  expect(await namesIn(bytes)).toEqual(expected);
});

test('a roster in an encoding that cannot be told is refused, never guessed', async () => {
  const others = people.map((row) => [...row.slice(0, 4), 'Ёлкин Ы Ъъ']);
  for (const encoding of ['koi8-r', 'cp866'])
    expect({ encoding, read: await namesIn(iconv.encode(lines([head, ...others]), encoding)) }).toEqual({
      encoding,
      read: 'encoding-unknown',
    });
  const cut = iconv.encode(lines([head, ...people]), 'utf16le', { addBOM: true });
  expect(await namesIn(cut.subarray(0, cut.length - 1))).toBe('encoding-unknown');
  expect(await namesIn(Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]))).toBe('encoding-unknown');
});

test('quotes, delimiters and line ends inside fields belong to the field', async () => {
  const rows = [
    head.map((one) => `"${one}"`),
    ['1', 'S1', 'R1', '1', '"O""Neil, Ann"'],
    ['1', 'S1', 'R1', '2', '"two\nlines; here"'],
  ];
  expect(await namesIn(Buffer.from(lines(rows)))).toEqual(['O"Neil, Ann', 'two\nlines; here']);
  expect(await namesIn(Buffer.from(`${lines([head])}1,S1,R1,1,"never closed\n`))).toBe('csv-unreadable');
});

test('what is missing or wrong is named: headings, lines, numbers that come twice', async () => {
  expect(await namesIn(Buffer.from('one,two\n1,2\n'))).toBe('roster-columns-missing');
  expect(await namesIn(Buffer.from(lines([head])))).toBe('roster-empty');
  expect(await namesIn(Buffer.from(''))).toBe('roster-empty');
  expect(await namesIn(Buffer.from('\ufeff'))).toBe('roster-empty');
  expect(await namesIn(Buffer.from(lines([head, ...people, ['1', 'S1', 'R1', '0001', 'Again']])))).toEqual([
    '4 admission number number-twice',
  ]);
  expect(
    await namesIn(
      Buffer.from(lines([head, ['1', 'S1', 'R1', '../../x', 'A'], ['1', 'S1', '=R1', '2', 'B']])),
    ),
  ).toEqual(['2 admission number not-a-number-or-letters', '3 room code not-a-number-or-letters']);
});

test('20 MB are read, and one wrong line in them is found', async () => {
  const rows = Array.from({ length: 400_000 }, (_, n) => [
    '1',
    `S${n % 500}`,
    `R${n % 500}`,
    String(n + 1).padStart(8, '0'),
    `Candidate number ${n} of a very long list`,
  ]);
  rows[300_000] = ['1', 'S0', 'R0', '00000001', 'Twice'];
  const bytes = Buffer.from(lines([head, ...rows]));
  expect(bytes.length).toBeGreaterThan(20 * 1024 ** 2);
  expect(await namesIn(bytes)).toEqual(['300002 admission number number-twice']);
});

test('spreadsheets that are damaged, or no spreadsheets, are refused with a word', async () => {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('roster').addRows([head, ...people]);
  const whole = new Uint8Array(await workbook.xlsx.writeBuffer());
  expect(await namesIn(whole)).toEqual(names);
  for (const part of [0.1, 0.5, 0.9, 0.99])
    expect(await namesIn(whole.slice(0, Math.floor(whole.length * part)))).toBe('xlsx-unreadable');
  expect(await namesIn(Buffer.from('PK\x03\x04 and nothing more'))).toBe('xlsx-unreadable');
  // An old XLS file: binary that no encoding explains.
  expect(
    await namesIn(
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Buffer.alloc(600), 0xff, 0xff]),
    ),
  ).toMatch(/^(encoding-unknown|roster-columns-missing|csv-unreadable|roster-empty)$/);
});

let folder: string;
let process: RoleProcess;
let centre: Console<Contracts['centre']>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-rosters-'));
  process = await startRole('centre', { data: folder, port: 0 });
  centre = await openConsole('centre', process.port);
  await signIn(centre, 'centre-password');
});
afterAll(async () => {
  await process?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('nothing of a roster is imported while one row is wrong, and what was there before stays', async () => {
  const { projectId } = await centre.call.project.create({
    code: 'P1',
    name: 'P',
    mode: 'formal',
    supportPhone: '',
  });
  await centre.call.project.saveSession({
    projectId,
    sessionId: null,
    session: {
      number: 1,
      name: 'S',
      startAt: Date.now(),
      subjects: [{ number: 1, name: 'G', paperId: null, durationMin: 60 }],
      policy: defaultPolicy,
    },
  });
  const load = async (text: string) =>
    centre.call.roster.import({ projectId, uploadId: await centre.upload('roster.csv', Buffer.from(text)) });
  await load(lines([head, ...people]));
  const before = await centre.call.site.list({ projectId });
  const refused = await load(
    lines([head, ['1', 'S9', 'R9', '7', 'New'], ['2', 'S9', 'R9', '8', 'Wrong session']]),
  ).then(() => null, refusalIn);
  expect(refused).toMatchObject({ type: 'roster-has-wrong-rows', count: 1 });
  expect(await centre.call.site.list({ projectId })).toEqual(before);
});
