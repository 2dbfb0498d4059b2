/** Everything that is kept of a room in one session, as one parcel: results as they came and opened, receipts, what the journal has of its chains. */
import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { refuse, ok, type Result } from '../../base/result.ts';
import { roomEvidenceContents, type RoomEvidence } from '../../exam/package/room-evidence.ts';
import type { Head } from '../../journal/entry.ts';
import { makeParcel, parcelFileName } from '../../parcel/parcel.ts';
import { fileSha256Hex } from '../../trust/digest.ts';
import type { Centre } from '../centre.ts';
import { openKeptResult, type KeptResult } from './open-result.ts';

export interface WhichRoom {
  readonly projectId: string;
  readonly sessionId: string;
  readonly roomCode: string;
}

const rowsAtOnce = 1_000;

/**
 * @param use gets the parcel's file, which is gone afterwards
 * @returns refusals `no-result-of-room`, `blob-missing`, those of a parcel that cannot be opened any more.
 */
export async function withRoomEvidence<T>(
  centre: Centre,
  which: WhichRoom,
  by: string,
  use: (made: { file: string; fileName: string }) => Promise<T>,
): Promise<Result<T>> {
  const folder = join(centre.node.staging, `evidence-${newId()}`);
  await mkdir(folder, { recursive: true });
  try {
    const made = await make(centre, which, by, folder);
    if (!made.ok) return made;
    const used = await use(made.value);
    await centre.node.journal.append([
      {
        kind: 'room-evidence-made',
        subject: `session:${which.sessionId}`,
        data: { by, room: which.roomCode, project: which.projectId, results: made.value.results },
      },
    ]);
    return ok(used);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function make(
  centre: Centre,
  { projectId, sessionId, roomCode }: WhichRoom,
  by: string,
  folder: string,
): Promise<Result<{ file: string; fileName: string; results: number }>> {
  const { db, node, name } = centre;
  const rows = await db
    .selectFrom('result')
    .innerJoin('project', 'project.id', 'result.project_id')
    .select(['parcel_digest', 'site_code', 'received_at', 'receipt', 'held_json', 'problem_json', 'mode'])
    .where('session_id', '=', sessionId)
    .where('room_code', '=', roomCode)
    .where('project_id', '=', projectId)
    .orderBy('received_at')
    .orderBy('result.id')
    .execute();
  const [first] = rows;
  if (!first) return refuse({ type: 'no-result-of-room', room: roomCode });
  const newest = rows.findLast((row) => row.problem_json === null);
  const files = new Map<string, string>();
  const results: RoomEvidence['results'] = [];
  const kept: KeptResult[] = [];
  for (const [i, row] of rows.entries()) {
    const n = i + 1;
    const opened = await openKeptResult(centre, row.parcel_digest, join(folder, `opened-${n}`));
    if (!opened.ok) return opened;
    kept.push(opened.value);
    const { parcel, entries, recordFile, heldFile } = opened.value;
    const heldName = heldFile === null ? null : `held-${n}.jws`;
    files
      .set(`result-${n}.parcel`, parcel)
      .set(`record-${n}.json`, recordFile)
      .set(`entries-${n}.jsonl`, entries);
    if (heldName !== null && heldFile !== null) files.set(heldName, heldFile);
    results.push({
      parcel: `result-${n}.parcel`,
      digest: row.parcel_digest,
      receivedAt: row.received_at,
      inForce: row === newest,
      problem: row.problem_json === null ? null : (JSON.parse(row.problem_json) as { type: string }).type,
      receipt: row.held_json === null ? row.receipt : null,
      record: `record-${n}.json`,
      entries: `entries-${n}.jsonl`,
      held: heldName,
    });
  }
  const heads = headsOf(centre, kept);
  const journal = join(folder, 'journal.jsonl');
  await pipeline(Readable.from(linesOf(centre, heads)), createWriteStream(journal));
  files.set('journal.jsonl', journal);
  const contents: RoomEvidence = {
    v: 1,
    madeAt: node.clock.now(),
    by,
    project: projectId,
    session: sessionId,
    site: first.site_code,
    room: roomCode,
    results,
    journal: { part: 'journal.jsonl', heads: heads.map((head) => ({ ...head })) },
    digests: await Promise.all(
      [...files].map(async ([part, file]) => ({
        part,
        sha256: await fileSha256Hex(file),
        size: (await stat(file)).size,
      })),
    ),
  };
  const file = join(folder, 'room-evidence.parcel');
  const made = await makeParcel(
    file,
    {
      kind: 'room-evidence',
      id: `room-evidence:${sessionId}:${roomCode}:${contents.madeAt}`,
      to: { role: 'centre', code: name.code },
      project: projectId,
      session: sessionId,
      mode: first.mode as 'formal' | 'mock',
      createdAt: contents.madeAt,
      about: { room: roomCode, results: results.length },
    },
    [
      { name: roomEvidenceContents, content: utf8(`${JSON.stringify(contents, null, 2)}\n`), recipients: [] },
      ...[...files].map(([part, from]) => ({ name: part, content: { file: from }, recipients: [] })),
    ],
    { name, key: node.keys.signing, chain: [] },
  );
  return made.ok ? ok({ file, fileName: parcelFileName(made.value), results: results.length }) : made;
}

/** Of the chains that the room's results name: where the centre's own copies of them end. */
function headsOf({ node }: Centre, kept: readonly KeptResult[]): Head[] {
  const origins = new Set(kept.flatMap(({ record }) => record.heads.map(({ origin }) => origin)));
  return node.journal.heads().filter(({ origin }) => origins.has(origin));
}

async function* linesOf({ node }: Centre, heads: readonly Head[]): AsyncGenerator<string> {
  for (const { origin, epoch, seq } of heads)
    for (let after = 0; after < seq;) {
      const rows = node.journal.ofOrigin(origin, epoch, after, Math.min(rowsAtOnce, seq - after));
      if (rows.length === 0) break;
      after += rows.length;
      yield rows
        .map(
          ({ header, salt, payload }) =>
            `${JSON.stringify({ header, salt: payload === null ? null : salt, payload })}\n`,
        )
        .join('');
      await new Promise((resolve) => setImmediate(resolve));
    }
}
