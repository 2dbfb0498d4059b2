/** Opens an answer package and proves it: from a seat of this room, for this room and session, whole. Nothing is kept yet. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { filePartName } from '../../exam/answer/answer-files.ts';
import {
  answerPackageLimits,
  answerPackageParts,
  answerPackageSchema,
  type AnswerPackage,
} from '../../exam/package/answer-package.ts';
import { inspectParcel, openParcel, type Manifest, type Opened } from '../../parcel/parcel.ts';
import { fileSha256Hex } from '../../trust/digest.ts';
import { roomCodeOf, type Room } from '../room.ts';
import type { SeatRow } from '../seats/seat-register.ts';
import { readPackageEntries, type PackageEntries } from './package-entries.ts';

export interface OpenedPackage {
  readonly id: string;
  readonly about: AnswerPackage;
  readonly seat: SeatRow;
  readonly entries: PackageEntries;
  /** JSON lines, proved. */
  readonly entriesFile: string;
  /** Where each file of `about` lies, its digest proved. */
  readonly files: ReadonlyMap<string, string>;
  dispose(): Promise<void>;
}

/** @param expected the sitting for which the file was asked for; null: any of the chosen session. */
export async function openPackage(
  room: Room,
  path: string,
  expected: string | null,
): Promise<Result<OpenedPackage>> {
  const { node, state } = room;
  const content = state.package;
  if (!content) return refuse({ type: 'exam-not-loaded' });
  if ((await stat(path)).size > answerPackageLimits.whole)
    return refuse({ type: 'answer-package-too-large', limit: answerPackageLimits.whole });
  const expect = {
    kind: 'answer-package',
    to: { role: 'room', code: roomCodeOf(room) },
    project: content.project.id,
    mode: content.project.mode,
  } as const;
  const sender = await senderOf(room, path, expect);
  if (!sender.ok) return sender;
  const seat = sender.value;
  const opened = await openParcel(path, {
    // The room knows its seats' keys since the pairing: a seat's own word, signed with that key.
    trust: { roots: [seat.signingKey], at: null },
    identities: [node.keys.sealing.identity],
    recipient: node.keys.sealing.recipient,
    staging: join(node.staging, `answers-${newId()}`),
    expect,
  });
  if (!opened.ok) return opened;
  const { dispose, manifest } = opened.value;
  let found: Result<Omit<OpenedPackage, 'dispose' | 'id' | 'seat'>> | null = null;
  try {
    found = await readPackage(room, opened.value, expected);
  } finally {
    if (!found?.ok) await dispose();
  }
  return found.ok ? ok({ ...found.value, id: manifest.id, seat, dispose }) : found;
}

/**
 * Which seat of this room says that it sent this. What is no answer package for this exam is told first: its sender is nobody's business.
 * Believed only when the signature holds.
 */
async function senderOf(
  room: Room,
  path: string,
  expect: { kind: string; to: { role: string; code: string }; project: string; mode: string },
): Promise<Result<SeatRow>> {
  const inspected = await inspectParcel(path);
  if (!inspected.ok) return inspected;
  const { kind, to, project, mode, from, session } = inspected.value.manifest;
  if (kind !== expect.kind) return refuse({ type: 'not-an-answer-package', found: kind });
  if (project !== expect.project) return refuse({ type: 'wrong-project' });
  if (to.role !== expect.to.role || to.code !== expect.to.code)
    return refuse({ type: 'wrong-receiver', to: `${to.role} ${to.code}` });
  if (mode !== expect.mode) return refuse({ type: 'wrong-mode', found: mode });
  if (session !== room.chosen())
    return refuse({
      type: 'package-of-another-session',
      session: room.state.packageSession(session ?? '')?.name ?? session ?? '–',
    });
  const seat = from.role === 'seat' ? room.seats.seat(from.id) : null;
  return seat?.approved ? ok(seat) : refuse({ type: 'package-of-unknown-seat' });
}

async function readPackage(
  room: Room,
  opened: Opened,
  expected: string | null,
): Promise<Result<Omit<OpenedPackage, 'dispose' | 'id' | 'seat'>>> {
  const { manifest, parts } = opened;
  const [aboutPart, entriesPart] = [
    parts.get(answerPackageParts.about),
    parts.get(answerPackageParts.entries),
  ];
  if ([...parts.values()].some(({ sealed }) => sealed)) return refuse({ type: 'wrong-key' });
  if (!aboutPart || !entriesPart) return refuse({ type: 'package-not-whole' });
  for (const [{ file }, limit] of [
    [aboutPart, answerPackageLimits.about],
    [entriesPart, answerPackageLimits.entries],
  ] as const)
    if ((await stat(file)).size > limit) return refuse({ type: 'answer-package-too-large', limit });
  const about = aboutIn(await readFile(aboutPart.file, 'utf8'));
  if (!about || about.seat !== manifest.from.id) return refuse({ type: 'package-not-whole' });
  const right = isOfCandidate(room, about, manifest, expected);
  if (!right.ok) return right;
  const files = new Map<string, string>();
  for (const { digest } of about.files) {
    const part = parts.get(filePartName(digest));
    if (!part || (await fileSha256Hex(part.file)) !== digest) return refuse({ type: 'package-not-whole' });
    files.set(digest, part.file);
  }
  const entries = await readPackageEntries(room.node.journal, entriesPart.file, about);
  return entries.ok ? ok({ about, entries: entries.value, entriesFile: entriesPart.file, files }) : entries;
}

function isOfCandidate(
  { state }: Room,
  about: AnswerPackage,
  manifest: Manifest,
  expected: string | null,
): Result<void> {
  const placed = state.placed(about.sitting);
  if (!placed || placed.session.id !== manifest.session)
    return refuse({ type: 'package-of-unknown-candidate' });
  const { name, admissionNumber } = placed.candidate;
  return expected === null || expected === about.sitting
    ? ok()
    : refuse({ type: 'package-of-another-candidate', name, admissionNumber });
}

function aboutIn(text: string): AnswerPackage | null {
  try {
    return answerPackageSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
