/**
 * The chain over an entry store: gives own entries their place, and accepts others' only where they fit. Synchronous: it runs in
 * the commit worker, and in the simulation over a disk that tears.
 */
import { toHex } from '../base/bytes.ts';
import { randomBytes } from '../base/ids.ts';
import { link, nextEntry, toEntry, type Linked, type Misfit } from './chain.ts';
import { headerSchema, type Draft, type Entry, type Head, type Header, type StoredEntry } from './entry.ts';

/** What a ledger needs of a disk. */
export interface LedgerDisk {
  commit(
    rows: readonly {
      place: { origin: string; epoch: string; seq: number };
      stored: StoredEntry;
      hash: string;
    }[],
  ): number[];
  heads(): Head[];
  hashAt(origin: string, epoch: string, seq: number): string | null;
}

export interface OwnDrafts {
  readonly drafts: readonly Draft[];
  readonly at: number;
}

export type Request = { readonly own: OwnDrafts } | { readonly foreign: readonly StoredEntry[] };

export interface Outcome {
  /** New entries, with their positions. Entries that were known before are not repeated. */
  readonly entries: { entry: Entry; position: number }[];
  readonly head: Head | null;
  readonly problem: Misfit | null;
}

export class Ledger {
  readonly #disk: LedgerDisk;
  readonly #heads = new Map<string, Head>();
  readonly #origin: string;
  #epoch: string;

  constructor(disk: LedgerDisk, self: { origin: string; epoch: string }) {
    this.#disk = disk;
    this.#origin = self.origin;
    this.#epoch = self.epoch;
    for (const head of disk.heads()) this.#heads.set(key(head.origin, head.epoch), head);
  }

  heads(): Head[] {
    return [...this.#heads.values()];
  }

  /** From here on own entries go into another epoch. */
  openEpoch(epoch: string): void {
    this.#epoch = epoch;
  }

  /** Commits everything that waits in one transaction. Throws, with nothing changed, when the disk fails. */
  commit(requests: readonly Request[]): Outcome[] {
    const heads = new Map<string, Head>();
    const headOf = (origin: string, epoch: string): Head | null =>
      heads.get(key(origin, epoch)) ?? this.#heads.get(key(origin, epoch)) ?? null;
    const fresh = new Map<string, string>();
    const linked: Linked[] = [];
    const keep = (one: Linked): void => {
      const { origin, epoch, seq } = one.header;
      heads.set(key(origin, epoch), { origin, epoch, seq, hash: one.hash });
      fresh.set(`${key(origin, epoch)} ${seq}`, one.hash);
      linked.push(one);
    };
    const outcomes = requests.map((request) => {
      const from = linked.length;
      if ('own' in request) {
        for (const draft of request.own.drafts) {
          const head = headOf(this.#origin, this.#epoch);
          const place = { origin: this.#origin, epoch: this.#epoch, seq: (head?.seq ?? 0) + 1 };
          keep(nextEntry(draft, place, head?.hash ?? null, request.own.at, toHex(randomBytes(16))));
        }
        return { from, to: linked.length, head: headOf(this.#origin, this.#epoch), problem: null };
      }
      let problem: Misfit | null = null;
      let head: Head | null = null;
      for (const stored of request.foreign) {
        const header = readHeader(stored);
        if (!header) {
          problem = 'broken';
          break;
        }
        const { origin, epoch } = header;
        head = headOf(origin, epoch);
        const fits = link(
          stored,
          header,
          head,
          (seq) => fresh.get(`${key(origin, epoch)} ${seq}`) ?? this.#disk.hashAt(origin, epoch, seq),
        );
        if (!fits.ok) {
          problem = fits.refusal.type;
          break;
        }
        if (fits.value === 'known') continue;
        keep(fits.value);
        head = headOf(origin, epoch);
      }
      return { from, to: linked.length, head, problem };
    });
    const positions =
      linked.length === 0
        ? []
        : this.#disk.commit(linked.map((one) => ({ place: one.header, stored: one.stored, hash: one.hash })));
    for (const [name, head] of heads) this.#heads.set(name, head);
    return outcomes.map(({ from, to, head, problem }) => ({
      entries: linked
        .slice(from, to)
        .map((one, i) => ({ entry: toEntry(one), position: positions[from + i] as number })),
      head,
      problem,
    }));
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

function key(origin: string, epoch: string): string {
  return `${origin} ${epoch}`;
}
