/** How far a site says it is. The newest report counts; the statuses are entered as they come. */
import { readFile } from 'node:fs/promises';
import { jsonIn } from '../../../base/json.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import {
  siteDayAboutSchema,
  siteDayPart,
  siteDaySchema,
  type SiteDayReport,
} from '../../../exam/paper-day/hand-up.ts';
import type { Centre } from '../../centre.ts';
import { openOfDay, siteOfParcel, type Carried } from '../receiving/verify-of-site.ts';

/** Refusals: those of verifying, of `siteOfParcel`; `wrong-key`. */
export async function receiveSiteDay(
  centre: Centre,
  file: string,
  carried: Carried,
): Promise<Result<{ readonly siteCode: string; readonly known: boolean }>> {
  const opened = await openOfDay(centre, file, 'site-day', carried, (part) => part === siteDayPart);
  if (!opened.ok) return opened;
  try {
    const about = siteDayAboutSchema.safeParse(opened.value.manifest.about);
    const part = opened.value.parts.get(siteDayPart);
    if (!about.success || !part) return refuse({ type: 'not-a-parcel' });
    if (part.sealed) return refuse({ type: 'wrong-key' });
    const report = siteDaySchema.safeParse(jsonIn(new Uint8Array(await readFile(part.file))));
    if (!report.success) return refuse({ type: 'not-a-parcel' });
    const { event } = about.data;
    const site = await siteOfParcel(centre, opened.value, { event, stationId: null }, carried);
    if (!site.ok) return site;
    const known = !(await keepReport(centre, event.id, site.value, report.data, carried));
    return ok({ siteCode: site.value, known });
  } finally {
    await opened.value.dispose();
  }
}

/** @returns false: a newer one, or this, is here. */
async function keepReport(
  { db, node, packages }: Centre,
  eventId: string,
  siteCode: string,
  report: SiteDayReport,
  { way }: Carried,
): Promise<boolean> {
  const before = await db
    .selectFrom('site_day')
    .select(['at', 'report_json'])
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .executeTakeFirst();
  if (before && before.at >= report.at) return false;
  const told = new Set(
    before ? siteDaySchema.parse(JSON.parse(before.report_json)).statuses.map(({ status }) => status) : [],
  );
  // Entries before the row: what was killed in between comes again.
  const fresh = report.statuses.filter(({ status }) => !told.has(status));
  if (fresh.length > 0)
    await node.journal.append(
      fresh.map(({ status, toldAt, reason, gaps, by }) => ({
        kind: 'site-status-received',
        subject: `event:${eventId}`,
        data: { site: siteCode, status, toldAt, reason, gaps: gaps.length, by, way },
      })),
    );
  const values = {
    at: report.at,
    statuses: report.statuses.length,
    report_json: JSON.stringify(report),
    received_at: node.clock.now(),
    way,
  };
  await db
    .insertInto('site_day')
    .values({ event_id: eventId, site_code: siteCode, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(['event_id', 'site_code'])
        .doUpdateSet(values)
        // Of two that came at once the newer stays.
        .where('site_day.at', '<', report.at),
    )
    .execute();
  packages.changed.notify();
  return true;
}
