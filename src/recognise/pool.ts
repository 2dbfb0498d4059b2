/**
 * Pages side by side, in as many threads as this computer can spare. A thread that dies is replaced, its page says so, and the others go on.
 * Pages are fetched only as fast as they are read: however many there are, a few are in memory.
 */
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { PageTask } from './page-worker.ts';
import type { RecogniseOptions } from './recognise-page.ts';
import { badImage, type RecognisedPage } from './recognised-page.ts';

export interface PoolOptions {
  /** Without it: half of the processors, one at least. */
  readonly threads?: number;
  /** A page takes a tenth of a second. Longer than this, and it was made to take forever. */
  readonly limitMs?: number;
  /** The program of a thread. */
  readonly worker?: URL;
}

export interface PagePool {
  readonly threads: number;
  /** Waits for a free thread. Never rejects because of a page: what went wrong is its `problem`. */
  recognise(bytes: Uint8Array, options?: RecogniseOptions): Promise<RecognisedPage>;
  close(): Promise<void>;
}

/** Of one thread, MB: a page of seventy megapixels, and what is made of it. */
const memory = 512;

const tooLong = Symbol('page took too long');

export function openPagePool({
  threads = Math.max(1, Math.floor(availableParallelism() / 2)),
  limitMs = 60_000,
  worker = new URL('./page-worker.ts', import.meta.url),
}: PoolOptions = {}): PagePool {
  const pool = new Piscina<PageTask, RecognisedPage>({
    filename: worker.href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  // A thread that ended before it took a page: those that wait for one would wait for ever.
  const running = new Set<(reason: unknown) => void>();
  pool.on('error', (error: Error) => {
    for (const stop of running) stop(error);
  });
  let free = threads;
  const waiting: (() => void)[] = [];
  const enter = async (): Promise<void> => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  return {
    threads,
    async recognise(bytes, options = {}) {
      await enter();
      const given = new AbortController();
      const stop = (reason: unknown): void => given.abort(reason);
      running.add(stop);
      // From here on: what it waited for others is not its fault. The timer also keeps the process until an answer is there.
      const timer = setTimeout(stop, limitMs, tooLong);
      try {
        return await pool.run({ bytes, options }, { signal: given.signal });
      } catch (error) {
        const why: unknown = given.signal.aborted ? given.signal.reason : error;
        return badImage(
          why === tooLong
            ? { type: 'page-took-too-long', seconds: Math.round(limitMs / 1_000) }
            : { type: 'worker-died', detail: why instanceof Error ? why.message : String(why) },
        );
      } finally {
        clearTimeout(timer);
        running.delete(stop);
        leave();
      }
    },
    close: () => pool.destroy(),
  };
}

/**
 * In the order in which they came.
 * @param source is asked for the next page only when there is room for it
 * @param recognise never rejects: others that are under way would have nobody who waits for them
 */
export async function* recogniseAll<T, P = RecognisedPage>(
  pool: Pick<PagePool, 'threads'>,
  source: AsyncIterable<T> | Iterable<T>,
  recognise: (item: T) => Promise<P>,
): AsyncGenerator<{ readonly item: T; readonly page: P }> {
  const most = pool.threads * 2;
  const running: Promise<{ item: T; page: P }>[] = [];
  for await (const item of source) {
    running.push(recognise(item).then((page) => ({ item, page })));
    if (running.length >= most) yield await (running.shift() as (typeof running)[number]);
  }
  for (const one of running) yield await one;
}
