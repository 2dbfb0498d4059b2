/** Who has what of an event: site by site, from preparing to use. */
import * as z from 'zod';
import { ok, type Refusal, type Result } from '../../base/result.ts';
import { materialsAboutSchema } from '../../exam/paper-day/parcels.ts';
import { csvText, xlsxOf, type Cell } from '../export/table-text.ts';
import type { Centre } from '../centre.ts';
import type { Tables } from '../storage/tables.ts';
import type { SiteDayFilter, SiteDayRow } from './contract.ts';
import { eventOnDay, type EventOnDay } from './event-day.ts';
import { keyProblem } from './grants/give-out.ts';
import { grantOfRow, type KeptGrant } from './grants/grants.ts';
import { sealedVariantsSchema } from './materials/site-materials.ts';
import { membersOf, type Member } from './members/members.ts';

const aboutSchema = materialsAboutSchema.pick({ rooms: true });

interface Known {
  readonly event: EventOnDay;
  readonly members: { readonly everywhere: number; readonly at: ReadonlyMap<string, number> };
  readonly materials: ReadonlyMap<string, Tables['site_material']>;
  readonly access: ReadonlyMap<string, Tables['access_site']>;
  readonly grants: ReadonlyMap<string, KeptGrant>;
  readonly fetches: ReadonlyMap<string, Tables['day_fetch']>;
  /** Of the present revisions. */
  readonly archives: ReadonlyMap<string, Tables['site_archive']>;
  readonly uses: ReadonlyMap<string, readonly Tables['access_use'][]>;
}

/** Of every site that the register names. Refusal `no-such-event`. */
export async function siteDays(
  centre: Pick<Centre, 'db'>,
  projectId: string,
  eventId: string,
): Promise<Result<SiteDayRow[]>> {
  const { db } = centre;
  const event = await eventOnDay(db, projectId, eventId);
  if (!event.ok) return event;
  const sites = await db
    .selectFrom('event_site')
    .leftJoin('site', (join) =>
      join.onRef('site.code', '=', 'event_site.site_code').on('site.project_id', '=', projectId),
    )
    .select(['event_site.site_code', 'event_site.kits', 'site.name', 'site.region', 'site.sealing_key'])
    .where('event_site.event_id', '=', eventId)
    .orderBy('event_site.site_code')
    .execute();
  const [materials, access, grants, fetches, uses, archives] = await Promise.all([
    db.selectFrom('site_material').selectAll().where('event_id', '=', eventId).execute(),
    db.selectFrom('access_site').selectAll().where('event_id', '=', eventId).execute(),
    db.selectFrom('access_grant').selectAll().where('event_id', '=', eventId).orderBy('number').execute(),
    db.selectFrom('day_fetch').selectAll().where('event_id', '=', eventId).orderBy('at').execute(),
    db.selectFrom('access_use').selectAll().where('event_id', '=', eventId).orderBy('at').execute(),
    db.selectFrom('site_archive').selectAll().where('event_id', '=', eventId).execute(),
  ]);
  const revisions = new Map(materials.map((row) => [row.site_code, row.revision]));
  const known: Known = {
    event: event.value,
    members: counted(await membersOf(db, projectId)),
    materials: new Map(materials.map((row) => [row.site_code, row])),
    access: new Map(access.map((row) => [row.site_code, row])),
    grants: new Map(grants.map((row) => [row.site_code, grantOfRow(row)])),
    fetches: new Map(fetches.map((row) => [`${row.site_code} ${row.what} ${row.number ?? ''}`, row])),
    archives: new Map(
      archives
        .filter(({ site_code, revision }) => revisions.get(site_code) === revision)
        .map((row) => [row.site_code, row]),
    ),
    uses: Map.groupBy(uses, ({ site_code }) => site_code),
  };
  return ok(sites.map((site) => rowOf(site, known)));
}

function counted(members: readonly Member[]): Known['members'] {
  const at = new Map<string, number>();
  let everywhere = 0;
  for (const { sites, revoked } of members) {
    if (revoked !== null) continue;
    if (sites === null) everywhere++;
    for (const site of sites ?? []) at.set(site, (at.get(site) ?? 0) + 1);
  }
  return { everywhere, at };
}

function rowOf(
  site: {
    site_code: string;
    kits: number;
    name: string | null;
    region: string | null;
    sealing_key: string | null;
  },
  known: Known,
): SiteDayRow {
  const code = site.site_code;
  const material = known.materials.get(code);
  const access = known.access.get(code);
  const grant = known.grants.get(code);
  const archive = known.archives.get(code);
  const uses = known.uses.get(code) ?? [];
  const rooms = material ? aboutSchema.parse(JSON.parse(material.about_json)).rooms : [];
  const members = known.members.everywhere + (known.members.at.get(code) ?? 0);
  const problem = grant ? keyProblem(access, grant, site.sealing_key) : null;
  return {
    siteCode: code,
    siteName: site.name ?? code,
    region: site.region,
    state: stateOf(site.sealing_key, material, access, grant, problem, uses.length),
    problem: problem ?? (archive === undefined ? lacking(site, known.event, members) : null),
    rooms: rooms.length,
    kits: site.kits,
    reserves: rooms.reduce((sum, { reserve }) => sum + reserve, 0),
    members,
    materials: material
      ? {
          revision: material.revision,
          madeAt: material.made_at,
          size: sealedVariantsSchema
            .parse(JSON.parse(material.variants_json))
            .reduce((sum, { size }) => sum + size, material.plan_size),
          taken: takenOf(known.fetches.get(`${code} materials ${material.revision}`)),
        }
      : null,
    key: grant
      ? {
          number: grant.number,
          madeAt: grant.madeAt,
          by: grant.by,
          kits: grant.grant.rooms.reduce((sum, { kits }) => sum + kits, 0),
          members: grant.grant.members.length,
          reason: grant.grant.reason,
          notBefore: grant.grant.notBefore,
          notAfter: grant.grant.notAfter,
          taken: takenOf(known.fetches.get(`${code} access-key ${grant.number}`)),
        }
      : null,
    archive: archive
      ? {
          revision: archive.revision,
          size: archive.size,
          madeAt: archive.made_at,
          taken: takenOf(known.fetches.get(`${code} archive ${archive.revision}`)),
          releasedAt: archive.released_at,
          posted:
            archive.posted_at !== null ? 'posted' : archive.posting_id === null ? 'not-wanted' : 'waiting',
        }
      : null,
    releasedAt: access?.released_at ?? null,
    used: uses[0] ? { at: uses[0].at, stations: new Set(uses.map(({ station }) => station)).size } : null,
  };
}

function stateOf(
  sealingKey: string | null,
  material: Tables['site_material'] | undefined,
  access: Tables['access_site'] | undefined,
  grant: KeptGrant | undefined,
  problem: Refusal | null,
  uses: number,
): SiteDayRow['state'] {
  if (uses > 0) return 'used';
  if (sealingKey === null) return 'not-registered';
  if (!material) return 'not-prepared';
  if (!grant) return 'prepared';
  if (problem) return 'key-again';
  return (access?.released_at ?? null) === null ? 'key-made' : 'released';
}

function lacking(
  {
    name,
    sealing_key,
    site_code: site,
  }: { name: string | null; sealing_key: string | null; site_code: string },
  { policy }: EventOnDay,
  members: number,
): Refusal | null {
  if (name === null) return { type: 'no-such-site', site };
  if (sealing_key === null) return { type: 'site-not-registered', site };
  return policy.opens === 'token' && members === 0 ? { type: 'grant-without-members', site } : null;
}

function takenOf(row: Tables['day_fetch'] | undefined) {
  return row ? { at: row.at, way: row.way, by: row.by_account } : null;
}

export function filterSites(
  rows: readonly SiteDayRow[],
  { search, state }: SiteDayFilter,
): readonly SiteDayRow[] {
  const wanted = search.toLowerCase();
  return rows.filter(
    (row) =>
      (state === null || row.state === state) &&
      (wanted === '' || `${row.siteCode} ${row.siteName}`.toLowerCase().includes(wanted)),
  );
}

/** Times in ISO 8601, UTC: every spreadsheet and every program reads them. */
export async function sitesTable(
  rows: readonly SiteDayRow[],
  format: 'csv' | 'xlsx',
): Promise<string | Uint8Array> {
  const at = (time: number | null | undefined): Cell => (time == null ? null : new Date(time).toISOString());
  const table: Cell[][] = [
    [
      'site',
      'name',
      'region',
      'state',
      'problem',
      'kits',
      'reserves',
      'members',
      'materials',
      'prepared',
      'materials taken',
      'key',
      'key made',
      'key taken',
      'released',
      'used',
      'stations',
      'archive',
      'archive taken',
      'password released',
    ],
    ...rows.map((row) => [
      row.siteCode,
      row.siteName,
      row.region,
      row.state,
      z.object({ type: z.string() }).nullable().parse(row.problem)?.type ?? null,
      row.kits,
      row.reserves,
      row.members,
      row.materials?.revision ?? null,
      at(row.materials?.madeAt),
      at(row.materials?.taken?.at),
      row.key?.number ?? null,
      at(row.key?.madeAt),
      at(row.key?.taken?.at),
      at(row.releasedAt),
      at(row.used?.at),
      row.used?.stations ?? null,
      row.archive?.revision ?? null,
      at(row.archive?.taken?.at),
      at(row.archive?.releasedAt),
    ]),
  ];
  return format === 'csv' ? csvText(table) : xlsxOf('sites', table, [1]);
}
