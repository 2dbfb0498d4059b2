/** Takes a room's result: opens it, proves every chain whole and everything that was acknowledged inside, keeps it, gives the receipt. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../base/ids.ts';
import { jsonIn } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import {
  receiptTyp,
  roomRecordSchema,
  type Receipt,
  type RoomRecord,
} from '../../exam/package/room-result.ts';
import { openParcel, type Expected, type Opened } from '../../parcel/parcel.ts';
import { fileSha256Hex } from '../../trust/digest.ts';
import { signJws } from '../../trust/jws.ts';
import type { CodeName } from '../../exam/code/desk.ts';
import type { Centre } from '../centre.ts';
import { heldFor } from '../codes/codes.ts';
import { nextChange } from './change-count.ts';
import { answersInForce, keepSittings, type SittingAnswers } from './keep-answers.ts';
import { checkFiles, keepFiles } from './keep-files.ts';
import { readEntries, type ReadEntries } from './read-entries.ts';

export interface TakenResult {
  /** null: it waits until somebody answers for a code that nobody issued. */
  readonly receipt: string | null;
  readonly known: boolean;
}

/** The same result twice changes nothing; without a commit there is no receipt. */
/** @param expected of a file that somebody put into one project; over the network a site belongs to its project anyway. */
export async function receiveResult(
  centre: Centre,
  file: string,
  expected: Pick<Expected, 'project' | 'mode'> = { project: null, mode: null },
): Promise<Result<TakenResult>> {
  const { node, name } = centre;
  const digest = await fileSha256Hex(file);
  const same = await receiptOf(centre, digest);
  if (same) return ok({ ...same, known: true });
  const opened = await openParcel(file, {
    trust: { roots: [node.keys.signing.publicKey], at: node.clock.now() },
    identities: [node.keys.sealing.identity],
    recipient: node.keys.sealing.recipient,
    staging: join(node.staging, `result-${newId()}`),
    expect: { kind: 'room-result', to: { role: 'centre', code: name.code }, ...expected },
  });
  if (!opened.ok) return opened;
  try {
    const read = await readResult(centre, opened.value);
    return read.ok ? await keep(centre, read.value, opened.value, digest, file) : read;
  } finally {
    await opened.value.dispose();
  }
}

interface ReadResult {
  readonly record: RoomRecord;
  readonly entries: number;
  readonly foreignChanges: number;
  readonly foreignSittings: number;
  readonly codesUsed: readonly CodeName[];
  readonly answers: readonly SittingAnswers[];
}

/** Every check that needs no database but the roster's names: nothing is kept before all of them passed. */
async function readResult(centre: Centre, opened: Opened): Promise<Result<ReadResult>> {
  const [recordPart, entriesPart] = [opened.parts.get('record.json'), opened.parts.get('entries.jsonl')];
  if (!recordPart || !entriesPart || recordPart.sealed || entriesPart.sealed)
    return refuse({ type: 'wrong-key' });
  const parsed = roomRecordSchema.safeParse(jsonIn(await readFile(recordPart.file)));
  if (!parsed.success) return refuse({ type: 'result-unreadable' });
  const record = parsed.data;
  const right = await isOfSender(centre, record, opened);
  if (!right.ok) return right;
  const session = await centre.db
    .selectFrom('session')
    .select('id')
    .where('id', '=', record.session)
    .where('project_id', '=', record.project)
    .executeTakeFirst();
  if (!session) return refuse({ type: 'no-such-session-here' });
  const read = await readEntries(entriesPart.file, opened.manifest.from.id);
  if (!read.ok) return read;
  const complete = checkHeads(record, read.value);
  if (!complete.ok) return complete;
  const answers = answersInForce(record, read.value.changes);
  const files = await checkFiles(record, answers, opened);
  if (!files.ok) return files;
  const own = await ownSittings(centre, record, answers);
  const { entries, foreignChanges } = read.value;
  return ok({
    record,
    entries,
    foreignChanges,
    foreignSittings: answers.length - own.length,
    codesUsed: read.value.codesUsed.filter(({ session }) => session === record.session),
    answers: own,
  });
}

/** Is it the result of the room that sends it, in the project that its parcel names, vouched for by the site that the room belongs to? */
async function isOfSender(
  { db }: Centre,
  record: RoomRecord,
  { manifest, certificates }: Opened,
): Promise<Result<void>> {
  const room = await db
    .selectFrom('room')
    .select('site_code')
    .where('project_id', '=', record.project)
    .where('code', '=', record.room)
    .executeTakeFirst();
  const issuer = certificates[0]?.issuer;
  const right =
    manifest.from.role === 'room' &&
    manifest.from.code === record.room &&
    manifest.project === record.project &&
    (issuer?.role !== 'site' || issuer.code === record.site) &&
    // A room that a newer roster does not name any more may still have held an exam.
    (room === undefined || room.site_code === record.site);
  return right ? ok() : refuse({ type: 'untrusted-sender', code: record.room });
}

/** Without the sittings of candidates that sit at another site: a site's rooms speak for its own candidates. */
async function ownSittings(
  { db }: Centre,
  record: RoomRecord,
  answers: readonly SittingAnswers[],
): Promise<readonly SittingAnswers[]> {
  if (answers.length === 0) return answers;
  const rows = await db
    .selectFrom('candidate')
    .innerJoin('session', (join) =>
      join
        .onRef('session.project_id', '=', 'candidate.project_id')
        .onRef('session.number', '=', 'candidate.session_number'),
    )
    .select('admission_number')
    .where('session.id', '=', record.session)
    .where('site_code', '!=', record.site)
    .where(
      'admission_number',
      'in',
      record.sittings.map((one) => one.admissionNumber),
    )
    .execute();
  const elsewhere = new Set(rows.map((row) => row.admission_number));
  return answers.filter(({ sitting }) => !elsewhere.has(sitting.admissionNumber));
}

function checkHeads(record: RoomRecord, read: ReadEntries): Result<void> {
  for (const head of record.heads) {
    const there = read.heads.get(`${head.origin} ${head.epoch}`);
    if (!there || there.seq < head.seq)
      return refuse({
        type: 'result-incomplete',
        origin: head.origin,
        missingFrom: (there?.seq ?? 0) + 1,
        to: head.seq,
      });
    if (there.seq === head.seq && there.hash !== head.hash)
      return refuse({ type: 'result-forked', origin: head.origin, seq: head.seq });
  }
  return ok();
}

async function keep(
  centre: Centre,
  { record, entries, foreignChanges, foreignSittings, codesUsed, answers }: ReadResult,
  opened: Opened,
  digest: string,
  file: string,
): Promise<Result<TakenResult>> {
  const { db, node, blobs } = centre;
  await keepFiles(blobs, record, opened);
  await blobs.put(createReadStream(file, { highWaterMark: 1 << 20 }));
  const at = node.clock.now();
  const receipt: Receipt = {
    v: 1,
    project: record.project,
    session: record.session,
    site: record.site,
    room: record.room,
    result: digest,
    entries,
    files: record.files.length,
    at,
  };
  const jws = signJws(receiptTyp, receipt, node.keys.signing);
  const held = heldFor(centre, codesUsed);
  const isNew = await db.transaction().execute(async (trx) => {
    // Two results of one room come one after the other: the second sees what the first one left.
    await trx
      .updateTable('room')
      .set((eb) => ({ name: eb.ref('name') }))
      .where('project_id', '=', record.project)
      .where('code', '=', record.room)
      .execute();
    const newer = await trx
      .selectFrom('result')
      .select('id')
      .where('session_id', '=', record.session)
      .where('room_code', '=', record.room)
      .where('problem_json', 'is', null)
      .where('entries', '>', entries)
      .executeTakeFirst();
    const sat = record.sittings.filter(
      (sitting) => sitting.state !== 'absent' && sitting.state !== 'not-signed-in',
    ).length;
    const id = newId();
    const written = await trx
      .insertInto('result')
      .values({
        id,
        project_id: record.project,
        session_id: record.session,
        site_code: record.site,
        room_code: record.room,
        parcel_digest: digest,
        received_at: at,
        receipt: jws,
        receipt_at: at,
        entries,
        expected: record.sittings.length,
        sat,
        absent: record.sittings.length - sat,
        files: record.files.length,
        foreign_changes: foreignChanges,
        foreign_sittings: foreignSittings,
        held_json: held,
        files_missing: record.sittings.reduce((sum, sitting) => sum + sitting.missingFiles.length, 0),
        // An older, different result is kept beside the newer one, which stays in force.
        problem_json: newer ? JSON.stringify({ type: 'older-result', entries }) : null,
      })
      .onConflict((conflict) => conflict.column('parcel_digest').doNothing())
      .executeTakeFirst();
    if (written.numInsertedOrUpdatedRows === 0n) return false;
    if (!newer) await keepSittings(trx, record, answers);
    // Last: from here on every other change of the project waits for this one.
    const number = await nextChange(trx, record.project);
    await trx
      .updateTable('result')
      .set({ change_number: number, receipt_number: held === null ? number : 0 })
      .where('id', '=', id)
      .execute();
    return true;
  });
  if (!isNew) return ok({ ...((await receiptOf(centre, digest)) ?? { receipt: jws }), known: true });
  await node.journal.append([
    {
      kind: 'result-received',
      subject: `session:${record.session}`,
      data: {
        room: record.room,
        site: record.site,
        entries,
        foreignChanges,
        foreignSittings,
        files: record.files.length,
        codesUnissued: held === null ? 0 : (JSON.parse(held) as unknown[]).length,
        digest,
      },
    },
  ]);
  centre.changed.notify();
  return ok({ receipt: held === null ? jws : null, known: false });
}

/** @returns null: no such result is here. */
async function receiptOf(
  { db }: Centre,
  parcelDigest: string,
): Promise<{ readonly receipt: string | null } | null> {
  const row = await db
    .selectFrom('result')
    .select(['receipt', 'held_json'])
    .where('parcel_digest', '=', parcelDigest)
    .executeTakeFirst();
  return row ? { receipt: row.held_json === null ? row.receipt : null } : null;
}
