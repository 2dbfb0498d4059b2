/** What an answer package says, and what becomes of it: its entries into the journal, its files into the store, the sitting handed in. */
import { createReadStream } from 'node:fs';
import { ok, refuse, type Result } from '../../base/result.ts';
import { receiptCode } from '../../exam/sitting/receipt-code.ts';
import { singleCollectionGate } from '../../exam/sitting/sitting.ts';
import type { GateView } from '../../node/contract.ts';
import { missingFiles } from '../answer-files/answer-files.ts';
import type { Room } from '../room.ts';
import type { AnswerPackageView, TakenPackage } from './contract.ts';
import { acceptEntries, keepDiffering } from './keep-entries.ts';
import { openPackage, type OpenedPackage } from './open-package.ts';

/** Looks, and keeps nothing. */
export async function inspectPackage(
  room: Room,
  path: string,
  expected: string | null,
): Promise<Result<AnswerPackageView>> {
  return withPackage(room, path, expected, (found) => Promise.resolve(ok(viewOf(room, found))));
}

/** The same package twice does no harm: the second time nothing is new. */
export async function importPackage(
  room: Room,
  path: string,
  expected: string | null,
  by: string,
): Promise<Result<TakenPackage>> {
  return withPackage(room, path, expected, async (found) => {
    const before = viewOf(room, found);
    const kept = await keepPackage(room, found, before, by);
    if (!kept.ok) return kept;
    await collectClosed(room, found, by);
    return ok(takenOf(room, found, before, null));
  });
}

/** Takes it in and hands in for the candidate. What refuses the hand-in refuses it before anything is taken in. */
export async function collectSingle(
  room: Room,
  path: string,
  expected: string,
  by: string,
): Promise<Result<TakenPackage>> {
  return withPackage(room, path, expected, async (found) => {
    const before = viewOf(room, found);
    const gate = handInGate(room, found, before);
    if (!gate.ok) return gate;
    const kept = await keepPackage(room, found, before, by);
    if (!kept.ok) return kept;
    const { about, seat } = found;
    const missing = missingFiles(room, about.sitting);
    if (missing.length > 0)
      return refuse({ type: 'answer-files-missing', files: missing.map((one) => one.name) });
    const seatHead = about.heads.at(-1);
    if (
      !seatHead ||
      room.node.journal.hashAt(seatHead.origin, seatHead.epoch, seatHead.seq) !== seatHead.hash
    )
      return refuse({ type: 'answer-package-forked', entries: before.differing });
    const done = await room.state.commandSitting(
      about.sitting,
      {
        type: 'collect-single',
        seat: seat.id,
        lease: about.lease,
        seatHead: { ...seatHead },
        mock: isMock(room),
      },
      { by },
    );
    room.changed.notify();
    return done.ok ? ok(takenOf(room, found, before, receiptCode(seatHead.hash))) : done;
  });
}

async function withPackage<T>(
  room: Room,
  path: string,
  expected: string | null,
  act: (found: OpenedPackage) => Promise<Result<T>>,
): Promise<Result<T>> {
  const found = await openPackage(room, path, expected);
  if (!found.ok) return found;
  try {
    return await act(found.value);
  } finally {
    await found.value.dispose();
  }
}

function isMock(room: Room): boolean {
  return room.state.package?.project.mode === 'mock';
}

function viewOf(room: Room, found: OpenedPackage): AnswerPackageView {
  const { about, seat, entries, files } = found;
  const placed = room.state.placed(about.sitting);
  const { blobs } = room.node;
  const lacking = new Map(
    [...entries.named, ...missingFiles(room, about.sitting)]
      .filter(({ digest }) => !files.has(digest) && !blobs.holds(digest))
      .map(({ digest, name }) => [digest, name] as const),
  );
  const view: Omit<AnswerPackageView, 'singleCollection'> = {
    sittingId: about.sitting,
    admissionNumber: placed?.candidate.admissionNumber ?? '',
    name: placed?.candidate.name ?? '',
    seatNumber: seat.number,
    computer: seat.computer,
    madeAt: about.madeAt,
    over: about.over,
    changes: entries.changes,
    newChanges: entries.newChanges,
    files: files.size,
    newFiles: [...files.keys()].filter((digest) => !blobs.holds(digest)).length,
    lacking: [...lacking.values()],
    differing: entries.differing,
  };
  const gate = handInGate(room, found, view);
  return { ...view, singleCollection: gate.ok ? { allowed: true } : closedGate(gate.refusal) };
}

function closedGate(reason: NonNullable<GateView['reason']>): GateView {
  const { opensAt } = reason;
  return { allowed: false, reason, ...(typeof opensAt === 'number' ? { opensAt } : {}) };
}

/** What is handed in is complete, or it is not handed in. */
function handInGate(
  room: Room,
  { about, seat }: OpenedPackage,
  { differing, lacking }: Pick<AnswerPackageView, 'differing' | 'lacking'>,
): Result<void> {
  const context = room.state.context(about.sitting);
  const sitting = room.state.sitting(about.sitting);
  if (!context) return refuse({ type: 'no-such-candidate' });
  if (about.attempt !== sitting.attempt) return refuse({ type: 'package-of-earlier-attempt' });
  const gate = singleCollectionGate(
    sitting,
    { seat: seat.id, lease: about.lease, mock: isMock(room) },
    context,
  );
  if (!gate.ok) return gate;
  if (differing > 0) return refuse({ type: 'answer-package-forked', entries: differing });
  return lacking.length > 0 ? refuse({ type: 'answer-files-missing', files: lacking }) : ok();
}

/** Files first: an answer that names one finds it. */
async function keepPackage(
  room: Room,
  found: OpenedPackage,
  { changes, newChanges, newFiles, differing }: AnswerPackageView,
  by: string,
): Promise<Result<void>> {
  const { node } = room;
  const { id, about, seat, entries, files } = found;
  for (const [digest, file] of files)
    if (!node.blobs.holds(digest)) await node.blobs.put(createReadStream(file, { highWaterMark: 1 << 20 }));
  const accepted = await acceptEntries(node.journal, found.entriesFile);
  if (!accepted.ok) return accepted;
  const newlyKept = differing > 0 ? await keepDiffering(node, found) : 0;
  if (entries.newEntries + newFiles + newlyKept > 0)
    await node.journal.append([
      {
        kind: 'answer-package-imported',
        subject: `sitting:${about.sitting}`,
        data: { package: id, seat: seat.id, changes, newChanges, newFiles, differing, by },
      },
    ]);
  heardByFile(room, found);
  room.changed.notify();
  return ok();
}

/** What the seat said to hold when it was last heard is here now, unless it was heard after the package was made. */
function heardByFile(room: Room, { about, seat, entries }: OpenedPackage): void {
  const heard = room.heard.get(seat.id);
  if (!heard || heard.at > about.madeAt || entries.differing > 0 || heard.report.sittingId !== about.sitting)
    return;
  room.heard.set(seat.id, {
    ...heard,
    report: { ...heard.report, pending: missingFiles(room, about.sitting).length },
  });
}

/** Nothing can come any more from a seat at which the candidate could not go on, or whose package was made after the end. */
async function collectClosed(room: Room, { about, seat, entries }: OpenedPackage, by: string): Promise<void> {
  const { status, collected, leaseSeat, lease, attempt, closedAt } = room.state.sitting(about.sitting);
  const complete =
    status === 'closed' &&
    !collected &&
    leaseSeat === seat.id &&
    lease === about.lease &&
    attempt === about.attempt &&
    (about.over || about.madeAt >= (closedAt ?? Infinity)) &&
    entries.differing === 0 &&
    missingFiles(room, about.sitting).length === 0;
  if (!complete) return;
  await room.state.commandSitting(about.sitting, { type: 'collect' }, { by });
  room.changed.notify();
}

function takenOf(
  room: Room,
  found: OpenedPackage,
  before: AnswerPackageView,
  receipt: string | null,
): TakenPackage {
  const lacking = missingFiles(room, found.about.sitting).map((one) => one.name);
  return {
    ...before,
    lacking,
    nothingNew: found.entries.newEntries + before.newFiles === 0,
    collected: room.state.sitting(found.about.sitting).collected,
    receipt,
  };
}
