/**
 * An entry store in memory for tests, over a disk that behaves as badly as real ones: writes that were not synced are lost or torn with the power,
 * it fills up, it fails, and somebody puts an older copy of it back.
 */
import type { Head } from './entry.ts';
import type { PositionedRow } from './sqlite-entry-store.ts';
import { chainKey, type Batch, type EntryStore, type Row } from './ledger.ts';

/** What stands on the disk: rows, and the mark that ends a transaction. What has no mark after it never happened. */
type Written = Row | { readonly opens: { origin: string; epoch: string } } | 'commit';

export interface Snapshot {
  readonly written: readonly Written[];
}

/** Thrown by a commit during which the power went: whether it is on the disk shows after the start. */
export class PowerCut extends Error {}

export class FakeEntryStore implements EntryStore {
  #written: Written[] = [];
  #rows: Row[] = [];
  #hashes = new Map<string, string>();
  #heads = new Map<string, Head>();
  readonly #current = new Map<string, string>();
  #failures: ('disk-full' | 'io')[] = [];
  #cutAt: number | null = null;

  /** The next commit fails and changes nothing. */
  failNext(reason: 'disk-full' | 'io'): void {
    this.#failures.push(reason);
  }

  /** The power goes during the next commit, when this share (0 to 1) of what it writes has reached the disk. */
  cutPowerInNext(share: number): void {
    this.#cutAt = share;
  }

  /** No more faults. */
  calm(): void {
    this.#failures = [];
    this.#cutAt = null;
  }

  commit(batch: Batch): number[] {
    const failure = this.#failures.shift();
    if (failure) throw new Error(failure === 'io' ? 'disk I/O error' : 'database or disk is full');
    const writing: Written[] = [...batch.rows, ...(batch.opens ? [{ opens: batch.opens }] : []), 'commit'];
    if (this.#cutAt !== null) {
      this.#written.push(...writing.slice(0, Math.round(this.#cutAt * writing.length)));
      this.#cutAt = null;
      this.recover();
      throw new PowerCut();
    }
    this.#written.push(...writing);
    if (batch.opens) this.#current.set(batch.opens.origin, batch.opens.epoch);
    return batch.rows.map((row) => this.#index(row));
  }

  heads(): Head[] {
    return [...this.#heads.values()];
  }

  hashAt(origin: string, epoch: string, seq: number): string | null {
    return this.#hashes.get(`${origin} ${epoch} ${seq}`) ?? null;
  }

  rows(): readonly Row[] {
    return this.#rows;
  }

  ofOrigin(origin: string, epoch: string, afterSeq: number, limit: number): PositionedRow[] {
    return this.#rows
      .flatMap(({ place, stored, hash }, i) =>
        place.origin === origin && place.epoch === epoch && place.seq > afterSeq
          ? [{ ...stored, hash, position: i + 1, seq: place.seq }]
          : [],
      )
      .toSorted((a, b) => a.seq - b.seq)
      .slice(0, limit);
  }

  currentEpoch(origin: string): string | null {
    return this.#current.get(origin) ?? null;
  }

  snapshot(): Snapshot {
    return { written: [...this.#written] };
  }

  putBack(snapshot: Snapshot): void {
    this.#written = [...snapshot.written];
    this.recover();
  }

  /** What a start finds: everything up to the last transaction that is there as a whole. */
  recover(): void {
    this.#written = this.#written.slice(0, this.#written.lastIndexOf('commit') + 1);
    this.#rows = [];
    this.#hashes.clear();
    this.#heads.clear();
    this.#current.clear();
    for (const one of this.#written) {
      if (one === 'commit') continue;
      if ('opens' in one) this.#current.set(one.opens.origin, one.opens.epoch);
      else this.#index(one);
    }
  }

  #index(row: Row): number {
    const { origin, epoch, seq } = row.place;
    this.#rows.push(row);
    this.#hashes.set(`${origin} ${epoch} ${seq}`, row.hash);
    this.#heads.set(chainKey(row.place), { origin, epoch, seq, hash: row.hash });
    return this.#rows.length;
  }
}
