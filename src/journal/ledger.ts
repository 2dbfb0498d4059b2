/**
 * The chain over an entry store: gives own entries their place, and accepts others' only where they fit. Synchronous: it runs in
 * the commit worker, and in the simulation over a disk that tears.
 */
import { toHex } from '../base/bytes.ts';
import { randomBytes } from '../base/ids.ts';
import { link, nextEntry, toEntry, type Linked, type Misfit } from './chain.ts';
import {
  headerSchema,
  type Draft,
  type Entry,
  type Head,
  type Header,
  type Place,
  type StoredEntry,
} from './entry.ts';
import { epochOpened, type EpochReason } from './epoch.ts';

export interface Row {
  readonly place: Place;
  readonly stored: StoredEntry;
  readonly hash: string;
}

export interface SignedHead {
  readonly head: Head;
  readonly jws: string;
}

export interface Erasure {
  readonly place: Place;
  /** Hash of the `erased` entry that says so. */
  readonly by: string;
}

/** What goes to the disk together, or not at all. */
export interface Batch {
  readonly rows: readonly Row[];
  readonly heads: readonly SignedHead[];
  readonly erasures: readonly Erasure[];
  /** The own epoch that begins with this batch; null: the current one goes on. */
  readonly opens: { readonly origin: string; readonly epoch: string } | null;
}

/** What a ledger needs of a disk. */
export interface EntryStore {
  /** All or nothing, on the disk when it returns; throws with nothing changed. @returns the rows' positions, in order. */
  commit(batch: Batch): number[];
  heads(): Head[];
  hashAt(origin: string, epoch: string, seq: number): string | null;
}

export type Request =
  | { readonly own: { readonly drafts: readonly Draft[]; readonly at: number } }
  /** A child's entries, and those of its descendants. Never the own ones: nobody writes another node's journal. */
  | {
      readonly foreign: readonly StoredEntry[];
      /** Whether an entry must bring its payload. */
      readonly whole: boolean;
    }
  | {
      readonly open: Opening & { readonly epoch: string; readonly reason: EpochReason; readonly at: number };
    }
  | { readonly erase: { readonly places: readonly Place[]; readonly reason: string; readonly at: number } };

/** An own epoch's beginning. All of it reaches the disk, or nothing. */
export interface Opening {
  /** What is known of the own epochs before, with what comes back now. */
  readonly previous: readonly Head[];
  /** Own entries that a neighbour kept and this disk lost, chain by chain; they must fit. */
  readonly restored: readonly StoredEntry[];
  /** What the epoch begins with. */
  readonly carried: readonly Draft[];
}

export interface Outcome {
  /** New entries, with their positions. Entries that were known before are not repeated. */
  readonly entries: { entry: Entry; position: number }[];
  readonly head: Head | null;
  readonly problem: Misfit | null;
}

export class Ledger {
  readonly #disk: EntryStore;
  readonly #heads = new Map<string, Head>();
  readonly #origin: string;
  readonly #sign: (head: Head) => string;
  #epoch: string;

  /** @param options.epoch the epoch to go on in; an `open` request starts another. */
  constructor(disk: EntryStore, options: { origin: string; epoch: string; sign: (head: Head) => string }) {
    this.#disk = disk;
    this.#origin = options.origin;
    this.#epoch = options.epoch;
    this.#sign = options.sign;
    for (const head of disk.heads()) this.#heads.set(chainKey(head), head);
  }

  get epoch(): string {
    return this.#epoch;
  }

  heads(): Head[] {
    return [...this.#heads.values()];
  }

  head(chain: { origin: string; epoch: string }): Head | null {
    return this.#heads.get(chainKey(chain)) ?? null;
  }

  /** Commits everything that waits in one transaction. Throws, with nothing changed, when the disk fails. */
  commit(requests: readonly Request[]): Outcome[] {
    const plan = new Plan(
      this.#origin,
      this.#epoch,
      (chain) => this.head(chain),
      (place) => this.#disk.hashAt(place.origin, place.epoch, place.seq),
    );
    const planned = requests.map((request) => plan.add(request));
    const { linked } = plan;
    const signed = plan.ownHeads().map((head) => ({ head, jws: this.#sign(head) }));
    const positions =
      linked.length === 0
        ? []
        : this.#disk.commit({
            rows: linked.map((one) => ({ place: one.header, stored: one.stored, hash: one.hash })),
            heads: signed,
            erasures: plan.erasures,
            opens: plan.epoch === this.#epoch ? null : { origin: this.#origin, epoch: plan.epoch },
          });
    for (const head of plan.heads.values()) this.#heads.set(chainKey(head), head);
    this.#epoch = plan.epoch;
    return planned.map(({ from, to, head, problem }) => ({
      entries: linked
        .slice(from, to)
        .map((one, i) => ({ entry: toEntry(one), position: positions[from + i] as number })),
      head,
      problem,
    }));
  }
}

interface Planned {
  readonly from: number;
  readonly to: number;
  readonly head: Head | null;
  readonly problem: Misfit | null;
}

/** What one batch would make of the chains, before the disk has said yes. */
class Plan {
  readonly linked: Linked[] = [];
  readonly heads = new Map<string, Head>();
  readonly erasures: Erasure[] = [];
  epoch: string;
  readonly #origin: string;
  readonly #durable: (chain: { origin: string; epoch: string }) => Head | null;
  readonly #durableHash: (place: Place) => string | null;
  readonly #fresh = new Map<string, string>();

  constructor(
    origin: string,
    epoch: string,
    durable: (chain: { origin: string; epoch: string }) => Head | null,
    durableHash: (place: Place) => string | null,
  ) {
    this.#origin = origin;
    this.epoch = epoch;
    this.#durable = durable;
    this.#durableHash = durableHash;
  }

  add(request: Request): Planned {
    const from = this.linked.length;
    if ('foreign' in request) {
      const accepted = this.#accept(request.foreign, { restored: false, whole: request.whole });
      return { from, to: this.linked.length, ...accepted };
    }
    if ('own' in request) for (const draft of request.own.drafts) this.#append(draft, request.own.at);
    else if ('open' in request) {
      const { epoch, reason, previous, restored, carried, at } = request.open;
      const { problem } = this.#accept(restored, { restored: true, whole: false });
      if (problem) throw new Error(`what comes back does not fit: ${problem}`);
      this.epoch = epoch;
      for (const draft of [epochOpened(reason, previous), ...carried]) this.#append(draft, at);
    } else {
      const { places, reason, at } = request.erase;
      const entries = places.map(({ origin, epoch, seq }) => ({ origin, epoch, seq }));
      const by = this.#append({ kind: 'erased', subject: 'journal', data: { reason, entries } }, at);
      this.erasures.push(...entries.map((place) => ({ place, by })));
    }
    return {
      from,
      to: this.linked.length,
      head: this.#head({ origin: this.#origin, epoch: this.epoch }),
      problem: null,
    };
  }

  ownHeads(): Head[] {
    return [...this.heads.values()].filter((head) => head.origin === this.#origin);
  }

  #append(draft: Draft, at: number): string {
    const head = this.#head({ origin: this.#origin, epoch: this.epoch });
    const place = { origin: this.#origin, epoch: this.epoch, seq: (head?.seq ?? 0) + 1 };
    const one = nextEntry(draft, place, head?.hash ?? null, at, toHex(randomBytes(16)));
    this.#keep(one);
    return one.hash;
  }

  #accept(
    entries: readonly StoredEntry[],
    { restored, whole }: { restored: boolean; whole: boolean },
  ): { head: Head | null; problem: Misfit | null } {
    let head: Head | null = null;
    for (const stored of entries) {
      const header = readHeader(stored);
      if (!header) return { head, problem: 'broken' };
      const before = this.#head(header);
      const fits = link(stored, header, before, (seq) => this.#hashAt({ ...header, seq }));
      if (!fits.ok) return { head: before, problem: fits.refusal.type };
      head = before;
      if (fits.value === 'known') continue;
      if (whole && header.pay !== null && stored.payload === null) return { head: before, problem: 'broken' };
      // Only an own entry that is not here can be a forgery or the tail of a lost disk; the second comes back with an opening.
      if ((header.origin === this.#origin) !== restored) return { head: before, problem: 'fork' };
      head = this.#keep(fits.value);
    }
    return { head, problem: null };
  }

  #keep(one: Linked): Head {
    const { origin, epoch, seq } = one.header;
    const head = { origin, epoch, seq, hash: one.hash };
    this.heads.set(chainKey(head), head);
    this.#fresh.set(`${chainKey(head)} ${seq}`, one.hash);
    this.linked.push(one);
    return head;
  }

  #head(chain: { origin: string; epoch: string }): Head | null {
    return this.heads.get(chainKey(chain)) ?? this.#durable(chain);
  }

  #hashAt(place: Place): string | null {
    return this.#fresh.get(`${chainKey(place)} ${place.seq}`) ?? this.#durableHash(place);
  }
}

export function readHeader(stored: StoredEntry): Header | null {
  try {
    const parsed = headerSchema.safeParse(JSON.parse(stored.header));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function chainKey(chain: { origin: string; epoch: string }): string {
  return `${chain.origin} ${chain.epoch}`;
}
