/**
 * The answer package (作答包): how answers leave a seat that cannot reach its room any more. A parcel for the room alone, with everything that
 * this seat ever wrote, so that it fits whatever the room has or has lost, and with the files that the candidate's answers name.
 */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { filePartName, filesIn } from '../../exam/answer/answer-files.ts';
import { answerPackageParts, type AnswerPackage } from '../../exam/package/answer-package.ts';
import type { SeatOrder } from '../../exam/session/seat-order.ts';
import { writeEntries } from '../../journal/entries-file.ts';
import type { Head } from '../../journal/entry.ts';
import { EpochOrder } from '../../journal/epoch.ts';
import type { Node } from '../../node/node.ts';
import { makeParcel, type Manifest } from '../../parcel/parcel.ts';
import { sha256Hex } from '../../trust/digest.ts';
import { SeatAnswers } from './answers.ts';
import { seatView, type SeatKnowledge } from './seat-view.ts';
import type { Claim } from './stored.ts';

/** What the seat knows at this moment of the sitting that it holds. */
export interface PackageSource {
  readonly claim: Claim | null;
  readonly order: SeatOrder | null;
  /** Room time by the seat's reckoning, ms. */
  readonly roomNow: number;
  /** The candidate cannot change anything here any more. */
  readonly over: boolean;
}

type Ready = PackageSource & {
  readonly claim: Claim;
  readonly order: SeatOrder & { readonly answerPackage: NonNullable<SeatOrder['answerPackage']> };
};

export function packageSource(knows: SeatKnowledge): PackageSource {
  const { phase } = seatView(knows);
  return {
    claim: knows.claim,
    order: knows.order,
    roomNow: knows.roomNow,
    over: ['handed-in', 'moved', 'ended', 'absent'].includes(phase),
  };
}

/** @returns refusals `nothing-to-export`, `room-key-missing`. */
export function readyToExport(source: PackageSource): Result<Ready> {
  const { claim, order } = source;
  if (!claim?.confirmed) return refuse({ type: 'nothing-to-export' });
  if (!order?.answerPackage) return refuse({ type: 'room-key-missing' });
  return ok({ ...source, claim, order: { ...order, answerPackage: order.answerPackage } });
}

/** A name that tells packages of several seats apart and says nothing about a candidate: a stick may be lost. */
export function packageFileName({ claim, order }: Ready): string {
  const plain = (text: string): string => text.replaceAll(/[^A-Za-z0-9-]/g, '-').slice(0, 40);
  const tag = sha256Hex(`${claim.sittingId} ${claim.lease}`).slice(0, 8);
  return `answer-package_${plain(order.roomCode)}_seat-${order.seatNumber ?? 'x'}_${tag}.parcel`;
}

/** Reads the disk only: with the agent at work and its room away, or beside a stopped one. @returns what was written to `file`. */
export async function exportAnswerPackage(
  node: Node,
  { claim, order, roomNow, over }: Ready,
  file: string,
): Promise<Result<{ manifest: Manifest; size: number }>> {
  const { heads, answers } = readOwnChains(node, claim);
  const files = await filesHere(node, answers);
  const about: AnswerPackage = {
    v: 1,
    seat: node.id,
    sitting: claim.sittingId,
    attempt: claim.attempt,
    lease: claim.lease,
    madeAt: Math.round(roomNow),
    over,
    heads: heads.map(({ origin, epoch, seq, hash }) => ({ origin, epoch, seq, hash })),
    files,
  };
  const recipients = [order.answerPackage.recipient];
  const entries = join(node.staging, `${newId()}.jsonl`);
  try {
    await writeEntries(node.journal, heads, entries);
    const made = await makeParcel(
      file,
      {
        kind: 'answer-package',
        id: packageId(about),
        to: { role: 'room', code: order.roomCode },
        project: claim.projectId,
        session: claim.sessionId,
        mode: order.mock ? 'mock' : 'formal',
        createdAt: about.madeAt,
        about: { seatNumber: order.seatNumber, files: files.length },
      },
      [
        { name: answerPackageParts.about, content: utf8(JSON.stringify(about)), recipients },
        { name: answerPackageParts.entries, content: { file: entries }, recipients },
        ...files.map(({ digest }) => ({
          name: filePartName(digest),
          content: { file: node.blobs.path(digest) },
          recipients,
        })),
      ],
      // The room knows this seat's key since the pairing: nobody else has to vouch for it.
      { name: { role: 'seat', code: node.id, id: node.id }, key: node.keys.signing, chain: [] },
    );
    return made.ok ? ok({ manifest: made.value, size: (await stat(file)).size }) : made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    return refuse({ type: 'disk-full', path: node.data });
  } finally {
    await rm(entries, { force: true });
  }
}

/** The same content has the same identity, however often it is exported. */
function packageId({ seat, sitting, heads, files }: AnswerPackage): string {
  const content = [...heads.map(({ hash }) => hash), ...files.map(({ digest }) => digest)].join('\n');
  return `answer-package:${seat}:${sitting}:${sha256Hex(content)}`;
}

/** Every own epoch in its order, up to where it is on the disk now; and this candidate's answers up to there. */
function readOwnChains(node: Node, claim: Claim): { heads: Head[]; answers: SeatAnswers } {
  const answers = new SeatAnswers(claim);
  const order = new EpochOrder();
  const heads = node.journal.heads().filter(({ origin }) => origin === node.id);
  const reached = new Map(heads.map(({ epoch, seq }) => [epoch, seq]));
  node.journal.replay((entry) => {
    if (entry.place.origin !== node.id || entry.place.seq > (reached.get(entry.place.epoch) ?? 0)) return;
    order.take(entry);
    answers.take(entry);
  });
  return {
    heads: heads.toSorted((a, b) => order.rank(a.origin, a.epoch) - order.rank(b.origin, b.epoch)),
    answers,
  };
}

/** What came from a seat before is in the room already; what is lost on this disk cannot be given. */
async function filesHere(node: Node, answers: SeatAnswers): Promise<AnswerPackage['files']> {
  const digests = new Set(
    Object.values(answers.responses()).flatMap((responses) =>
      filesIn(responses).map(({ file }) => file.digest),
    ),
  );
  return Promise.all(
    [...digests]
      .filter((digest) => node.blobs.holds(digest))
      .map(async (digest) => ({ digest, size: (await stat(node.blobs.path(digest))).size })),
  );
}
