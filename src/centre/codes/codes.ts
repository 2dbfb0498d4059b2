/** The centre's desk for one-time codes (授权码), and the receipts that wait for one. */
import { asResult } from '../../base/refused.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import {
  codeName,
  unissued,
  type CodeCall,
  type CodeName,
  type CodeReading,
  type DeskCode,
} from '../../exam/code/desk.ts';
import { readRequest } from '../../exam/code/permit.ts';
import type { RoomPackage } from '../../exam/package/room-package.ts';
import type { Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';
import { nextChange } from '../result/change-count.ts';
import { roomsWithin } from '../limits/within.ts';
import { sessionsOf } from '../project/projects.ts';
import { packageOfRoom } from '../publish/published.ts';

/** Whom the policy asks: whoever signs in here for a site permits what the site may. */
type Desk = 'centre' | 'site';

/** Newest first. */
export async function codesOf(centre: Centre, projectId: string, limit: Limit | null): Promise<DeskCode[]> {
  const sessions = await sessionsOf(centre, projectId);
  const rooms = await roomsWithin(centre.db, projectId, limit);
  const codes = centre.codes.list(new Set(sessions.map(({ id }) => id)));
  return rooms === null ? codes : codes.filter(({ room }) => rooms.has(room));
}

export async function readCode(
  centre: Centre,
  projectId: string,
  call: CodeCall,
  desk: Desk,
): Promise<Result<CodeReading>> {
  const content = await contentOf(centre, projectId, call.roomCode);
  if (!content.ok) return content;
  const read = readRequest(content.value, call, desk);
  if (!read.ok) return read;
  const { codeKey: _, ...reading } = read.value;
  return ok(reading);
}

export async function issueCode(
  centre: Centre,
  projectId: string,
  call: CodeCall,
  desk: Desk,
  why: { readonly reason: string; readonly by: string },
): Promise<Result<{ answer: string }>> {
  const content = await contentOf(centre, projectId, call.roomCode);
  return content.ok ? centre.codes.issue(content.value, call, desk, why) : content;
}

/** Somebody at the centre answers for a code that was used and never issued: the receipt goes out. */
export async function acceptCode(
  centre: Centre,
  code: CodeName,
  { reason, by }: { readonly reason: string; readonly by: string },
): Promise<Result<void>> {
  const known = centre.codes.codes.get(codeName(code));
  if (!known) return refuse({ type: 'code-not-asked' });
  const { challenge, session, room } = code;
  await centre.node.journal.append([
    { kind: 'code-accepted', subject: `code:${challenge}`, data: { challenge, session, room, reason, by } },
  ]);
  return ok();
}

async function contentOf({ db }: Centre, projectId: string, roomCode: string): Promise<Result<RoomPackage>> {
  const content = await packageOfRoom(db, projectId, roomCode);
  return content ? ok(content) : refuse({ type: 'no-such-room', room: roomCode });
}

/** Why a result's receipt waits; null: it does not. */
export function heldFor(centre: Pick<Centre, 'codes'>, used: readonly CodeName[]): string | null {
  const without = unissued(centre.codes.codes, used);
  return without.length === 0 ? null : JSON.stringify(without);
}

/** Gives the receipts that waited for a code's issue, and do not any more. To be called when something became known of a code, and at the start. */
export async function releaseHeld(centre: Centre): Promise<void> {
  const { db, node } = centre;
  const rows = await db
    .selectFrom('result')
    .select(['id', 'project_id', 'session_id', 'room_code', 'parcel_digest', 'held_json'])
    .where('held_json', 'is not', null)
    .execute();
  for (const row of rows) {
    const held = heldFor(centre, JSON.parse(row.held_json ?? '[]') as CodeName[]);
    if (held === row.held_json) continue;
    await db.transaction().execute(async (trx) => {
      await trx.updateTable('result').set({ held_json: held }).where('id', '=', row.id).execute();
      if (held !== null) return;
      const receipt_number = await nextChange(trx, row.project_id);
      await trx.updateTable('result').set({ receipt_number }).where('id', '=', row.id).execute();
    });
    if (held === null)
      await node.journal.append([
        {
          kind: 'receipt-released',
          subject: `session:${row.session_id}`,
          data: { room: row.room_code, digest: row.parcel_digest },
        },
      ]);
  }
  if (rows.length > 0) centre.changed.notify();
}

/** Runs `releaseHeld` in the background, one at a time; a database that is away is tried again with the next change. */
export function heldReleaser(centre: () => Centre): () => void {
  let running = false;
  let again = false;
  const run = (): void => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    asResult(() => releaseHeld(centre()))
      .catch((error: unknown) => centre().node.log.error({ err: error }, 'held receipts not released'))
      .finally(() => {
        running = false;
        if (!again) return;
        again = false;
        run();
      });
  };
  return run;
}
