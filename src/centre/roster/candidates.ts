/** The roster as a list to look through. */
import { sql } from 'kysely';
import { keptAccommodations } from './kept-accommodations.ts';
import { photoUrl } from '../../exam/roster/photos.ts';
import type { Centre } from '../centre.ts';

/** Upper and lower case are the same in a search, in every alphabet: neither database does that by itself for all of them. */
export function foldedForSearch(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Candidates whose number begins with the words, or whose name contains them. */
export async function candidateRows(
  { db }: Pick<Centre, 'db'>,
  wanted: { projectId: string; search: string; offset: number; limit: number },
) {
  const search = foldedForSearch(wanted.search.trim()).replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
  const base = db
    .selectFrom('candidate')
    .where('candidate.project_id', '=', wanted.projectId)
    .$if(search !== '', (query) =>
      query.where((eb) =>
        eb.or([
          sql<boolean>`lower(candidate.admission_number) like ${`${search}%`} escape '\\'`,
          sql<boolean>`name_folded like ${`%${search}%`} escape '\\'`,
        ]),
      ),
    );
  const { n } = await base.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  const rows = await base
    .leftJoin('photo', (join) =>
      join
        .onRef('photo.project_id', '=', 'candidate.project_id')
        .onRef('photo.admission_number', '=', 'candidate.admission_number'),
    )
    .selectAll('candidate')
    .select('digest')
    .orderBy('session_number')
    .orderBy('room_code')
    .orderBy('position')
    .limit(wanted.limit)
    .offset(wanted.offset)
    .execute();
  return {
    total: Number(n),
    rows: rows.map((row) => ({
      id: row.id,
      admissionNumber: row.admission_number,
      name: row.name,
      sessionNumber: row.session_number,
      siteCode: row.site_code,
      roomCode: row.room_code,
      seatNumber: row.seat_number,
      photo: row.digest !== null,
      accommodations: keptAccommodations(row.accommodations_json),
    })),
  };
}

/** As a data URL; null: there is none. */
export async function photoOf(
  { db, blobs }: Pick<Centre, 'db' | 'blobs'>,
  projectId: string,
  admissionNumber: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('photo')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('admission_number', '=', admissionNumber)
    .executeTakeFirst();
  const content = row && (await blobs.read(row.digest));
  return content ? photoUrl(row.media_type, content) : null;
}
