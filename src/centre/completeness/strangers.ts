/** Pages that came and count for no site. Whose they are nobody knows: a limited user sees those of uploads of the same limit. */
import type { Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';

export interface Strangers {
  readonly unrecognised: number;
  readonly foreign: number;
  readonly badImage: number;
  readonly uploads: { uploadId: string; number: number; fileName: string; pages: number }[];
}

/** Uploads that are listed; sums are of all. */
const shown = 50;

export async function strangersOf(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  limit: Limit | null,
  account: string,
): Promise<Strangers> {
  const rows = await db
    .selectFrom('scan_upload')
    .select(['id', 'number', 'file_name', 'unrecognised', 'foreign_pages', 'bad_image'])
    .where('project_id', '=', projectId)
    .where((eb) => eb.or([eb('unrecognised', '>', 0), eb('foreign_pages', '>', 0), eb('bad_image', '>', 0)]))
    .$if(limit !== null, (query) =>
      query.where((eb) =>
        eb.or([eb('by_account', '=', account), eb('limit_json', '=', JSON.stringify(limit))]),
      ),
    )
    .orderBy('number', 'desc')
    .execute();
  const sum = (column: 'unrecognised' | 'foreign_pages' | 'bad_image'): number =>
    rows.reduce((all, row) => all + row[column], 0);
  return {
    unrecognised: sum('unrecognised'),
    foreign: sum('foreign_pages'),
    badImage: sum('bad_image'),
    uploads: rows.slice(0, shown).map((row) => ({
      uploadId: row.id,
      number: row.number,
      fileName: row.file_name,
      pages: row.unrecognised + row.foreign_pages + row.bad_image,
    })),
  };
}
