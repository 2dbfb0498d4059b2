/** The entries of an answer package on their way into the room's journal: each chain where it fits; what does not fit is kept beside it. */
import { expectOk, ok, refuse, type Result } from '../../base/result.ts';
import { readEntries } from '../../journal/entries-file.ts';
import type { Head, StoredEntry } from '../../journal/entry.ts';
import type { Journal } from '../../journal/journal.ts';
import { chainKey, readHeader } from '../../journal/ledger.ts';
import { pushLimits } from '../../journal/segment.ts';
import type { Node } from '../../node/node.ts';
import { sha256Hex } from '../../trust/digest.ts';
import type { OpenedPackage } from './open-package.ts';

interface Pending {
  readonly chain: string;
  readonly entries: StoredEntry[];
  characters: number;
}

/** Chain by chain, as they come from a seat that is connected. A chain that goes on differently stays as the room holds it. */
export async function acceptEntries(journal: Pick<Journal, 'accept'>, file: string): Promise<Result<void>> {
  let pending: Pending = { chain: '', entries: [], characters: 0 };
  const forked = new Set<string>();
  const flush = async (chain: string): Promise<Result<void>> => {
    const { entries, chain: before } = pending;
    pending = { chain, entries: [], characters: 0 };
    if (entries.length === 0 || forked.has(before)) return ok();
    const { problem } = await journal.accept(entries);
    if (problem === 'fork') forked.add(before);
    return problem === null || problem === 'fork' ? ok() : refuse({ type: 'package-not-whole' });
  };
  const read = await readEntries(file, async (stored) => {
    const header = readHeader(stored);
    if (!header) return refuse({ type: 'package-not-whole' });
    const chain = chainKey(header);
    const full = pending.entries.length >= pushLimits.entries || pending.characters >= pushLimits.characters;
    if (full || chain !== pending.chain) {
      const flushed = await flush(chain);
      if (!flushed.ok) return flushed;
    }
    pending.entries.push(stored);
    pending.characters += stored.header.length + (stored.payload?.length ?? 0);
    return ok();
  });
  return read.ok ? flush('') : read;
}

/** Characters of one entry's payload; an answer alone may be longer. */
const evidenceLimit = 1_000_000;

/**
 * Two copies of a chain differ: the disk of the seat was put back while it was cut off. The room's copy stays in its place, the other one
 * goes into the room's own journal as evidence, contents included, and with it to the centre.
 * @returns how many entries were not there yet.
 */
export async function keepDiffering(
  node: Node,
  { id, about, entries: found, entriesFile }: OpenedPackage,
): Promise<number> {
  const { journal } = node;
  let kept = 0;
  for (const head of about.heads) {
    if (!found.differingEpochs.has(head.epoch) || isKept(node, head)) continue;
    const keep = async (entries: readonly StoredEntry[]): Promise<void> => {
      if (entries.length === 0) return;
      const { origin, epoch } = head;
      await journal.append([
        {
          kind: 'differing-entries-kept',
          subject: `sitting:${about.sitting}`,
          data: { package: id, origin, epoch, entries: entries.length },
          payload: { entries: entries.map(({ header, salt, payload }) => ({ header, salt, payload })) },
        },
      ]);
      kept += entries.length;
    };
    let batch: StoredEntry[] = [];
    let characters = 0;
    const read = await readEntries(entriesFile, async (stored) => {
      const header = readHeader(stored);
      if (!header || chainKey(header) !== chainKey(head)) return ok();
      if (journal.hashAt(header.origin, header.epoch, header.seq) === sha256Hex(stored.header)) return ok();
      const size = stored.header.length + (stored.payload?.length ?? 0);
      if (characters + size > evidenceLimit) {
        await keep(batch);
        batch = [];
        characters = 0;
      }
      batch.push(stored);
      characters += size;
      return ok();
    });
    expectOk(read);
    await keep(batch);
    // After the entries: a crash between the two keeps them twice rather than not at all.
    node.db.prepare('INSERT OR IGNORE INTO kept_fork (hash) VALUES (?)').run(head.hash);
  }
  return kept;
}

function isKept({ db }: Node, { hash }: Head): boolean {
  return db.prepare('SELECT 1 FROM kept_fork WHERE hash = ?').get(hash) !== undefined;
}
