/** One archive, page by page, into the collection. It can be stopped and begun again anywhere: what is kept is not even unpacked again. */
import * as z from 'zod';
import { Refused, unwrap } from '../../../base/refused.ts';
import type { Refusal } from '../../../base/result.ts';
import { ownTemplates } from '../../../exam/form/own-templates.ts';
import { templateSchema, type Template } from '../../../exam/form/template.ts';
import { readingSchema } from '../../../exam/scan/reading.ts';
import { openSecret } from '../../../node/sealed-secret.ts';
import {
  archiveLimits,
  openScanArchive,
  type ArchivedFile,
  type ScanArchive,
} from '../../../recognise/archive.ts';
import { recogniseAll, type PagePool } from '../../../recognise/pool.ts';
import type { RecogniseOptions } from '../../../recognise/recognise-page.ts';
import { badImage, type RecognisedPage } from '../../../recognise/recognised-page.ts';
import type { BlobStore } from '../../../store/blobs.ts';
import type { Centre } from '../../centre.ts';
import type { Turns } from '../../work/turns.ts';
import type { CentreDatabase } from '../../storage/database.ts';
import type { Tables } from '../../storage/tables.ts';
import { keepScans, type NewScan } from '../keep-scans.ts';
import { rulesOf } from '../settle.ts';

type UploadRow = Tables['scan_upload'];

/** null: it was cancelled before it was opened. */
export type ArchiveEnd =
  | { readonly state: 'read'; readonly warnings: readonly Refusal[] }
  | { readonly state: 'password' | 'refused'; readonly problem: Refusal }
  | null;

const passwordTypes: readonly string[] = ['archive-password-missing', 'archive-password-wrong'];
/** Pages kept with one commit: whichever comes first. */
const batchPages = 8;
const batchMs = 1_000;

/** Made here, of a package that was proved: only as large as a parcel may be. */
const packageLimits = { ...archiveLimits, archive: 2 ** 33, files: 9_000, total: 2 ** 33 };

export interface ArchiveWork {
  readonly centre: Centre;
  readonly pool: PagePool;
  readonly turns: Turns;
  /** Some more of it is kept. */
  readonly onKept: () => void;
}

/** @throws Refused, or an error of the disk: what it has to wait for; nothing is lost by it. */
export async function readArchive(work: ArchiveWork, row: UploadRow): Promise<ArchiveEnd> {
  const { centre, turns } = work;
  const { archives } = centre.scanReader;
  if ((await archives.received(row.id)) === null) throw new Refused({ type: 'scan-archive-not-here' });
  const password =
    row.password_sealed === null ? undefined : await openSecret(centre.node.keys, row.password_sealed);
  const opened = await openScanArchive(archives.file(row.id), {
    password,
    name: row.file_name,
    ...(row.way === 'package' ? { limits: packageLimits } : {}),
  });
  if (!opened.ok) return ended(opened.refusal);
  const archive = opened.value;
  try {
    if (!(await begun(centre.db, row.id, archive))) return null;
    const problem = await readPages(work, row, archive);
    if (turns.stopped !== null) throw new Refused(turns.stopped);
    if (problem !== null) return ended(problem);
    return { state: 'read', warnings: [...archive.warnings, ...(await severalRooms(centre.db, row.id))] };
  } catch (error) {
    if (error instanceof Refused && error.refusal.type === 'archive-bomb') return ended(error.refusal);
    throw error;
  } finally {
    await archive.close();
  }
}

function ended(problem: Refusal): ArchiveEnd {
  return { state: passwordTypes.includes(problem.type) ? 'password' : 'refused', problem };
}

async function begun(db: CentreDatabase, id: string, archive: ScanArchive): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('scan_upload')
    .set({
      state: 'reading',
      files: archive.count,
      passed_over: archive.passedOver,
      warnings_json: JSON.stringify(archive.warnings),
    })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'reading'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** @returns why it cannot go on without a person; null: read to its end, or stopped */
async function readPages(
  { centre, pool, turns, onKept }: ArchiveWork,
  row: UploadRow,
  archive: ScanArchive,
): Promise<Refusal | null> {
  const { db, blobs } = centre;
  const kept = await keptPositions(db, row.id);
  const options = await optionsOf(db, row.project_id);
  const upload = { id: row.id, projectId: row.project_id };
  let batch: NewScan[] = [];
  let since = performance.now();
  const flush = async (): Promise<void> => {
    if (batch.length > 0) {
      unwrap(await keepScans(centre, upload, batch));
      onKept();
    }
    batch = [];
    since = performance.now();
  };
  // The old encryption lets one wrong password in 256 pass: the first file shows.
  let proven = kept.size > 0;
  const pages = recogniseAll(pool, archive.files(kept), (file) => pageOf(file, pool, blobs, options));
  for await (const { item, page } of pages) {
    if (!proven && item.encrypted) {
      if (!item.content.ok && passwordTypes.includes(item.content.refusal.type)) {
        await flush();
        return item.content.refusal;
      }
      proven = item.content.ok;
    }
    if ('error' in page) throw page.error;
    batch.push(page);
    if (batch.length >= batchPages || performance.now() - since > batchMs) await flush();
    if (turns.stopped !== null) break;
  }
  await flush();
  return null;
}

async function keptPositions(db: CentreDatabase, uploadId: string): Promise<Set<number>> {
  const rows = await db.selectFrom('scan').select('position').where('upload_id', '=', uploadId).execute();
  return new Set(rows.map(({ position }) => position));
}

/** What is no picture that anybody could look at is not kept: its refusal says what it was. */
const noPictures: readonly string[] = ['image-empty', 'image-other-format', 'image-unknown-format'];

/** Never rejects. Image and thumbnail lie in the blob store when it resolves. */
async function pageOf(
  { position, name, content }: ArchivedFile,
  pool: PagePool,
  blobs: BlobStore,
  options: RecogniseOptions,
): Promise<NewScan | { readonly error: unknown }> {
  try {
    const page = content.ok ? await pool.recognise(content.value, options) : badImage(content.refusal);
    const picture = content.ok && !noPictures.includes(page.problem?.type ?? '');
    const [image, thumbnail] = await Promise.all([
      picture ? blobs.put(content.value) : null,
      page.thumbnail && blobs.put(page.thumbnail),
    ]);
    return {
      position,
      name,
      digest: image?.digest ?? null,
      thumbnail: thumbnail?.digest ?? null,
      reading: readingOf(page),
    };
  } catch (error) {
    return { error };
  }
}

/** As it is kept: without the picture. */
export function readingOf(page: RecognisedPage): NewScan['reading'] {
  return readingSchema.parse(page);
}

/** Numbers and forms that may come in a project. */
export async function optionsOf(db: CentreDatabase, projectId: string): Promise<RecogniseOptions> {
  const rows = await db
    .selectFrom('event')
    .select('templates_json')
    .distinct()
    .where('project_id', '=', projectId)
    .execute();
  const designed = rows.flatMap(({ templates_json }): Template[] =>
    templates_json === null ? [] : z.array(templateSchema).parse(JSON.parse(templates_json)),
  );
  return { templates: [...designed, ...ownTemplates], rules: await rulesOf(db, projectId) };
}

const shownRooms = 20;

/** One archive for each room is what was asked for: that is seen only when all of it was read. */
async function severalRooms(db: CentreDatabase, uploadId: string): Promise<Refusal[]> {
  const rows = await db
    .selectFrom('scan_standing')
    .select(['site_code', 'room_code'])
    .distinct()
    .where('upload_id', '=', uploadId)
    .where('site_code', 'is not', null)
    .orderBy('site_code')
    .orderBy('room_code')
    .execute();
  if (rows.length < 2) return [];
  const rooms = rows.map(({ site_code, room_code }) => room_code || (site_code ?? ''));
  return [
    {
      type: 'archive-several-rooms',
      count: rows.length,
      rooms: `${rooms.slice(0, shownRooms).join(', ')}${rooms.length > shownRooms ? ' …' : ''}`,
    },
  ];
}
