/** Candidates' photos: contents in the blob store, rows in the database. */
import type { Photo } from '../../exam/roster/photos.ts';
import type { Centre } from '../centre.ts';
import type { CentreDatabase } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';

/** Rows a statement: both databases limit its parameters. */
const batch = 500;

type PhotoRow = Tables['photo'];

/** Before the project is held: writing thousands of pictures takes its time. */
export async function keepPictures(
  { blobs }: Pick<Centre, 'blobs'>,
  projectId: string,
  photos: ReadonlyMap<string, Photo>,
): Promise<PhotoRow[]> {
  const rows: PhotoRow[] = [];
  for (const [number, { content, mediaType }] of photos) {
    const { digest, size } = await blobs.put(content);
    rows.push({ project_id: projectId, admission_number: number, digest, size, media_type: mediaType });
  }
  return rows;
}

/** In the place of those that were there. */
export async function keepPhotos(db: CentreDatabase, photos: readonly PhotoRow[]): Promise<void> {
  for (let i = 0; i < photos.length; i += batch)
    await db
      .insertInto('photo')
      .values(photos.slice(i, i + batch))
      .onConflict((conflict) =>
        conflict.columns(['project_id', 'admission_number']).doUpdateSet((eb) => ({
          digest: eb.ref('excluded.digest'),
          size: eb.ref('excluded.size'),
          media_type: eb.ref('excluded.media_type'),
        })),
      )
      .execute();
}

/** A photo stays when a later roster brings none for its candidate, and goes with the candidate. */
export async function dropPhotosOfNobody(db: CentreDatabase, projectId: string): Promise<void> {
  await db
    .deleteFrom('photo')
    .where('project_id', '=', projectId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('candidate')
            .select('candidate.id')
            .whereRef('candidate.project_id', '=', 'photo.project_id')
            .whereRef('candidate.admission_number', '=', 'photo.admission_number'),
        ),
      ),
    )
    .execute();
}
