/** What is in force: the newest publication, and what it is for one site. Each is read in one statement, so that a publication that becomes final meanwhile is seen whole or not at all. */
import { sql, type RawBuilder } from 'kysely';
import { peekJws } from '../../trust/jws.ts';
import { roomPackageSchema, type RoomPackage } from '../../exam/package/room-package.ts';
import type { CentreDatabase } from '../storage/database.ts';

/** Number of the project's newest publication, as an expression. */
function newestOf(projectId: string): RawBuilder<number> {
  return sql<number>`(select max(number) from publication where project_id = ${projectId})`;
}

/** The site's publication: the one that last changed anything for it. */
export interface SitePublication {
  readonly number: number;
  readonly at: number;
}

/** null: nothing is published, or nothing for this site. */
export async function publicationOfSite(
  db: CentreDatabase,
  projectId: string,
  siteCode: string,
): Promise<SitePublication | null> {
  const row = await db
    .selectFrom('publication_site')
    .select(['since', 'since_at'])
    .where('project_id', '=', projectId)
    .where('site_code', '=', siteCode)
    .where('number', '=', newestOf(projectId))
    .executeTakeFirst();
  return row ? { number: row.since, at: row.since_at } : null;
}

/** With the signed packages of all its rooms. */
export async function packagesOfSite(
  db: CentreDatabase,
  projectId: string,
  siteCode: string,
): Promise<{ publication: SitePublication; packages: string[] } | null> {
  const rows = await db
    .selectFrom('publication_site')
    .leftJoin('publication_room', (join) =>
      join
        .onRef('publication_room.project_id', '=', 'publication_site.project_id')
        .onRef('publication_room.number', '=', 'publication_site.number')
        .onRef('publication_room.site_code', '=', 'publication_site.site_code'),
    )
    .leftJoin('made_package', (join) =>
      join
        .onRef('made_package.project_id', '=', 'publication_room.project_id')
        .onRef('made_package.digest', '=', 'publication_room.digest'),
    )
    .select(['since', 'since_at', 'jws'])
    .where('publication_site.project_id', '=', projectId)
    .where('publication_site.site_code', '=', siteCode)
    .where('publication_site.number', '=', newestOf(projectId))
    .orderBy('publication_room.room_code')
    .execute();
  const [first] = rows;
  if (!first) return null;
  return {
    publication: { number: first.since, at: first.since_at },
    packages: rows.flatMap(({ jws }) => (jws === null ? [] : [jws])),
  };
}

/** null: the room is in no publication. */
export async function packageOfRoom(
  db: CentreDatabase,
  projectId: string,
  roomCode: string,
): Promise<RoomPackage | null> {
  const row = await db
    .selectFrom('publication_room')
    .innerJoin('made_package', (join) =>
      join
        .onRef('made_package.project_id', '=', 'publication_room.project_id')
        .onRef('made_package.digest', '=', 'publication_room.digest'),
    )
    .select('jws')
    .where('publication_room.project_id', '=', projectId)
    .where('publication_room.room_code', '=', roomCode)
    .where('publication_room.number', '=', newestOf(projectId))
    .executeTakeFirst();
  return row ? contentOf(row.jws) : null;
}

/** Of a package that this centre signed itself. */
export function contentOf(jws: string): RoomPackage {
  const read = peekJws(jws);
  if (!read.ok) throw new Error('kept room package is damaged');
  return roomPackageSchema.parse(read.value.payload);
}
