/** What came from the rooms, for other programs: in the order in which it became visible, so that whoever follows misses nothing. */
import { createWriteStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import * as z from 'zod';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { roomRecordSchema, type RoomRecord } from '../../exam/package/room-result.ts';
import { openParcel } from '../../parcel/parcel.ts';
import type { CodeName } from '../../exam/code/desk.ts';
import type { Centre } from '../centre.ts';
import type { SessionView } from '../contract.ts';
import { jsonIn } from '../../base/json.ts';
import type {
  answerLineSchema,
  apiReceiptSchema,
  apiResultSchema,
  apiScoreSchema,
  completenessSchema,
} from './contract.ts';
import { cursorOf, pageOf, placeOf, type Paged } from './cursor.ts';
import type { Wanted } from './status.ts';

type Database = Centre['db'];

const byNumber = z.tuple([z.number().int(), z.string()]);
const byScore = z.tuple([z.number().int(), z.string(), z.string()]);
const byAnswer = z.tuple([z.number().int(), z.string(), z.string(), z.string()]);

function resultsOf(db: Database, projectId: string) {
  return db
    .selectFrom('result')
    .innerJoin('session', 'session.id', 'result.session_id')
    .where('result.project_id', '=', projectId);
}

/** Of a room the result that came last, but for one that is older than another: the same that the answers are of. */
function inForce(db: Database, projectId: string) {
  return db
    .selectFrom('result')
    .select((eb) => ['session_id', 'room_code', eb.fn.max('change_number').as('number')])
    .where('project_id', '=', projectId)
    .where('problem_json', 'is', null)
    .groupBy(['session_id', 'room_code']);
}

export async function resultsPage(
  { db }: Pick<Centre, 'db'>,
  wanted: Wanted,
): Promise<Result<Paged<z.output<typeof apiResultSchema>>>> {
  const place = placeOf(wanted.after, byNumber);
  if (!place.ok) return place;
  const [number, id] = place.value ?? [0, ''];
  const rows = await resultsOf(db, wanted.projectId)
    .leftJoin(inForce(db, wanted.projectId).as('newest'), (join) =>
      join
        .onRef('newest.session_id', '=', 'result.session_id')
        .onRef('newest.room_code', '=', 'result.room_code')
        .onRef('newest.number', '=', 'result.change_number'),
    )
    .selectAll('result')
    .select(['session.number as session_number', 'newest.number as newest'])
    .where(behind('result.change_number', number, id))
    .orderBy('change_number')
    .orderBy('result.id')
    .limit(wanted.limit + 1)
    .execute();
  return ok(
    pageOf(
      rows,
      wanted,
      (row) => [row.change_number, row.id],
      (row) => ({
        resultId: row.parcel_digest,
        sessionId: row.session_id,
        sessionNumber: row.session_number,
        siteCode: row.site_code,
        roomCode: row.room_code,
        receivedAt: row.received_at,
        expected: row.expected,
        sat: row.sat,
        absent: row.absent,
        entries: row.entries,
        files: row.files,
        filesMissing: row.files_missing,
        inForce: row.problem_json === null && row.newest !== null,
      }),
    ),
  );
}

/** Rows behind a place, by their number and then by their id: as an index has them. */
function behind(column: 'result.change_number' | 'result.receipt_number', number: number, id: string) {
  return sql<boolean>`(${sql.ref(column)}, ${sql.ref('result.id')}) > (${number}, ${id})`;
}

export async function receiptsPage(
  { db }: Pick<Centre, 'db'>,
  wanted: Wanted,
): Promise<Result<Paged<z.output<typeof apiReceiptSchema>>>> {
  const place = placeOf(wanted.after, byNumber);
  if (!place.ok) return place;
  const [number, id] = place.value ?? [0, ''];
  const rows = await resultsOf(db, wanted.projectId)
    .selectAll('result')
    .select('session.number as session_number')
    // 0: it waits for a code that somebody has to answer for.
    .where('receipt_number', '>', 0)
    .where(behind('result.receipt_number', number, id))
    .orderBy('receipt_number')
    .orderBy('result.id')
    .limit(wanted.limit + 1)
    .execute();
  return ok(
    pageOf(
      rows,
      wanted,
      (row) => [row.receipt_number, row.id],
      (row) => ({
        resultId: row.parcel_digest,
        sessionId: row.session_id,
        sessionNumber: row.session_number,
        siteCode: row.site_code,
        roomCode: row.room_code,
        receiptAt: row.receipt_at,
        receipt: row.receipt,
      }),
    ),
  );
}

const itemsSchema = z.array(
  z.object({
    item: z.string(),
    score: z.number().nullable(),
    maxScore: z.number().nullable(),
    needsMarking: z.boolean(),
  }),
);

export async function scoresPage(
  { db }: Pick<Centre, 'db'>,
  wanted: Wanted,
): Promise<Result<Paged<z.output<typeof apiScoreSchema>>>> {
  const place = placeOf(wanted.after, byScore);
  if (!place.ok) return place;
  const [number, session, candidate] = place.value ?? [0, '', ''];
  const rows = await db
    .selectFrom('score')
    .innerJoin('sitting', (join) =>
      join
        .onRef('sitting.session_id', '=', 'score.session_id')
        .onRef('sitting.admission_number', '=', 'score.admission_number'),
    )
    .innerJoin('session', 'session.id', 'score.session_id')
    .leftJoin('candidate', (join) =>
      join
        .onRef('candidate.project_id', '=', 'score.project_id')
        .onRef('candidate.admission_number', '=', 'score.admission_number')
        .onRef('candidate.session_number', '=', 'session.number'),
    )
    .selectAll('score')
    .select(['session.number as session_number', 'candidate.name', 'sitting.state'])
    .select(['sitting.site_code', 'sitting.room_code'])
    .where('score.project_id', '=', wanted.projectId)
    .where('score.change_number', '>=', number)
    .where((eb) =>
      eb.or([
        eb('score.change_number', '>', number),
        eb.and([eb('score.change_number', '=', number), eb('score.session_id', '>', session)]),
        eb.and([
          eb('score.change_number', '=', number),
          eb('score.session_id', '=', session),
          eb('score.admission_number', '>', candidate),
        ]),
      ]),
    )
    .orderBy('score.change_number')
    .orderBy('score.session_id')
    .orderBy('score.admission_number')
    .limit(wanted.limit + 1)
    .execute();
  return ok(
    pageOf(
      rows,
      wanted,
      (row) => [row.change_number, row.session_id, row.admission_number],
      (row) => ({
        sessionId: row.session_id,
        sessionNumber: row.session_number,
        admissionNumber: row.admission_number,
        name: row.name,
        siteCode: row.site_code,
        roomCode: row.room_code,
        state: row.state,
        score: row.score,
        maxScore: row.max_score,
        needsMarking: row.needs_marking,
        items: itemsSchema.parse(JSON.parse(row.items_json)),
      }),
    ),
  );
}

export async function completenessPage(
  { db }: Pick<Centre, 'db'>,
  wanted: Wanted & { readonly siteCode?: string | undefined },
  session: SessionView,
): Promise<Result<Paged<z.output<typeof completenessSchema>>>> {
  const place = placeOf(wanted.after, z.tuple([z.string()]));
  if (!place.ok) return place;
  const rooms = await db
    .selectFrom('room')
    .innerJoin('candidate', (join) =>
      join
        .onRef('candidate.project_id', '=', 'room.project_id')
        .onRef('candidate.room_code', '=', 'room.code'),
    )
    .select(['room.code', 'room.site_code', (eb) => eb.fn.countAll<number>().as('n')])
    .where('room.project_id', '=', wanted.projectId)
    .where('candidate.session_number', '=', session.number)
    .where('room.code', '>', place.value?.[0] ?? '')
    .$if(wanted.siteCode !== undefined, (query) => query.where('room.site_code', '=', wanted.siteCode ?? ''))
    .groupBy(['room.code', 'room.site_code'])
    .orderBy('room.code')
    .limit(wanted.limit + 1)
    .execute();
  const results =
    rooms.length === 0
      ? []
      : await db
          .selectFrom('result')
          .selectAll()
          .where('session_id', '=', session.id)
          .where(
            'room_code',
            'in',
            rooms.map((room) => room.code),
          )
          .where('problem_json', 'is', null)
          .orderBy('change_number')
          .execute();
  const newest = new Map(results.map((row) => [row.room_code, row]));
  return ok(
    pageOf(
      rooms,
      wanted,
      (room) => [room.code],
      (room) => {
        const result = newest.get(room.code);
        return {
          siteCode: room.site_code,
          roomCode: room.code,
          expected: Number(room.n),
          sat: result?.sat ?? null,
          absent: result?.absent ?? null,
          receivedAt: result?.received_at ?? null,
          receiptAt: result && result.held_json === null ? result.receipt_at : null,
          files: result?.files ?? null,
          filesMissing: result?.files_missing ?? null,
          problem: heldProblem(result?.held_json ?? null),
        };
      },
    ),
  );
}

function heldProblem(heldJson: string | null) {
  if (heldJson === null) return null;
  const codes = (JSON.parse(heldJson) as CodeName[]).map(({ challenge }) => challenge);
  return { type: 'codes-not-issued', count: codes.length, codes };
}

/** From the result's parcel as it was kept: the room's own words, proven again. */
export async function examRecord(
  { db, blobs, node, name }: Centre,
  projectId: string,
  resultId: string,
): Promise<Result<RoomRecord>> {
  const row = await db
    .selectFrom('result')
    .select('received_at')
    .where('project_id', '=', projectId)
    .where('parcel_digest', '=', resultId)
    .executeTakeFirst();
  const content = row && (await blobs.stream(resultId));
  if (!content) return refuse({ type: 'no-such-result' });
  const file = join(node.staging, `record-${newId()}.parcel`);
  try {
    await pipeline(content, createWriteStream(file, { flags: 'wx' }));
    const opened = await openParcel(file, {
      // Certificates may have ended since.
      trust: { roots: [node.keys.signing.publicKey], at: row.received_at },
      identities: [node.keys.sealing.identity],
      recipient: node.keys.sealing.recipient,
      staging: `${file}-parts`,
      expect: {
        kind: 'room-result',
        to: { role: 'centre', code: name.code },
        project: projectId,
        mode: null,
      },
    });
    if (!opened.ok) return opened;
    try {
      const part = opened.value.parts.get('record.json');
      if (!part || part.sealed) return refuse({ type: 'wrong-key' });
      const record = roomRecordSchema.safeParse(jsonIn(await readFile(part.file)));
      return record.success ? ok(record.data) : refuse({ type: 'result-unreadable' });
    } finally {
      await opened.value.dispose();
    }
  } finally {
    await rm(file, { force: true });
  }
}

/** Verified on the way: one wrong byte breaks it off. */
export async function answerFile(
  { db, blobs, node }: Centre,
  projectId: string,
  sha256: string,
  by: string,
): Promise<Result<AsyncIterable<Uint8Array>>> {
  const row = await db
    .selectFrom('answer_file')
    .select(['session_id', 'admission_number', 'item'])
    .where('project_id', '=', projectId)
    .where('digest', '=', sha256)
    .where('kept', '=', 1)
    .executeTakeFirst();
  const content = row && (await blobs.stream(sha256));
  if (!content) return refuse({ type: 'no-such-file' });
  await node.journal.append([
    {
      kind: 'answer-file-taken',
      subject: `session:${row.session_id}`,
      data: { by, candidate: row.admission_number, item: row.item, digest: sha256 },
    },
  ]);
  return ok(content);
}

/** Rows that are read at once. */
const atOnce = 500;

/** Answers of the results in force as JSON lines, some hundred at a time: nothing is held that was not asked for yet. */
export function answerLines(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  after: string | undefined,
): Result<AsyncGenerator<string>> {
  const place = placeOf(after, byAnswer);
  return place.ok ? ok(readAnswers(db, projectId, place.value ?? [0, '', '', ''])) : place;
}

async function* readAnswers(
  db: Database,
  projectId: string,
  from: z.output<typeof byAnswer>,
): AsyncGenerator<string> {
  let [number, resultId, candidate, item] = from;
  for (;;) {
    const results = await resultsInForce(db, projectId, [number, resultId]);
    for (const result of results) {
      // Of the one that was begun, only what comes behind; all others from the beginning.
      if (result.id !== resultId) [candidate, item] = ['', ''];
      [number, resultId] = [result.change_number, result.id];
      for (;;) {
        const lines = await linesOf(db, result, candidate, item);
        const last = lines.at(-1);
        if (!last) break;
        yield lines.map((line) => `${JSON.stringify(line)}\n`).join('');
        [candidate, item] = [last.admissionNumber, last.item];
      }
    }
    // The first one is that which was read last.
    if (results.every((one) => one.id === resultId)) return;
  }
}

/** From this one on, itself among them. */
function resultsInForce(
  db: Database,
  projectId: string,
  [number, resultId]: readonly [number, string],
): Promise<OfRoom[]> {
  return resultsOf(db, projectId)
    .innerJoin(inForce(db, projectId).as('newest'), (join) =>
      join
        .onRef('newest.session_id', '=', 'result.session_id')
        .onRef('newest.room_code', '=', 'result.room_code')
        .onRef('newest.number', '=', 'result.change_number'),
    )
    .select(['result.id', 'change_number', 'parcel_digest', 'result.session_id'])
    .select(['result.room_code', 'site_code', 'session.number as session_number'])
    .where('problem_json', 'is', null)
    .where('change_number', '>=', number)
    .where((eb) =>
      eb.or([
        eb('change_number', '>', number),
        eb.and([eb('change_number', '=', number), eb('result.id', '>=', resultId)]),
      ]),
    )
    .orderBy('change_number')
    .orderBy('result.id')
    .limit(atOnce)
    .execute();
}

interface OfRoom {
  readonly id: string;
  readonly change_number: number;
  readonly parcel_digest: string;
  readonly session_id: string;
  readonly session_number: number;
  readonly site_code: string;
  readonly room_code: string;
}

const responsesSchema = z.record(z.string(), z.json());

async function linesOf(
  db: Database,
  result: OfRoom,
  candidate: string,
  item: string,
): Promise<z.output<typeof answerLineSchema>[]> {
  const rows = await db
    .selectFrom('sitting')
    .innerJoin('answer', (join) =>
      join
        .onRef('answer.session_id', '=', 'sitting.session_id')
        .onRef('answer.admission_number', '=', 'sitting.admission_number'),
    )
    .selectAll('answer')
    .where('sitting.session_id', '=', result.session_id)
    .where('sitting.room_code', '=', result.room_code)
    .where('sitting.admission_number', '>=', candidate)
    .where((eb) => eb.or([eb('sitting.admission_number', '>', candidate), eb('answer.item', '>', item)]))
    .orderBy('sitting.admission_number')
    .orderBy('answer.item')
    .limit(atOnce)
    .execute();
  const files = await filesFor(db, result.session_id, [...new Set(rows.map((row) => row.admission_number))]);
  return rows.map((row) => ({
    resultId: result.parcel_digest,
    sessionId: result.session_id,
    sessionNumber: result.session_number,
    siteCode: result.site_code,
    roomCode: result.room_code,
    admissionNumber: row.admission_number,
    item: row.item,
    changes: row.changes,
    at: row.kept_at,
    responses: responsesSchema.parse(JSON.parse(row.responses_json)),
    files: files
      .filter((file) => file.admission_number === row.admission_number && file.item === row.item)
      .map((file) => ({
        response: file.response,
        name: file.name,
        mediaType: file.media_type,
        size: file.size,
        sha256: file.digest,
        kept: file.kept === 1,
      })),
    cursor: cursorOf([result.change_number, result.id, row.admission_number, row.item]),
  }));
}

async function filesFor(db: Database, sessionId: string, numbers: readonly string[]) {
  if (numbers.length === 0) return [];
  return db
    .selectFrom('answer_file')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('admission_number', 'in', numbers)
    .orderBy('response')
    .execute();
}
