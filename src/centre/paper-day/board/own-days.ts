/** The days of a site's exams on paper as its own account sees them at the centre: what it may fetch, and how far it is. */
import { ok, refuse, type Result } from '../../../base/result.ts';
import { releaseAt } from '../../../exam/project/release.ts';
import { sayableAtCentre } from '../../../exam/paper-day/stages-at-centre.ts';
import type { Limit } from '../../../node/users/limit.ts';
import { orderOf } from '../../authorise/release-order.ts';
import type { Centre } from '../../centre.ts';
import { siteArchive } from '../archives/site-archive.ts';
import { eventOnDay } from '../event-day.ts';
import type { OwnDay } from '../receiving/contract.ts';
import { stagesOfSites } from './site-stages.ts';

/** Refusal `limit-needed-site`. */
export async function ownDays(centre: Centre, limit: Limit | null): Promise<Result<OwnDay[]>> {
  if (limit?.to !== 'site') return refuse({ type: 'limit-needed-site' });
  const { projectId, siteCode } = limit;
  const rows = await centre.db
    .selectFrom('event')
    .innerJoin('event_site', 'event_site.event_id', 'event.id')
    .select('event.id')
    .where('event.project_id', '=', projectId)
    .where('event_site.site_code', '=', siteCode)
    .orderBy('event.date')
    .orderBy('event.code')
    .execute();
  const days: OwnDay[] = [];
  for (const { id: eventId } of rows) {
    const event = await eventOnDay(centre.db, projectId, eventId);
    if (!event.ok) continue;
    const { row, startAt, policy } = event.value;
    const order = await orderOf(centre, projectId, eventId);
    const archive = await siteArchive(centre, { projectId, eventId, siteCode });
    const knownOf = await stagesOfSites(centre, eventId, siteCode);
    days.push({
      eventId,
      siteCode,
      name: row.name,
      subject: row.subject_name,
      date: row.date,
      startAt,
      releaseAt: startAt === null ? null : releaseAt({ startAt, policy }, order),
      held: order.held?.reason ?? null,
      opens: policy.opens,
      archive: archive.ok
        ? {
            fileName: archive.value.fileName,
            size: archive.value.row.size,
            releasedAt: archive.value.row.released_at,
          }
        : null,
      stages: knownOf(siteCode).stages.map((one) => ({
        ...one,
        sayable: sayableAtCentre.includes(one.stage),
      })),
    });
  }
  return ok(days);
}
