/**
 * What a node does when its parent's heads show that its own disk was put back to an older state, or that two copies of a chain differ.
 * What the parent holds comes back; where the old disk has written something else meanwhile, both stay, the old epoch is left and a new
 * one begins with everything that the other side lacks. In every case an entry of kind `disk-rolled-back` says so, for good.
 */
import { ok, type Result } from '../base/result.ts';
import { link, type Linked } from './chain.ts';
import type { Entry, Head, StoredEntry } from './entry.ts';
import { compareHeads, type EpochReason } from './epoch.ts';
import type { Journal } from './journal.ts';
import { readHeader } from './ledger.ts';
import { alarmsIn, saidAll, type Alarm, type RolledBack } from './alarms.ts';
import { OwnCopies, readChain, type Copy, type OwnJournal } from './own-copies.ts';
import { openingAfter } from './said-again.ts';

export interface Chain {
  readonly origin: string;
  readonly epoch: string;
}

export interface Healing {
  /** Own chains of which the parent holds more than this node: fetch the rest from there. */
  readonly fetch: readonly (Chain & { readonly afterSeq: number; readonly parentSeq: number })[];
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
      .map(({ head: { origin, epoch, seq } }) => ({
        origin,
        epoch,
        afterSeq: mine(origin, epoch)?.seq ?? 0,
        parentSeq: seq,
      })),
    forked: compared.filter(({ standing }) => standing === 'fork').map(({ head }) => head),
  };
}

/** What the parent keeps of an own chain, up to its head; refusals are those of the connection. */
export type FetchKept = (chain: Chain, afterSeq: number) => Promise<Result<StoredEntry[]>>;

export interface Healed {
  readonly found: readonly RolledBack[];
  /** Chains that must not be shipped while the parent's copy is the other one. */
  readonly forked: readonly Chain[];
}

/**
 * Brings the own journal back to where the parent knows it was. To be called after every hello; does nothing when nothing is wrong.
 * What comes back and what is said again reach the disk together or not at all: cut off anywhere, the next hello finds what is to do.
 *
 * @param told chains of which the parent says that it or somebody above it holds another copy. When the parent's own copy is this one,
 * its disk was put back, too, and what is further up cannot be read here: the new epoch then says all of the old one again.
 * @returns the refusal of the connection, if it broke off.
 */
export async function heal(
  journal: OwnJournal & Pick<Journal, 'openEpoch'>,
  parentHolds: readonly Head[],
  told: readonly Chain[],
  fetchKept: FetchKept,
): Promise<Result<Healed>> {
  const { origin: self, epoch: current } = journal.self;
  const healing = healingAfterHello(
    self,
    parentHolds,
    (origin, epoch) => journal.head(origin, epoch),
    (origin, epoch, seq) => journal.hashAt(origin, epoch, seq),
  );
  const forked: Chain[] = [...healing.forked];
  const toldOfOwn = told.filter(({ origin }) => origin === self);
  if (healing.fetch.length + forked.length + toldOfOwn.length === 0) return ok({ found: [], forked });
  const copies = new Map<string, Copy>();
  const left = leftBefore(journal);
  for (const { origin, epoch, afterSeq, parentSeq } of healing.fetch) {
    if (left.some((one) => one.epoch === epoch && one.hereSeq === afterSeq && one.parentSeq === parentSeq)) {
      forked.push({ origin, epoch });
      continue;
    }
    const copy = await fetchCopy(journal, epoch, afterSeq, fetchKept);
    if (!copy.ok) return copy;
    if (!copy.value) continue;
    const fits = copy.value.sharedSeq === afterSeq;
    if (!fits) forked.push({ origin, epoch });
    if (fits || !left.some((one) => one.epoch === epoch)) copies.set(epoch, copy.value);
  }
  const notSaidAgain = (chains: readonly Chain[]): string[] =>
    chains
      .filter(({ origin, epoch }) => origin === self && !left.some((one) => one.epoch === epoch))
      .map(({ epoch }) => epoch);
  const all = new Set(notSaidAgain(toldOfOwn));
  for (const epoch of notSaidAgain(healing.forked)) {
    const copy = await fetchCopy(journal, epoch, 0, fetchKept);
    if (!copy.ok) return copy;
    if (copy.value) copies.set(epoch, copy.value);
    else all.add(epoch);
  }
  if (copies.size === 0 && all.size === 0) return ok({ found: [], forked });
  if (journal.self.epoch !== current) throw new Error('two healings at once');
  const found: RolledBack[] = [];
  await journal.openEpoch(reasonToGoOn(journal), () => {
    const again = openingAfter(new OwnCopies(journal, parentHolds, copies), all);
    found.push(...again.found);
    return again.opening;
  });
  // What was written while the parent was asked can have made a fork of what would have come back.
  for (const { origin, epoch, restored } of found)
    if (restored === 0 && copies.has(epoch) && !forked.some((chain) => chain.epoch === epoch))
      forked.push({ origin, epoch });
  return ok({ found, forked });
}

/** Whoever was restored from a backup knows that the disk is older, and nobody has to look for the reason. */
function reasonToGoOn(journal: OwnJournal): EpochReason {
  const [opening] = readChain(journal, journal.self.epoch, 1);
  return opening?.data['reason'] === 'restored' ? 'restored' : 'rolled-back';
}

/** @returns null: the parent gives nothing that fits together. */
async function fetchCopy(
  journal: OwnJournal,
  epoch: string,
  afterSeq: number,
  fetchKept: FetchKept,
): Promise<Result<Copy | null>> {
  const { origin } = journal.self;
  const kept = await fetchKept({ origin, epoch }, afterSeq);
  if (!kept.ok) return kept;
  const hash = journal.hashAt(origin, epoch, afterSeq);
  const entries = linked(kept.value, hash === null ? null : { origin, epoch, seq: afterSeq, hash });
  if (entries.length > 0) return ok({ sharedSeq: afterSeq, entries });
  return afterSeq === 0 ? ok(null) : await fetchCopy(journal, epoch, 0, fetchKept);
}

/** The entries up to the first that does not fit: nobody must be made to say a parent's garbage. */
function linked(entries: readonly StoredEntry[], before: Head | null): Linked[] {
  const fitting: Linked[] = [];
  let head = before;
  for (const stored of entries) {
    const header = readHeader(stored);
    const fits = header && link(stored, header, head, () => null);
    if (!fits?.ok || fits.value === 'known') break;
    fitting.push(fits.value);
    head = { ...fits.value.header, hash: fits.value.hash };
  }
  return fitting;
}

/**
 * The alarms of own epochs that were left, and whose entries were said again. An older epoch can be none of them: it came back from a parent
 * that learned only afterwards what is further up.
 */
function leftBefore(journal: OwnJournal): Alarm[] {
  const { origin: self, epoch: current } = journal.self;
  const epochs = journal.heads().filter(({ origin }) => origin === self);
  return epochs.flatMap(({ epoch, seq }) => {
    const beginning = (): Iterable<Entry> => readChain(journal, epoch, 20);
    // To the current one the old disk may have written more.
    return saidAll(beginning(), seq)
      ? alarmsIn(beginning()).filter((one) => one.restored === 0 && one.epoch !== current)
      : [];
  });
}
