/** The seats as a table: to take away, and to bring a plan (导入, 导出). */
import { readFile } from 'node:fs/promises';
import type { Result } from '../../base/result.ts';
import { readTableFile } from '../../exam/roster/table-file.ts';
import { readSeatPlan, type PlannedSeat } from '../../exam/seat-plan/seat-plan.ts';
import type { SeatRegister } from './seat-register.ts';

const headings = {
  en: ['Number', 'IP address', 'Computer', 'Note'],
  zh: ['机位号', 'IP地址', '计算机名', '备注'],
  ru: ['№', 'IP-адрес', 'Компьютер', 'Примечание'],
} as const;

/** All rows or none. */
export async function readSeatPlanFile(path: string): Promise<Result<PlannedSeat[]>> {
  const table = await readTableFile(new Uint8Array(await readFile(path)));
  return table.ok ? readSeatPlan(table.value.rows) : table;
}

/** Admitted seats and those that are only planned; the file can be brought again as a plan. */
export async function seatsAsXlsx(seats: SeatRegister, language: keyof typeof headings): Promise<Uint8Array> {
  const rows = [
    ...seats
      .all()
      .flatMap(({ number, address, computer, note }) =>
        number === null ? [] : [{ number, address, computer, note }],
      ),
    ...seats.awaited(),
  ].toSorted((a, b) => a.number - b.number);
  // A library of many files that most starts never need.
  const { default: excel } = await import('exceljs');
  const workbook = new excel.Workbook();
  const sheet = workbook.addWorksheet('seats', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow([...headings[language]]);
  for (const { number, address, computer, note } of rows) sheet.addRow([number, address, computer, note]);
  sheet.getRow(1).font = { bold: true };
  for (const [i, width] of [10, 22, 26, 40].entries()) sheet.getColumn(i + 1).width = width;
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
