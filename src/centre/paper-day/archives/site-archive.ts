/** The archive of a site as it is given out: that of the materials' present revision, and none before there is one. */
import { Readable } from 'node:stream';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { materialsArchiveName } from '../../../exam/paper-day/file-names.ts';
import type { Centre } from '../../centre.ts';
import type { Tables } from '../../storage/tables.ts';
import type { OfSiteDay } from '../grants/give-out.ts';
import { readTold } from './archive-password.ts';

export interface SiteArchive {
  readonly row: Tables['site_archive'];
  readonly fileName: string;
  from(start: number): Promise<Readable>;
}

/** Refusal `archive-not-made`. */
export async function siteArchive(
  { db, blobs }: Centre,
  { projectId, eventId, siteCode }: OfSiteDay,
): Promise<Result<SiteArchive>> {
  const row = await db
    .selectFrom('site_archive')
    .innerJoin('site_material', (join) =>
      join
        .onRef('site_material.event_id', '=', 'site_archive.event_id')
        .onRef('site_material.site_code', '=', 'site_archive.site_code')
        .onRef('site_material.revision', '=', 'site_archive.revision'),
    )
    .innerJoin('event', 'event.id', 'site_archive.event_id')
    .selectAll('site_archive')
    .select(['event.subject_latin', 'event.date'])
    .where('site_archive.project_id', '=', projectId)
    .where('site_archive.event_id', '=', eventId)
    .where('site_archive.site_code', '=', siteCode)
    .executeTakeFirst();
  if (!row) return refuse({ type: 'archive-not-made', site: siteCode });
  const { subject_latin: subjectLatin, date, ...archive } = row;
  return ok({
    row: archive,
    fileName: materialsArchiveName({ site: siteCode, subjectLatin, date }, archive.revision),
    from: async (start) => {
      const content = await blobs.stream(archive.digest);
      if (!content) throw new Error(`${archive.digest} is not in the blob store`);
      return start === 0 ? content : Readable.from(fromPlace(content, start), { objectMode: false });
    },
  });
}

/** Read from its beginning, as stores give out whole contents and prove them. */
async function* fromPlace(content: AsyncIterable<Uint8Array>, start: number): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const chunk of content) {
    if (at + chunk.length > start) yield chunk.subarray(Math.max(0, start - at));
    at += chunk.length;
  }
}

interface ToldPassword {
  readonly siteCode: string;
  readonly revision: number;
  readonly fileName: string;
  readonly password: string;
}

/** Refusals: `archive-not-made`, `password-not-released`. */
export async function passwordOf(centre: Centre, of: OfSiteDay): Promise<Result<ToldPassword>> {
  const archive = await siteArchive(centre, of);
  if (!archive.ok) return archive;
  const { row, fileName } = archive.value;
  return row.told_password === null
    ? refuse({ type: 'password-not-released', site: of.siteCode })
    : ok({
        siteCode: of.siteCode,
        revision: row.revision,
        fileName,
        password: await readTold(centre, row.told_password),
      });
}

/** Of those that were chosen and are released; null: of all. Refusal `password-not-released`: of none. */
export async function releasedPasswords(
  centre: Centre,
  {
    projectId,
    eventId,
    siteCodes,
  }: Omit<OfSiteDay, 'siteCode'> & { readonly siteCodes: readonly string[] | null },
): Promise<Result<ToldPassword[]>> {
  const rows = await centre.db
    .selectFrom('site_archive')
    .select('site_code')
    .distinct()
    .where('project_id', '=', projectId)
    .where('event_id', '=', eventId)
    .where('told_password', 'is not', null)
    .orderBy('site_code')
    .execute();
  const told: ToldPassword[] = [];
  for (const { site_code: siteCode } of rows) {
    if (!(siteCodes?.includes(siteCode) ?? true)) continue;
    const one = await passwordOf(centre, { projectId, eventId, siteCode });
    if (one.ok) told.push(one.value);
  }
  return told.length === 0 ? refuse({ type: 'password-not-released' }) : ok(told);
}
