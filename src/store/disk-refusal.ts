/** What a disk that does not take what it is given means to a person: a refusal with a remedy, instead of an unexpected error. */
import type { Refusal } from '../base/result.ts';

/** Result codes of SQLite (sqlite3.h); extended codes carry them in their lowest byte. */
const sqlite = { readOnly: 8, ioError: 10, full: 13, cannotOpen: 14 };
/** SQLITE_IOERR_SHMSIZE: the index of the write-ahead log cannot grow, which is how SQLite meets a full disk when it opens a database. */
const sqliteIndexFull = 10 | (19 << 8);
const full = new Set(['ENOSPC', 'EDQUOT']);
const failed = new Set(['EIO', 'EROFS']);

/** @returns `disk-full` or `disk-failed`; null when the error says nothing about the disk. */
export function diskRefusal(error: unknown): Refusal | null {
  if (!(error instanceof Error)) return null;
  const { code, errcode, message } = error as Error & { code?: string; errcode?: number };
  if (code === 'ERR_SQLITE_ERROR') {
    const primary = (errcode ?? 0) & 0xff;
    if (primary === sqlite.full || errcode === sqliteIndexFull) return { type: 'disk-full' };
    return primary === sqlite.ioError || primary === sqlite.readOnly || primary === sqlite.cannotOpen
      ? { type: 'disk-failed', problem: message }
      : null;
  }
  if (code !== undefined && full.has(code)) return { type: 'disk-full' };
  return code !== undefined && failed.has(code) ? { type: 'disk-failed', problem: message } : null;
}
