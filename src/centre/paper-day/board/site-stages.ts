/** What the centre knows of the stages of an event's sites, from what lies here. The rules: `exam/paper-day/stages-at-centre.ts`. */
import * as z from 'zod';
import { ok, refuse, type Result } from '../../../base/result.ts';
import {
  dayStages,
  siteDaySchema,
  type DayStage,
  type SiteDayReport,
} from '../../../exam/paper-day/hand-up.ts';
import { stationKinds } from '../../../exam/paper-day/site-day.ts';
import {
  sayableAtCentre,
  stagesAtCentre,
  type SeenAtCentre,
  type StageReached,
} from '../../../exam/paper-day/stages-at-centre.ts';
import type { Centre } from '../../centre.ts';
import type { OfSiteDay } from '../grants/give-out.ts';

const kindSchema = z.enum(stationKinds);
const stageSchema = z.enum(dayStages);

export interface KnownOfSite {
  readonly report: (SiteDayReport & { readonly receivedAt: number }) | null;
  readonly stages: readonly StageReached[];
}

/** @param siteCode null: of every site of which anything is known */
export async function stagesOfSites(
  { db, node }: Pick<Centre, 'db' | 'node'>,
  eventId: string,
  siteCode: string | null = null,
): Promise<(siteCode: string) => KnownOfSite> {
  const one = siteCode ?? '';
  const [reports, said, fetches, uses, journals, packages, archives] = await Promise.all([
    db
      .selectFrom('site_day')
      .selectAll()
      .where('event_id', '=', eventId)
      .$if(siteCode !== null, (query) => query.where('site_code', '=', one))
      .execute(),
    db
      .selectFrom('site_stage')
      .selectAll()
      .where('event_id', '=', eventId)
      .$if(siteCode !== null, (query) => query.where('site_code', '=', one))
      .execute(),
    db
      .selectFrom('day_fetch')
      .select(['site_code', 'what', 'way', 'by_account', 'at'])
      .where('event_id', '=', eventId)
      .$if(siteCode !== null, (query) => query.where('site_code', '=', one))
      .orderBy('at')
      .execute(),
    db
      .selectFrom('access_use')
      .select((eb) => ['site_code', eb.fn.min('at').as('at')])
      .where('event_id', '=', eventId)
      .$if(siteCode !== null, (query) => query.where('site_code', '=', one))
      .groupBy('site_code')
      .execute(),
    db
      .selectFrom('station_journal')
      .select(['site_code', 'station_id', 'kind', 'finished_at'])
      .where('event_id', '=', eventId)
      .$if(siteCode !== null, (query) => query.where('site_code', '=', one))
      .execute(),
    db
      .selectFrom('day_package')
      .select(['project_id', 'id', 'site_code', 'state', 'received_at', 'said_at', 'replaces'])
      .where('event_id', '=', eventId)
      .$if(siteCode !== null, (query) => query.where('site_code', '=', one))
      .execute(),
    db
      .selectFrom('gateway_file')
      .innerJoin('scan_upload', 'scan_upload.id', 'gateway_file.upload_id')
      .select([
        'gateway_file.site_code',
        'gateway_file.at',
        'scan_upload.state',
        'scan_upload.unrecognised',
        'scan_upload.bad_image',
        'scan_upload.finished_at',
      ])
      .where('gateway_file.event_id', '=', eventId)
      .$if(siteCode !== null, (query) => query.where('gateway_file.site_code', '=', one))
      .execute(),
  ]);
  // Who takes something at a gateway, or signs in here for a site, is the site.
  const ofSites = new Set(
    node.accounts
      .all()
      .filter(({ role }) => role === 'site')
      .map(({ account }) => account),
  );
  const reportOf = new Map(
    reports.map((row) => [
      row.site_code,
      { ...siteDaySchema.parse(JSON.parse(row.report_json)), receivedAt: row.received_at },
    ]),
  );
  const saidOf = Map.groupBy(said, (row) => row.site_code);
  const fetchesOf = Map.groupBy(
    fetches.filter(({ way, by_account }) => way !== 'file' || ofSites.has(by_account ?? '')),
    (row) => row.site_code,
  );
  const usedAt = new Map(uses.map((row) => [row.site_code, Number(row.at)]));
  const journalsOf = Map.groupBy(journals, (row) => row.site_code);
  const key = (siteCode: string, id: string | null): string => JSON.stringify([siteCode, id]);
  const replaced = new Set(
    packages.flatMap(({ state, site_code, replaces }) =>
      state === 'rejected' ? [] : [key(site_code, replaces)],
    ),
  );
  const packagesOf = Map.groupBy(
    packages.filter(({ id, site_code }) => !replaced.has(key(site_code, id))),
    (row) => row.site_code,
  );
  const archivesOf = Map.groupBy(archives, (row) => row.site_code);
  return (code) => {
    const first = (...what: string[]): number | null =>
      (fetchesOf.get(code) ?? []).find((row) => what.includes(row.what))?.at ?? null;
    const seen: SeenAtCentre = {
      materialsAt: first('materials', 'archive'),
      keyAt: first('access-key', 'release', 'password'),
      openedAt: usedAt.get(code) ?? null,
      journals: (journalsOf.get(code) ?? []).map((row) => ({
        stationId: row.station_id,
        kind: kindSchema.parse(row.kind),
        at: row.finished_at,
      })),
      sent: [
        ...(packagesOf.get(code) ?? []).map((row) => ({
          receivedAt: row.received_at,
          confirmedAt: row.state === 'confirmed' ? row.said_at : null,
        })),
        ...(archivesOf.get(code) ?? []).map((row) => ({
          receivedAt: row.at,
          confirmedAt:
            row.state === 'read' && row.unrecognised + row.bad_image === 0 ? row.finished_at : null,
        })),
      ],
    };
    const report = reportOf.get(code) ?? null;
    const bySomebody = new Map(
      (saidOf.get(code) ?? []).map(({ stage, at }) => [stageSchema.parse(stage), at] as const),
    );
    return { report, stages: stagesAtCentre(report, seen, bySomebody) };
  };
}

/** By the site's account, or by the desk for a site that calls. Refusals: `no-such-event`, `stage-is-derived`. */
export async function sayStageAtCentre(
  centre: Centre,
  {
    projectId,
    eventId,
    siteCode,
    stage,
    done,
    by,
  }: OfSiteDay & { readonly stage: DayStage; readonly done: boolean; readonly by: string },
): Promise<Result<void>> {
  const { db, node } = centre;
  if (!sayableAtCentre.includes(stage)) return refuse({ type: 'stage-is-derived' });
  const takesPart = await db
    .selectFrom('event_site')
    .innerJoin('event', 'event.id', 'event_site.event_id')
    .select('event.id')
    .where('event.project_id', '=', projectId)
    .where('event.id', '=', eventId)
    .where('event_site.site_code', '=', siteCode)
    .executeTakeFirst();
  if (!takesPart) return refuse({ type: 'no-such-event' });
  const row = { event_id: eventId, site_code: siteCode, stage };
  if (done)
    await db
      .insertInto('site_stage')
      .values({ ...row, at: node.clock.now(), by_account: by })
      .onConflict((conflict) => conflict.columns(['event_id', 'site_code', 'stage']).doNothing())
      .execute();
  else
    await db
      .deleteFrom('site_stage')
      .where('event_id', '=', eventId)
      .where('site_code', '=', siteCode)
      .where('stage', '=', stage)
      .execute();
  await node.journal.append([
    {
      kind: 'site-stage-said',
      subject: `event:${eventId}`,
      data: { project: projectId, site: siteCode, stage, done, by },
    },
  ]);
  centre.packages.changed.notify();
  centre.changed.notify();
  return ok();
}
