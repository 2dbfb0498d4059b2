/** What is said again when an own epoch is left. */
import { alarm, alarmKind, type RolledBack } from './alarms.ts';
import { toEntry } from './chain.ts';
import type { Draft, Entry } from './entry.ts';
import type { Opening } from './ledger.ts';
import type { Copy, OwnCopies } from './own-copies.ts';

/**
 * What the new epoch begins with: what the parent keeps and this disk cannot take back, what this disk wrote and the parent does not hold,
 * and everything that was written after it. All in the order in which it was written, so that what was written last counts last.
 *
 * @param all epochs that go on differently further up than at the parent: they are said again as a whole.
 */
export function openingAfter(
  own: OwnCopies,
  all: ReadonlySet<string>,
): { readonly found: readonly RolledBack[]; readonly opening: Opening } {
  const { origin, current } = own;
  const epochs = own.inOrder();
  const found: RolledBack[] = [];
  const drafts: Draft[] = [];
  // The current epoch was being written until now: its end comes last, also when later epochs come back.
  const later = own.besideOrAfterCurrent();
  const seenLater = Math.max(0, ...later.map((epoch) => own.currentSeenBy(epoch)));
  let newest: readonly Draft[] = [];
  for (const epoch of epochs) {
    const restored = own.restored(epoch);
    const diverged = own.diverged(epoch);
    const hereSeq = own.seqHere(epoch);
    const parentSeq = diverged ? diverged.sharedSeq + diverged.entries.length : hereSeq + restored.length;
    if (restored.length > 0)
      found.push({ origin, epoch, hereSeq, parentSeq, restored: restored.length, carried: 0 });
    const whole = all.has(epoch) || drafts.length > 0;
    if (!whole && !diverged && epoch !== current) continue;
    const entries = [...own.entries(epoch)];
    const { lost, unsent } = diverged ? differenceOf(entries, diverged) : { lost: [], unsent: [] };
    const isNewest = ({ place: { seq } }: Entry): boolean =>
      epoch === current && (later.length === 0 || (seq > seenLater && seq <= hereSeq));
    const again = whole ? entries : unsent;
    const older = toDrafts([...lost, ...again.filter((entry) => !isNewest(entry))]);
    drafts.push(...older);
    if (epoch === current)
      newest = toDrafts((later.length > 0 ? entries : again).filter((entry) => isNewest(entry)));
    const carried = older.length + (epoch === current ? newest.length : 0);
    if (diverged || all.has(epoch)) found.push({ origin, epoch, hereSeq, parentSeq, restored: 0, carried });
  }
  const carried = [...drafts, ...newest];
  const rest = carried.length - found.reduce((sum, one) => sum + one.carried, 0);
  const alarms = found.map((one, i) => alarm(i === 0 ? { ...one, carried: one.carried + rest } : one));
  return {
    found,
    opening: {
      previous: own.heads(),
      restored: epochs.flatMap((epoch) => own.restored(epoch).map(({ stored }) => stored)),
      carried: [...alarms, ...carried],
    },
  };
}

/** They speak of places in the epoch that is left. */
const bookkeeping = new Set(['epoch-opened', 'erased', alarmKind]);

/** How this disk's copy of a chain and the parent's differ. */
function differenceOf(
  own: readonly Entry[],
  { sharedSeq, entries }: Copy,
): { readonly lost: readonly Entry[]; readonly unsent: readonly Entry[] } {
  const held = new Set(entries.map(({ hash }) => hash));
  const here = new Set(own.map(({ hash }) => hash));
  return {
    // What the parent keeps without its payload, because it cannot read it, cannot be said again.
    lost: entries
      .filter(
        ({ hash, header, stored }) => !here.has(hash) && (header.pay === null || stored.payload !== null),
      )
      .map(toEntry),
    unsent: own.filter(({ place, hash }) => place.seq > sharedSeq && !held.has(hash)),
  };
}

function toDrafts(entries: readonly Entry[]): Draft[] {
  return entries
    .filter(({ kind }) => !bookkeeping.has(kind))
    .map(({ kind, subject, data, payload, again, hash }) => ({
      kind,
      subject,
      data,
      again: again ?? hash,
      ...(payload === undefined ? {} : { payload }),
    }));
}
