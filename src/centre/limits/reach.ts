/** Where things lie that limited users name, and which limits there can be. */
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Reach } from '../../node/operations.ts';
import { isWithin, type Limit, type PlacedSite } from '../../node/users/limit.ts';
import type { LimitRules } from '../../node/users/operations.ts';
import type { CentreDatabase } from '../storage/database.ts';

/** How inputs name a site: every operation of the centre that names one uses these words. */
const namedSchema = z.object({
  projectId: z.string().optional(),
  sessionId: z.string().nullish(),
  siteCode: z.string().nullish(),
  roomCode: z.string().nullish(),
});
type Named = z.infer<typeof namedSchema>;

export function reachOf(db: CentreDatabase): Reach {
  return {
    async holds(limit, input) {
      const named = namedSchema.safeParse(input);
      if (!named.success) return false;
      const projectId = await projectOf(db, named.data);
      const siteCode = projectId === null ? null : await siteOf(db, projectId, named.data);
      if (projectId === null || siteCode === null) return false;
      const site = await placed(db, projectId, siteCode);
      return site !== null && isWithin(limit, projectId, site);
    },
  };
}

/** null: it names none, or two: a session of another project would let in what lies outside. */
async function projectOf(db: CentreDatabase, { projectId, sessionId }: Named): Promise<string | null> {
  if (sessionId == null) return projectId ?? null;
  const session = await db
    .selectFrom('session')
    .select('project_id')
    .where('id', '=', sessionId)
    .executeTakeFirst();
  if (!session || (projectId !== undefined && projectId !== session.project_id)) return null;
  return session.project_id;
}

/** null: it names none, or two. */
async function siteOf(
  db: CentreDatabase,
  projectId: string,
  { siteCode, roomCode }: Named,
): Promise<string | null> {
  if (roomCode == null) return siteCode ?? null;
  const room = await db
    .selectFrom('room')
    .select('site_code')
    .where('project_id', '=', projectId)
    .where('code', '=', roomCode)
    .executeTakeFirst();
  // What is done for a room is done with what was published for it, which may have been at another site.
  const published = await db
    .selectFrom('publication_room')
    .select('site_code')
    .where('project_id', '=', projectId)
    .where('room_code', '=', roomCode)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const all = new Set([
    siteCode ?? room?.site_code,
    room?.site_code,
    published?.site_code ?? room?.site_code,
  ]);
  const [one] = all;
  return all.size === 1 && one !== undefined ? one : null;
}

async function placed(db: CentreDatabase, projectId: string, code: string): Promise<PlacedSite | null> {
  const site = await db
    .selectFrom('site')
    .select(['code', 'region'])
    .where('project_id', '=', projectId)
    .where('code', '=', code)
    .executeTakeFirst();
  return site ?? null;
}

export function limitRules(db: CentreDatabase): LimitRules {
  return {
    async exists(limit): Promise<Result<void>> {
      if (limit.to === 'site')
        return (await placed(db, limit.projectId, limit.siteCode))
          ? ok()
          : refuse({ type: 'no-such-site', site: limit.siteCode });
      const rows = await db
        .selectFrom('site')
        .select('region')
        .distinct()
        .where('region', 'in', limit.regions)
        .execute();
      const known = new Set(rows.map(({ region }) => region));
      const unknown = limit.regions.filter((region) => !known.has(region));
      return unknown.length === 0 ? ok() : refuse({ type: 'no-such-region', regions: unknown });
    },
    async holds(outer: Limit, inner: Limit): Promise<boolean> {
      if (inner.to === 'regions')
        return outer.to === 'regions' && inner.regions.every((region) => outer.regions.includes(region));
      const site = await placed(db, inner.projectId, inner.siteCode);
      return site !== null && isWithin(outer, inner.projectId, site);
    },
  };
}
