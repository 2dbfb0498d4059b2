/** Whether copies of a site's databases are whole: asked when a backup is made, and again when it is restored. */
import { DatabaseSync } from 'node:sqlite';
import { ok, refuse, type Result } from '../../base/result.ts';
import { verifyJournal } from '../../journal/verify.ts';

/** What SQLite finds wrong with it; null: nothing. */
export function databaseProblem(file: string): string | null {
  const db = new DatabaseSync(file);
  try {
    const found = db.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
    return found === 'ok' ? null : String(found);
  } finally {
    db.close();
  }
}

/** @returns refusal `backup-not-whole` */
export function copyIsWhole(file: string, id: string, signedBy: readonly string[]): Result<void> {
  const verified = verifyJournal(file, { signingKeys: new Map([[id, signedBy]]) });
  if (verified.ok) return ok();
  const { type, what } = verified.refusal;
  return refuse({ type: 'backup-not-whole', problem: typeof what === 'string' ? `${type}, ${what}` : type });
}
