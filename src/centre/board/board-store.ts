/** What of the board is in the database: the sites' newest statuses, samples of the counts, and acknowledged alarms. */
import { sql } from 'kysely';
import * as z from 'zod';
import { alarmKinds, type Acknowledgement } from '../../exam/board/alarms.ts';
import type { Sample } from '../../exam/board/board-view.ts';
import { siteStatusSchema, type SiteStatus } from '../../exam/session/site-status.ts';
import type { CentreDatabase } from '../storage/database.ts';

/** What a site told, and when it was heard. */
export interface Told {
  readonly projectId: string;
  readonly code: string;
  readonly lastContact: number;
  readonly status: SiteStatus;
}

export interface StoredSite {
  readonly code: string;
  readonly name: string;
  readonly region: string | null;
  readonly registeredAt: number | null;
  readonly lastContact: number | null;
  readonly status: SiteStatus | null;
}

const rowsAtOnce = 200;

/** A status that an earlier version wrote and this one cannot read counts as none: the site tells it anew within seconds. */
export function statusIn(json: string | null): SiteStatus | null {
  if (json === null) return null;
  const read = siteStatusSchema.safeParse(JSON.parse(json));
  return read.success ? read.data : null;
}

/** In the order of their codes, some at a time: eight thousand statuses are megabytes, and meanwhile sites say hello. */
export async function* storedSites(db: CentreDatabase, projectId: string): AsyncGenerator<StoredSite> {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('site')
      .select(['code', 'name', 'region', 'registered_at', 'last_contact', 'status_json'])
      .where('project_id', '=', projectId)
      .where('code', '>', after)
      .orderBy('code')
      .limit(rowsAtOnce)
      .execute();
    for (const row of rows)
      yield {
        code: row.code,
        name: row.name,
        region: row.region,
        registeredAt: row.registered_at,
        lastContact: row.last_contact,
        status: statusIn(row.status_json),
      };
    const last = rows.at(-1);
    if (!last || rows.length < rowsAtOnce) return;
    after = last.code;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Of these sites, some at a time. */
export async function* statusesOf(
  db: CentreDatabase,
  projectId: string,
  codes: readonly string[],
): AsyncGenerator<Pick<StoredSite, 'code' | 'status'>> {
  for (let i = 0; i < codes.length; i += rowsAtOnce) {
    const rows = await db
      .selectFrom('site')
      .select(['code', 'status_json'])
      .where('project_id', '=', projectId)
      .where('code', 'in', codes.slice(i, i + rowsAtOnce))
      .execute();
    for (const row of rows) yield { code: row.code, status: statusIn(row.status_json) };
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** @returns candidates by session number, site and room. */
export async function expectedCandidates(
  db: CentreDatabase,
  projectId: string,
): Promise<Map<number, Map<string, Map<string, number>>>> {
  const rooms = await db
    .selectFrom('room')
    .select(['code', 'site_code'])
    .where('project_id', '=', projectId)
    .execute();
  const siteOf = new Map(rooms.map((room) => [room.code, room.site_code]));
  const rows = await db
    .selectFrom('candidate')
    .select(['room_code', 'session_number', (eb) => eb.fn.countAll<number>().as('n')])
    .where('project_id', '=', projectId)
    .groupBy(['room_code', 'session_number'])
    .execute();
  const all = new Map<number, Map<string, Map<string, number>>>();
  for (const { room_code: room, session_number: session, n } of rows) {
    const site = siteOf.get(room) ?? '';
    const sites = all.get(session) ?? new Map<string, Map<string, number>>();
    all.set(session, sites);
    sites.set(site, (sites.get(site) ?? new Map<string, number>()).set(room, Number(n)));
  }
  return all;
}

/**
 * Writes what sites told: many in one statement, because a commit each would be hundreds a second.
 * @param self the process that was told; @param shared whether others read it: then the time is the database's own, the same for all.
 */
export async function writeTold(
  db: CentreDatabase,
  told: readonly Told[],
  { self, shared, now }: { readonly self: string; readonly shared: boolean; readonly now: number },
): Promise<void> {
  const at = shared ? sql`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)` : sql`${now}`;
  for (let i = 0; i < told.length; i += rowsAtOnce) {
    const rows = told
      .slice(i, i + rowsAtOnce)
      .map(
        (one) =>
          sql`(cast(${one.projectId} as text), cast(${one.code} as text), cast(${one.lastContact} as bigint), cast(${JSON.stringify(one.status)} as text))`,
      );
    await sql`
      with told (project, code, heard, status) as (values ${sql.join(rows)})
      update site set last_contact = told.heard, status_json = told.status, told_at = ${at}, told_to = ${self}
      from told where site.project_id = told.project and site.code = told.code`.execute(db);
  }
}

/** A transaction may become visible this much after the time that it wrote. */
const overlapMs = 5_000;

/** What other processes of this centre were told. Remembers what it has read; asks for the texts of what is new alone. */
export class ToldToOthers {
  readonly #db: CentreDatabase;
  readonly #self: string;
  readonly #read = new Map<string, number>();
  #until = 0;

  constructor(db: CentreDatabase, self: string) {
    this.#db = db;
    this.#self = self;
  }

  async next(): Promise<Told[]> {
    const rows = await this.#db
      .selectFrom('site')
      .select(['project_id', 'code', 'told_at'])
      .where('told_at', '>', this.#until - overlapMs)
      .where('told_to', '!=', this.#self)
      .execute();
    const fresh = rows.filter((row) => this.#read.get(`${row.project_id} ${row.code}`) !== row.told_at);
    const told: Told[] = [];
    for (const projectId of new Set(fresh.map((row) => row.project_id))) {
      const codes = fresh.filter((row) => row.project_id === projectId).map((row) => row.code);
      for (let i = 0; i < codes.length; i += rowsAtOnce)
        told.push(...(await this.#texts(projectId, codes.slice(i, i + rowsAtOnce))));
    }
    for (const row of fresh) {
      this.#read.set(`${row.project_id} ${row.code}`, row.told_at ?? 0);
      this.#until = Math.max(this.#until, row.told_at ?? 0);
    }
    return told;
  }

  async #texts(projectId: string, codes: readonly string[]): Promise<Told[]> {
    const rows = await this.#db
      .selectFrom('site')
      .select(['code', 'last_contact', 'status_json'])
      .where('project_id', '=', projectId)
      .where('code', 'in', codes)
      .execute();
    return rows.flatMap((row) => {
      const status = statusIn(row.status_json);
      return status === null ? [] : { projectId, code: row.code, lastContact: row.last_contact ?? 0, status };
    });
  }
}

/** Oldest first. */
export async function samplesOf(db: CentreDatabase, sessionId: string, after: number): Promise<Sample[]> {
  const rows = await db
    .selectFrom('board_sample')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('at', '>', after)
    .orderBy('at')
    .execute();
  return rows.map((row) => ({
    at: row.at,
    signedIn: row.signed_in,
    inExam: row.in_exam,
    handedIn: row.handed_in,
  }));
}

/** Of several processes that count the same minute the first one is enough. */
export async function keepSample(db: CentreDatabase, sessionId: string, sample: Sample): Promise<void> {
  await db
    .insertInto('board_sample')
    .values({
      session_id: sessionId,
      at: sample.at,
      signed_in: sample.signedIn,
      in_exam: sample.inExam,
      handed_in: sample.handedIn,
    })
    .onConflict((conflict) => conflict.columns(['session_id', 'at']).doNothing())
    .execute();
}

export interface SiteAcknowledgement extends Acknowledgement {
  readonly sessionId: string;
  readonly siteCode: string;
}

export async function acknowledgementsOf(
  db: CentreDatabase,
  sessionIds: readonly string[],
): Promise<SiteAcknowledgement[]> {
  if (sessionIds.length === 0) return [];
  const rows = await db
    .selectFrom('board_acknowledgement')
    .selectAll()
    .where('session_id', 'in', sessionIds)
    .execute();
  return rows.map((row) => ({
    sessionId: row.session_id,
    siteCode: row.site_code,
    kind: z.enum(alarmKinds).parse(row.kind),
    since: row.since,
    about: z.array(z.string()).parse(JSON.parse(row.about_json)),
    at: row.at,
    by: row.by_account,
    note: row.note,
  }));
}

/** A later one of the same alarm, which may be about more rooms, takes the place of the earlier one; the journal has both. */
export async function keepAcknowledgement(db: CentreDatabase, given: SiteAcknowledgement): Promise<void> {
  const said = {
    about_json: JSON.stringify(given.about),
    at: given.at,
    by_account: given.by,
    note: given.note,
  };
  await db
    .insertInto('board_acknowledgement')
    .values({
      session_id: given.sessionId,
      site_code: given.siteCode,
      kind: given.kind,
      since: given.since,
      ...said,
    })
    .onConflict((conflict) =>
      conflict.columns(['session_id', 'site_code', 'kind', 'since']).doUpdateSet(said),
    )
    .execute();
}
