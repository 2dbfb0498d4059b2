/** Who took an authorisation or a release, when and how: the site by network, or somebody at the centre to hand it on. */
import { newId } from '../../base/ids.ts';
import { csvText } from '../export/table-text.ts';
import type { Centre } from '../centre.ts';
import type { CentreDatabase } from '../storage/database.ts';
import type { FetchFilter, FetchRow } from './contract.ts';

export interface Fetch {
  readonly projectId: string;
  readonly sessionId: string;
  readonly siteCode: string;
  readonly what: 'authorisation' | 'release';
  readonly taken:
    /** `lock`: the one that took it along; else the site came for it itself, with the lock that it works with. */
    | { readonly way: 'online'; readonly address: string | null; readonly lock?: string }
    | { readonly way: 'file' | 'words'; readonly by: string };
}

export async function recordFetch(
  { db, node, changed }: Pick<Centre, 'db' | 'node' | 'changed'>,
  { projectId, sessionId, siteCode, what, taken }: Fetch,
): Promise<void> {
  const active = await db
    .selectFrom('site_lock')
    .select('serial')
    .where('project_id', '=', projectId)
    .where('site_code', '=', siteCode)
    .where('state', '=', 'active')
    .executeTakeFirst();
  const online = taken.way === 'online';
  const by = online ? null : taken.by;
  const address = online ? taken.address : null;
  const lock = online ? (taken.lock ?? active?.serial ?? null) : null;
  await db
    .insertInto('authorisation_fetch')
    .values({
      id: newId(),
      project_id: projectId,
      session_id: sessionId,
      site_code: siteCode,
      at: node.clock.now(),
      what,
      way: taken.way,
      by_account: by,
      lock_serial: lock,
      address,
    })
    .execute();
  await node.journal.append([
    {
      kind: 'authorisation-fetched',
      subject: `session:${sessionId}`,
      data: { site: siteCode, what, way: taken.way, by, lock, address },
    },
  ]);
  changed.notify();
}

/** The newest first. */
export async function fetchRows(
  { db }: { readonly db: CentreDatabase },
  filter: FetchFilter & { readonly projectId: string; readonly offset: number; readonly limit: number },
): Promise<{ total: number; rows: FetchRow[] }> {
  const base = db
    .selectFrom('authorisation_fetch')
    .innerJoin('session', 'session.id', 'authorisation_fetch.session_id')
    .where('authorisation_fetch.project_id', '=', filter.projectId)
    .$if(filter.sessionId !== null, (query) => query.where('session_id', '=', filter.sessionId ?? ''))
    .$if(filter.siteCode !== '', (query) =>
      // Not `like`: it takes letters of another case for the same on one database and not on the other.
      query.where((eb) =>
        eb(
          eb.fn<string>('substr', ['site_code', eb.lit(1), eb.lit(filter.siteCode.length)]),
          '=',
          filter.siteCode,
        ),
      ),
    )
    .$if(filter.what !== null, (query) => query.where('what', '=', filter.what ?? ''))
    .$if(filter.way !== null, (query) => query.where('way', '=', filter.way ?? ''));
  const { n } = await base.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  const rows = await base
    .selectAll('authorisation_fetch')
    .select('session.number')
    .orderBy('at', 'desc')
    .orderBy('authorisation_fetch.id', 'desc')
    .limit(filter.limit)
    .offset(filter.offset)
    .execute();
  return {
    total: Number(n),
    rows: rows.map((row) => ({
      id: row.id,
      sessionNumber: row.number,
      siteCode: row.site_code,
      at: row.at,
      what: row.what as FetchRow['what'],
      way: row.way as FetchRow['way'],
      by: row.by_account,
      lock: row.lock_serial,
      address: row.address,
    })),
  };
}

/** Of each session and site, by both: the newest time that the authorisation was taken. */
export async function newestFetches(
  { db }: { readonly db: CentreDatabase },
  projectId: string,
): Promise<ReadonlyMap<string, Pick<FetchRow, 'at' | 'way' | 'by' | 'lock' | 'address'>>> {
  const rows = await db
    .selectFrom('authorisation_fetch')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('what', '=', 'authorisation')
    .orderBy('at')
    .execute();
  return new Map(
    rows.map((row) => [
      `${row.session_id} ${row.site_code}`,
      {
        at: row.at,
        way: row.way as FetchRow['way'],
        by: row.by_account,
        lock: row.lock_serial,
        address: row.address,
      },
    ]),
  );
}

const csvLimit = 1_000_000;

/** Times in ISO 8601, UTC: every spreadsheet and every program reads them. */
export async function fetchesCsv(
  centre: Pick<Centre, 'db'>,
  filter: FetchFilter & { readonly projectId: string },
) {
  const { rows } = await fetchRows(centre, { ...filter, offset: 0, limit: csvLimit });
  return csvText([
    ['at', 'session', 'site', 'what', 'way', 'account', 'lock', 'address'],
    ...rows.map((row) => [
      new Date(row.at).toISOString(),
      row.sessionNumber,
      row.siteCode,
      row.what,
      row.way,
      row.by,
      row.lock,
      row.address,
    ]),
  ]);
}
