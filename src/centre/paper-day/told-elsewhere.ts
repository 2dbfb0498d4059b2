/** What one console of a site has to know of the day from the others of the same site, which it may never have met. */
import type { Elsewhere } from '../../exam/paper-day/exchange.ts';
import { siteDaySchema } from '../../exam/paper-day/hand-up.ts';
import { mergeDays } from '../../exam/paper-day/merge-days.ts';
import type { CentreDatabase } from '../storage/database.ts';

/** null: no other console has told anything. */
export async function toldElsewhere(
  db: CentreDatabase,
  { eventId, siteCode, nodeId }: { eventId: string; siteCode: string; nodeId: string },
): Promise<Elsewhere | null> {
  const others = await db
    .selectFrom('console_day')
    .select('report_json')
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .where('node_id', '!=', nodeId)
    .execute();
  if (others.length === 0) return null;
  const { statuses, stations } = mergeDays(
    others.map(({ report_json }) => siteDaySchema.parse(JSON.parse(report_json))),
  );
  const journals = await db
    .selectFrom('station_journal')
    .select((eb) => ['station_id', eb.fn.max('finished_at').as('at')])
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .groupBy('station_id')
    .execute();
  const here = new Map(journals.map(({ station_id, at }) => [station_id, Number(at)]));
  const packages = await db
    .selectFrom('day_package')
    .select(['id', 'state', 'quality', 'replaces'])
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .orderBy('received_at')
    .orderBy('id')
    .limit(10_000)
    .execute();
  const replacedBy = new Map(packages.map(({ id, replaces }) => [replaces, id]));
  return {
    statuses,
    stations: stations.map((station) => ({
      ...station,
      journalAt: here.get(station.id) ?? station.journalAt,
    })),
    packages: packages.map(({ id, state, quality }) => ({
      id,
      state: state as Elsewhere['packages'][number]['state'],
      quality: quality as Elsewhere['packages'][number]['quality'],
      replacedBy: replacedBy.get(id) ?? null,
    })),
  };
}
