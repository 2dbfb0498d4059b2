/**
 * What a node does when its parent's heads show that its own disk was put back to an older state, or that two copies of a chain differ.
 * What the parent holds comes back; where the old disk has written something else meanwhile, both stay, the old epoch is left and a new
 * one begins with everything that the other side lacks. In every case an entry of kind `disk-rolled-back` says so, for good.
 */
import { ok, type Result } from '../base/result.ts';
import { sha256Hex } from '../trust/digest.ts';
import { toEntry } from './chain.ts';
import type { Draft, Entry, Head, StoredEntry } from './entry.ts';
import { compareHeads } from './epoch.ts';
import type { Journal } from './journal.ts';
import { readHeader } from './ledger.ts';

export interface Chain {
  readonly origin: string;
  readonly epoch: string;
}

export interface Healing {
  /** Own chains of which the parent holds more than this node: fetch the rest from there. */
  readonly fetch: readonly (Chain & { readonly afterSeq: number })[];
  /** Chains in which both hold another entry at the same place. Keep both, send no more of it, raise the alarm. */
  readonly forked: readonly Head[];
}

/**
 * Others' chains come again from those who write them, never from the parent: it holds their payloads sealed for the centre at most, and
 * an entry that came back without its payload would keep the whole one out.
 *
 * @param parentHolds the parent's heads of every chain of this node and of the nodes below it.
 */
export function healingAfterHello(
  self: string,
  parentHolds: readonly Head[],
  mine: (origin: string, epoch: string) => Head | null,
  hashAt: (origin: string, epoch: string, seq: number) => string | null,
): Healing {
  const compared = compareHeads(self, parentHolds, mine, hashAt);
  return {
    fetch: compared
      .filter(({ standing }) => standing === 'rolled-back')
      .map(({ head: { origin, epoch } }) => ({
        origin,
        epoch,
        afterSeq: mine(origin, epoch)?.seq ?? 0,
      })),
    forked: compared.filter(({ standing }) => standing === 'fork').map(({ head }) => head),
  };
}

/**
 * What the new epoch after a fork begins with, as drafts: what this disk lost and the parent kept, then the own entries that the
 * parent does not hold. What was promised after the old disk came back reaches the parent after all, and counts as later.
 *
 * @param own this disk's copy of the forked chain. @param parentHolds the parent's.
 */
export function carryOver(own: readonly Entry[], parentHolds: readonly StoredEntry[]): Draft[] {
  const held = new Set(parentHolds.map((entry) => sha256Hex(entry.header)));
  const here = new Set(own.map((entry) => entry.hash));
  const lost = parentHolds.flatMap((stored) => {
    const header = readHeader(stored);
    // What the parent keeps without its payload, because it cannot read it, cannot be said again.
    if (!header || (header.pay !== null && stored.payload === null)) return [];
    const entry = toEntry({ header, stored, hash: sha256Hex(stored.header) });
    return here.has(entry.hash) ? [] : [entry];
  });
  const unsent = own.filter((entry) => !held.has(entry.hash));
  return [...lost, ...unsent]
    .filter(({ kind }) => !bookkeeping.has(kind))
    .map(({ kind, subject, data, payload }) => ({
      kind,
      subject,
      data,
      ...(payload === undefined ? {} : { payload }),
    }));
}

/** They speak of places in the epoch that is left. */
const bookkeeping = new Set(['epoch-opened', 'erased', 'disk-rolled-back']);

/** What the parent keeps of an own chain, up to its head; refusals are those of the connection. */
export type FetchKept = (chain: Chain, afterSeq: number) => Promise<Result<StoredEntry[]>>;

/** The alarm: what was found, chain by chain. */
export interface RolledBack {
  readonly origin: string;
  readonly epoch: string;
  /** Where this disk stood. */
  readonly hereSeq: number;
  /** Where the parent stands. */
  readonly parentSeq: number;
  /** Entries that came back from the parent. */
  readonly restored: number;
  /** Entries that were kept again in the new epoch. */
  readonly carried: number;
}

/**
 * Brings the own journal back to where the parent knows it was. To be called after every hello; does nothing when nothing is wrong. Safe
 * to be cut off anywhere: the next hello finds what is still to do.
 *
 * @param told chains of which the parent says that it or somebody above it holds another copy. When the parent's own copy is this one,
 * its disk was put back, too, and what is further up cannot be read here: the new epoch then says all of the old one again.
 * @returns what was found, and the chains that must not be shipped any more; or the refusal of the connection.
 */
export async function heal(
  journal: Pick<Journal, 'self' | 'head' | 'heads' | 'hashAt' | 'ofOrigin' | 'restoreOwn' | 'openEpoch'>,
  parentHolds: readonly Head[],
  told: readonly Chain[],
  fetchKept: FetchKept,
): Promise<Result<{ readonly found: readonly RolledBack[]; readonly forked: readonly Chain[] }>> {
  const { origin: self, epoch: current } = journal.self;
  const healing = healingAfterHello(
    self,
    parentHolds,
    (origin, epoch) => journal.head(origin, epoch),
    (origin, epoch, seq) => journal.hashAt(origin, epoch, seq),
  );
  const found: RolledBack[] = [];
  const forked: Chain[] = healing.forked.map(({ origin, epoch }) => ({ origin, epoch }));
  for (const { origin, epoch, afterSeq } of healing.fetch) {
    const kept = await fetchKept({ origin, epoch }, afterSeq);
    if (!kept.ok) return kept;
    const restored = await journal.restoreOwn(kept.value);
    if (restored.problem === 'fork') forked.push({ origin, epoch });
    else if (restored.kept.length > 0)
      found.push({
        origin,
        epoch,
        hereSeq: afterSeq,
        parentSeq: restored.head?.seq ?? afterSeq,
        restored: restored.kept.length,
        carried: 0,
      });
  }
  // An older epoch that is forked was left before: only the current one must be left now.
  const isCurrent = ({ origin, epoch }: Chain): boolean => origin === self && epoch === current;
  const kept = forked.some(isCurrent)
    ? await fetchKept({ origin: self, epoch: current }, 0)
    : told.some(isCurrent)
      ? ok<StoredEntry[]>([])
      : null;
  if (kept && !kept.ok) return kept;
  if ((kept !== null || found.length > 0) && journal.self.epoch === current)
    await journal.openEpoch(
      'rolled-back',
      journal.heads().filter(({ origin }) => origin === self),
      () => {
        if (kept === null) return found.map(alarm);
        const own = wholeChain(journal, self, current);
        const carried = carryOver(own, kept.value);
        found.push({
          origin: self,
          epoch: current,
          hereSeq: own.length,
          parentSeq: kept.value.length,
          restored: 0,
          carried: carried.length,
        });
        return [...found.map(alarm), ...carried];
      },
    );
  return { ok: true, value: { found, forked } };
}

function alarm({ epoch, hereSeq, parentSeq, restored, carried }: RolledBack): Draft {
  return {
    kind: 'disk-rolled-back',
    subject: 'journal',
    data: { epoch, hereSeq, parentSeq, restored, carried },
  };
}

function wholeChain(journal: Pick<Journal, 'ofOrigin'>, origin: string, epoch: string): Entry[] {
  const entries: Entry[] = [];
  for (;;) {
    const rows = journal.ofOrigin(origin, epoch, entries.length, 5_000);
    for (const row of rows) {
      const header = readHeader(row);
      if (!header) throw new Error(`damaged journal entry: ${row.header.slice(0, 80)}`);
      entries.push(toEntry({ header, stored: row, hash: row.hash }));
    }
    if (rows.length === 0) return entries;
  }
}
