/** Who gave whom a password: says for a day in whose hands an account is, whatever has become of the account since. */
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../base/clock.ts';
import { inHandsMs, type PasswordGiven } from '../../exam/four-eyes/passwords-given.ts';

export const passwordGivenMigrations = [
  {
    id: 'accounts-passwords-given-1',
    // Refers to no account: one that is removed and made anew is in the same hands as before.
    sql: `
      CREATE TABLE password_given (
        account TEXT NOT NULL COLLATE NOCASE, by_account TEXT NOT NULL COLLATE NOCASE, at INTEGER NOT NULL,
        PRIMARY KEY (account, by_account)
      ) STRICT, WITHOUT ROWID;`,
  },
];

export class PasswordsGiven {
  readonly #db: DatabaseSync;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(db: DatabaseSync, clock: Pick<Clock, 'now'>) {
    this.#db = db;
    this.#clock = clock;
  }

  /** To be called before the password is in force: a process that dies between the two has said too much, never too little. */
  note(account: string, by: string): void {
    const now = this.#clock.now();
    this.#db.prepare('DELETE FROM password_given WHERE at < ?').run(now - 2 * inHandsMs);
    this.#db
      .prepare(
        `INSERT INTO password_given (account, by_account, at) VALUES (?, ?, ?)
         ON CONFLICT (account, by_account) DO UPDATE SET at = max(at, excluded.at)`,
      )
      .run(account, by, now);
  }

  all(): PasswordGiven[] {
    return this.#db
      .prepare('SELECT account, by_account, at FROM password_given')
      .all()
      .map((row) => ({
        account: String(row['account']),
        by: String(row['by_account']),
        at: Number(row['at']),
      }));
  }
}
