/** What a person decides about a page: kept beside the image and what the machine read, with who and when. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Decision } from '../../exam/scan/standing.ts';
import type { Centre } from '../centre.ts';
import { changeScans } from './change-scans.ts';
import { settle } from './settle.ts';

/**
 * Reads nothing again and moves nothing else. Whether a number is well formed and in the register, its caller looks up before. The journal
 * says of each who it was: before it is kept, so that nothing is decided that nobody has said.
 * @param seen the newest decision (`seq`) that the account had before it; not given: whatever was there
 */
export function decide(
  centre: Pick<Centre, 'db' | 'node'>,
  projectId: string,
  scanId: string,
  decision: Decision,
  account: string,
  seen?: number,
): Promise<Result<void>> {
  return changeScans(centre, projectId, async (db, at) => {
    const scan = await db
      .selectFrom('scan')
      .select(['id', 'upload_id'])
      .where('id', '=', scanId)
      .where('project_id', '=', projectId)
      .executeTakeFirst();
    if (!scan) return refuse({ type: 'no-such-scan' });
    const newest = await db
      .selectFrom('scan_decision')
      .select(['seq', 'at', 'by_account'])
      .where('scan_id', '=', scanId)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (newest && seen !== undefined && seen < newest.seq)
      return refuse({ type: 'scan-changed-meanwhile', by: newest.by_account, at: newest.at });
    const seq = (newest?.seq ?? 0) + 1;
    await db
      .insertInto('scan_decision')
      .values({
        scan_id: scanId,
        seq,
        at,
        by_account: account,
        what: decision.what,
        number: decision.what === 'number' ? decision.number : null,
        side: decision.what === 'number' ? decision.side : null,
        rotation: decision.what === 'turned' ? decision.rotation : null,
      })
      .execute();
    await settle(db, projectId, [scanId]);
    const { what, ...details } = decision;
    await centre.node.journal.append([
      {
        kind: 'scan-decided',
        subject: `scan:${scanId}`,
        data: { by: account, project: projectId, upload: scan.upload_id, decision: seq, what, ...details },
      },
    ]);
    return ok();
  });
}
