/**
 * How long the completeness of an event takes to be seen: 1,000 sites with 500 kits of 10 sheets each, 5,000,000 sheets, on SQLite. The
 * centre's own features in this process, as a console asks them; the register is written by the database itself and is not timed.
 */
import { sql } from 'kysely';
import { expectOk } from '../src/base/result.ts';
import { openTestCentre, type TestCentre } from '../src/centre/centre.fixture.ts';
import type { KitsFilter, SitesFilter } from '../src/centre/completeness/contract.ts';
import { completenessEvents } from '../src/centre/completeness/events.ts';
import { siteKits } from '../src/centre/completeness/kits.ts';
import { completenessSites } from '../src/centre/completeness/sites.ts';
import { protocolSites } from '../src/centre/protocols/protocol-lists.ts';
import { createProject } from '../src/centre/project/projects.ts';
import { makeEvent } from '../src/centre/scans/scans.fixture.ts';
import type { Limit } from '../src/node/users/limit.ts';
import { say } from './load/figures.ts';

const sites = 1_000;
const kitsPerSite = 500;
const sheetsPerKit = 10;
const regions = 40;
const rounds = 15;

interface Figures {
  sheets: number;
  eventsMs: number;
  /** A page of all sites, by code. */
  sitesMs: number;
  /** Of a coordinator of one region. */
  regionMs: number;
  sitesFilteredMs: number;
  sitesSortedMs: number;
  /** A page of a site's kits. */
  kitsMs: number;
  kitsFilteredMs: number;
  kitsSortedMs: number;
  /** All of a site's kits at once, as they are printed. */
  kitsPrintedMs: number;
  /** Which sites have handed in protocols. */
  protocolsMs: number;
}

export async function run(): Promise<Figures> {
  const test = await openTestCentre('file');
  try {
    const { centre } = test;
    const { projectId } = expectOk(
      await createProject(centre, { code: 'P1', name: 'Bench', mode: 'formal', supportPhone: '' }),
    );
    const event = await makeEvent(centre, projectId);
    say('writing 5,000,000 sheets …');
    await fill(test, projectId, event.id);
    const of = { projectId, eventId: event.id, offset: 0, limit: 100, descending: false };
    const ofRegion: Limit = { to: 'regions', regions: ['Region 7'] };
    const askSites =
      (more: Partial<SitesFilter>, limit: Limit | null = null) =>
      async () =>
        expectOk(
          await completenessSites(
            centre,
            { ...of, show: 'all', region: null, search: '', by: 'code', ...more },
            limit,
          ),
        );
    const askKits =
      (more: Partial<KitsFilter & { limit: number }> = {}) =>
      async () =>
        expectOk(
          await siteKits(centre, {
            ...of,
            siteCode: 'S00500',
            show: 'all',
            room: null,
            by: 'kit',
            ...more,
          }),
        );
    return {
      sheets: sites * kitsPerSite * sheetsPerKit,
      eventsMs: await median(() => completenessEvents(centre, projectId, null)),
      sitesMs: await median(askSites({})),
      regionMs: await median(askSites({}, ofRegion)),
      sitesFilteredMs: await median(askSites({ show: 'duplicates', search: 'S00' })),
      sitesSortedMs: await median(askSites({ by: 'part', descending: true })),
      kitsMs: await median(askKits()),
      kitsFilteredMs: await median(askKits({ show: 'missing', room: 'R3' })),
      kitsSortedMs: await median(askKits({ by: 'state' })),
      kitsPrintedMs: await median(askKits({ limit: kitsPerSite })),
      protocolsMs: await median(async () =>
        expectOk(await protocolSites(centre, { ...of, limit: 50, show: 'all', search: '' }, null)),
      ),
    };
  } finally {
    await test.close();
  }
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const begun = performance.now();
    await work();
    took.push(performance.now() - begun);
  }
  return Math.round(took.toSorted((a, b) => a - b)[rounds >> 1] ?? 0);
}

/** Every fifth sheet is missing, every eleventh there twice, every third of the others empty. */
async function fill({ centre: { db } }: TestCentre, projectId: string, eventId: string): Promise<void> {
  const upTo = (count: number) => sql`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count}) select i from n`;
  await sql`
    insert into site (project_id, code, name, region)
    select ${projectId}, printf('S%05d', i), 'School ' || i, 'Region ' || (i % ${regions}) from (${upTo(sites)})`.execute(
    db,
  );
  await sql`
    insert into kit (event_id, kit, site_code, room_code, copy)
    select ${eventId}, cast(100000 + (s.i - 1) * ${kitsPerSite} + k.i as text), printf('S%05d', s.i), 'R' || (k.i % 20), 1
    from (${upTo(sites)}) s, (${upTo(kitsPerSite)}) k`.execute(db);
  await sql`
    insert into sheet (project_id, number, event_id, site_code, room_code, kit, kind, place, sides, copy, side_1, side_2)
    select ${projectId}, printf('%017d', (cast(kit as integer) - 100000) * ${sheetsPerKit} + p.i), ${eventId}, site_code, room_code, kit,
      case p.i when 1 then 'registration' when 2 then 'answers-1' else 'answers-2' end, p.i, 1, 1,
      case when (cast(kit as integer) + p.i) % 5 = 0 then 'missing'
        when (cast(kit as integer) + p.i) % 11 = 0 then 'duplicate'
        when (cast(kit as integer) + p.i) % 3 = 0 then 'empty' else 'filled' end, null
    from kit, (${upTo(sheetsPerKit)}) p where kit.event_id = ${eventId}`.execute(db);
  await sql`
    insert into event_site (event_id, site_code, kits, sides, came, filled, empty, duplicate)
    select event_id, site_code, count(*) / ${sheetsPerKit}, count(*), sum(side_1 <> 'missing'), sum(side_1 = 'filled'),
      sum(side_1 = 'empty'), 2 * sum(side_1 = 'duplicate')
    from sheet where event_id = ${eventId} group by event_id, site_code`.execute(db);
}
