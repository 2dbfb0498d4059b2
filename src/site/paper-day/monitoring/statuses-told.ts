/** Statuses that this site has told its centre. */
import * as z from 'zod';
import { siteStatuses, type SiteStatus } from '../../../exam/paper-day/site-day.ts';
import { refusalSchema } from '../../../node/contract.ts';
import type { Refusal } from '../../../base/result.ts';
import type { Site } from '../../site.ts';

export interface StatusTold {
  readonly status: SiteStatus;
  readonly reason: string;
  /** What was missing when it was told all the same. */
  readonly gaps: readonly Refusal[];
  readonly toldAt: number;
  readonly by: string;
}

const rowSchema = z.object({
  event_id: z.string(),
  status: z.enum(siteStatuses),
  reason: z.string(),
  gaps: z.string(),
  told_at: z.number().int(),
  by: z.string(),
});
const gapsSchema = z.array(refusalSchema);

export function toldOfRow(row: unknown): StatusTold & { readonly eventId: string } {
  const read = rowSchema.parse(row);
  return {
    eventId: read.event_id,
    status: read.status,
    reason: read.reason,
    gaps: gapsSchema.parse(JSON.parse(read.gaps)),
    toldAt: read.told_at,
    by: read.by,
  };
}

export function statusesTold({ node }: Pick<Site, 'node'>, eventId: string): StatusTold[] {
  return node.db
    .prepare('SELECT * FROM paper_status WHERE event_id = ? ORDER BY told_at')
    .all(eventId)
    .map(({ ...row }) => {
      const { eventId: _, ...told } = toldOfRow(row);
      return told;
    });
}
