/** The roster as a list to look through. */
import { sql } from 'kysely';
import { keptAccommodations } from './kept-accommodations.ts';
import { photoUrl } from '../../exam/roster/photos.ts';
import type { Centre } from '../centre.ts';
import type { Limit } from '../../node/users/limit.ts';
import { within } from '../limits/within.ts';
import type { CentreDatabase } from '../storage/database.ts';
import { behind, foldedForSearch, searchTerms } from './search-words.ts';

/** What a search gives at most: whoever finds more says more of whom is meant. */
const mostFound = 300;

/** Of which project, and for a user with which limit. */
interface Here {
  readonly projectId: string;
  readonly limit: Limit | null;
}

/**
 * Candidates of whom every term is the beginning of the number, of a part of the name, of the room's code or of the site's.
 * @returns `total` is `mostFound` and `more` true where there are more.
 */
export async function candidateRows(
  { db }: Pick<Centre, 'db'>,
  wanted: { projectId: string; search: string; offset: number; limit: number },
  of: Limit | null,
) {
  const { projectId, search, offset, limit } = wanted;
  const here: Here = { projectId, limit: of };
  if (search.trim() === '') return { ...(await page(db, here, offset, limit)), more: false };
  const terms = searchTerms(search);
  const ids = terms.length === 0 ? [] : await found(db, here, terms);
  const shown = ids.slice(0, mostFound);
  return {
    total: shown.length,
    more: ids.length > mostFound,
    rows: await rowsOf(db, shown.slice(offset, offset + limit)),
  };
}

async function page(db: CentreDatabase, here: Here, offset: number, limit: number) {
  const { projectId } = here;
  const seen = within(here.limit, projectId, 'candidate.site_code');
  const { n } = await db
    .selectFrom('candidate')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('project_id', '=', projectId)
    .where(seen)
    .executeTakeFirstOrThrow();
  // In the order of an index: a million rows are not sorted for a hundred.
  const ids = await db
    .selectFrom('candidate')
    .select('id')
    .where('project_id', '=', projectId)
    .where(seen)
    .orderBy('room_code')
    .orderBy('session_number')
    .orderBy('position')
    .limit(limit)
    .offset(offset)
    .execute();
  return {
    total: Number(n),
    rows: await rowsOf(
      db,
      ids.map(({ id }) => id),
    ),
  };
}

/** By the rarest term, and of those whom it finds the ones whom the others name as well. One more than is shown, where there are more. */
async function found(db: CentreDatabase, here: Here, terms: readonly string[]): Promise<string[]> {
  const sizes = await Promise.all(terms.map(async (term) => (await byTerm(db, here, term, [])).length));
  const rarest = sizes.indexOf(Math.min(...sizes));
  const others = terms.filter((_, i) => i !== rarest);
  return byTerm(db, here, terms[rarest] as string, others);
}

async function byTerm(
  db: CentreDatabase,
  here: Here,
  term: string,
  others: readonly string[],
): Promise<string[]> {
  const { projectId } = here;
  // Before anything is counted: what others may see must not take the place of what this user may.
  const also = [
    ...others.map(matches),
    ...(here.limit === null ? [] : [within(here.limit, projectId, 'candidate.site_code')]),
  ];
  // A name of several words is found by each: some come twice.
  const most = 2 * (mostFound + 1);
  const words = await db
    .selectFrom('candidate_word')
    .$if(also.length > 0, (query) =>
      query
        .innerJoin('candidate', 'candidate.id', 'candidate_word.candidate_id')
        .where(sql<boolean>`${sql.join(also, sql` and `)}`),
    )
    .select('candidate_id')
    .where('candidate_word.project_id', '=', projectId)
    .where('word', '>=', term)
    .where('word', '<', behind(term))
    .orderBy('word')
    .orderBy('candidate_id')
    .limit(most)
    .execute();
  const codes = await roomsBy(db, projectId, term);
  const seated =
    codes.length === 0
      ? []
      : await db
          .selectFrom('candidate')
          .select('id')
          .where('project_id', '=', projectId)
          .where('room_code', 'in', codes)
          .$if(also.length > 0, (query) => query.where(sql<boolean>`${sql.join(also, sql` and `)}`))
          .orderBy('room_code')
          .orderBy('session_number')
          .orderBy('position')
          .limit(mostFound + 1)
          .execute();
  return [...new Set([...words.map((row) => row.candidate_id), ...seated.map((row) => row.id)])].slice(
    0,
    mostFound + 1,
  );
}

/** Rooms whose code, or whose site's, begins so: by an index over the lower-case codes. */
async function roomsBy(db: CentreDatabase, projectId: string, term: string): Promise<string[]> {
  const codes = new Set<string>();
  for (const column of ['code', 'site_code'] as const) {
    const lower = sql<string>`lower(${sql.ref(column)})`;
    const rows = await db
      .selectFrom('room')
      .select('code')
      .where('project_id', '=', projectId)
      .where(lower, '>=', term)
      .where(lower, '<', behind(term))
      .limit(mostFound)
      .execute();
    for (const { code } of rows) codes.add(code);
  }
  return [...codes];
}

function matches(term: string) {
  return sql<boolean>`(${sql.ref('candidate.name_folded')} like ${`%${plain(term)}%`} escape '\\'
    or ${begins('candidate.admission_number', term)} or ${begins('candidate.room_code', term)}
    or ${begins('candidate.site_code', term)})`;
}

function begins(column: string, term: string) {
  return sql<boolean>`lower(${sql.ref(column)}) like ${`${plain(term)}%`} escape '\\'`;
}

function plain(term: string): string {
  return foldedForSearch(term).replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}

/** In the order of the ids. */
async function rowsOf(db: CentreDatabase, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('candidate')
    .leftJoin('photo', (join) =>
      join
        .onRef('photo.project_id', '=', 'candidate.project_id')
        .onRef('photo.admission_number', '=', 'candidate.admission_number'),
    )
    .selectAll('candidate')
    .select('digest')
    .where('candidate.id', 'in', ids)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    return [
      {
        id: row.id,
        admissionNumber: row.admission_number,
        name: row.name,
        sessionNumber: row.session_number,
        siteCode: row.site_code,
        roomCode: row.room_code,
        seatNumber: row.seat_number,
        photo: row.digest !== null,
        accommodations: keptAccommodations(row.accommodations_json),
      },
    ];
  });
}

/** As a data URL; null: there is none. */
export async function photoOf(
  { db, blobs }: Pick<Centre, 'db' | 'blobs'>,
  projectId: string,
  admissionNumber: string,
  limit: Limit | null,
): Promise<string | null> {
  const row = await db
    .selectFrom('photo')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('admission_number', '=', admissionNumber)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('candidate')
          .select('candidate.id')
          .whereRef('candidate.project_id', '=', 'photo.project_id')
          .whereRef('candidate.admission_number', '=', 'photo.admission_number')
          .where(within(limit, projectId, 'candidate.site_code')),
      ),
    )
    .executeTakeFirst();
  const content = row && (await blobs.read(row.digest));
  return content ? photoUrl(row.media_type, content) : null;
}
