/** Collecting rooms' results and passing them up. The site reads the record; the answers are sealed for the centre. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonIn } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { deliver } from '../../courier/https/child.ts';
import { receiptSchema, receiptTyp, roomRecordSchema } from '../../exam/package/room-result.ts';
import type { Backups } from '../../node/backup/backup.ts';
import { makeParcel, parcelFileName } from '../../parcel/parcel.ts';
import { fileSha256Hex } from '../../trust/digest.ts';
import { verifyJws } from '../../trust/jws.ts';
import type { CollectionRow } from '../contract.ts';
import { beingInitialised } from '../initialise/remove-contents.ts';
import { openOfExam } from '../open-parcel.ts';
import { packageOf, roomRows, type Site } from '../site.ts';

interface ResultRow {
  readonly digest: string;
  readonly room_code: string;
  readonly session_id: string;
  readonly record: string;
  readonly bytes: number;
  readonly collected_at: number;
  readonly backed_up_at: number | null;
  readonly reported_at: number | null;
  readonly receipt: string | null;
  readonly receipt_at: number | null;
}

/** The same result twice changes nothing; a different one of the same room is kept beside the first. */
export async function takeRoomResult(
  site: Site,
  file: string,
  roomCode: string | null,
): Promise<Result<{ digest: string; known: boolean }>> {
  const { node } = site;
  if (!site.membership()) return refuse({ type: 'site-not-registered-at-centre' });
  const digest = await fileSha256Hex(file);
  if (node.db.prepare('SELECT 1 FROM result WHERE digest = ?').get(digest))
    return ok({ digest, known: true });
  const opened = await openOfExam(site, file, 'room-result', {
    forCentre: true,
    // The rest is the centre's and may be large.
    only: (name) => name === 'record.json',
  });
  if (!opened.ok) return opened;
  try {
    const part = opened.value.parts.get('record.json');
    if (!part || part.sealed) return refuse({ type: 'wrong-receiver', to: 'another site' });
    const parsed = roomRecordSchema.safeParse(jsonIn(await readFile(part.file)));
    if (!parsed.success) return refuse({ type: 'result-unreadable' });
    const record = parsed.data;
    const { from } = opened.value.manifest;
    // A room speaks for itself, and for a room of this site, whoever carries the file.
    if (from.role !== 'room' || record.room !== from.code || record.room !== (roomCode ?? from.code))
      return refuse({ type: 'untrusted-sender', code: from.code });
    await node.blobs.put(createReadStream(file));
    const { size } = await stat(file);
    // While it was read, the exam may have gone from this site.
    if (site.exam() === null || beingInitialised(site)) return refuse({ type: 'exam-not-loaded' });
    const now = node.clock.now();
    node.db
      .prepare(
        'INSERT INTO result (digest, room_code, session_id, record, bytes, collected_at, backed_up_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      // The own room has this very file on external storage before it reports.
      .run(digest, record.room, record.session, JSON.stringify(record), size, now, site.ownRoom ? now : null);
    await node.journal.append([
      { kind: 'result-collected', subject: `room:${record.room}`, data: { session: record.session, digest } },
    ]);
    site.changed.notify();
    site.link?.uplink.nudge();
    return ok({ digest, known: false });
  } finally {
    await opened.value.dispose();
  }
}

function results(site: Site, sessionId: string): ResultRow[] {
  return site.node.db
    .prepare('SELECT * FROM result WHERE session_id = ? ORDER BY collected_at')
    .all(sessionId) as unknown as ResultRow[];
}

export function collectionRows(site: Site): CollectionRow[] {
  return roomRows(site).flatMap((room) =>
    packageOf(site, room).sessions.map((session): CollectionRow => {
      const mine = results(site, session.id).filter((row) => row.room_code === room.code);
      const row = mine.at(-1);
      const record = row ? roomRecordSchema.parse(JSON.parse(row.record)) : null;
      const sat =
        record?.sittings.filter((one) => one.state !== 'absent' && one.state !== 'not-signed-in').length ??
        null;
      const collected = record?.sittings.filter((one) => one.collected).length ?? null;
      return {
        roomCode: room.code,
        sessionId: session.id,
        sessionNumber: session.number,
        expected: session.candidates.length,
        sat,
        absent: record === null || sat === null ? null : record.sittings.length - sat,
        collected,
        missing: sat === null || collected === null ? null : sat - collected,
        collectedAt: row?.collected_at ?? null,
        bytes: row?.bytes ?? null,
        backedUpAt: row?.backed_up_at ?? null,
        reportedAt: row?.reported_at ?? null,
        receiptAt: row?.receipt_at ?? null,
        problem: mine.length > 1 ? { type: 'several-results', count: mine.length } : null,
      };
    }),
  );
}

/** A copy of every collected result in a folder, normally on a stick; reporting asks for it first. */
export async function backupResults(
  site: Site,
  sessionId: string,
  directory: string,
  { backups, by }: { readonly backups: Backups; readonly by: string },
): Promise<Result<{ file: string; bytes: number }>> {
  const rows = results(site, sessionId);
  if (rows.length === 0) return refuse({ type: 'nothing-collected' });
  const folder = join(directory, `invigil-backup-${site.setup()?.siteCode ?? ''}-${sessionId}`);
  const files = [];
  for (const row of rows) {
    const stored = site.node.blobs.path(row.digest);
    files.push({
      name: `${row.room_code}_${row.digest.slice(0, 8)}.parcel`,
      size: (await stat(stored)).size,
      digest: row.digest,
      content: () => createReadStream(stored, { highWaterMark: 1 << 20 }),
    });
  }
  const written = await backups.write(folder, files);
  if (!written.ok) return written;
  const { bytes } = written.value;
  site.node.db
    .prepare('UPDATE result SET backed_up_at = ? WHERE session_id = ?')
    .run(site.node.clock.now(), sessionId);
  await site.node.journal.append([
    { kind: 'results-backed-up', subject: `session:${sessionId}`, data: { results: rows.length, bytes, by } },
  ]);
  site.changed.notify();
  return ok({ file: folder, bytes });
}

/** Sends what is collected and not yet received; rooms that come later go with the next report. */
export async function reportResults(site: Site, sessionId: string): Promise<Result<void>> {
  const membership = site.membership();
  if (!site.link || !membership) return refuse({ type: 'site-not-registered-at-centre' });
  const rows = results(site, sessionId);
  if (rows.length === 0) return refuse({ type: 'nothing-collected' });
  if (rows.some((row) => row.backed_up_at === null)) return refuse({ type: 'backup-first' });
  for (const row of rows.filter((one) => one.receipt === null)) {
    const sent = await deliver<{ receipt: string | null }>({
      client: site.link.client,
      address: membership.centreAddress,
      childId: site.node.id,
      file: site.node.blobs.path(row.digest),
      kind: 'room-result',
    });
    if (!sent.ok) return sent;
    site.node.db
      .prepare('UPDATE result SET reported_at = ? WHERE digest = ?')
      .run(site.node.clock.now(), row.digest);
    // Without one it follows with a later hello: the centre has a question first.
    if (sent.value.receipt === null) continue;
    const taken = await takeReceipts(site, [sent.value.receipt]);
    if (!taken.ok) return taken;
  }
  await site.node.journal.append([
    { kind: 'results-reported', subject: `session:${sessionId}`, data: { results: rows.length } },
  ]);
  site.changed.notify();
  site.link.uplink.nudge();
  return ok();
}

/** Receipts count only with the centre's signature and for results that we hold. */
export async function takeReceipts(
  site: Site,
  receipts: readonly string[],
): Promise<Result<{ taken: number }>> {
  const membership = site.membership();
  if (!membership) return refuse({ type: 'site-not-registered-at-centre' });
  let taken = 0;
  for (const jws of receipts) {
    const verified = verifyJws(jws, receiptTyp, membership.centreSigningKey);
    const parsed = verified.ok ? receiptSchema.safeParse(verified.value) : null;
    if (!parsed?.success) return refuse({ type: 'bad-signature' });
    const written = site.node.db
      .prepare(
        'UPDATE result SET receipt = ?, receipt_at = ?, reported_at = coalesce(reported_at, ?) WHERE digest = ? AND receipt IS NULL',
      )
      .run(jws, parsed.data.at, parsed.data.at, parsed.data.result);
    if (written.changes === 0) continue;
    taken++;
    await site.node.journal.append([
      {
        kind: 'receipt-received',
        subject: `room:${parsed.data.room}`,
        data: { session: parsed.data.session, result: parsed.data.result },
      },
    ]);
  }
  if (taken > 0) site.changed.notify();
  return ok({ taken });
}

/** Every collected result of a session in one file for the centre. */
export async function exportForCentre(
  site: Site,
  sessionId: string,
): Promise<Result<{ file: string; fileName: string }>> {
  const membership = site.membership();
  const rows = results(site, sessionId);
  if (!membership) return refuse({ type: 'site-not-registered-at-centre' });
  if (rows.length === 0) return refuse({ type: 'nothing-collected' });
  const { node } = site;
  const file = join(node.staging, `site-results-${sessionId}.parcel`);
  const made = await makeParcel(
    file,
    {
      kind: 'site-results',
      id: `site-results:${sessionId}:${rows
        .map((row) => row.digest.slice(0, 8))
        .join('-')
        .slice(0, 200)}`,
      to: { role: 'centre', code: membership.centreCode },
      project: membership.project.id,
      session: sessionId,
      mode: membership.project.mode,
      createdAt: node.clock.now(),
      about: { rooms: rows.length },
    },
    rows.map((row, i) => ({
      name: `result-${i + 1}`,
      content: { file: node.blobs.path(row.digest) },
      recipients: [membership.centreSealingKey],
    })),
    {
      name: { role: 'site', code: site.setup()?.siteCode ?? '', id: node.id },
      key: node.keys.signing,
      chain: membership.chain,
    },
  );
  return made.ok ? ok({ file, fileName: parcelFileName(made.value) }) : made;
}

export function receiptFor(site: Site, sessionId: string, roomCode: string): Result<string> {
  const row = results(site, sessionId).findLast((one) => one.room_code === roomCode && one.receipt !== null);
  return row ? ok(JSON.stringify([row.receipt])) : refuse({ type: 'no-receipts-yet', site: roomCode });
}
