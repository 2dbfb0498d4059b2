/** A site's whole publication as one parcel, made when it is asked for: only then is the site's own key known. */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { packPhotos, photoDigests, photoPart } from '../../exam/package/photo-bundle.ts';
import { leftOutPart, paperDigests, paperPart } from '../../exam/package/site-package.ts';
import { makeParcel, parcelFileName, type ParcelHeading, type PartSource } from '../../parcel/parcel.ts';
import { locksPart } from '../../exam/lock/site-locks.ts';
import type { Centre } from '../centre.ts';
import { siteLocks } from '../locks/locks.ts';
import { contentOf, packagesOfSite, publicationOfSite } from './published.ts';
import { held } from './seal-papers.ts';

export interface SitePackage {
  /** In staging; whoever asked for it removes it. */
  readonly file: string;
  readonly fileName: string;
  readonly id: string;
  readonly number: number;
  readonly bytes: number;
}

/**
 * @param holds papers and photos that the site has: they stay out, and the parcel names them. null: it travels by itself, with everything in it.
 */
export async function makeSitePackage(
  centre: Centre,
  projectId: string,
  siteCode: string,
  holds: ReadonlySet<string> | null = null,
): Promise<Result<SitePackage>> {
  const { db, node, blobs } = centre;
  const site = await db
    .selectFrom('site')
    .innerJoin('project', 'project.id', 'site.project_id')
    .select(['sealing_key', 'project.name', 'project.mode'])
    .where('project_id', '=', projectId)
    .where('site.code', '=', siteCode)
    .executeTakeFirst();
  if (!site) return refuse({ type: 'no-such-site', site: siteCode });
  if (site.sealing_key === null) return refuse({ type: 'site-not-registered', site: siteCode });
  const recipients = [site.sealing_key];
  const found = await packagesOfSite(db, projectId, siteCode);
  if (!found) return refuse({ type: 'nothing-published' });
  const { publication, packages } = found;
  const parts: PartSource[] = [{ name: 'rooms.json', content: utf8(JSON.stringify(packages)), recipients }];
  parts.push({
    name: locksPart,
    content: utf8(JSON.stringify(await siteLocks(centre, { projectId, siteCode }))),
    recipients,
  });
  const leftOut = new Set<string>();
  const papers = new Set<string>();
  for (const jws of packages) {
    const content = contentOf(jws);
    for (const digest of paperDigests(content)) papers.add(digest);
    const photos = new Map<string, Uint8Array>();
    for (const digest of photoDigests(content))
      if (holds?.has(digest)) leftOut.add(digest);
      else photos.set(digest, await held(blobs, digest));
    if (photos.size > 0)
      parts.push({
        name: photoPart(content.room.code),
        content: packPhotos(content, photos, leftOut),
        recipients,
      });
  }
  for (const digest of papers)
    // Online each paper is asked for by its digest: the same bytes for all sites need not be copied for each of them.
    if (holds) leftOut.add(digest);
    else
      parts.push({
        name: paperPart(digest),
        content: await held(blobs, digest),
        recipients: ['session'],
        sealed: true,
      });
  if (holds) parts.push({ name: leftOutPart, content: utf8(JSON.stringify([...leftOut])), recipients });
  const heading: ParcelHeading = {
    kind: 'site-package',
    id: sitePackageId(projectId, siteCode, publication.number),
    to: { role: 'site', code: siteCode },
    project: projectId,
    session: null,
    mode: site.mode as 'formal' | 'mock',
    createdAt: node.clock.now(),
    about: {
      publication: publication.number,
      publishedAt: publication.at,
      rooms: packages.length,
      project: site.name,
    },
  };
  const file = join(node.staging, `site-package-${newId()}.parcel`);
  const made = await makeParcel(file, heading, parts, {
    name: centre.name,
    key: node.keys.signing,
    chain: [],
  });
  if (!made.ok) return made;
  return ok({
    file,
    fileName: parcelFileName(made.value),
    id: made.value.id,
    number: publication.number,
    bytes: (await stat(file)).size,
  });
}

function sitePackageId(projectId: string, siteCode: string, number: number): string {
  return `site-package:${projectId}:${siteCode}:${number}`;
}

/** As it is offered to the site; null: nothing is published for it. */
export async function offeredSitePackage(
  { db }: Pick<Centre, 'db'>,
  projectId: string,
  siteCode: string,
): Promise<{ name: string; kind: string; id: string; size: number } | null> {
  const publication = await publicationOfSite(db, projectId, siteCode);
  return (
    publication && {
      name: 'site-package',
      kind: 'site-package',
      id: sitePackageId(projectId, siteCode, publication.number),
      size: 0,
    }
  );
}

/** A sealed paper of the publication in force, from any place on; null: none of it. */
export async function publishedPaper(
  { db, blobs }: Pick<Centre, 'db' | 'blobs'>,
  projectId: string,
  digest: string,
): Promise<{ size: number; from(start: number): Promise<Readable> } | null> {
  const paper = await db
    .selectFrom('sealed_paper')
    .innerJoin('session', 'session.id', 'sealed_paper.session_id')
    .select('size')
    .where('session.project_id', '=', projectId)
    .where('sealed_paper.digest', '=', digest)
    .executeTakeFirst();
  if (!paper) return null;
  return {
    size: paper.size,
    from: async (start) => {
      const content = await blobs.stream(digest);
      if (!content) throw new Error(`${digest} is not in the blob store`);
      return start === 0 ? content : Readable.from(without(content, start), { objectMode: false });
    },
  };
}

/** Read from its beginning all the same: only then is it known to be what its digest says. */
async function* without(content: AsyncIterable<Uint8Array>, start: number): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const chunk of content) {
    if (at + chunk.length > start) yield chunk.subarray(Math.max(0, start - at));
    at += chunk.length;
  }
}

/**
 * Packages on their way: each waits for its site under a name of its own, so that a download that was cut off goes on in the same
 * bytes. A site has one at a time.
 */
export class WaitingPackages {
  readonly #bySite = new Map<string, { name: string; made: SitePackage; taken: boolean }>();

  async put(site: string, made: SitePackage): Promise<string> {
    const before = this.#bySite.get(site);
    const name = `site-package.${newId()}`;
    this.#bySite.set(site, { name, made, taken: false });
    if (before) await rm(before.made.file, { force: true });
    return name;
  }

  /** null: no such one. `first`: nobody has asked for it before. */
  take(site: string, name: string): { made: SitePackage; first: boolean } | null {
    const waiting = this.#bySite.get(site);
    if (!waiting || waiting.name !== name) return null;
    const first = !waiting.taken;
    waiting.taken = true;
    return { made: waiting.made, first };
  }
}
