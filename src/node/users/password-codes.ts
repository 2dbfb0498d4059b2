/**
 * One-time codes with which somebody who has forgotten the password sets a new one. A code is made when the message with it is handed
 * over and is kept as a digest alone. Names for which there is no code are counted under one row: asking and trying write the same,
 * whether there is such an account or not.
 */
import type { DatabaseSync } from 'node:sqlite';
import { normaliseReadable, readableAlphabet, utf8 } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { randomBytes } from '../../base/ids.ts';
import { sameSecret, sha256Hex } from '../../trust/digest.ts';

export const passwordCodeMigrations = [
  {
    id: 'accounts-password-codes-1',
    // Refers to no account: whoever is removed and made anew goes on counting, so that nothing asked for before fits.
    sql: `
      CREATE TABLE password_code (
        account TEXT PRIMARY KEY COLLATE NOCASE, round INTEGER NOT NULL, digest TEXT, made_at INTEGER, wrong INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;`,
  },
];

export const codeGoodMs = 30 * 60_000;
const triesOfACode = 5;
/** 60 bits. */
const groups = 3;
const lettersOfAGroup = 4;
/** No account has it. */
const nobody = '';

export class PasswordCodes {
  readonly #db: DatabaseSync;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(db: DatabaseSync, clock: Pick<Clock, 'now'>) {
    this.#db = db;
    this.#clock = clock;
  }

  /**
   * Voids the code of before, and what was asked for and has not been made yet.
   * @param account null: none that may have a code
   * @returns the round that a code to be made belongs to
   */
  next(account: string | null): number {
    const row = this.#db
      .prepare(
        `INSERT INTO password_code (account, round, wrong) VALUES (?, 1, 0)
         ON CONFLICT (account) DO UPDATE SET round = round + 1, digest = NULL, made_at = NULL, wrong = 0 RETURNING round`,
      )
      .get(account ?? nobody);
    return Number(row?.['round']);
  }

  /** Takes the place of the one before. @returns null: this round is over */
  make(account: string, round: number): string | null {
    const code = newCode();
    const kept = this.#db
      .prepare(
        'UPDATE password_code SET digest = ?, made_at = ?, wrong = 0 WHERE account = ? AND round = ? AND account <> ?',
      )
      .run(digestOf(account, code), this.#clock.now(), account, round, nobody);
    return kept.changes === 0 ? null : code;
  }

  isOpen(account: string, round: number): boolean {
    return (
      this.#db.prepare('SELECT 1 FROM password_code WHERE account = ? AND round = ?').get(account, round) !==
      undefined
    );
  }

  /**
   * Counts a try before it is judged. A right one is used up by it, as is one that was wrong too often.
   * @param account null: none that may have a code
   */
  use(account: string | null, typed: string): boolean {
    const row = this.#db
      .prepare(
        `INSERT INTO password_code (account, round, wrong) VALUES (?, 1, 1)
         ON CONFLICT (account) DO UPDATE SET wrong = wrong + 1 RETURNING digest, made_at, wrong`,
      )
      .get(account ?? nobody);
    const age = this.#clock.now() - Number(row?.['made_at'] ?? 0);
    const right = sameSecret(
      utf8(digestOf(account ?? nobody, normaliseReadable(typed))),
      utf8(String(row?.['digest'] ?? digestOf(nobody, nobody))),
    );
    // A clock that was set back makes no code last longer.
    const good =
      right &&
      row?.['digest'] != null &&
      Number(row['wrong']) <= triesOfACode &&
      age >= 0 &&
      age < codeGoodMs;
    if (good && account !== null) this.next(account);
    return good && account !== null;
  }
}

/** In groups, as it stands in the message. */
function newCode(): string {
  const letters = [...randomBytes(groups * lettersOfAGroup)].map((byte) => readableAlphabet[byte & 31]);
  return Array.from({ length: groups }, (_, i) =>
    letters.slice(i * lettersOfAGroup, (i + 1) * lettersOfAGroup).join(''),
  ).join('-');
}

function digestOf(account: string, code: string): string {
  return sha256Hex(`invigil password code 1\n${account.toLowerCase()}\n${normaliseReadable(code)}`);
}
