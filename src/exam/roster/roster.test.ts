import iconv from 'iconv-lite';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { readRoster } from './roster.ts';
import { readTableFile } from './table-file.ts';

const chinese =
  '场次,考点代码,考点名称,考场代码,准考证号,姓名\n1,1999999,第一中学,1999999001,190119999990011001,张伟\n1,1999999,第一中学,1999999001,190119999990011002,李秀英\n';
const russian =
  'Экзамен;Код ППЭ;Аудитория;Номер участника;ФИО\n1;0801;0101;4601001;Иванова Мария Сергеевна\n1;0801;0101;4601002;Кузнецов Пётр Алексеевич\n';

test.each([
  ['UTF-8', chinese, 'utf8', '张伟'],
  ['UTF-16', chinese, 'utf16', '张伟'],
  ['GB18030', chinese, 'gb18030', '张伟'],
  ['windows-1251', russian, 'win1251', 'Иванова Мария Сергеевна'],
])('a roster in %s is read with its names as they are', async (encoding, text, written, name) => {
  const table = expectOk(
    await readTableFile(new Uint8Array(iconv.encode(text, written, { addBOM: written === 'utf16' }))),
  );
  expect(table.encoding).toBe(encoding);
  const roster = expectOk(readRoster(table.rows, [1]));
  expect(roster.errors).toEqual([]);
  expect(roster.rows[0]?.name).toBe(name);
});

test('a spreadsheet is read as its cells show', async () => {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('roster').addRows([
    ['Session', 'Site', 'Room', 'Admission number', 'Name'],
    [1, 'S1', 'R1', '007', 'Ann'],
  ]);
  const table = expectOk(await readTableFile(new Uint8Array(await workbook.xlsx.writeBuffer())));
  expect(expectOk(readRoster(table.rows, [1])).rows[0]).toMatchObject({
    admissionNumber: '007',
    name: 'Ann',
  });
});

test('wrong rows are named by line and column, all of them', () => {
  const { errors } = expectOk(
    readRoster(
      [
        ['Session', 'Site', 'Room', 'Admission number', 'Name', 'Seat'],
        ['1', 'S1', 'R1', '1', 'Ann', '1'],
        ['3', 'S1', 'R1', '2', 'Bob', '1'],
        ['1', 'S2', 'R1', '1', '', 'x'],
      ],
      [1, 2],
    ),
  );
  expect(errors.map(({ line, column, reason }) => [line, column, reason.type])).toEqual([
    [3, 'Session', 'no-such-session'],
    [4, 'Name', 'cell-empty'],
    [4, 'Seat', 'not-a-seat-number'],
    [4, 'Admission number', 'number-twice'],
    [4, 'Room', 'room-in-two-sites'],
  ]);
});
