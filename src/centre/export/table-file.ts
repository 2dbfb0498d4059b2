/** Tables of any length, made piece by piece: what was written is no longer in memory. */
import { PassThrough } from 'node:stream';
import { csvText, type Cell } from './table-text.ts';

type Pieces = AsyncIterable<readonly (readonly Cell[])[]>;

/** Lines of a sheet that spreadsheets can open, with the headings. */
const linesAtMost = 1_000_000;

export async function* csvPieces(headings: readonly Cell[], pieces: Pieces): AsyncGenerator<Uint8Array> {
  yield Buffer.from(csvText([headings]));
  // The mark at the beginning belongs there alone.
  for await (const rows of pieces) if (rows.length > 0) yield Buffer.from(csvText(rows).slice(1));
}

/**
 * What does not fit on one sheet goes on on another one with the same headings.
 * @param name of the sheets
 */
export async function* xlsxPieces(
  name: string,
  headings: readonly Cell[],
  pieces: Pieces,
  most = linesAtMost,
): AsyncGenerator<Uint8Array> {
  const { default: excel } = await import('exceljs');
  const out = new PassThrough();
  const workbook = new excel.stream.xlsx.WorkbookWriter({ stream: out });
  const write = async (): Promise<void> => {
    let [sheets, lines] = [0, most];
    let sheet: ReturnType<typeof workbook.addWorksheet> | null = null;
    const next = () => {
      sheet?.commit();
      sheets++;
      const made = workbook.addWorksheet(sheets === 1 ? name : `${name} ${sheets}`, {
        views: [{ state: 'frozen', ySplit: 1 }],
      });
      const head = made.addRow([...headings]);
      head.font = { bold: true };
      head.commit();
      lines = 1;
      return (sheet = made);
    };
    next();
    for await (const rows of pieces)
      for (const row of rows) {
        const into = lines < most && sheet ? sheet : next();
        into.addRow([...row]).commit();
        lines++;
        // Whoever takes it away is slower than whoever makes it.
        if (out.writableNeedDrain) await new Promise((resolve) => out.once('drain', resolve));
      }
    (sheet as ReturnType<typeof next> | null)?.commit();
    await workbook.commit();
  };
  const written = write().catch((error: unknown) => void out.destroy(error as Error));
  yield* out as AsyncIterable<Uint8Array>;
  await written;
}
