import type { Kysely } from 'kysely';
import { wordsOf } from '../../roster/search-words.ts';
import type { Tables } from '../tables.ts';
import { ofProject, type Table } from './create-table.ts';

export const wordTable: Table = {
  key: ['project_id', 'word', 'candidate_id'],
  columns: { project_id: 'text', word: 'text', candidate_id: 'text' },
  references: { candidate_word_project: ofProject },
};

/** For candidates that came before there was a search by words. */
export async function findCandidates(db: Kysely<unknown>): Promise<void> {
  const tables = db as Kysely<Tables>;
  const rowsAtOnce = 500;
  for (let last = ''; ;) {
    const rows = await tables
      .selectFrom('candidate')
      .select(['id', 'project_id', 'admission_number', 'name'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(rowsAtOnce)
      .execute();
    const end = rows.at(-1);
    if (!end) return;
    last = end.id;
    await tables
      .insertInto('candidate_word')
      .values(
        rows.flatMap((row) =>
          wordsOf(row).map((word) => ({ project_id: row.project_id, word, candidate_id: row.id })),
        ),
      )
      .execute();
  }
}
