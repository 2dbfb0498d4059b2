/** Who took which publication, when and how; and what each site has. */
import { newId } from '../../base/ids.ts';
import { siteStatusSchema } from '../../exam/session/site-status.ts';
import type { Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';
import { within } from '../limits/within.ts';
import type { PublicationSiteRow } from './contract.ts';

type Way = 'online' | 'file';

export interface Download {
  readonly projectId: string;
  readonly siteCode: string;
  readonly number: number;
  readonly way: Way;
  readonly bytes: number;
  /** null: the site itself. */
  readonly by: string | null;
}

export async function recordDownload(centre: Centre, download: Download): Promise<void> {
  const { projectId, siteCode, number, way, bytes, by } = download;
  const { db, node } = centre;
  await db
    .insertInto('publication_download')
    .values({
      id: newId(),
      project_id: projectId,
      site_code: siteCode,
      number,
      at: node.clock.now(),
      way,
      bytes,
      by_account: by,
    })
    .execute();
  await node.journal.append([
    {
      kind: 'publication-downloaded',
      subject: `site:${siteCode}`,
      data: { project: projectId, number, way, bytes, by },
    },
  ]);
  centre.changed.notify();
}

/** The newest first. @param siteCode null: of all sites. */
export async function downloadRows(
  { db }: Pick<Centre, 'db'>,
  wanted: { projectId: string; siteCode: string | null; offset: number; limit: number },
  limit: Limit | null,
) {
  const base = db
    .selectFrom('publication_download')
    .where('project_id', '=', wanted.projectId)
    .where(within(limit, wanted.projectId, 'site_code'))
    .$if(wanted.siteCode !== null, (query) => query.where('site_code', '=', wanted.siteCode ?? ''));
  const { n } = await base.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  const rows = await base
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(wanted.limit)
    .offset(wanted.offset)
    .execute();
  return {
    total: Number(n),
    rows: rows.map((row) => ({
      id: row.id,
      siteCode: row.site_code,
      number: row.number,
      at: row.at,
      way: row.way as Way,
      bytes: row.bytes,
      by: row.by_account,
    })),
  };
}

/** Of each site for which something is published: whether it took it, and whether it says that it has it. */
export async function publicationSites(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  limit: Limit | null,
): Promise<PublicationSiteRow[]> {
  const sites = await db
    .selectFrom('publication_site')
    .innerJoin('site', (join) =>
      join
        .onRef('site.project_id', '=', 'publication_site.project_id')
        .onRef('site.code', '=', 'publication_site.site_code'),
    )
    .select(['code', 'name', 'region', 'since', 'since_at', 'status_json'])
    .where('publication_site.project_id', '=', projectId)
    .where(within(limit, projectId, 'publication_site.site_code'))
    .where('publication_site.number', '=', (eb) =>
      eb
        .selectFrom('publication')
        .select((inner) => inner.fn.max('number').as('number'))
        .where('project_id', '=', projectId),
    )
    .orderBy('code')
    .execute();
  const taken = await db
    .selectFrom('publication_download')
    .select(['site_code', 'number', 'at', 'way'])
    .where('project_id', '=', projectId)
    .orderBy('at')
    .execute();
  const newest = new Map(taken.map((row) => [`${row.site_code} ${row.number}`, row]));
  return sites.map((site) => {
    const download = newest.get(`${site.code} ${site.since}`);
    const status = site.status_json === null ? null : siteStatusSchema.parse(JSON.parse(site.status_json));
    return {
      siteCode: site.code,
      siteName: site.name,
      region: site.region,
      number: site.since,
      publishedAt: site.since_at,
      downloadedAt: download?.at ?? null,
      way: (download?.way ?? null) as Way | null,
      loaded: status?.publication ?? null,
      loadedAt: status?.loadedAt ?? null,
    };
  });
}
