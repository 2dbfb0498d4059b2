/**
 * An archive on its way into the collection. Whatever happens to the centre it is `coming` with what came of it, or whole and `waiting`: its
 * row is written after its place on the disk, its state after its last byte.
 */
import { basename } from 'node:path';
import { stat } from 'node:fs/promises';
import { newId } from '../../../base/ids.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { sealSecret } from '../../../node/sealed-secret.ts';
import type { Limit } from '../../../node/users/limit.ts';
import { archiveLimits, printable } from '../../../recognise/archive.ts';
import type { Centre } from '../../centre.ts';
import { projectWithin } from '../../limits/within.ts';
import type { CentreDatabase } from '../../storage/database.ts';
import type { Tables } from '../../storage/tables.ts';
import { changeScans } from '../change-scans.ts';
import { limitText, seenUpload } from './upload-limits.ts';

export type UploadWay = 'browser' | 'gateway' | 'package';

export interface Sender {
  readonly account: string;
  readonly limit: Limit | null;
}

export interface ExpectedArchive {
  readonly projectId: string;
  readonly fileName: string;
  readonly size: number;
  /** Of the file at its sender's: with name and size it tells whether it is the same file again. */
  readonly modifiedAt: number;
  readonly password?: string | undefined;
}

export interface Expected {
  readonly uploadId: string;
  readonly number: number;
  /** Bytes that are here: the browser goes on behind them. */
  readonly received: number;
}

/** Refusals: `no-such-project`, `archive-empty`, `archive-too-large`. */
export async function expectUpload(
  centre: Centre,
  { projectId, size, modifiedAt, password, ...file }: ExpectedArchive,
  sender: Sender,
): Promise<Result<Expected>> {
  const fileName = plainName(file.fileName);
  if (size === 0) return refuse({ type: 'archive-empty' });
  if (size > archiveLimits.archive)
    return refuse({ type: 'archive-too-large', limitMB: archiveLimits.archive / 1_048_576 });
  const may = await projectReached(centre.db, projectId, sender.limit);
  if (!may.ok) return may;
  const sealed = password ? await sealSecret(centre.node.keys, password) : null;
  const known = await sameFile(centre, { projectId, fileName, size, modifiedAt }, sender.account);
  if (known) {
    if (sealed !== null) await setPassword(centre.db, known.uploadId, sealed);
    return ok(known);
  }
  const { archives } = centre.scanReader;
  const id = newId();
  await archives.begin(id, size, modifiedAt);
  const made = await insertUpload(centre, {
    id,
    projectId,
    fileName,
    size,
    way: 'browser',
    sender,
    sealed,
    came: false,
  });
  if (!made.ok) return made;
  centre.scanReader.changed.notify();
  return ok({ uploadId: id, number: made.value, received: 0 });
}

async function sameFile(
  { db, scanReader: { archives } }: Centre,
  file: { projectId: string; fileName: string; size: number; modifiedAt: number },
  account: string,
): Promise<Expected | null> {
  const rows = await db
    .selectFrom('scan_upload')
    .select(['id', 'number'])
    .where('project_id', '=', file.projectId)
    .where('by_account', '=', account)
    .where('state', '=', 'coming')
    .where('file_name', '=', file.fileName)
    .where('size', '=', file.size)
    .execute();
  for (const { id, number } of rows) {
    const received = await archives.received(id);
    if (received !== null && (await archives.modifiedAt(id)) === String(file.modifiedAt))
      return { uploadId: id, number, received };
  }
  return null;
}

export interface TakenArchive {
  readonly projectId: string;
  /** It is copied; the file stays its giver's. */
  readonly path: string;
  readonly fileName: string;
  readonly way: Exclude<UploadWay, 'browser'>;
  readonly account: string;
  readonly limit: Limit | null;
  readonly password?: string | undefined;
}

/**
 * An archive that came another way. Kept for good when it resolves; what is wrong with it says its row.
 * Refusals: `no-such-project`.
 */
export async function takeArchive(
  centre: Centre,
  { projectId, path, fileName, way, account, limit, password }: TakenArchive,
): Promise<Result<{ uploadId: string; number: number }>> {
  const may = await projectReached(centre.db, projectId, limit);
  if (!may.ok) return may;
  const id = newId();
  const { size } = await stat(path);
  await centre.scanReader.archives.keep(id, path);
  const made = await insertUpload(centre, {
    id,
    projectId,
    fileName: plainName(fileName),
    size,
    way,
    sender: { account, limit },
    sealed: password ? await sealSecret(centre.node.keys, password) : null,
    came: true,
  });
  if (!made.ok) return made;
  centre.scanReader.wake();
  return ok({ uploadId: id, number: made.value });
}

interface NewUpload {
  readonly id: string;
  readonly projectId: string;
  readonly fileName: string;
  readonly size: number;
  readonly way: UploadWay;
  readonly sender: Sender;
  readonly sealed: string | null;
  readonly came: boolean;
}

function insertUpload(centre: Centre, upload: NewUpload): Promise<Result<number>> {
  return changeScans(centre, upload.projectId, async (db, at) => ok(await enterUpload(db, at, upload)));
}

/** To be called inside of `changeScans`. @returns its number */
export async function enterUpload(
  db: CentreDatabase,
  at: number,
  { id, projectId, sender, ...upload }: NewUpload,
): Promise<number> {
  const newest = await db
    .selectFrom('scan_upload')
    .select((eb) => eb.fn.max('number').as('number'))
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  const number = Number(newest?.number ?? 0) + 1;
  await db
    .insertInto('scan_upload')
    .values({
      id,
      project_id: projectId,
      number,
      by_account: sender.account,
      limit_json: limitText(sender.limit),
      way: upload.way,
      file_name: upload.fileName,
      size: upload.size,
      state: upload.came ? 'waiting' : 'coming',
      password_sealed: upload.sealed,
      problem_json: null,
      warnings_json: '[]',
      files: null,
      passed_over: 0,
      begun_at: at,
      came_at: upload.came ? at : null,
      finished_at: null,
      done: 0,
      filled: 0,
      empty: 0,
      duplicate: 0,
      unrecognised: 0,
      foreign_pages: 0,
      bad_image: 0,
      already_uploaded: 0,
      deleted: 0,
    })
    .execute();
  return number;
}

/** Its last byte is on the disk. Said twice it changes nothing. */
export async function archiveCame(centre: Centre, id: string): Promise<void> {
  await centre.db
    .updateTable('scan_upload')
    .set({ state: 'waiting', came_at: centre.node.clock.now() })
    .where('id', '=', id)
    .where('state', '=', 'coming')
    .execute();
  centre.scanReader.wake();
}

/** Of an archive that is here and could not be opened, or is still on its way. Refusals: `no-such-upload`, `upload-needs-no-password`. */
export async function givePassword(
  centre: Centre,
  { projectId, uploadId, password }: { projectId: string; uploadId: string; password: string },
  limit: Limit | null,
): Promise<Result<void>> {
  const seen = await seenUpload(centre, projectId, uploadId, limit);
  if (!seen.ok) return seen;
  const given = await setPassword(centre.db, uploadId, await sealSecret(centre.node.keys, password));
  if (!given) return refuse({ type: 'upload-needs-no-password' });
  centre.scanReader.wake();
  return ok();
}

async function setPassword(db: CentreDatabase, id: string, sealed: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('scan_upload')
    .set((eb) => ({
      password_sealed: sealed,
      problem_json: null,
      state: eb.case().when('state', '=', 'password').then('waiting').else(eb.ref('state')).end(),
    }))
    .where('id', '=', id)
    .where('state', 'in', ['coming', 'waiting', 'password'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Before anything of it was read. Refusals: `no-such-upload`, `upload-being-read`. */
export async function cancelUpload(
  centre: Centre,
  { projectId, uploadId }: { projectId: string; uploadId: string },
  { account, limit }: Sender,
): Promise<Result<void>> {
  const seen = await seenUpload(centre, projectId, uploadId, limit);
  if (!seen.ok) return seen;
  const { numUpdatedRows } = await centre.db
    .updateTable('scan_upload')
    .set({ state: 'cancelled', password_sealed: null, finished_at: centre.node.clock.now() })
    .where('id', '=', uploadId)
    .where('state', 'in', ['coming', 'waiting', 'password'])
    // What a password was asked for in the middle of has pages already.
    .where('done', '=', 0)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return refuse({ type: 'upload-being-read' });
  await centre.node.journal.append([
    {
      kind: 'scan-upload-cancelled',
      subject: `project:${projectId}`,
      data: { upload: uploadId, number: seen.value.number, by: account },
    },
  ]);
  await centre.scanReader.archives.remove(uploadId);
  centre.scanReader.changed.notify();
  return ok();
}

async function projectReached(
  db: CentreDatabase,
  projectId: string,
  limit: Limit | null,
): Promise<Result<void>> {
  const project = await db
    .selectFrom('project')
    .select('id')
    .where('id', '=', projectId)
    .where(projectWithin(limit, 'project.id'))
    .executeTakeFirst();
  return project ? ok() : refuse({ type: 'no-such-project' });
}

function plainName(name: string): string {
  return printable(basename(name.replaceAll('\\', '/'))) || 'archive';
}

export type UploadRow = Tables['scan_upload'];
