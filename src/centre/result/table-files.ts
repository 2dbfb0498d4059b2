/** Tables as files that spreadsheets open. */
export type TableCell = string | number | null;

export function csvOf(rows: readonly (readonly TableCell[])[]): string {
  // The mark at the beginning makes spreadsheets read UTF-8; a leading quote keeps a name from being taken for a formula.
  const cell = (value: TableCell): string => {
    if (value === null) return '';
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** @param asText columns, counted from 1, whose numbers are no quantities */
export async function xlsxOf(
  name: string,
  rows: readonly (readonly TableCell[])[],
  asText: readonly number[] = [],
): Promise<Uint8Array> {
  // A library of many files that most starts never need.
  const { default: excel } = await import('exceljs');
  const workbook = new excel.Workbook();
  const sheet = workbook.addWorksheet(name.slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] });
  for (const row of rows) sheet.addRow([...row]);
  sheet.getRow(1).font = { bold: true };
  for (const column of asText) sheet.getColumn(column).numFmt = '@';
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
