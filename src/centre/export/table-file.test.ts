import { expect, test } from 'vitest';
import { csvPieces, xlsxPieces } from './table-file.ts';
import { csvText, type Cell } from './table-text.ts';

async function* inPieces(rows: readonly (readonly Cell[])[], size: number) {
  for (let i = 0; i < rows.length; i += size) yield await Promise.resolve(rows.slice(i, i + size));
}

const heading = ['site', 'answer'];
const rows = Array.from({ length: 7 }, (_, i): Cell[] => [`=S${i}`, i % 2 ? i : null]);

test('a table made in pieces is the one that is made at once', async () => {
  const made = Buffer.concat(await Array.fromAsync(csvPieces(heading, inPieces(rows, 3)))).toString();
  expect(made).toBe(csvText([heading, ...rows]));
});

test('what does not fit on a sheet goes on on another one', async () => {
  const made = Buffer.concat(await Array.fromAsync(xlsxPieces('Marks', heading, inPieces(rows, 2), 4)));
  const { default: excel } = await import('exceljs');
  const workbook = new excel.Workbook();
  await workbook.xlsx.load(made.buffer.slice(made.byteOffset, made.byteOffset + made.length) as ArrayBuffer);
  expect(workbook.worksheets.map(({ name, rowCount }) => [name, rowCount])).toEqual([
    ['Marks', 4],
    ['Marks 2', 4],
    ['Marks 3', 2],
  ]);
  expect(workbook.worksheets[2]?.getRow(2).getCell(1).value).toBe('=S6');
});

test('what fails while it is made fails whoever takes it away', async () => {
  async function* broken() {
    yield await Promise.resolve(rows);
    throw new Error('the database has gone');
  }
  for (const made of [csvPieces(heading, broken()), xlsxPieces('Marks', heading, broken())])
    await expect(Array.fromAsync(made)).rejects.toThrow('the database has gone');
});
