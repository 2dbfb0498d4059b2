/** Who may use a node's console: accounts with scrypt-hashed passwords, sessions that survive a restart, and a brake on guessing. */
import type { DatabaseSync } from 'node:sqlite';
import { toBase64Url } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import { randomBytes } from '../base/ids.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { diskRefusal } from '../store/disk-refusal.ts';
import { sha256Hex } from '../trust/digest.ts';
import { checkPassword, hashPassword, verifyPassword } from '../trust/password.ts';
import type { Role, UserView } from './contract.ts';

export const accountMigrations = [
  {
    id: 'accounts-1',
    sql: `
      CREATE TABLE account (
        name TEXT PRIMARY KEY COLLATE NOCASE, role TEXT NOT NULL, password TEXT NOT NULL,
        must_change INTEGER NOT NULL, created_at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE console_session (
        token TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account(name) ON DELETE CASCADE, seen_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;`,
  },
];

const idleLimitMs = 12 * 60 * 60 * 1000;
const freeTries = 5;

interface AccountRow {
  name: string;
  role: string;
  password: string;
  must_change: number;
}

export class Accounts {
  readonly #db: DatabaseSync;
  readonly #clock: Clock;
  readonly #failures = new Map<string, { count: number; until: number }>();

  constructor(db: DatabaseSync, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  any(): boolean {
    return this.#db.prepare('SELECT 1 FROM account LIMIT 1').get() !== undefined;
  }

  async create(
    name: string,
    role: Exclude<Role, 'everyone'>,
    password: string,
    mustChange: boolean,
  ): Promise<Result<void>> {
    const acceptable = mustChange ? ok() : checkPassword(password);
    if (!acceptable.ok) return acceptable;
    const hash = await hashPassword(password);
    const written = this.#db
      .prepare(
        'INSERT INTO account (name, role, password, must_change, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      )
      .run(name, role, hash, mustChange ? 1 : 0, this.#clock.now());
    return written.changes === 0 ? refuse({ type: 'account-exists', account: name }) : ok();
  }

  /** @returns a session token for a cookie. The same refusal whether the account or the password is wrong. */
  async signIn(name: string, password: string): Promise<Result<{ token: string; user: UserView }>> {
    const key = name.toLowerCase();
    const failure = this.#failures.get(key);
    const now = this.#clock.monotonic();
    if (failure && failure.until > now)
      return refuse({ type: 'too-many-tries', waitS: Math.ceil((failure.until - now) / 1000) });
    const account = this.#row(name);
    const right = await verifyPassword(password, account?.password ?? null);
    if (!account || !right) {
      this.#countFailure(key, failure?.count ?? 0);
      return refuse({ type: 'wrong-password' });
    }
    this.#failures.delete(key);
    const token = toBase64Url(randomBytes(32));
    this.#db
      .prepare('INSERT INTO console_session (token, account, seen_at) VALUES (?, ?, ?)')
      .run(sha256Hex(token), account.name, this.#clock.now());
    this.#db.prepare('DELETE FROM console_session WHERE seen_at < ?').run(this.#clock.now() - idleLimitMs);
    return ok({ token, user: view(account) });
  }

  user(token: string): UserView | null {
    const hash = sha256Hex(token);
    const row = this.#db
      .prepare(
        `SELECT account.name, account.role, account.password, account.must_change FROM console_session
         JOIN account ON account.name = console_session.account WHERE token = ? AND seen_at >= ?`,
      )
      .get(hash, this.#clock.now() - idleLimitMs) as AccountRow | undefined;
    if (!row) return null;
    this.#see(hash);
    return view(row);
  }

  /** Once a minute is enough to know an idle session, and keeps reading free of writes. */
  #see(hash: string): void {
    try {
      this.#db
        .prepare('UPDATE console_session SET seen_at = ? WHERE token = ? AND seen_at < ?')
        .run(this.#clock.now(), hash, this.#clock.now() - 60_000);
    } catch (error) {
      // On a full disk a session may count as idle too early; the console that shows the full disk must go on.
      if (!diskRefusal(error)) throw error;
    }
  }

  signOut(token: string): void {
    this.#db.prepare('DELETE FROM console_session WHERE token = ?').run(sha256Hex(token));
  }

  /** Proves that the person at the console knows the password, for what cannot be undone. Counts as a try. */
  async confirm(name: string, password: string): Promise<Result<void>> {
    const proven = await this.signIn(name, password);
    if (!proven.ok) return proven;
    this.signOut(proven.value.token);
    return ok();
  }

  async changePassword(name: string, current: string, next: string): Promise<Result<void>> {
    const acceptable = checkPassword(next);
    if (!acceptable.ok) return acceptable;
    if (next === current) return refuse({ type: 'password-unchanged' });
    const proven = await this.confirm(name, current);
    if (!proven.ok) return proven;
    const hash = await hashPassword(next);
    this.#db.prepare('UPDATE account SET password = ?, must_change = 0 WHERE name = ?').run(hash, name);
    return ok();
  }

  #row(name: string): AccountRow | undefined {
    return this.#db
      .prepare('SELECT name, role, password, must_change FROM account WHERE name = ?')
      .get(name) as AccountRow | undefined;
  }

  #countFailure(key: string, before: number): void {
    const count = before + 1;
    const waitMs = count < freeTries ? 0 : 60_000 * 2 ** Math.min(count - freeTries, 6);
    if (this.#failures.size > 10_000) this.#failures.clear();
    this.#failures.set(key, { count, until: this.#clock.monotonic() + waitMs });
  }
}

function view(row: AccountRow): UserView {
  return { account: row.name, role: row.role as UserView['role'], mustChangePassword: row.must_change === 1 };
}
