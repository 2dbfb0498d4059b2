/** A node's journal: group commit in a worker thread, heads signed per batch, and everything committed told to whoever listens, in order. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../base/clock.ts';
import type { JsonObject } from '../base/json.ts';
import { newId } from '../base/ids.ts';
import { ok, type Result } from '../base/result.ts';
import { signJws } from '../trust/jws.ts';
import type { SigningKey } from '../trust/keys.ts';
import { toEntry } from './chain.ts';
import type { FromWorker, ToWorker } from './commit-worker.ts';
import type { Draft, Entry, Head, StoredEntry } from './entry.ts';
import { readHeader, type Outcome, type Request } from './ledger.ts';
import { SqliteEntryStore, type PositionedRow } from './sqlite-entry-store.ts';

export const headTyp = 'invigil-head+jws';

/** The disk refused. Nothing of the batch is kept and nothing was acknowledged; the next commit tries the disk again. */
export class JournalFailure extends Error {
  readonly reason: 'disk-full' | 'io';
  constructor(reason: 'disk-full' | 'io', message: string) {
    super(message);
    this.reason = reason;
  }
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
  /** Keeps a child's entries where they fit its chain; resolves after the fsync. */
  accept(entries: readonly StoredEntry[]): Promise<Acceptance>;
  /** Durable heads of every chain. */
  heads(): Head[];
  head(origin: string, epoch: string): Head | null;
  /** The epoch that this origin was last heard of in. */
  newestEpoch(origin: string): string | null;
  after(position: number, limit: number): PositionedRow[];
  ofOrigin(origin: string, epoch: string, afterSeq: number, limit: number): PositionedRow[];
  /** Every entry, oldest first. For the start, before commands are taken. */
  replay(onEntry: (entry: Entry, position: number) => void): void;
  /** Calls after each commit with what is new, in commit order. */
  feed(listener: (entries: readonly Positioned[]) => void): () => void;
  signedHead(): string | null;
  /** Goes on in a new epoch that names what was known of the old one. */
  openEpoch(reason: 'restored' | 'rolled-back' | 'reinstalled', previous: readonly Head[]): Promise<void>;
  close(): Promise<void>;
}

const batchLimit = 2_000;

interface Waiting {
  readonly request: Request;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
}

export async function openJournal(options: {
  dir: string;
  origin: string;
  signer: SigningKey;
  clock: Clock;
}): Promise<Result<Journal>> {
  const file = join(options.dir, 'journal.db');
  const isNew = !existsSync(file);
  const opened = SqliteEntryStore.open(file);
  if (!opened.ok) return opened;
  const { store, db } = opened.value;
  const known = store.newestEpoch(options.origin);
  const journal = new WorkerJournal(options, file, store, () => db.close(), known ?? newId());
  if (isNew || known === null) await journal.append([epochOpened('first-start', [])]);
  return ok(journal);
}

function epochOpened(reason: string, previous: readonly Head[]): Draft {
  return {
    kind: 'epoch-opened',
    subject: 'journal',
    data: { reason, previous: previous.map((head) => ({ ...head })) },
  };
}

class WorkerJournal implements Journal {
  self: { origin: string; epoch: string };
  readonly #worker: Worker;
  readonly #store: SqliteEntryStore;
  readonly #closeStore: () => void;
  readonly #signer: SigningKey;
  readonly #clock: Clock;
  readonly #heads = new Map<string, Head>();
  readonly #listeners = new Set<(entries: readonly Positioned[]) => void>();
  #waiting: Waiting[] = [];
  #inFlight: Waiting[] | null = null;
  #nextEpoch: string | undefined;
  #dead: Error | null = null;
  #signedHead: string | null = null;

  constructor(
    options: { origin: string; signer: SigningKey; clock: Clock },
    file: string,
    store: SqliteEntryStore,
    closeStore: () => void,
    epoch: string,
  ) {
    this.self = { origin: options.origin, epoch };
    this.#signer = options.signer;
    this.#clock = options.clock;
    this.#store = store;
    this.#closeStore = closeStore;
    for (const head of store.heads()) this.#heads.set(`${head.origin} ${head.epoch}`, head);
    this.#signedHead = store.newestSignedHead(options.origin, epoch);
    this.#worker = new Worker(new URL('./commit-worker.ts', import.meta.url), {
      workerData: { file, origin: options.origin, epoch },
    });
    this.#worker.on('message', (message: FromWorker) => this.#committed(message));
    this.#worker.on('error', (error) => this.#die(error as Error));
  }

  async append(drafts: readonly Draft[]): Promise<Entry[]> {
    if (drafts.length === 0) return [];
    const outcome = await this.#enqueue({ own: { drafts, at: this.#clock.now() } });
    return outcome.entries.map(({ entry }) => entry);
  }

  async accept(entries: readonly StoredEntry[]): Promise<Acceptance> {
    const outcome = await this.#enqueue({ foreign: entries });
    return { kept: outcome.entries.map(({ entry }) => entry), head: outcome.head, problem: outcome.problem };
  }

  heads(): Head[] {
    return [...this.#heads.values()];
  }

  head(origin: string, epoch: string): Head | null {
    return this.#heads.get(`${origin} ${epoch}`) ?? null;
  }

  newestEpoch(origin: string): string | null {
    return this.#store.newestEpoch(origin);
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
      for (const row of rows) onEntry(readStored(row), row.position);
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

  async openEpoch(
    reason: 'restored' | 'rolled-back' | 'reinstalled',
    previous: readonly Head[],
  ): Promise<void> {
    const epoch = newId();
    this.#nextEpoch = epoch;
    this.self = { origin: this.self.origin, epoch };
    await this.append([epochOpened(reason, previous)]);
  }

  async close(): Promise<void> {
    while (this.#inFlight !== null || this.#waiting.length > 0)
      await new Promise((resolve) => setImmediate(resolve));
    const exited = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#worker.postMessage('close');
    await exited;
    this.#closeStore();
  }

  #enqueue(request: Request): Promise<Outcome> {
    if (this.#dead) return Promise.reject(this.#dead);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#send();
    });
  }

  /** While one batch is on its way to the disk, the next one collects. */
  #send(): void {
    if (this.#inFlight !== null || this.#waiting.length === 0) return;
    this.#inFlight = this.#waiting.slice(0, batchLimit);
    this.#waiting = this.#waiting.slice(batchLimit);
    const message: ToWorker = {
      requests: this.#inFlight.map(({ request }) => request),
      ...(this.#nextEpoch === undefined ? {} : { openEpoch: this.#nextEpoch }),
    };
    this.#nextEpoch = undefined;
    this.#worker.postMessage(message);
  }

  #committed(message: FromWorker): void {
    const batch = this.#inFlight ?? [];
    this.#inFlight = null;
    if ('failed' in message) {
      const failure = new JournalFailure(message.failed, message.message);
      for (const waiting of batch) waiting.reject(failure);
    } else {
      const fresh = message.outcomes.flatMap((outcome) => outcome.entries);
      for (const { entry } of fresh) {
        const { origin, epoch } = entry.place;
        this.#heads.set(`${origin} ${epoch}`, { ...entry.place, hash: entry.hash });
      }
      this.#signHead(fresh);
      // Listeners first: whoever gets an answer below must find the state already evolved.
      for (const listener of this.#listeners) listener(fresh);
      batch.forEach((waiting, i) => waiting.resolve(message.outcomes[i] as Outcome));
    }
    this.#send();
  }

  #signHead(fresh: readonly Positioned[]): void {
    const { origin, epoch } = this.self;
    if (!fresh.some(({ entry }) => entry.place.origin === origin && entry.place.epoch === epoch)) return;
    const head = this.#heads.get(`${origin} ${epoch}`);
    if (!head) return;
    this.#signedHead = signJws(headTyp, head, this.#signer);
    try {
      this.#store.keepHead(head, this.#signedHead);
    } catch (error) {
      // The entries are safe and the next batch signs again; a full disk will be said by the next commit.
      if (!/full|locked/i.test((error as Error).message)) throw error;
    }
  }

  #die(error: Error): void {
    this.#dead = error;
    for (const waiting of [...(this.#inFlight ?? []), ...this.#waiting]) waiting.reject(error);
    this.#inFlight = null;
    this.#waiting = [];
  }
}

/** @throws when the stored header is not one: the file was damaged behind our back. */
export function readStored(row: StoredEntry & { readonly hash: string }): Entry {
  const header = readHeader(row);
  if (!header) throw new Error(`damaged journal entry: ${row.header.slice(0, 80)}`);
  return toEntry({ header, stored: row, hash: row.hash });
}

export type { JsonObject };
