/** A table in a thread of its own: it is parsed in one go, and handed over piece by piece as whoever asked for it wants the next. */
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import type { Result } from '../../base/result.ts';
import { readTableFile, type TableFile } from '../../exam/roster/table-file.ts';

export type FromTableWorker = Result<{
  readonly rows: TableFile['rows'];
  readonly encoding: TableFile['encoding'];
  /** No other piece comes. */
  readonly last: boolean;
}>;

/** To be taken over in a few milliseconds. */
const rowsOfPiece = 1_000;

const port = parentPort;
if (!port) throw new Error('the reader of tables is a thread');
const path = z.string().parse(workerData);
const table = await readTableFile(new Uint8Array(await readFile(path)));
let next = 0;
const answer = (): FromTableWorker => {
  if (!table.ok) return table;
  const { rows, encoding } = table.value;
  const piece = rows.slice(next, next + rowsOfPiece);
  next += rowsOfPiece;
  return { ok: true, value: { rows: piece, encoding, last: next >= rows.length } };
};
port.on('message', () => port.postMessage(answer()));
