/** Materials and keys of sites as files in folders `<subject>_<date>/<site>/`, for those who carry or copy them there. */
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { createHash } from 'node:crypto';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { dayFolder, siteFolder } from '../../exam/paper-day/file-names.ts';
import type { Backups } from '../../node/backup/backup.ts';
import { parcelFileName } from '../../parcel/parcel.ts';
import type { Centre } from '../centre.ts';
import { siteArchive } from './archives/site-archive.ts';
import { eventOnDay } from './event-day.ts';
import { recordDayFetch } from './fetches.ts';
import { makeAccessKey } from './grants/give-out.ts';
import { siteMaterials } from './materials/site-materials.ts';

export const fileKinds = ['materials', 'archive', 'access-key'] as const;
type FileKind = (typeof fileKinds)[number];

export interface FilesWanted {
  readonly projectId: string;
  readonly eventId: string;
  /** null: every site that has materials. */
  readonly siteCodes: readonly string[] | null;
  readonly what: readonly FileKind[];
}

interface SiteFile {
  readonly what: FileKind;
  readonly number: number;
  readonly name: string;
  readonly size: number;
  content(): Promise<Readable>;
  /** What was made for this alone goes. */
  dispose(): Promise<void>;
}

/** What a ZIP may hold: browsers and sticks with FAT32 take no more as one file. */
const zipLimit = 4 * 1024 ** 3 - 1;

/** Refusals: `no-such-event`, `nothing-to-hand-out`, `export-too-large`, `archive-not-made`, those of keys. */
export async function exportAsZip(
  centre: Centre,
  wanted: FilesWanted,
  by: string,
): Promise<Result<{ file: string; fileName: string }>> {
  const plan = await planned(centre, wanted);
  if (!plan.ok) return plan;
  const { folder, sites } = plan.value;
  const file = join(centre.node.staging, `${newId()}.zip`);
  const { ZipWriter } = await import('@zip.js/zip.js');
  const zip = new ZipWriter(Writable.toWeb(createWriteStream(file)) as WritableStream<Uint8Array>, {
    useWebWorkers: false,
    // Sealed: nothing gets smaller.
    level: 0,
  });
  const taken: Taken[] = [];
  let bytes = 0;
  for (const siteCode of sites) {
    const files = await filesOf(centre, wanted, siteCode);
    bytes += files.ok ? files.value.reduce((sum, { size }) => sum + size, 0) : 0;
    if (!files.ok || bytes > zipLimit) {
      await zip.close();
      await rm(file, { force: true });
      if (!files.ok) return files;
      await disposeAll(files.value);
      return refuse({ type: 'export-too-large', limit: zipLimit });
    }
    for (const one of files.value) {
      const name = `${folder}/${siteFolder(siteCode)}/${one.name}`;
      await zip.add(name, Readable.toWeb(await one.content()) as ReadableStream<Uint8Array>);
      taken.push({ siteCode, what: one.what, number: one.number });
    }
    await disposeAll(files.value);
  }
  await zip.close();
  await recordAll(centre, wanted, taken, by);
  return ok({ file, fileName: `${folder}.zip` });
}

/** Each file counts when it was read back the same. Refusals: as above, and those of a backup. */
export async function exportIntoFolder(
  centre: Centre,
  backups: Backups,
  target: string,
  wanted: FilesWanted,
  by: string,
): Promise<Result<{ files: number; bytes: number }>> {
  const plan = await planned(centre, wanted);
  if (!plan.ok) return plan;
  const { folder, sites } = plan.value;
  let count = 0;
  let bytes = 0;
  for (const siteCode of sites) {
    const files = await filesOf(centre, wanted, siteCode);
    if (!files.ok) return files;
    try {
      const ready = [];
      for (const one of files.value)
        ready.push({
          name: one.name,
          size: one.size,
          digest: await digestOf(await one.content()),
          content: () => streamed(one),
        });
      const written = await backups.write(join(target, folder, siteFolder(siteCode)), ready);
      if (!written.ok) return written;
      bytes += written.value.bytes;
      count += ready.length;
      // Site by site: what lies on a drive that was pulled out was taken all the same.
      const taken = files.value.map(({ what, number }) => ({ siteCode, what, number }));
      await recordAll(centre, wanted, taken, by);
    } finally {
      await disposeAll(files.value);
    }
  }
  return ok({ files: count, bytes });
}

async function planned(
  { db }: Centre,
  { projectId, eventId, siteCodes }: FilesWanted,
): Promise<Result<{ folder: string; sites: string[] }>> {
  const event = await eventOnDay(db, projectId, eventId);
  if (!event.ok) return event;
  const rows = await db
    .selectFrom('site_material')
    .select('site_code')
    .where('event_id', '=', eventId)
    .orderBy('site_code')
    .execute();
  const chosen = siteCodes && new Set(siteCodes);
  const sites = rows.map(({ site_code }) => site_code).filter((code) => chosen?.has(code) ?? true);
  const { subject_latin: subjectLatin, date } = event.value.row;
  return sites.length === 0
    ? refuse({ type: 'materials-not-prepared' })
    : ok({ folder: dayFolder({ subjectLatin, date }), sites });
}

async function filesOf(
  centre: Centre,
  { projectId, eventId, what }: FilesWanted,
  siteCode: string,
): Promise<Result<SiteFile[]>> {
  const files: SiteFile[] = [];
  if (what.includes('materials')) {
    const materials = await siteMaterials(centre, projectId, eventId, siteCode);
    if (!materials.ok) return materials;
    const { parcel, revision } = materials.value;
    files.push({
      what: 'materials',
      number: revision,
      name: parcelFileName(parcel.manifest),
      size: parcel.size,
      content: () => parcel.from(0),
      dispose: () => Promise.resolve(),
    });
  }
  if (what.includes('archive')) {
    const archive = await siteArchive(centre, { projectId, eventId, siteCode });
    if (!archive.ok) return archive;
    const { row, fileName, from } = archive.value;
    files.push({
      what: 'archive',
      number: row.revision,
      name: fileName,
      size: row.size,
      content: () => from(0),
      dispose: () => Promise.resolve(),
    });
  }
  if (what.includes('access-key')) {
    const made = await makeAccessKey(centre, { projectId, eventId, siteCode });
    if (!made.ok) return made;
    const { file, fileName, number } = made.value;
    files.push({
      what: 'access-key',
      number,
      name: fileName,
      size: (await stat(file)).size,
      content: () => Promise.resolve(createReadStream(file)),
      dispose: () => rm(file, { force: true }),
    });
  }
  return ok(files);
}

async function disposeAll(files: readonly SiteFile[]): Promise<void> {
  for (const one of files) await one.dispose();
}

async function* streamed(file: SiteFile): AsyncGenerator<Uint8Array> {
  yield* await file.content();
}

async function digestOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk);
  return hash.digest('hex');
}

interface Taken {
  readonly siteCode: string;
  readonly what: FileKind;
  readonly number: number;
}

async function recordAll(
  centre: Centre,
  { projectId, eventId }: FilesWanted,
  taken: readonly Taken[],
  by: string,
): Promise<void> {
  for (const one of taken)
    await recordDayFetch(centre, { projectId, eventId, ...one, taken: { way: 'file', by } });
}
