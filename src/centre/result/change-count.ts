/** The order in which results, receipts and scores of a project become visible. */
import type { CentreDatabase } from '../storage/database.ts';

/**
 * The next number of the project. Its row is held until the transaction ends, so that numbers become visible in their order: whoever has read up
 * to one misses nothing before it. To be called last in a transaction, behind the rows that are changed: others wait from here on.
 */
export async function nextChange(trx: CentreDatabase, projectId: string): Promise<number> {
  const { last } = await trx
    .insertInto('change_count')
    .values({ project_id: projectId, last: 1 })
    .onConflict((conflict) =>
      conflict.column('project_id').doUpdateSet((eb) => ({ last: eb('change_count.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
}
