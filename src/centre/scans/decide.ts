/** What a person decides about a page: kept beside the image and what the machine read, with who and when. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Decision } from '../../exam/scan/standing.ts';
import type { Centre } from '../centre.ts';
import { changeScans } from './change-scans.ts';
import { settle } from './settle.ts';

/** Reads nothing again and moves nothing else. Whether a number is well formed and in the register, its caller looks up before. */
export function decide(
  centre: Pick<Centre, 'db' | 'node'>,
  projectId: string,
  scanId: string,
  decision: Decision,
  account: string,
): Promise<Result<void>> {
  return changeScans(centre, projectId, async (db, at) => {
    const scan = await db
      .selectFrom('scan')
      .select('id')
      .where('id', '=', scanId)
      .where('project_id', '=', projectId)
      .executeTakeFirst();
    if (!scan) return refuse({ type: 'no-such-scan' });
    const newest = await db
      .selectFrom('scan_decision')
      .select((eb) => eb.fn.max('seq').as('seq'))
      .where('scan_id', '=', scanId)
      .executeTakeFirst();
    await db
      .insertInto('scan_decision')
      .values({
        scan_id: scanId,
        seq: Number(newest?.seq ?? 0) + 1,
        at,
        by_account: account,
        what: decision.what,
        number: decision.what === 'number' ? decision.number : null,
        side: decision.what === 'number' ? decision.side : null,
        rotation: decision.what === 'turned' ? decision.rotation : null,
      })
      .execute();
    await settle(db, projectId, [scanId]);
    return ok();
  });
}
