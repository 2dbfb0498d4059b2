/** How far a site says it is. The newest report of each of its consoles counts; the statuses are entered as they come. */
import { readFile, stat } from 'node:fs/promises';
import { jsonIn } from '../../../base/json.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import {
  siteDayAboutSchema,
  siteDayPart,
  siteDaySchema,
  type SiteDayReport,
} from '../../../exam/paper-day/hand-up.ts';
import { mergeDays } from '../../../exam/paper-day/merge-days.ts';
import type { Centre } from '../../centre.ts';
import { openOfDay, siteOfParcel, type Carried } from '../receiving/verify-of-site.ts';

/** Bytes of what a site tells: two thousand stations, and why something is missing. */
const reportLimit = 4 * 1024 * 1024;

/** Refusals: those of verifying, of `siteOfParcel`; `wrong-key`, `file-too-large`. */
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
    if ((await stat(part.file)).size > reportLimit)
      return refuse({ type: 'file-too-large', limit: reportLimit });
    const report = siteDaySchema.safeParse(jsonIn(new Uint8Array(await readFile(part.file))));
    if (!report.success) return refuse({ type: 'not-a-parcel' });
    const { event } = about.data;
    const site = await siteOfParcel(centre, opened.value, { event, stationId: null }, carried);
    if (!site.ok) return site;
    const nodeId = opened.value.certificates[0]?.subject.id ?? '';
    const of = { eventId: event.id, siteCode: site.value, nodeId };
    const known = !(await keepReport(centre, of, report.data, carried));
    return ok({ siteCode: site.value, known });
  } finally {
    await opened.value.dispose();
  }
}

interface OfConsole {
  readonly eventId: string;
  readonly siteCode: string;
  readonly nodeId: string;
}

/** @returns false: a newer one of this console, or this, is here. */
export async function keepReport(
  { db, node, packages }: Pick<Centre, 'db' | 'node' | 'packages'>,
  { eventId, siteCode, nodeId }: OfConsole,
  report: SiteDayReport,
  { way }: Pick<Carried, 'way'>,
): Promise<boolean> {
  const before = await db
    .selectFrom('console_day')
    .select(['node_id', 'at', 'report_json'])
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .execute();
  if (before.some((one) => one.node_id === nodeId && one.at >= report.at)) return false;
  const told = new Set(
    before.flatMap(({ report_json }) =>
      siteDaySchema.parse(JSON.parse(report_json)).statuses.map(({ status }) => status),
    ),
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
  const own = { at: report.at, report_json: JSON.stringify(report) };
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('console_day')
      .values({ event_id: eventId, site_code: siteCode, node_id: nodeId, ...own })
      .onConflict((conflict) =>
        conflict
          .columns(['event_id', 'site_code', 'node_id'])
          .doUpdateSet(own)
          // Of two that came at once the newer stays.
          .where('console_day.at', '<', report.at),
      )
      .execute();
    const held = { received_at: node.clock.now(), way };
    // Holds the site's row: of two consoles that tell at once, the second one sees what the first one has told.
    await trx
      .insertInto('site_day')
      .values({ event_id: eventId, site_code: siteCode, at: 0, statuses: 0, report_json: '{}', ...held })
      .onConflict((conflict) => conflict.columns(['event_id', 'site_code']).doUpdateSet(held))
      .execute();
    const reports = await trx
      .selectFrom('console_day')
      .select('report_json')
      .where('event_id', '=', eventId)
      .where('site_code', '=', siteCode)
      .execute();
    const day = mergeDays(reports.map(({ report_json }) => siteDaySchema.parse(JSON.parse(report_json))));
    await trx
      .updateTable('site_day')
      .set({ at: day.at, statuses: day.statuses.length, report_json: JSON.stringify(day) })
      .where('event_id', '=', eventId)
      .where('site_code', '=', siteCode)
      .execute();
  });
  packages.changed.notify();
  return true;
}
