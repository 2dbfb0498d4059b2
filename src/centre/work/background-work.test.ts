/** What becomes of a work whose centre is killed, whose disk is full or away, that is stopped, asked for twice, or fails. */
import { beforeEach, expect, test } from 'vitest';
import { Refused } from '../../base/refused.ts';
import type { Refusal, Result } from '../../base/result.ts';
import { BackgroundWork, type Run } from './background-work.ts';

interface Row {
  pieces: number;
  problem: Refusal | null;
}

/** What outlives a centre. */
interface Disk {
  readonly rows: Map<string, Row>;
  /** Pieces that were made, in their order. */
  readonly made: number[];
  /** Thrown at the next writings, of rows and of pieces; null: that one succeeds. */
  fails: (Error | null)[];
}

/** Pieces are made one after the other, each as soon as the test lets it. */
class Pieces extends BackgroundWork<{ readonly row: Row }, number> {
  readonly disk: Disk;
  readonly logged: string[] = [];
  /** What waits to be let on; null: everything goes by itself. */
  held: (() => void)[] | null = null;

  constructor(disk: Disk) {
    super({
      log: () => ({ error: (_, message) => this.logged.push(message) }),
      interrupted: 'pieces-interrupted',
      failed: 'pieces-failed',
    });
    this.disk = disk;
  }

  ask(pieces = 3): Run<unknown, number> {
    const row: Row = { pieces, problem: null };
    return this.start('one', { row }, async () => {
      await this.#write();
      this.disk.rows.set('one', row);
    });
  }

  now = (): Run<unknown, number> | null => this.running('one');
  cancel = (): Promise<void> => this.end('one', { type: 'pieces-cancelled' });
  next = (): Promise<Run<unknown, number> | null> => this.open('one');

  async #write(): Promise<void> {
    const held = this.held;
    if (held !== null) await new Promise<void>((resolve) => void held.push(resolve));
    const error = this.disk.fails.shift();
    if (error) throw error;
  }

  protected async wanted(): Promise<[string, { row: Row }][]> {
    return [...this.disk.rows].flatMap(([key, row]): [string, { row: Row }][] =>
      row.problem === null ? [[key, { row }]] : [],
    );
  }

  protected async make({ job, turns }: Run<{ readonly row: Row }, number>): Promise<number> {
    for (let piece = this.disk.made.length; piece < job.row.pieces; piece++) {
      await turns.pass();
      await this.#write();
      this.disk.made.push(piece);
    }
    this.disk.rows.delete('one');
    return job.row.pieces;
  }

  protected async keepFailure({ row }: { readonly row: Row }, problem: Refusal): Promise<void> {
    await this.#write();
    row.problem = problem;
  }
}

let disk: Disk;
let work: Pieces;
beforeEach(() => {
  disk = { rows: new Map(), made: [], fails: [] };
  work = new Pieces(disk);
});

const refusalOf = (result: Result<unknown>): Refusal | null => (result.ok ? null : result.refusal);
const away = new Refused({ type: 'database-unreachable' });

/** So far as it goes without the test. */
async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
}

async function letOn(one: Pieces, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await settled();
    one.held?.shift()?.();
  }
  await settled();
}

test('two who ask at once get one, also before it is written down', async () => {
  const [first, second] = [work.ask(), work.ask()];
  expect(second).toBe(first);
  expect(await first.written).toEqual({ ok: true, value: undefined });
  expect(await first.done).toEqual({ ok: true, value: 3 });
  expect(disk.made).toEqual([0, 1, 2]);
  expect(work.now()).toBeNull();
});

test('a centre that is killed in the middle goes on at its next start behind what was made', async () => {
  work.held = [];
  work.ask();
  // The row and one piece; then this process is no more: nothing of it ever goes on.
  await letOn(work, 2);
  expect(disk.made).toEqual([0]);
  const next = new Pieces(disk);
  await next.resume();
  expect(await next.now()?.done).toEqual({ ok: true, value: 3 });
  expect(disk.made).toEqual([0, 1, 2]);
  expect(disk.rows.size).toBe(0);
});

test('what cannot be written down is not made, and whoever asked hears why', async () => {
  disk.fails = [Object.assign(new Error('no space left'), { code: 'ENOSPC' })];
  const run = work.ask();
  expect(refusalOf(await run.written)).toEqual({ type: 'disk-full' });
  expect(refusalOf(await run.done)).toEqual({ type: 'disk-full' });
  expect(disk.made).toEqual([]);
  expect(await work.ask().done).toEqual({ ok: true, value: 3 });
});

test('what is away is waited for and said, and nothing is made twice', async () => {
  let told = 0;
  work.changed.subscribe(() => told++);
  disk.fails = [null, null, away];
  const run = work.ask();
  await settled();
  expect(run.waitsFor).toEqual({ type: 'database-unreachable' });
  expect(told).toBe(1);
  expect(await run.done).toEqual({ ok: true, value: 3 });
  expect(run.waitsFor).toBeNull();
  expect(disk.made).toEqual([0, 1, 2]);
});

test('one that waits is stopped without waiting any longer', async () => {
  disk.fails = [null, away];
  const run = work.ask();
  await settled();
  expect(run.waitsFor).toEqual({ type: 'database-unreachable' });
  await work.cancel();
  expect(refusalOf(await run.done)).toEqual({ type: 'pieces-cancelled' });
  expect(disk.rows.get('one')?.problem).toBeNull();
});

test('why it failed is kept with it, over a restart, until it is begun anew', async () => {
  disk.fails = [null, new Error('a bad piece')];
  const run = work.ask();
  const failed = { type: 'pieces-failed', problem: 'a bad piece' };
  expect(refusalOf(await run.done)).toEqual(failed);
  expect(work.logged).toEqual(['pieces-failed']);
  expect(disk.rows.get('one')?.problem).toEqual(failed);
  const next = new Pieces(disk);
  await next.resume();
  expect(next.now()).toBeNull();
  expect(await next.ask().done).toEqual({ ok: true, value: 3 });
});

test('an expected refusal is kept as it is', async () => {
  disk.fails = [null, null, new Refused({ type: 'piece-missing', piece: 1 })];
  const run = work.ask();
  expect(refusalOf(await run.done)).toEqual({ type: 'piece-missing', piece: 1 });
  expect(disk.rows.get('one')?.problem).toEqual({ type: 'piece-missing', piece: 1 });
  expect(work.logged).toEqual([]);
});

test('a failure that cannot be kept ends nothing else, and the next start tries again', async () => {
  disk.fails = [null, new Error('a bad piece'), away];
  const run = work.ask();
  expect(refusalOf(await run.done)).toMatchObject({ type: 'pieces-failed' });
  expect(work.logged).toEqual(['pieces-failed', 'why a work has ended was not kept']);
  expect(work.now()).toBeNull();
  const next = new Pieces(disk);
  await next.resume();
  expect(await next.now()?.done).toEqual({ ok: true, value: 3 });
});

test('a centre that closes waits for the piece in hand; its next start goes on behind it', async () => {
  work.held = [];
  const run = work.ask();
  await letOn(work, 2);
  const stopping = work.stop();
  await letOn(work, 1);
  await stopping;
  expect(refusalOf(await run.done)).toEqual({ type: 'pieces-interrupted' });
  expect(disk.rows.get('one')?.problem).toBeNull();
  const before = disk.made.length;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(3);
  const next = new Pieces(disk);
  await next.resume();
  expect(await next.now()?.done).toEqual({ ok: true, value: 3 });
  expect(disk.made).toEqual([0, 1, 2]);
});

test('one that takes nothing more is waited for, not joined', async () => {
  work.held = [];
  const run = work.ask(1);
  expect(await work.next()).toBe(run);
  run.closed = true;
  let joined: unknown = 'waits';
  const asking = work.next().then((found) => (joined = found));
  await letOn(work, 1);
  expect(joined).toBe('waits');
  await letOn(work, 1);
  await asking;
  expect(joined).toBeNull();
});
