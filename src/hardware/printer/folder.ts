/** No printer: each job becomes PDF files in a folder, one for each copy, for a dry run. What is there is never overwritten. */
import { open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, refuse, type Result } from '../../base/result.ts';
import { checkOrder, fileName } from './order.ts';
import type { Printer, PrinterAbilities, PrinterState, PrintJob, PrintOrder } from './port.ts';

/** Less than this is no room for a job. */
const leastFreeBytes = 1024 * 1024;

export class FolderPrinter implements Printer {
  readonly address;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    this.address = { way: 'folder', path } as const;
  }

  async state(): Promise<Result<PrinterState>> {
    try {
      if (!(await stat(this.#path)).isDirectory()) return this.#gone();
      const { bavail, bsize } = await statfs(this.#path);
      const full = Number(bavail) * Number(bsize) < leastFreeBytes;
      return ok({
        standing: full ? 'stopped' : 'ready',
        conditions: full ? ['output-full'] : [],
        words: full ? ['ENOSPC'] : [],
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      return this.#gone();
    }
  }

  async abilities(): Promise<Result<PrinterAbilities>> {
    const state = await this.state();
    return state.ok ? ok({ duplex: true, mostCopies: null }) : state;
  }

  async print(order: PrintOrder): Promise<Result<PrintJob>> {
    const fits = checkOrder(order);
    if (!fits.ok) return fits;
    const before = await this.findJob(order.id);
    if (!before.ok) return before;
    if (before.value?.state === 'completed') return ok(before.value);
    const part = join(this.#path, `${order.id}.part`);
    try {
      // The first copy comes last: where it is, the job is whole. The id in the names keeps them apart from everything else.
      for (let copy = order.copies; copy >= 1; copy--) {
        const file = await open(part, 'w');
        try {
          await file.writeFile(order.pdf);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(part, join(this.#path, fileName(order, copy)));
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      await rm(part, { force: true }).catch(() => undefined);
      return code === 'ENOSPC'
        ? refuse({ type: 'print-folder-full', path: this.#path })
        : refuse({ type: 'print-folder-not-writable', path: this.#path, code });
    }
    return ok(done(order.id));
  }

  async findJob(id: string): Promise<Result<PrintJob | null>> {
    try {
      const names = await readdir(this.#path);
      if (names.some((name) => name === `${id}.pdf` || name.endsWith(` ${id}.pdf`))) return ok(done(id));
      return ok(names.includes(`${id}.part`) ? { ...done(id), state: 'aborted', words: ['.part'] } : null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      return this.#gone();
    }
  }

  async cancel(id: string): Promise<Result<PrintJob>> {
    const found = await this.findJob(id);
    if (!found.ok) return found;
    return found.value ? ok(found.value) : refuse({ type: 'print-job-unknown', id });
  }

  #gone(): Result<never> {
    return refuse({ type: 'printer-gone', name: this.#path });
  }
}

function done(id: string): PrintJob {
  return { id, state: 'completed', sheets: null, impressions: null, words: [] };
}
