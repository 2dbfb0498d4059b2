/**
 * A table that a person gave to a server, CSV or XLSX. Parsing one of some hundred thousand rows takes seconds, as a spreadsheet twenty of
 * them: done in a thread of its own, hellos and everybody else's screens do not wait for it.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { TableFile } from '../../exam/roster/table-file.ts';
import type { FromTableWorker } from './table-worker.ts';

/** MB of the thread: a spreadsheet of 200,000 rows takes half of it. What does not fit is refused, and this process stays. */
const memory = 3_072;

const outOfMemory = z.object({ code: z.literal('ERR_WORKER_OUT_OF_MEMORY') });

/**
 * @param most MB that its thread may take
 * @returns refusals of `readTableFile`
 */
export async function readTable(path: string, most = memory): Promise<Result<TableFile>> {
  const worker = new Worker(new URL('./table-worker.ts', import.meta.url), {
    workerData: path,
    resourceLimits: { maxOldGenerationSizeMb: most },
  });
  try {
    const rows: (readonly string[])[] = [];
    for (;;) {
      worker.postMessage('next');
      // Rejects with whatever ended the thread.
      const [piece] = (await once(worker, 'message')) as [FromTableWorker];
      if (!piece.ok) return piece;
      for (const row of piece.value.rows) rows.push(row);
      if (piece.value.last) return ok({ rows, encoding: piece.value.encoding });
    }
  } catch (error) {
    if (outOfMemory.safeParse(error).success) return refuse({ type: 'table-too-large' });
    throw error;
  } finally {
    await worker.terminate();
  }
}
