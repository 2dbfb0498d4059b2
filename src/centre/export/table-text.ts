/** Tables for spreadsheets: one row for each line, the first one the headings. */

export type Cell = string | number | null;

/** Of a sheet, as spreadsheets have it. */
const nameAtMost = 31;

/** A leading quote keeps a name from being taken for a formula. */
const safe = (value: string): string => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value);

/** The mark at the beginning makes spreadsheets read UTF-8. */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  const cell = (value: Cell): string => {
    const text = value === null ? '' : typeof value === 'string' ? safe(value) : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/**
 * @param name of the sheet
 * @param texts columns, from 1, whose digits are no number, also when somebody types there
 */
export async function xlsxOf(
  name: string,
  rows: readonly (readonly Cell[])[],
  texts: readonly number[] = [],
): Promise<Uint8Array> {
  // A library of many files that most starts never need.
  const { default: excel } = await import('exceljs');
  const workbook = new excel.Workbook();
  const sheet = workbook.addWorksheet(name.slice(0, nameAtMost), { views: [{ state: 'frozen', ySplit: 1 }] });
  for (const row of rows) sheet.addRow([...row]);
  sheet.getRow(1).font = { bold: true };
  for (const column of texts) sheet.getColumn(column).numFmt = '@';
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
