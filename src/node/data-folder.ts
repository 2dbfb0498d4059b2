/** A node's data folder: made with its parts, and used by one process at a time. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ok, refuse, type Result } from '../base/result.ts';
import { diskRefusal } from '../store/disk-refusal.ts';

export interface DataFolder {
  readonly path: string;
  /** For files that are being received or made; emptied at start. */
  readonly staging: string;
  release(): void;
}

export function openDataFolder(path: string): Result<DataFolder> {
  const staging = join(path, 'staging');
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK);
    mkdirSync(staging, { recursive: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      return refuse({ type: 'no-permission', path });
    if (code === 'ENOSPC') return refuse({ type: 'disk-full', path });
    // ENOENT: there is nothing that the folder could be made in, a missing drive for example.
    if (code === 'ENOTDIR' || code === 'EEXIST' || code === 'ENOENT')
      return refuse({ type: 'not-a-folder', path });
    throw error;
  }
  return lock(path, staging);
}

/**
 * An exclusive SQLite transaction that stays open: the system releases it when the process dies, however it dies, and it
 * works the same on every system. (A file with a process id would outlive a power cut.)
 */
function lock(path: string, staging: string): Result<DataFolder> {
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
  return ok({ path, staging, release: () => held.close() });
}
