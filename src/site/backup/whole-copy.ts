/** Whether copies of a site's databases are whole: asked when a backup is made, and again when it is restored. */
import { DatabaseSync } from 'node:sqlite';
import { ok, refuse, type Result } from '../../base/result.ts';
import { verifyJournal } from '../../journal/verify.ts';

/** What SQLite finds wrong with it; null: nothing. */
export function databaseProblem(file: string): string | null {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(file);
    const found = db.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
    return found === 'ok' ? null : String(found);
  } catch (error) {
    // What is no database at all is said by an error, not by the check.
    if ((error as NodeJS.ErrnoException).code === 'ERR_SQLITE_ERROR') return (error as Error).message;
    throw error;
  } finally {
    db?.close();
  }
}

/** @returns refusal `backup-not-whole` */
export function copyIsWhole(file: string, id: string, signedBy: readonly string[]): Result<void> {
  const verified = verifyJournal(file, { signingKeys: new Map([[id, signedBy]]) });
  if (verified.ok) return ok();
  const { type, what } = verified.refusal;
  return refuse({ type: 'backup-not-whole', problem: typeof what === 'string' ? `${type}, ${what}` : type });
}
