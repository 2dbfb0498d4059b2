/**
 * Which accounts may be entered with OpenID Connect. An administrator allows it for an account; the first person who comes with its name is bound
 * to it by the provider's own, unchanging name for that person (the subject), and from then on nobody else is let in.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../base/clock.ts';
import { ok, refuse, type Result } from '../../base/result.ts';

export const openIdMigrations = [
  {
    id: 'accounts-openid-1',
    sql: `
      CREATE TABLE openid_access (
        account TEXT PRIMARY KEY COLLATE NOCASE REFERENCES account(name) ON DELETE CASCADE,
        alone INTEGER NOT NULL, issuer TEXT, subject TEXT, bound_at INTEGER, used_at INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX openid_access_by_subject ON openid_access (issuer, subject);`,
  },
];

/** Who comes from the provider, proven by its token. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** What the agreed claim says. */
  readonly name: string;
  /** What that is compared with. */
  readonly match: 'account' | 'email';
}

export interface OpenIdAccess {
  /** No other way in is open for this account. */
  readonly alone: boolean;
  /** Null: nobody has come with it yet. */
  readonly boundAt: number | null;
  readonly usedAt: number | null;
}

interface Row {
  readonly account: string;
  readonly alone: number;
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly bound_at: number | null;
  readonly used_at: number | null;
}

export class OpenIdAccesses {
  readonly #db: DatabaseSync;
  readonly #clock: Clock;

  constructor(db: DatabaseSync, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  of(account: string): OpenIdAccess | null {
    const row = this.#row(account);
    return row && { alone: row.alone === 1, boundAt: row.bound_at, usedAt: row.used_at };
  }

  isAlone(account: string): boolean {
    return this.#row(account)?.alone === 1;
  }

  /** How many have no other way in. */
  countAlone(): number {
    return Number(
      this.#db.prepare('SELECT count(*) AS n FROM openid_access WHERE alone = 1').get()?.['n'] ?? 0,
    );
  }

  /** Whoever is bound to it stays so. */
  allow(account: string, alone: boolean): void {
    this.#db
      .prepare(
        `INSERT INTO openid_access (account, alone) VALUES (?, ?)
         ON CONFLICT (account) DO UPDATE SET alone = excluded.alone`,
      )
      .run(account, alone ? 1 : 0);
  }

  /** The next person who comes with the account's name is bound to it. */
  release(account: string): void {
    this.#db
      .prepare(
        'UPDATE openid_access SET issuer = NULL, subject = NULL, bound_at = NULL, used_at = NULL WHERE account = ?',
      )
      .run(account);
  }

  withdraw(account: string): void {
    this.#db.prepare('DELETE FROM openid_access WHERE account = ?').run(account);
  }

  /**
   * Whose account it is; changes nothing. A person who is bound is known by the subject, whatever the claim says now.
   * @returns refusals `openid-no-account`, `openid-ambiguous`, `openid-not-allowed`, `openid-other-person`, `openid-account-off`
   */
  accountOf({ issuer, subject, name, match }: Identity): Result<{ account: string; bound: boolean }> {
    const bound = this.#db
      .prepare('SELECT * FROM openid_access WHERE issuer = ? AND subject = ?')
      .get(issuer, subject) as Row | undefined;
    if (bound)
      return this.#isOn(bound.account) ? ok({ account: bound.account, bound: true }) : off(bound.account);
    const found = this.#db
      .prepare(match === 'account' ? 'SELECT name FROM account WHERE name = ?' : emailIs)
      .all(name)
      .map((row) => String(row['name']));
    const [account, ...more] = found;
    if (account === undefined) return refuse({ type: 'openid-no-account', name, match });
    if (more.length > 0) return refuse({ type: 'openid-ambiguous', name });
    if (!this.#isOn(account)) return off(account);
    const access = this.#row(account);
    if (!access) return refuse({ type: 'openid-not-allowed', account });
    // Of another provider than the present one: an administrator has changed it, and the name decides once more.
    if (access.subject !== null && access.issuer === issuer)
      return refuse({ type: 'openid-other-person', account });
    return ok({ account, bound: false });
  }

  /** Binds the person on first use. */
  used(account: string, { issuer, subject }: Identity): void {
    const now = this.#clock.now();
    this.#db
      .prepare(
        `UPDATE openid_access SET issuer = ?1, subject = ?2, used_at = ?3,
           bound_at = CASE WHEN issuer = ?1 AND subject = ?2 THEN bound_at ELSE ?3 END WHERE account = ?4`,
      )
      .run(issuer, subject, now, account);
  }

  #isOn(account: string): boolean {
    return this.#db.prepare('SELECT 1 FROM account WHERE name = ? AND active = 1').get(account) !== undefined;
  }

  #row(account: string): Row | null {
    return (
      (this.#db.prepare('SELECT * FROM openid_access WHERE account = ?').get(account) as Row | undefined) ??
      null
    );
  }
}

const emailIs = `SELECT name FROM account WHERE email <> '' AND lower(email) = lower(?)`;

function off(account: string): Result<never> {
  return refuse({ type: 'openid-account-off', account });
}
