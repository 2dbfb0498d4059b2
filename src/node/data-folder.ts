/** A node's data folder: made with its parts, and used by one process at a time. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../base/clock.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { diskRefusal } from '../store/disk-refusal.ts';

export interface DataFolder {
  readonly path: string;
  /** For files that are being received or made; emptied at start. */
  readonly staging: string;
  /** For what children are sending: it stays over a restart. */
  readonly uploads: string;
  release(): void;
}

export function openDataFolder(path: string): Result<DataFolder> {
  const [staging, uploads] = [join(path, 'staging'), join(path, 'uploads')];
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK);
    mkdirSync(staging, { recursive: true });
    mkdirSync(uploads, { recursive: true });
  } catch (error) {
    const code = whyNot(path, error);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      return refuse({ type: 'no-permission', path });
    if (code === 'ENOSPC') return refuse({ type: 'disk-full', path });
    // ENOENT: there is nothing that the folder could be made in, a missing drive for example.
    if (code === 'ENOTDIR' || code === 'EEXIST' || code === 'ENOENT')
      return refuse({ type: 'not-a-folder', path });
    throw error;
  }
  return lock({ path, staging, uploads });
}

/** Made with its parents, a folder on a read-only disk is said to have no place at all; made alone, the reason is the true one. */
function whyNot(path: string, error: unknown): string | undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT') return code;
  try {
    mkdirSync(path);
    return code;
  } catch (again) {
    return (again as NodeJS.ErrnoException).code;
  }
}

/**
 * An exclusive SQLite transaction that stays open: the system releases it when the process dies, however it dies, and it
 * works the same on every system. (A file with a process id would outlive a power cut.)
 */
function lock(folder: Omit<DataFolder, 'release'>): Result<DataFolder> {
  const { path } = folder;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(path, 'in-use.db'));
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;');
  } catch (error) {
    database?.close();
    const message = (error as Error).message;
    if (/locked|busy/i.test(message)) return refuse({ type: 'data-folder-in-use', path });
    if (/readonly|unable to open/i.test(message)) return refuse({ type: 'no-permission', path });
    const failure = diskRefusal(error);
    if (failure) return refuse({ ...failure, path });
    throw error;
  }
  const held = database;
  return ok({ ...folder, release: () => held.close() });
}

/** Nobody goes on with an upload that has not moved for a week. */
const abandonedMs = 7 * 24 * 60 * 60 * 1000;

export async function removeAbandoned(uploads: string, clock: Clock): Promise<void> {
  for (const name of await readdir(uploads)) {
    const path = join(uploads, name);
    if ((await stat(path)).mtimeMs < clock.now() - abandonedMs) await rm(path, { force: true });
  }
}
