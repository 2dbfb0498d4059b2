/** A node's journal: group commit in a worker thread, heads signed per batch, and everything committed told to whoever listens, in order. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../base/result.ts';
import { diskRefusal } from '../store/disk-refusal.ts';
import { sha256Hex } from '../trust/digest.ts';
import type { SigningKey } from '../trust/signing-key.ts';
import { toEntry } from './chain.ts';
import type { CommitWorkerData, FromWorker, ToWorker } from './commit-worker.ts';
import type { Draft, Entry, Head, Header, Place, StoredEntry } from './entry.ts';
import type { EpochReason } from './epoch.ts';
import { chainKey, readHeader, type Opening, type Outcome, type Request } from './ledger.ts';
import { checkTails } from './tails.ts';
import { SqliteEntryStore, type PositionedRow } from './sqlite-entry-store.ts';

/** The disk refused. Nothing of the batch is kept and nothing was acknowledged; the next commit tries the disk again. */
export class JournalFailure extends Error {
  readonly type = 'journal-failed';
  readonly reason: 'disk-full' | 'io';
  constructor(reason: 'disk-full' | 'io', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** @returns `journal-failed` when what a node had to keep did not fit or did not reach its disk; null: the error has another cause. */
export function failureRefusal(error: unknown): Refusal | null {
  if (error instanceof JournalFailure) return { type: error.type, reason: error.reason };
  const disk = diskRefusal(error);
  return disk && { type: 'journal-failed', reason: disk.type === 'disk-full' ? 'disk-full' : 'io' };
}

export interface Positioned {
  readonly entry: Entry;
  readonly position: number;
}

export interface Acceptance {
  /** Entries that are new here. */
  readonly kept: readonly Entry[];
  /** The chain's head after this: what may be acknowledged. */
  readonly head: Head | null;
  readonly problem: 'gap' | 'fork' | 'broken' | null;
}

export interface Journal {
  readonly self: { readonly origin: string; readonly epoch: string };
  /** Resolves after the fsync; rejects with JournalFailure. */
  append(drafts: readonly Draft[]): Promise<Entry[]>;
  /**
   * Keeps a child's entries where they fit its chain; resolves after the fsync.
   * @param options.whole an entry whose payload is left out is `broken`: nothing that cannot be told is acknowledged. Default true.
   */
  accept(entries: readonly StoredEntry[], options?: { readonly whole: boolean }): Promise<Acceptance>;
  /** Durable heads of every chain. */
  heads(): Head[];
  head(origin: string, epoch: string): Head | null;
  after(position: number, limit: number): PositionedRow[];
  ofOrigin(origin: string, epoch: string, afterSeq: number, limit: number): PositionedRow[];
  /** Every entry, oldest first. For the start, before commands are taken. */
  replay(onEntry: (entry: Entry, position: number) => void): void;
  /** Calls after each commit with what is new, in commit order. */
  feed(listener: (entries: readonly Positioned[]) => void): () => void;
  signedHead(): string | null;
  /** Why the disk refused the newest batch; null: it took it. While it refuses, nothing is acknowledged. */
  failing(): JournalFailure | null;
  /**
   * Goes on in a new epoch.
   * @param make what it begins with. Asked when everything of the old epoch is on the disk and nothing more can come.
   */
  openEpoch(reason: EpochReason, make?: () => Opening): Promise<void>;
  /** Forgets payloads after retention; the entries stay, and an `erased` entry says so. At most 200 places at once. */
  erase(places: readonly Place[], reason: string): Promise<void>;
  hashAt(origin: string, epoch: string, seq: number): string | null;
  close(): Promise<void>;
}

const nothingBefore = (): Opening => ({ previous: [], restored: [], carried: [] });

const batchLimit = 2_000;
const erasureLimit = 200;

interface Waiting {
  readonly request: Request | (() => Request);
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Opens the journal of a data folder, or begins it. The last entries of every chain are checked; `verifyJournal` checks all.
 *
 * @returns refusals `database-cannot-be-opened`, `database-of-newer-version`, `journal-not-whole`, `journal-file-damaged`.
 */
export async function openJournal(options: {
  dir: string;
  origin: string;
  signer: SigningKey;
  /** Keys of the writer before it was restored. */
  formerKeys?: readonly string[];
  clock: Clock;
}): Promise<Result<Journal>> {
  const file = join(options.dir, 'journal.db');
  const opened = SqliteEntryStore.open(file);
  if (!opened.ok) return opened;
  const { store, db } = opened.value;
  const whole = lookAtTails(file, () =>
    checkTails(store, options.origin, [options.signer.publicKey, ...(options.formerKeys ?? [])]),
  );
  if (!whole.ok) {
    db.close();
    return whole;
  }
  const known = store.currentEpoch(options.origin);
  const journal = new WorkerJournal(options, file, store, () => db.close(), known ?? '');
  try {
    if (known === null) await journal.openEpoch('first-start');
  } catch (error) {
    await journal.close();
    throw error;
  }
  return ok(journal);
}

/** A page of the file that is not what SQLite wrote is found by reading it. */
function lookAtTails(file: string, look: () => Result<void>): Result<void> {
  try {
    return look();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SQLITE_ERROR') throw error;
    return refuse({ type: 'journal-file-damaged', path: file, detail: (error as Error).message });
  }
}

class WorkerJournal implements Journal {
  self: { readonly origin: string; readonly epoch: string };
  readonly #worker: Worker;
  readonly #store: SqliteEntryStore;
  readonly #closeStore: () => void;
  readonly #clock: Clock;
  readonly #heads = new Map<string, Head>();
  readonly #listeners = new Set<(entries: readonly Positioned[]) => void>();
  #waiting: Waiting[] = [];
  #inFlight: Waiting[] | null = null;
  #dead: Error | null = null;
  #failing: JournalFailure | null = null;
  #closing: (() => void) | null = null;
  #signedHead: string | null;

  constructor(
    options: { origin: string; signer: SigningKey; clock: Clock },
    file: string,
    store: SqliteEntryStore,
    closeStore: () => void,
    epoch: string,
  ) {
    const { origin, signer } = options;
    this.self = { origin, epoch };
    this.#clock = options.clock;
    this.#store = store;
    this.#closeStore = closeStore;
    for (const head of store.heads()) this.#heads.set(chainKey(head), head);
    this.#signedHead = store.newestSignedHead(origin, epoch);
    this.#worker = new Worker(new URL('./commit-worker.ts', import.meta.url), {
      workerData: {
        file,
        origin,
        epoch,
        privateKey: signer.privateKey,
      } satisfies CommitWorkerData,
    });
    this.#worker.on('message', (message: FromWorker) => this.#committed(message));
    this.#worker.on('error', (error) => this.#die(error as Error));
  }

  async append(drafts: readonly Draft[]): Promise<Entry[]> {
    if (drafts.length === 0) return [];
    const outcome = await this.#enqueue({ own: { drafts, at: this.#clock.now() } });
    return outcome.entries.map(({ entry }) => entry);
  }

  async accept(entries: readonly StoredEntry[], { whole } = { whole: true }): Promise<Acceptance> {
    return acceptance(await this.#enqueue({ foreign: entries, whole }));
  }

  async erase(places: readonly Place[], reason: string): Promise<void> {
    if (places.length > erasureLimit) throw new RangeError(`at most ${erasureLimit} places at once`);
    await this.#enqueue({ erase: { places, reason, at: this.#clock.now() } });
  }

  hashAt(origin: string, epoch: string, seq: number): string | null {
    // A room compares a thousand chains with every hello, most of them at their heads: those need no disk.
    const head = this.#heads.get(chainKey({ origin, epoch }));
    return head?.seq === seq ? head.hash : this.#store.hashAt(origin, epoch, seq);
  }

  heads(): Head[] {
    return [...this.#heads.values()];
  }

  head(origin: string, epoch: string): Head | null {
    return this.#heads.get(chainKey({ origin, epoch })) ?? null;
  }

  after(position: number, limit: number): PositionedRow[] {
    return this.#store.after(position, limit);
  }

  ofOrigin(origin: string, epoch: string, afterSeq: number, limit: number): PositionedRow[] {
    return this.#store.ofOrigin(origin, epoch, afterSeq, limit);
  }

  replay(onEntry: (entry: Entry, position: number) => void): void {
    let position = 0;
    for (;;) {
      const rows = this.#store.after(position, 5_000);
      for (const row of rows) onEntry(readOwn(row), row.position);
      const last = rows.at(-1);
      if (!last) return;
      position = last.position;
    }
  }

  feed(listener: (entries: readonly Positioned[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  signedHead(): string | null {
    return this.#signedHead;
  }

  failing(): JournalFailure | null {
    return this.#failing;
  }

  async openEpoch(reason: EpochReason, make: () => Opening = nothingBefore): Promise<void> {
    await this.#enqueue(() => ({ open: { ...make(), epoch: newId(), reason, at: this.#clock.now() } }));
  }

  async close(): Promise<void> {
    if (this.#inFlight !== null || this.#waiting.length > 0)
      await new Promise<void>((resolve) => (this.#closing = resolve));
    if (this.#dead === null) {
      const exited = new Promise((resolve) => this.#worker.once('exit', resolve));
      this.#dead = new Error('the journal is closed');
      this.#worker.postMessage('close' satisfies ToWorker);
      await exited;
    }
    this.#closeStore();
  }

  #enqueue(request: Waiting['request']): Promise<Outcome> {
    if (this.#dead) return Promise.reject(this.#dead);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#send();
    });
  }

  /** While one batch is on its way to the disk, the next one collects. */
  #send(): void {
    if (this.#inFlight !== null || this.#waiting.length === 0) return;
    // What is made of the state of the disk goes alone: nothing may come between.
    const alone = this.#waiting.findIndex(({ request }) => typeof request === 'function');
    const size = alone === -1 ? batchLimit : Math.max(1, Math.min(alone, batchLimit));
    this.#inFlight = this.#waiting.slice(0, size);
    this.#waiting = this.#waiting.slice(size);
    const requests = this.#inFlight.map(({ request }) =>
      typeof request === 'function' ? request() : request,
    );
    this.#worker.postMessage({ requests } satisfies ToWorker);
  }

  #committed(message: FromWorker): void {
    const batch = this.#inFlight ?? [];
    this.#inFlight = null;
    if ('failed' in message) {
      const failure = (this.#failing = new JournalFailure(message.failed, message.message));
      for (const waiting of batch) waiting.reject(failure);
    } else {
      this.#failing = null;
      this.self = { origin: this.self.origin, epoch: message.epoch };
      this.#signedHead = message.signedHead ?? this.#signedHead;
      const fresh = message.outcomes.flatMap((outcome) => outcome.entries);
      for (const { entry } of fresh)
        this.#heads.set(chainKey(entry.place), { ...entry.place, hash: entry.hash });
      // Listeners first: whoever gets an answer below must find the state already evolved.
      for (const listener of this.#listeners) listener(fresh);
      batch.forEach((waiting, i) => waiting.resolve(message.outcomes[i] as Outcome));
    }
    this.#send();
    if (this.#inFlight === null) this.#closing?.();
  }

  #die(error: Error): void {
    this.#dead = error;
    for (const waiting of [...(this.#inFlight ?? []), ...this.#waiting]) waiting.reject(error);
    this.#inFlight = null;
    this.#waiting = [];
    this.#closing?.();
  }
}

function acceptance({ entries, head, problem }: Outcome): Acceptance {
  return { kept: entries.map(({ entry }) => entry), head, problem };
}

/**
 * Of an entry that this node kept itself, every one of them at a start: that it is the text that was kept then says more than its form, and takes
 * a third of the time.
 * @throws when it is not: the file was damaged behind our back.
 */
function readOwn(row: StoredEntry & { readonly hash: string }): Entry {
  if (sha256Hex(row.header) !== row.hash)
    throw new Error(`damaged journal entry: ${row.header.slice(0, 80)}`);
  return toEntry({ header: JSON.parse(row.header) as Header, stored: row, hash: row.hash });
}

/** @throws when the stored header is not one: the file was damaged behind our back. */
export function readStored(row: StoredEntry & { readonly hash: string }): Entry {
  const header = readHeader(row);
  if (!header) throw new Error(`damaged journal entry: ${row.header.slice(0, 80)}`);
  return toEntry({ header, stored: row, hash: row.hash });
}
