import ExcelJS from 'exceljs';
import { anna, wang } from './desk.ts';

export const rosterHead = [
  'session',
  'site code',
  'site name',
  'room code',
  'room name',
  'admission number',
  'name',
  'seat',
];
const rosterRows = [1, 2].flatMap((session) => [
  [
    session,
    '1999999',
    'Secondary school 7',
    '1999999001',
    'Room 1',
    anna,
    'Ахметова-Константинопольская Айгуль',
    1,
  ],
  [session, '1999999', 'Secondary school 7', '1999999001', 'Room 1', wang, '王小明', 2],
  [session, '1999999', 'Secondary school 7', '1999999001', 'Room 1', '190319999990031003', 'Ann Smith', 3],
]);

export async function rosterXlsx(file: string): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Roster');
  sheet.addRow(rosterHead);
  for (const row of rosterRows) sheet.addRow(row.map(String));
  await workbook.xlsx.writeFile(file);
}
