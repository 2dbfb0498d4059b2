/** The room's result of a session: checked, put into a parcel that only the centre can open, backed up, reported. */
import { createReadStream, statSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { deliver } from '../../courier/https/child.ts';
import { filePartName } from '../../exam/answer/answer-files.ts';
import type { PackageSession } from '../../exam/package/room-package.ts';
import { heldPart, receiptSchema, receiptTyp, type RoomRecord } from '../../exam/package/room-result.ts';
import { writeEntries } from '../../journal/entries-file.ts';
import type { Header } from '../../journal/entry.ts';
import { HeldBuilder } from '../../journal/held.ts';
import { makeParcel, parcelFileName } from '../../parcel/parcel.ts';
import { fileSha256Hex } from '../../trust/digest.ts';
import { verifyJws } from '../../trust/jws.ts';
import type { Backups } from '../../node/backup/backup.ts';
import type { GateView } from '../../node/contract.ts';
import { accommodationsView } from '../accommodation/accommodations-view.ts';
import { filesOf, missingFiles } from '../answer-files/answer-files.ts';
import { sittingViews } from '../board/board.ts';
import type { ResultCheck } from './contract.ts';
import { siteAddressOf } from '../own-site/own-site.ts';
import { passOn } from '../own-site/pass-on.ts';
import { roomCodeOf, type Room } from '../room.ts';

export function resultCheck(room: Room, sessionId: string): ResultCheck {
  const views = sittingViews(room, sessionId);
  const files = views.reduce((sum, view) => sum + filesOf(room, view.sittingId).length, 0);
  let filesMissing = 0;
  const rows = views.map((view) => {
    const sat = !['not-signed-in', 'absent'].includes(view.state);
    const missing = missingFiles(room, view.sittingId).map((file) => file.name);
    filesMissing += missing.length;
    const complete = view.collected && missing.length === 0;
    return {
      index: view.index,
      admissionNumber: view.admissionNumber,
      name: view.name,
      state: view.state,
      progressPercent: view.items === 0 ? 0 : Math.round((100 * view.answered) / view.items),
      packageState: !sat ? ('none' as const) : complete ? ('valid' as const) : ('incomplete' as const),
      collected: view.collected || !sat,
      violations: view.violations.length,
      problems: [
        ...(sat && !view.collected ? [{ type: 'not-collected', pending: view.pending }] : []),
        ...(missing.length > 0 ? [{ type: 'answer-files-missing', files: missing }] : []),
      ],
    };
  });
  const reported = room.node.db
    .prepare(
      'SELECT max(reported_at) AS reported, max(receipt_at) AS receipt FROM result WHERE session_id = ?',
    )
    .get(sessionId);
  const last = newest(room, sessionId);
  const sat = rows.filter((row) => row.packageState !== 'none');
  return {
    rows,
    total: rows.length,
    sat: sat.length,
    absent: rows.length - sat.length,
    collected: sat.filter((row) => row.collected).length,
    notCollected: sat.filter((row) => !row.collected).length,
    extraTime: views.filter((view) => view.extraTimeMin > 0).length,
    violations: views.filter((view) => view.violations.length > 0).length,
    files,
    filesMissing,
    report: reportGate(room, sessionId),
    backedUpAt: last?.backedUpAt ?? null,
    reportedAt: typeof reported?.['reported'] === 'number' ? reported['reported'] : null,
    receiptAt: typeof reported?.['receipt'] === 'number' ? reported['receipt'] : null,
  };
}

/** What was collected is complete: a file that is lost on this disk comes again from its seat, so the result waits for it. */
function reportGate(room: Room, sessionId: string): GateView {
  if (room.state.session(sessionId).endedAt === null)
    return { allowed: false, reason: { type: 'not-ended' } };
  // What was deleted after its receipt would be reported anew as if nobody had answered.
  if (room.state.session(sessionId).erasedAt !== null)
    return { allowed: false, reason: { type: 'session-erased' } };
  const lacking = (room.state.packageSession(sessionId)?.candidates ?? []).filter(
    ({ id }) => room.state.sitting(id).collected && missingFiles(room, id).length > 0,
  );
  if (lacking.length === 0) return { allowed: true };
  return {
    allowed: false,
    reason: { type: 'answer-files-missing-of', candidates: lacking.map((one) => one.admissionNumber) },
  };
}

export function examRecord(room: Room, sessionId: string): RoomRecord {
  const { state, node } = room;
  const own = state.session(sessionId);
  const content = state.package;
  const session = state.packageSession(sessionId);
  if (!content || !session) throw new Error('no such session');
  return {
    v: 1,
    project: content.project.id,
    session: sessionId,
    site: content.site.code,
    room: content.room.code,
    madeAt: node.clock.now(),
    startedAt: own.startsAt,
    endedAt: own.endedAt,
    administrator: own.administrator,
    administratorPhone: own.administratorPhone,
    invigilators: own.invigilators.map((one) => ({ ...one })),
    sittings: session.candidates.map((candidate) => {
      const sitting = state.sitting(candidate.id);
      return {
        id: candidate.id,
        admissionNumber: candidate.admissionNumber,
        name: candidate.name,
        state: sitting.status,
        attempt: sitting.attempt,
        extraTimeMin: sitting.extraTimeMin,
        accommodations: accommodationsView(sitting, candidate),
        resumes: sitting.resumes.length,
        resumedAt: sitting.resumes.map((one) => ({ ...one })),
        extraTimes: sitting.extraTimes.map((one) => ({ ...one })),
        violations: sitting.violations.map(({ code, description, at }) => ({ code, description, at })),
        collected: sitting.collected,
        singleCollection: sitting.singleCollection,
        reason: sitting.closeReason,
        missingFiles: missingFiles(room, candidate.id).map((file) => file.digest),
      };
    }),
    codes: usedCodes(room, session),
    files: filesHere(room, session),
    heads: node.journal.heads().map((head) => ({ ...head })),
  };
}

function usedCodes(room: Room, session: PackageSession): RoomRecord['codes'] {
  return [...room.state.codes.asked].flatMap(([challenge, { request, session: of, reason, by, usedAt }]) => {
    if (of !== session.id || usedAt === null) return [];
    const candidate = session.candidates.find((one) => one.index === request.candidate);
    return {
      challenge,
      action: request.action,
      candidate: candidate ? { admissionNumber: candidate.admissionNumber, name: candidate.name } : null,
      minutes: request.amount,
      reason,
      by,
      at: usedAt,
    };
  });
}

function filesHere(room: Room, session: PackageSession): RoomRecord['files'] {
  const { blobs } = room.node;
  const digests = new Set(
    session.candidates.flatMap(({ id }) => filesOf(room, id).map((file) => file.digest)),
  );
  return [...digests]
    .filter((digest) => blobs.holds(digest))
    .map((digest) => ({ digest, size: statSync(blobs.path(digest)).size }));
}

/** Made once the session has ended; later changes that arrive make a new, supplementary one. */
export async function makeResult(
  room: Room,
  sessionId: string,
): Promise<Result<{ file: string; fileName: string; digest: string; heads: RoomRecord['heads'] }>> {
  const { node, state } = room;
  const membership = room.membership();
  const content = state.package;
  if (!membership || !content) return refuse({ type: 'room-not-registered-at-site' });
  const gate = reportGate(room, sessionId);
  if (!gate.allowed) return refuse(gate.reason ?? { type: 'not-ended' });
  const record = examRecord(room, sessionId);
  const entries = join(node.staging, `${newId()}.jsonl`);
  const held = new HeldBuilder();
  await writeEntries(node.journal, record.heads, entries, ({ header, hash }) => {
    const { origin, epoch, seq, subject } = JSON.parse(header) as Header;
    held.take({ origin, epoch, seq }, subject, hash);
  });
  const signer = { key: node.keys.signing, chain: membership.chain };
  const file = join(node.staging, `${newId()}.parcel`);
  const made = await makeParcel(
    file,
    {
      kind: 'room-result',
      id: `room-result:${content.room.code}:${sessionId}:${record.madeAt}`,
      to: { role: 'centre', code: membership.centreCode },
      project: content.project.id,
      session: sessionId,
      mode: content.project.mode,
      createdAt: record.madeAt,
      about: { room: content.room.code, candidates: record.sittings.length, files: record.files.length },
    },
    [
      {
        name: 'record.json',
        content: utf8(JSON.stringify(record)),
        recipients: [content.centreSealingKey, membership.siteSealingKey],
      },
      { name: 'entries.jsonl', content: { file: entries }, recipients: [content.centreSealingKey] },
      {
        name: heldPart,
        content: utf8(
          held.sign({ project: content.project.id, session: sessionId, at: record.madeAt }, signer),
        ),
        recipients: [content.centreSealingKey],
      },
      ...record.files.map(({ digest }) => ({
        name: filePartName(digest),
        content: { file: node.blobs.path(digest) },
        recipients: [content.centreSealingKey],
      })),
    ],
    { name: { role: 'room', code: roomCodeOf(room), id: node.id }, ...signer },
  );
  await rm(entries, { force: true });
  return made.ok
    ? ok({
        file,
        fileName: parcelFileName(made.value),
        digest: await fileSha256Hex(file),
        heads: record.heads,
      })
    : made;
}

async function keep(room: Room, sessionId: string): Promise<Result<{ digest: string; fileName: string }>> {
  const made = await makeResult(room, sessionId);
  if (!made.ok) return made;
  const { digest } = await room.node.blobs.put(createReadStream(made.value.file));
  await rm(made.value.file, { force: true });
  room.node.db
    .prepare('INSERT OR IGNORE INTO result (session_id, digest, made_at, heads) VALUES (?, ?, ?, ?)')
    .run(sessionId, digest, room.node.clock.now(), JSON.stringify(made.value.heads));
  return ok({ digest, fileName: made.value.fileName });
}

/** To an external drive first: reporting asks for it. Read back and compared before it counts. */
export async function backup(
  room: Room,
  sessionId: string,
  directory: string,
  { backups, by }: { readonly backups: Backups; readonly by: string },
): Promise<Result<{ file: string; bytes: number }>> {
  const kept = await keep(room, sessionId);
  if (!kept.ok) return kept;
  const { digest, fileName: name } = kept.value;
  const source = room.node.blobs.path(digest);
  const { size } = await stat(source);
  const content = () => createReadStream(source, { highWaterMark: 1 << 20 });
  const written = await backups.write(directory, [{ name, size, digest, content }]);
  if (!written.ok) return written;
  room.node.db
    .prepare('UPDATE result SET backed_up_at = ? WHERE session_id = ? AND digest = ?')
    .run(room.node.clock.now(), sessionId, digest);
  await room.node.journal.append([
    { kind: 'result-backed-up', subject: `session:${sessionId}`, data: { digest, by } },
  ]);
  return ok({ file: join(directory, name), bytes: size });
}

function newest(room: Room, sessionId: string): { digest: string; backedUpAt: number | null } | null {
  const row = room.node.db
    .prepare('SELECT digest, backed_up_at FROM result WHERE session_id = ? ORDER BY made_at DESC LIMIT 1')
    .get(sessionId);
  if (!row) return null;
  const at = row['backed_up_at'];
  return { digest: String(row['digest']), backedUpAt: typeof at === 'number' ? at : null };
}

export async function report(room: Room, sessionId: string, by: string): Promise<Result<void>> {
  const membership = room.membership();
  if (!room.link || !membership) return refuse({ type: 'room-not-registered-at-site' });
  const result = newest(room, sessionId);
  if (result === null || result.backedUpAt === null) return refuse({ type: 'backup-first' });
  const sent = await deliver<{ digest: string }>({
    client: room.link.client,
    address: siteAddressOf(room, membership),
    childId: room.node.id,
    file: room.node.blobs.path(result.digest),
    kind: 'room-result',
  });
  if (!sent.ok) return sent;
  const passed = await passOn(room, sessionId);
  if (!passed.ok) return passed;
  room.node.db
    .prepare('UPDATE result SET reported_at = ? WHERE session_id = ? AND digest = ?')
    .run(room.node.clock.now(), sessionId, result.digest);
  await room.node.journal.append([
    { kind: 'session-reported', subject: `session:${sessionId}`, data: { digest: result.digest, by } },
  ]);
  room.changed.notify();
  return ok();
}

/** The newest result as a file for a stick. */
export async function exportResult(
  room: Room,
  sessionId: string,
): Promise<Result<{ file: string; fileName: string }>> {
  const kept = await keep(room, sessionId);
  return kept.ok
    ? ok({ file: room.node.blobs.path(kept.value.digest), fileName: kept.value.fileName })
    : kept;
}

export async function takeReceipts(
  room: Room,
  receipts: readonly string[],
): Promise<Result<{ sessionId: string | null }>> {
  const membership = room.membership();
  if (!membership) return refuse({ type: 'room-not-registered-at-site' });
  let sessionId: string | null = null;
  for (const jws of receipts) {
    const verified = verifyJws(jws, receiptTyp, membership.centreSigningKey);
    const parsed = verified.ok ? receiptSchema.safeParse(verified.value) : null;
    if (!parsed?.success) return refuse({ type: 'bad-signature' });
    const { session, result, at } = parsed.data;
    const written = room.node.db
      .prepare(
        'UPDATE result SET receipt = ?, receipt_at = ? WHERE session_id = ? AND digest = ? AND receipt IS NULL',
      )
      .run(jws, at, session, result);
    sessionId = session;
    if (written.changes === 0) continue;
    await room.node.journal.append([
      { kind: 'receipt-received', subject: `session:${session}`, data: { result } },
    ]);
    room.changed.notify();
  }
  return ok({ sessionId });
}
