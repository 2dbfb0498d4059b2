/** The seat's chains in an answer package: proved whole, and compared with what the room holds of them. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { isLater, type AnswerChange } from '../../exam/answer/fold-answers.ts';
import { filesIn } from '../../exam/answer/answer-files.ts';
import type { AnswerPackage } from '../../exam/package/answer-package.ts';
import type { FileReference, ItemResponses } from '../../exam/paper/response.ts';
import { alarmKind } from '../../journal/alarms.ts';
import { link } from '../../journal/chain.ts';
import { readEntries } from '../../journal/entries-file.ts';
import type { Head, Header, StoredEntry } from '../../journal/entry.ts';
import { EpochOrder } from '../../journal/epoch.ts';
import type { Journal } from '../../journal/journal.ts';
import { chainKey, readHeader } from '../../journal/ledger.ts';

export interface PackageEntries {
  /** Changes of this candidate's answers, in the attempt that the package is about. */
  readonly changes: number;
  readonly newChanges: number;
  readonly newEntries: number;
  /** Entries at places where the room holds others, and that the seat has not said again in a later epoch. */
  readonly differing: number;
  /** The epochs in which they are. */
  readonly differingEpochs: ReadonlySet<string>;
  /** What the last change of each item names. */
  readonly named: readonly FileReference[];
}

/** Reads every entry once; keeps no more in memory than the last change of each item. */
export async function readPackageEntries(
  journal: Pick<Journal, 'hashAt' | 'head'>,
  file: string,
  about: AnswerPackage,
): Promise<Result<PackageEntries>> {
  const notWhole = refuse({ type: 'package-not-whole' });
  const heads = new Map<string, Head>();
  const count = { changes: 0, newChanges: 0, newEntries: 0 };
  const last = new Map<string, AnswerChange>();
  const differing = new Map<string, number>();
  const saidAgain = new Set<unknown>();
  const order = new EpochOrder();
  const read = await readEntries(file, (stored) => {
    const header = readHeader(stored);
    if (!header || header.origin !== about.seat) return notWhole;
    const fits = link(stored, header, heads.get(chainKey(header)) ?? null, () => null);
    if (!fits.ok || fits.value === 'known') return notWhole;
    if (header.pay !== null && stored.payload === null) return notWhole;
    const { origin, epoch, seq } = header;
    heads.set(chainKey(header), { origin, epoch, seq, hash: fits.value.hash });
    order.take({ kind: header.kind, place: header, data: header.data });
    // Behind an entry that differs nothing of its chain can be kept in its place either.
    const here = differing.has(epoch) ? 'differs' : standing(journal, header, fits.value.hash);
    if (here === 'new') count.newEntries++;
    if (here === 'differs') differing.set(epoch, (differing.get(epoch) ?? 0) + 1);
    // The seat has met the room since then, left that epoch and said all of it again: one commit with what it said.
    if (header.kind === alarmKind && header.data['restored'] === 0) saidAgain.add(header.data['epoch']);
    const own =
      header.kind === 'answer-changed' &&
      header.subject === `sitting:${about.sitting}` &&
      header.data['attempt'] === about.attempt;
    if (!own) return ok();
    count.changes++;
    if (here === 'new') count.newChanges++;
    const change = changeIn(header, stored, order);
    const before = last.get(change.item);
    if (!before || isLater(change, before)) last.set(change.item, change);
    return ok();
  });
  if (!read.ok) return read.refusal.type === 'entries-unreadable' ? notWhole : read;
  const reached = about.heads.every((head) => heads.get(chainKey(head))?.hash === head.hash);
  if (!reached || heads.size !== about.heads.length) return notWhole;
  const named = new Map(
    [...last.values()].flatMap(({ responses }) =>
      filesIn(responses).map((one) => [one.file.digest, one.file] as const),
    ),
  );
  const open = [...differing].filter(([epoch]) => !saidAgain.has(epoch));
  return ok({
    ...count,
    differing: open.reduce((sum, [, entries]) => sum + entries, 0),
    differingEpochs: new Set(open.map(([epoch]) => epoch)),
    named: [...named.values()],
  });
}

/** Of an entry whose chain was the room's so far. */
function standing(
  journal: Pick<Journal, 'hashAt' | 'head'>,
  { origin, epoch, seq, prev }: Header,
  hash: string,
): 'known' | 'new' | 'differs' {
  const held = journal.hashAt(origin, epoch, seq);
  if (held !== null) return held === hash ? 'known' : 'differs';
  const head = journal.head(origin, epoch);
  if (head === null || seq > head.seq + 1) return 'new';
  return prev === head.hash ? 'new' : 'differs';
}

function changeIn(header: Header, { payload }: StoredEntry, order: EpochOrder): AnswerChange {
  const { data, origin, epoch, seq, at } = header;
  const said = payload === null ? null : (JSON.parse(payload) as { responses?: ItemResponses } | null);
  return {
    item: String(data['item']),
    attempt: Number(data['attempt']),
    lease: Number(data['lease']),
    epoch: order.rank(origin, epoch),
    seq,
    at,
    responses: said?.responses ?? {},
  };
}
