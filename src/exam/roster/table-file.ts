/** Reads a roster's file into cells: CSV in the encodings that spreadsheets write, or XLSX. */
import { parse } from 'csv-parse/sync';
import { Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import iconv from 'iconv-lite';
import { ok, refuse, type Result } from '../../base/result.ts';

const limits = { bytes: 200 * 1024 * 1024, unpacked: 400 * 1024 * 1024, rows: 2_000_000, columns: 200 };

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
  const wide = wideEncoding(bytes);
  if (wide !== null) {
    const text = decodeStrictly(wide, bytes);
    return text === null ? null : { text, encoding: 'UTF-16' };
  }
  const utf8 = decodeStrictly('utf-8', bytes);
  if (utf8 !== null) return { text: utf8, encoding: 'UTF-8' };
  // Not UTF-8: one of the two encodings that spreadsheets in Chinese and Russian write.
  const chinese = decodeStrictly('gb18030', bytes);
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

/** By the mark; without one, by which half of the two-byte letters of ASCII text is zero. */
function wideEncoding(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, 4_096);
  const zeros = [0, 0];
  for (const [i, byte] of start.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd === 0) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** @returns null when the bytes are not text in this encoding. */
function decodeStrictly(encoding: string, bytes: Buffer): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

async function readXlsx(bytes: Uint8Array): Promise<Result<TableFile>> {
  if (!(await unpacksWithin(bytes, limits.unpacked))) return refuse({ type: 'table-too-large' });
  // A library of many files that most starts never need.
  const { default: excel } = await import('exceljs');
  const workbook = new excel.Workbook();
  try {
    await workbook.xlsx.load(Buffer.from(bytes) as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  } catch {
    return refuse({ type: 'xlsx-unreadable' });
  }
  const sheet = workbook.worksheets[0];
  if (!sheet) return refuse({ type: 'roster-empty' });
  // The library counts columns by looking at every row: asked for in each of them, a large table takes hours.
  const { rowCount, columnCount } = sheet;
  if (rowCount > limits.rows || columnCount > limits.columns) return refuse({ type: 'table-too-large' });
  const rows: string[][] = [];
  sheet.eachRow({ includeEmpty: true }, (row) => {
    rows.push(Array.from({ length: columnCount }, (_, i) => row.getCell(i + 1).text));
  });
  return ok({ rows, encoding: null });
}

/** Counts what comes out of the ZIP that a spreadsheet is, without keeping it: what it says of its own size is not believed. */
async function unpacksWithin(bytes: Uint8Array, limit: number): Promise<boolean> {
  const reader = new ZipReader(new Uint8ArrayReader(bytes), { useWebWorkers: false });
  let size = 0;
  try {
    for (const entry of await reader.getEntries()) {
      if (entry.directory) continue;
      const counted = new WritableStream<Uint8Array>({
        write(chunk) {
          size += chunk.length;
          if (size > limit) throw new Error('limit');
        },
      });
      await entry.getData(counted);
    }
    return true;
  } catch {
    // A damaged spreadsheet is told by its reader, in its own words.
    return size <= limit;
  } finally {
    await reader.close();
  }
}
