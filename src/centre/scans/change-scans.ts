/** Changes of what scans count as, one after the other, in whichever process of the centre. */
import { asResult, unwrap } from '../../base/refused.ts';
import type { Result } from '../../base/result.ts';
import type { Centre } from '../centre.ts';
import type { CentreDatabase } from '../storage/database.ts';

/**
 * Holding its project's row, a change sees all that came before it and nothing of what comes after: pages of one sheet that come in two
 * archives at once are duplicates, and sums are right. A refusal takes everything back.
 */
export async function changeScans<T>(
  { db, node }: Pick<Centre, 'db' | 'node'>,
  projectId: string,
  change: (db: CentreDatabase, at: number) => Promise<Result<T>>,
): Promise<Result<T>> {
  const at = node.clock.now();
  return asResult(() =>
    db.transaction().execute(async (trx) => {
      await trx
        .insertInto('scan_count')
        .values({ project_id: projectId, last: 1 })
        .onConflict((conflict) =>
          conflict.column('project_id').doUpdateSet((eb) => ({ last: eb('scan_count.last', '+', 1) })),
        )
        .execute();
      return unwrap(await change(trx, at));
    }),
  );
}
