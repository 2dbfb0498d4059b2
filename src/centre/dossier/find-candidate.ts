/** Whose dossier: the candidate as the roster and what has come say it. */
import { refuse, ok, type Result } from '../../base/result.ts';
import type { Centre } from '../centre.ts';
import { sessionInputSchema } from '../contract.ts';

export interface Whose {
  readonly projectId: string;
  readonly sessionId: string;
  readonly admissionNumber: string;
}

export interface FoundCandidate {
  readonly project: {
    readonly id: string;
    readonly code: string;
    readonly name: string;
    readonly mode: 'formal' | 'mock';
  };
  readonly session: {
    readonly id: string;
    readonly number: number;
    readonly name: string;
    readonly startAt: number;
  };
  readonly site: { readonly code: string; readonly name: string; readonly node: string | null };
  readonly room: { readonly code: string; readonly name: string };
  readonly id: string;
  readonly admissionNumber: string;
  readonly name: string;
  readonly seatNumber: number | null;
  /** Place in the room's list, as the roster has it now. */
  readonly index: number;
  readonly photo: { readonly sha256: string; readonly mediaType: string } | null;
  /** null: no result with this candidate has come. */
  readonly state: string | null;
}

/** Refusals `no-such-session-here`, `no-such-candidate`. */
export async function findCandidate({ db }: Centre, whose: Whose): Promise<Result<FoundCandidate>> {
  const session = await db
    .selectFrom('session')
    .innerJoin('project', 'project.id', 'session.project_id')
    .select(['session.number', 'session.body_json', 'project.code', 'project.name', 'project.mode'])
    .where('session.id', '=', whose.sessionId)
    .where('session.project_id', '=', whose.projectId)
    .executeTakeFirst();
  if (!session) return refuse({ type: 'no-such-session-here' });
  const row = await db
    .selectFrom('candidate')
    .selectAll()
    .where('project_id', '=', whose.projectId)
    .where('session_number', '=', session.number)
    .where('admission_number', '=', whose.admissionNumber)
    .executeTakeFirst();
  if (!row) return refuse({ type: 'no-such-candidate', number: whose.admissionNumber });
  const sitting = await db
    .selectFrom('sitting')
    .select(['state', 'site_code', 'room_code'])
    .where('session_id', '=', whose.sessionId)
    .where('admission_number', '=', whose.admissionNumber)
    .executeTakeFirst();
  // Where the candidate sat, which a newer roster may have forgotten.
  const where = sitting ?? row;
  const site = await db
    .selectFrom('site')
    .select(['name', 'node_id'])
    .where('project_id', '=', whose.projectId)
    .where('code', '=', where.site_code)
    .executeTakeFirst();
  const room = await db
    .selectFrom('room')
    .select('name')
    .where('project_id', '=', whose.projectId)
    .where('code', '=', where.room_code)
    .executeTakeFirst();
  const before = await db
    .selectFrom('candidate')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('project_id', '=', whose.projectId)
    .where('room_code', '=', row.room_code)
    .where('session_number', '=', session.number)
    .where('position', '<', row.position)
    .executeTakeFirstOrThrow();
  const photo = await db
    .selectFrom('photo')
    .select(['digest', 'media_type'])
    .where('project_id', '=', whose.projectId)
    .where('admission_number', '=', whose.admissionNumber)
    .executeTakeFirst();
  const { name, startAt } = sessionInputSchema.parse(JSON.parse(session.body_json));
  return ok({
    project: {
      id: whose.projectId,
      code: session.code,
      name: session.name,
      mode: session.mode as 'formal' | 'mock',
    },
    session: { id: whose.sessionId, number: session.number, name, startAt },
    site: { code: where.site_code, name: site?.name ?? where.site_code, node: site?.node_id ?? null },
    room: { code: where.room_code, name: room?.name ?? where.room_code },
    id: row.id,
    admissionNumber: row.admission_number,
    name: row.name,
    seatNumber: row.seat_number,
    index: Number(before.n) + 1,
    photo: photo ? { sha256: photo.digest, mediaType: photo.media_type } : null,
    state: sitting?.state ?? null,
  });
}
