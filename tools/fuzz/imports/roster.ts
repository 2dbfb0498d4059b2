/** The centre's roster: CSV in the encodings of spreadsheets, or XLSX, with its columns known or said by hand. */
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { utf8 } from '../../../src/base/bytes.ts';
import { rosterCsv } from '../../exam-day/exam-day.ts';
import { made, said, type FuzzedImport } from '../import.ts';
import { nastyTexts } from '../mutations.ts';

export const plan = { sessions: 1, sites: ['S1'], roomsPerSite: 1, candidatesPerRoom: 3 };
const headings = [
  'session',
  'site code',
  'site name',
  'room code',
  'room name',
  'admission number',
  'name',
  'seat number',
  'extra time',
  '准考证号',
  'код ппэ',
  'name',
  '',
  '__proto__',
  'constructor',
];
const cell = fc.oneof(
  fc.constantFrom('1', 'S1', 'S1-R1', '1000001', 'Ахметова', '王', '', ...nastyTexts, 'x'.repeat(20_000)),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.nat().map(String),
);
/** A table whose headings are mostly right. */
const table = fc.record({
  head: fc.oneof(
    fc.constant(headings.slice(0, 8)),
    fc.array(fc.constantFrom(...headings), { maxLength: 12 }),
  ),
  rows: fc.array(fc.array(cell, { maxLength: 12 }), { maxLength: 30 }),
  delimiter: fc.constantFrom(',', ';', '\t'),
  end: fc.constantFrom('\n', '\r\n', '\r'),
  quoted: fc.boolean(),
  encoding: fc.constantFrom('utf8', 'utf16le', 'win1251', 'gb18030', 'utf16-be'),
});

export const roster: FuzzedImport = {
  name: 'roster',
  stage: 'loaded',
  at: ['centre'],
  async open({ exam: { centre, projectId } }) {
    const csv = rosterCsv(plan);
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('roster').addRows(
      csv
        .trim()
        .split('\n')
        .map((line) => line.split(',')),
    );
    return {
      samples: [
        utf8(csv),
        new Uint8Array(await workbook.xlsx.writeBuffer()),
        iconv.encode(csv, 'utf16le', { addBOM: true }),
      ],
      made: made(table, ({ head, rows, delimiter, end, quoted, encoding }) => {
        const line = (cells: readonly string[]): string =>
          cells.map((one) => (quoted ? `"${one.replaceAll('"', '""')}"` : one)).join(delimiter);
        return new Uint8Array(iconv.encode([head, ...rows].map(line).join(end), encoding));
      }),
      take: async (file) => {
        const uploadId = await centre.upload('roster.csv', file);
        return (
          (await said(
            centre.call.roster.preview({
              projectId,
              uploadId,
              mapping: { 3: 'name', 0: 'sessionNumber' } as never,
            }),
          )) ?? said(centre.call.roster.import({ projectId, uploadId }))
        );
      },
    };
  },
};
