/** Reads a roster's file into cells: CSV in the encodings that spreadsheets write, or XLSX. */
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { ok, refuse, type Result } from '../../base/result.ts';

const limits = { bytes: 200 * 1024 * 1024, rows: 2_000_000, columns: 200 };

export interface TableFile {
  readonly rows: readonly (readonly string[])[];
  readonly encoding: string | null;
}

export async function readTableFile(bytes: Uint8Array): Promise<Result<TableFile>> {
  if (bytes.length > limits.bytes) return refuse({ type: 'file-too-large', limit: limits.bytes });
  if (bytes.length === 0) return refuse({ type: 'roster-empty' });
  return bytes[0] === 0x50 && bytes[1] === 0x4b ? readXlsx(bytes) : readCsv(bytes);
}

export function readCsv(bytes: Uint8Array): Result<TableFile> {
  const decoded = decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  if (decoded === null)
    return refuse({ type: 'encoding-unknown', tried: ['UTF-8', 'UTF-16', 'GB18030', 'windows-1251'] });
  const firstLine = decoded.text.slice(0, decoded.text.search(/\r|\n|$/));
  const delimiter = [',', ';', '\t'].toSorted(
    (a, b) => firstLine.split(b).length - firstLine.split(a).length,
  )[0] as string;
  try {
    const rows = parse(decoded.text, {
      delimiter,
      relax_column_count: true,
      bom: true,
      max_record_size: 100_000,
      to: limits.rows,
    }) as string[][];
    return ok({ rows, encoding: decoded.encoding });
  } catch (error) {
    return refuse({
      type: 'csv-unreadable',
      problem: (error as Error).message,
      line: (error as { lines?: number }).lines ?? null,
    });
  }
}

/** By mark, then by validity, then by what the letters look like. Never a guess that could garble names: then null. */
function decode(bytes: Buffer): { text: string; encoding: string } | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: bytes.toString('utf16le').slice(1), encoding: 'UTF-16' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: iconv.decode(bytes, 'utf16-be'), encoding: 'UTF-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' };
  } catch {
    // Not UTF-8: one of the two encodings that spreadsheets in Chinese and Russian write.
  }
  const chinese = validGb18030(bytes) ? iconv.decode(bytes, 'gb18030') : null;
  const russian = iconv.decode(bytes, 'win1251');
  const russianLetters = share(russian, /[А-яЁё]/g);
  const chineseLetters = chinese === null ? 0 : share(chinese, /[\u4e00-\u9fa5]/g);
  // Runs of lower-case Cyrillic are words; read as Chinese the same bytes give rare characters.
  const russianWords =
    (russian.match(/[А-ЯЁа-яё][а-яё]{2,}/g) ?? []).join('').length /
    Math.max(1, (russian.match(/[^\0-\x7f]/g) ?? []).length);
  if (chinese !== null && chineseLetters > 0.9 && russianWords < 0.4)
    return { text: chinese, encoding: 'GB18030' };
  if (russianLetters > 0.9 && russianWords > 0.6) return { text: russian, encoding: 'windows-1251' };
  return null;
}

/** Share of the characters beyond ASCII that match. */
function share(text: string, wanted: RegExp): number {
  const beyond = text.match(/[^\0-\x7f]/g)?.length ?? 0;
  return beyond === 0 ? 0 : (text.match(wanted)?.length ?? 0) / beyond;
}

function validGb18030(bytes: Buffer): boolean {
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

async function readXlsx(bytes: Uint8Array): Promise<Result<TableFile>> {
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(Buffer.from(bytes) as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  } catch {
    return refuse({ type: 'xlsx-unreadable' });
  }
  const sheet = workbook.worksheets[0];
  if (!sheet) return refuse({ type: 'roster-empty' });
  if (sheet.rowCount > limits.rows || sheet.columnCount > limits.columns)
    return refuse({ type: 'table-too-large' });
  const rows: string[][] = [];
  sheet.eachRow({ includeEmpty: true }, (row) => {
    rows.push(Array.from({ length: sheet.columnCount }, (_, i) => row.getCell(i + 1).text));
  });
  return ok({ rows, encoding: null });
}
