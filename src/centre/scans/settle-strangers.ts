/** Pages that came before their forms were in the register. */
import { expectOk, ok } from '../../base/result.ts';
import type { Centre } from '../centre.ts';
import { changeScans } from './change-scans.ts';
import { rulesOf, settle } from './settle.ts';

const batch = 200;

/**
 * After the register has grown: foreign pages whose number it now has, and, where it has brought rules of its own, pages whose codes
 * meant nothing before. Nothing is read again; what people decided stays.
 * @returns how many pages count as something else now
 */
export async function settleStrangers(
  centre: Pick<Centre, 'db' | 'node'>,
  projectId: string,
): Promise<number> {
  const rules = await rulesOf(centre.db, projectId);
  const rows = await centre.db
    .selectFrom('scan_standing')
    .leftJoin('sheet', (join) =>
      join
        .onRef('sheet.project_id', '=', 'scan_standing.project_id')
        .onRef('sheet.number', '=', 'scan_standing.number'),
    )
    .select(['scan_standing.scan_id', 'scan_standing.class'])
    .where('scan_standing.project_id', '=', projectId)
    .where((eb) =>
      eb.or([
        eb.and([eb('scan_standing.class', '=', 'foreign'), eb('sheet.number', 'is not', null)]),
        ...(rules.length > 0 ? [eb('scan_standing.class', '=', 'unrecognised')] : []),
      ]),
    )
    .execute();
  let changed = 0;
  for (let i = 0; i < rows.length; i += batch) {
    const some = rows.slice(i, i + batch);
    const ids = some.map(({ scan_id }) => scan_id);
    expectOk(
      await changeScans(centre, projectId, async (db) => {
        await settle(db, projectId, ids);
        return ok();
      }),
    );
    const now = await centre.db
      .selectFrom('scan_standing')
      .select(['scan_id', 'class'])
      .where('scan_id', 'in', ids)
      .execute();
    const before = new Map(some.map((one) => [one.scan_id, one.class]));
    changed += now.filter((one) => before.get(one.scan_id) !== one.class).length;
  }
  return changed;
}
