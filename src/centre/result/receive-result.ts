/** Takes a room's result: opens it, proves every chain whole and every acknowledged entry inside, keeps the answers, gives the receipt. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { foldAnswers, type AnswerChange } from '../../exam/answer/fold-answers.ts';
import {
  receiptTyp,
  roomRecordSchema,
  type Receipt,
  type RoomRecord,
} from '../../exam/package/room-result.ts';
import type { ItemResponses } from '../../exam/paper/response.ts';
import { link } from '../../journal/chain.ts';
import { EpochOrder } from '../../journal/epoch.ts';
import type { Head } from '../../journal/entry.ts';
import { readHeader } from '../../journal/ledger.ts';
import { storedEntrySchema } from '../../journal/segment.ts';
import { openParcel, type Opened } from '../../parcel/parcel.ts';
import { fileSha256Hex } from '../../trust/digest.ts';
import { signJws } from '../../trust/jws.ts';
import type { Centre } from '../centre.ts';

export interface TakenResult {
  readonly receipt: string;
  readonly known: boolean;
}

export async function receiveResult(centre: Centre, file: string): Promise<Result<TakenResult>> {
  const { db, node, name } = centre;
  const digest = await fileSha256Hex(file);
  const same = await db
    .selectFrom('result')
    .selectAll()
    .where('parcel_digest', '=', digest)
    .executeTakeFirst();
  if (same?.receipt) return ok({ receipt: same.receipt, known: true });
  const opened = await openParcel(file, {
    trust: { roots: [node.keys.signing.publicKey], at: node.clock.now() },
    identities: [node.keys.sealing.identity],
    recipient: node.keys.sealing.recipient,
    staging: join(node.staging, `result-${newId()}`),
    expect: { kind: 'room-result', to: { role: 'centre', code: name.code }, project: null, mode: null },
  });
  if (!opened.ok) return opened;
  try {
    return await keep(centre, opened.value, digest, file);
  } finally {
    await opened.value.dispose();
  }
}

async function keep(
  centre: Centre,
  opened: Opened,
  digest: string,
  file: string,
): Promise<Result<TakenResult>> {
  const { db, node } = centre;
  const [recordPart, entriesPart] = [opened.parts.get('record.json'), opened.parts.get('entries.jsonl')];
  if (!recordPart || !entriesPart || recordPart.sealed || entriesPart.sealed)
    return refuse({ type: 'wrong-key' });
  const parsed = roomRecordSchema.safeParse(JSON.parse(await readFile(recordPart.file, 'utf8')));
  if (!parsed.success) return refuse({ type: 'result-unreadable' });
  const record = parsed.data;
  if (opened.manifest.from.code !== record.room)
    return refuse({ type: 'untrusted-sender', code: record.room });
  const read = await readEntries(entriesPart.file);
  if (!read.ok) return read;
  for (const head of record.heads) {
    const there = read.value.heads.get(`${head.origin} ${head.epoch}`);
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
  const earlier = await db
    .selectFrom('result')
    .selectAll()
    .where('project_id', '=', record.project)
    .where('session_id', '=', record.session)
    .where('room_code', '=', record.room)
    .execute();
  const sat = record.sittings.filter(
    (sitting) => sitting.state !== 'absent' && sitting.state !== 'not-signed-in',
  ).length;
  const row = {
    id: newId(),
    project_id: record.project,
    session_id: record.session,
    site_code: record.site,
    room_code: record.room,
    parcel_digest: digest,
    received_at: node.clock.now(),
    entries: read.value.entries,
    expected: record.sittings.length,
    sat,
    absent: record.sittings.length - sat,
  };
  // A second, different result: kept beside the first and flagged, except when it goes on where the first one stopped.
  const conflict: Refusal | null = earlier.some(
    (one) => one.problem_json === null && one.entries > read.value.entries,
  )
    ? { type: 'older-result', entries: read.value.entries }
    : null;
  await node.blobs.put(await readFile(file));
  const receipt: Receipt = {
    v: 1,
    project: record.project,
    session: record.session,
    site: record.site,
    room: record.room,
    result: digest,
    entries: read.value.entries,
    at: node.clock.now(),
  };
  const jws = signJws(receiptTyp, receipt, node.keys.signing);
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('result')
      .values({
        ...row,
        receipt: jws,
        receipt_at: node.clock.now(),
        problem_json: conflict === null ? null : JSON.stringify(conflict),
      })
      .execute();
    if (conflict === null) await keepAnswers(trx as unknown as Centre['db'], record, read.value.changes);
  });
  await node.journal.append([
    {
      kind: 'result-received',
      subject: `session:${record.session}`,
      data: { room: record.room, site: record.site, entries: read.value.entries, digest },
    },
  ]);
  centre.changed.notify();
  return ok({ receipt: jws, known: false });
}

interface Read {
  readonly entries: number;
  readonly heads: ReadonlyMap<string, Head>;
  readonly changes: ReadonlyMap<string, AnswerChange[]>;
}

/** Follows every chain from its first entry; the first that does not fit refuses the whole result. */
async function readEntries(file: string): Promise<Result<Read>> {
  const heads = new Map<string, Head>();
  const found: { sitting: string; change: Omit<AnswerChange, 'epoch'>; origin: string; epoch: string }[] = [];
  const order = new EpochOrder();
  let entries = 0;
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (line === '') continue;
    const stored = storedEntrySchema.safeParse(JSON.parse(line));
    const header = stored.success ? readHeader(stored.data) : null;
    if (!stored.success || !header) return refuse({ type: 'result-unreadable', line: entries + 1 });
    const key = `${header.origin} ${header.epoch}`;
    const fits = link(stored.data, header, heads.get(key) ?? null, () => null);
    if (!fits.ok || fits.value === 'known')
      return refuse({
        type: 'chain-broken',
        origin: header.origin,
        seq: header.seq,
        what: fits.ok ? 'twice' : fits.refusal.type,
      });
    heads.set(key, { origin: header.origin, epoch: header.epoch, seq: header.seq, hash: fits.value.hash });
    entries++;
    order.take({ kind: header.kind, place: header, data: header.data });
    if (header.kind !== 'answer-changed' || stored.data.payload === null) continue;
    const sitting = header.subject.replace(/^sitting:/, '');
    const payload = JSON.parse(stored.data.payload) as { responses: ItemResponses };
    found.push({
      sitting,
      origin: header.origin,
      epoch: header.epoch,
      change: {
        item: String(header.data['item']),
        attempt: Number(header.data['attempt']),
        lease: Number(header.data['lease']),
        seq: header.seq,
        at: header.at,
        responses: payload.responses,
      },
    });
  }
  const changes = new Map<string, AnswerChange[]>();
  for (const { sitting, change, origin, epoch } of found) {
    const list = changes.get(sitting) ?? [];
    list.push({ ...change, epoch: order.rank(origin, epoch) });
    changes.set(sitting, list);
  }
  return ok({ entries, heads, changes });
}

async function keepAnswers(db: Centre['db'], record: RoomRecord, changes: Read['changes']): Promise<void> {
  for (const sitting of record.sittings) {
    const kept = foldAnswers(changes.get(sitting.id) ?? [], sitting.attempt);
    const key = {
      project_id: record.project,
      session_id: record.session,
      admission_number: sitting.admissionNumber,
    };
    await db
      .deleteFrom('answer')
      .where('session_id', '=', record.session)
      .where('admission_number', '=', sitting.admissionNumber)
      .execute();
    await db
      .deleteFrom('sitting')
      .where('session_id', '=', record.session)
      .where('admission_number', '=', sitting.admissionNumber)
      .execute();
    const all = changes.get(sitting.id)?.length ?? 0;
    await db
      .insertInto('sitting')
      .values({ ...key, site_code: record.site, room_code: record.room, state: sitting.state, changes: all })
      .execute();
    for (const answer of kept.values()) {
      await db
        .insertInto('answer')
        .values({
          ...key,
          item: answer.item,
          changes: answer.changes,
          kept_at: answer.at,
          responses_json: JSON.stringify(answer.responses),
        })
        .execute();
    }
  }
}
