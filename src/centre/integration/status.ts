/** How things stand, for other programs: what the consoles show, page by page. */
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import { releaseAt } from '../../exam/project/release.ts';
import { siteFactsSchema } from '../../exam/board/site-facts.ts';
import type { Centre } from '../centre.ts';
import type { SessionView } from '../contract.ts';
import { newestPublication, projectView, sessionsOf } from '../project/projects.ts';
import {
  apiPublicationSchema,
  type apiSessionSchema,
  type apiSiteSchema,
  type authorisationStateSchema,
  type candidateStatusSchema,
  type siteProgressSchema,
} from './contract.ts';
import { pageOf, placeOf, type Paged } from './cursor.ts';

export interface Wanted {
  readonly projectId: string;
  readonly after?: string | undefined;
  readonly limit: number;
}

const byCode = z.tuple([z.string()]);
const byRoom = z.tuple([z.string(), z.number()]);

export function sessionOf(session: SessionView): z.output<typeof apiSessionSchema> {
  const { id, number, name, startAt, subjects } = session;
  return {
    id,
    number,
    name,
    startAt,
    durationMin: subjects.reduce((sum, subject) => sum + subject.durationMin, 0),
    subjects: subjects.map((one) => ({ number: one.number, name: one.name, durationMin: one.durationMin })),
  };
}

export async function sessionIn(
  centre: Pick<Centre, 'db'>,
  projectId: string,
  sessionId: string,
): Promise<Result<SessionView>> {
  const found = (await sessionsOf(centre, projectId)).find((one) => one.id === sessionId);
  return found ? ok(found) : refuse({ type: 'no-such-session-here' });
}

export async function sitesPage(
  { db, board }: Pick<Centre, 'db' | 'board'>,
  wanted: Wanted,
): Promise<Result<Paged<z.output<typeof apiSiteSchema>>>> {
  const place = placeOf(wanted.after, byCode);
  if (!place.ok) return place;
  const { projectId } = wanted;
  const sites = await db
    .selectFrom('site')
    .select(['code', 'name', 'registered_at', 'last_contact'])
    .where('project_id', '=', projectId)
    .where('code', '>', place.value?.[0] ?? '')
    .orderBy('code')
    .limit(wanted.limit + 1)
    .execute();
  const codes = sites.map((site) => site.code);
  const rooms = await countBySite(db, 'room', projectId, codes);
  const candidates = await countBySite(db, 'candidate', projectId, codes);
  return ok(
    pageOf(
      sites,
      wanted,
      (site) => [site.code],
      (site) => ({
        code: site.code,
        name: site.name,
        rooms: rooms.get(site.code) ?? 0,
        candidates: candidates.get(site.code) ?? 0,
        registeredAt: site.registered_at,
        lastContact: board.memory.lastContact(projectId, site.code) ?? site.last_contact,
        loadedAt: board.memory.loadedAt(projectId, site.code),
      }),
    ),
  );
}

async function countBySite(
  db: Centre['db'],
  table: 'room' | 'candidate',
  projectId: string,
  codes: readonly string[],
): Promise<Map<string, number>> {
  if (codes.length === 0) return new Map();
  const rows = await db
    .selectFrom(table)
    .innerJoin('site', (join) =>
      join.onRef('site.project_id', '=', `${table}.project_id`).onRef('site.code', '=', `${table}.site_code`),
    )
    .select(['site.code', (eb) => eb.fn.countAll<number>().as('n')])
    .where('site.project_id', '=', projectId)
    .where('site.code', 'in', codes)
    .groupBy('site.code')
    .execute();
  return new Map(rows.map((row) => [row.code, Number(row.n)]));
}

/** As the board has it in memory: nothing is asked of the database. */
export function progressPage(
  centre: Pick<Centre, 'board'>,
  wanted: Wanted & { readonly sessionId: string },
): Result<Paged<z.output<typeof siteProgressSchema>>> {
  const place = placeOf(wanted.after, byCode);
  if (!place.ok) return place;
  const from = place.value?.[0] ?? '';
  const { sites } = centre.board.viewer(wanted.projectId, wanted.sessionId, null)();
  const behind = sites.filter(({ code }) => code > from).toSorted((a, b) => (a.code < b.code ? -1 : 1));
  return ok(
    pageOf(
      behind,
      wanted,
      ({ code }) => [code],
      ({ alarms, ...facts }) => ({
        ...siteFactsSchema.parse(facts),
        alarms: alarms.map(({ kind, since, acknowledged }) => ({
          kind,
          since,
          acknowledged: acknowledged !== null,
        })),
      }),
    ),
  );
}

export async function candidatesPage(
  { db }: Pick<Centre, 'db'>,
  wanted: Wanted & { readonly siteCode?: string | undefined },
  session: SessionView,
): Promise<Result<Paged<z.output<typeof candidateStatusSchema>>>> {
  const place = placeOf(wanted.after, byRoom);
  if (!place.ok) return place;
  const [room, position] = place.value ?? ['', 0];
  // In the order of an index: a million rows are not sorted for a hundred.
  const rows = await db
    .selectFrom('candidate')
    .leftJoin('sitting', (join) =>
      join
        .on('sitting.session_id', '=', session.id)
        .onRef('sitting.admission_number', '=', 'candidate.admission_number'),
    )
    .select(['candidate.admission_number', 'candidate.site_code', 'candidate.room_code'])
    .select(['candidate.seat_number', 'candidate.position', 'sitting.state'])
    .where('candidate.project_id', '=', wanted.projectId)
    .where('candidate.session_number', '=', session.number)
    .where('candidate.room_code', '>=', room)
    .where((eb) => eb.or([eb('candidate.room_code', '>', room), eb('candidate.position', '>', position)]))
    .$if(wanted.siteCode !== undefined, (query) =>
      query.where('candidate.site_code', '=', wanted.siteCode ?? ''),
    )
    .orderBy('candidate.room_code')
    .orderBy('candidate.position')
    .limit(wanted.limit + 1)
    .execute();
  return ok(
    pageOf(
      rows,
      wanted,
      (row) => [row.room_code, row.position],
      (row) => ({
        admissionNumber: row.admission_number,
        siteCode: row.site_code,
        roomCode: row.room_code,
        seatNumber: row.seat_number,
        state: row.state,
      }),
    ),
  );
}

export async function publicationOf(
  centre: Centre,
  projectId: string,
): Promise<Result<z.output<typeof apiPublicationSchema>>> {
  const project = await projectView(centre, projectId, null);
  if (!project.ok) return project;
  const newest = await newestPublication(centre, projectId);
  const work = await centre.publisher.work(projectId);
  return ok({
    newest: newest
      ? {
          number: newest.number,
          publishedAt: newest.published_at,
          rooms: newest.rooms,
          changedRooms: newest.changed_rooms ?? newest.rooms,
          bytes: newest.bytes,
        }
      : null,
    changedSince: project.value.changedSince,
    missing: project.value.missing.map((one) => ({ ...one })),
    // Without the account that began it: who works at the consoles is nobody's business outside.
    work: apiPublicationSchema.shape.work.parse(work),
  });
}

export async function authorisationsPage(
  { db }: Pick<Centre, 'db'>,
  wanted: Wanted,
  session: SessionView,
): Promise<Result<Paged<z.output<typeof authorisationStateSchema>>>> {
  const place = placeOf(wanted.after, byCode);
  if (!place.ok) return place;
  const rows = await db
    .selectFrom('site')
    .leftJoin('authorisation', (join) =>
      join.on('authorisation.session_id', '=', session.id).onRef('authorisation.site_code', '=', 'site.code'),
    )
    .select(['site.code', 'site.registered_at', 'prepared_at', 'fetched_at', 'released_at'])
    .where('site.project_id', '=', wanted.projectId)
    .where('site.code', '>', place.value?.[0] ?? '')
    .orderBy('site.code')
    .limit(wanted.limit + 1)
    .execute();
  return ok(
    pageOf(
      rows,
      wanted,
      (row) => [row.code],
      (row) => ({
        siteCode: row.code,
        state: authorisationState(row),
        releaseAt: releaseAt(session),
        preparedAt: row.prepared_at,
        fetchedAt: row.fetched_at,
        releasedAt: row.released_at,
      }),
    ),
  );
}

function authorisationState(row: {
  registered_at: number | null;
  prepared_at: number | null;
  released_at: number | null;
}): z.output<typeof authorisationStateSchema>['state'] {
  if (row.registered_at === null) return 'site-not-registered';
  if (row.prepared_at === null) return 'not-prepared';
  return row.released_at === null ? 'prepared' : 'released';
}
