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
    .innerJoin('room', (join) =>
      join
        .onRef('room.project_id', '=', 'candidate.project_id')
        .onRef('room.code', '=', 'candidate.room_code'),
    )
    .innerJoin('site', (join) =>
      join
        .onRef('site.project_id', '=', 'candidate.project_id')
        .onRef('site.code', '=', 'candidate.site_code'),
    )
    .selectAll('candidate')
    .select(['room.name as room_name', 'site.name as site_name', 'site.node_id'])
    .where('candidate.project_id', '=', whose.projectId)
    .where('candidate.session_number', '=', session.number)
    .where('candidate.admission_number', '=', whose.admissionNumber)
    .executeTakeFirst();
  if (!row) return refuse({ type: 'no-such-candidate', number: whose.admissionNumber });
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
  const sitting = await db
    .selectFrom('sitting')
    .select('state')
    .where('session_id', '=', whose.sessionId)
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
    site: { code: row.site_code, name: row.site_name, node: row.node_id },
    room: { code: row.room_code, name: row.room_name },
    id: row.id,
    admissionNumber: row.admission_number,
    name: row.name,
    seatNumber: row.seat_number,
    index: Number(before.n) + 1,
    photo: photo ? { sha256: photo.digest, mediaType: photo.media_type } : null,
    state: sitting?.state ?? null,
  });
}
