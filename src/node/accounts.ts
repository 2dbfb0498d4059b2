/** Who may use a node's console: accounts with scrypt-hashed passwords. */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../base/clock.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { transaction } from '../store/sqlite.ts';
import { checkPassword, hashPassword, verifyPassword } from '../trust/password.ts';
import { ConsoleSessions, type Whence } from './console-sessions.ts';
import type { UserView } from './contract.ts';
import { OpenIdAccesses, openIdMigrations, type Identity } from './openid/access.ts';
import type { Assertion } from './passkeys/contract.ts';
import { passkeyMigrations, Passkeys } from './passkeys/passkeys.ts';
import type { RelyingParty } from './passkeys/relying-party.ts';
import { Brake } from './sign-ins/brake.ts';
import type { Person, UserRole } from './users/contract.ts';
import { passwordCodeMigrations, PasswordCodes } from './users/password-codes.ts';
import { passwordGivenMigrations, PasswordsGiven } from './users/passwords-given.ts';
import { limitSchema, sameLimit, type Limit } from './users/limit.ts';

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
  {
    id: 'accounts-2',
    sql: `
      ALTER TABLE account ADD COLUMN person TEXT NOT NULL DEFAULT '';
      ALTER TABLE account ADD COLUMN phone TEXT NOT NULL DEFAULT '';
      ALTER TABLE account ADD COLUMN active INTEGER NOT NULL DEFAULT 1;
      DROP TABLE console_session;
      CREATE TABLE console_session (
        token TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account(name) ON DELETE CASCADE, idle_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;`,
  },
  {
    // Whoever was signed in before has to sign in again: nobody knows from where.
    id: 'accounts-sign-ins-1',
    sql: `
      DROP TABLE console_session;
      CREATE TABLE console_session (
        token TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account(name) ON DELETE CASCADE, idle_ms INTEGER NOT NULL,
        began_at INTEGER NOT NULL, address TEXT NOT NULL, browser TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;`,
  },
  ...passkeyMigrations,
  ...openIdMigrations,
  {
    id: 'accounts-mail-1',
    sql: `
      ALTER TABLE account ADD COLUMN email TEXT NOT NULL DEFAULT '';
      ALTER TABLE account ADD COLUMN mail_events TEXT NOT NULL DEFAULT '';
      ALTER TABLE account ADD COLUMN mail_language TEXT NOT NULL DEFAULT 'en';`,
  },
  ...passwordGivenMigrations,
  { id: 'accounts-limits-1', sql: 'ALTER TABLE account ADD COLUMN limit_json TEXT;' },
  ...passwordCodeMigrations,
];

interface AccountRow {
  name: string;
  role: string;
  password: string;
  must_change: number;
  person: string;
  phone: string;
  active: number;
  email: string;
  mail_events: string;
  mail_language: string;
  /** Null: not allowed; 1: by OpenID Connect alone. */
  alone: number | null;
  /** null: none. */
  limit_json: string | null;
}

export interface Account extends Person {
  readonly account: string;
  readonly role: UserRole;
  /** False: it is kept, and nobody can sign in with it. */
  readonly active: boolean;
  readonly mustChangePassword: boolean;
  /** Empty: nobody has entered it. */
  readonly email: string;
  readonly mail: MailWishes;
  /** Signs in with OpenID Connect and in no other way. */
  readonly openIdAlone: boolean;
  /** null: sees everything. */
  readonly limit: Limit | null;
}

/** What this person wants to be told by e-mail, where there is an address. */
export interface MailWishes {
  readonly events: readonly string[];
  readonly language: string;
}

export class Accounts {
  readonly #db: DatabaseSync;
  readonly #clock: Clock;
  readonly sessions: ConsoleSessions;
  readonly brake: Brake;
  readonly passkeys: Passkeys;
  readonly openId: OpenIdAccesses;
  readonly given: PasswordsGiven;
  readonly codes: PasswordCodes;
  readonly #hash: (password: string) => Promise<string>;

  /** @param hash what is kept of a password; what it costs stands in it */
  constructor(db: DatabaseSync, clock: Clock, hash = hashPassword) {
    this.#db = db;
    this.#clock = clock;
    this.#hash = hash;
    this.sessions = new ConsoleSessions(db, clock);
    this.brake = new Brake(clock);
    this.passkeys = new Passkeys(db, clock);
    this.openId = new OpenIdAccesses(db, clock);
    this.given = new PasswordsGiven(db, clock);
    this.codes = new PasswordCodes(db, clock);
  }

  any(): boolean {
    return this.#db.prepare('SELECT 1 FROM account LIMIT 1').get() !== undefined;
  }

  all(): Account[] {
    return this.#db
      .prepare(`${selectAccount} ORDER BY account.created_at, account.name`)
      .all()
      .map((row) => read(row as unknown as AccountRow));
  }

  find(name: string): Account | null {
    const row = this.#row(name);
    return row ? read(row) : null;
  }

  /** Another one as soon as the password is: for whoever keeps a connection open that was signed in with it. */
  passwordMark(name: string): string {
    return createHash('sha256')
      .update(this.#row(name)?.password ?? '')
      .digest('hex');
  }

  /** @param mustChange the password is known to somebody else: it opens nothing until it is replaced. */
  async create(
    name: string,
    role: UserRole,
    password: string,
    mustChange: boolean,
    { name: person, phone, limit = null }: Person & { readonly limit?: Limit | null } = {
      name: '',
      phone: '',
    },
  ): Promise<Result<void>> {
    const acceptable = mustChange ? ok() : checkPassword(password);
    if (!acceptable.ok) return acceptable;
    const hash = await this.#hash(password);
    const added = this.#db
      .prepare(
        `INSERT INTO account (name, role, password, must_change, created_at, person, phone, limit_json)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(name, role, hash, mustChange ? 1 : 0, this.#clock.now(), person, phone, written(limit));
    return added.changes === 0 ? refuse({ type: 'account-exists', account: name }) : ok();
  }

  /**
   * Whoever is signed in with an account that is switched off or gets another role has to sign in again. With another limit whatever runs
   * stops: a page that watches asks again, and gets what is within.
   */
  change(
    name: string,
    to: Person & { readonly role: UserRole; readonly active: boolean; readonly limit: Limit | null },
  ): void {
    const before = this.#row(name);
    this.#db
      .prepare(
        'UPDATE account SET role = ?, person = ?, phone = ?, active = ?, limit_json = ? WHERE name = ?',
      )
      .run(to.role, to.name, to.phone, to.active ? 1 : 0, written(to.limit), name);
    if (!before) return;
    if (!to.active) this.codes.next(before.name);
    if (!to.active || before.role !== to.role) this.sessions.endAllOf(before.name);
    else if (!sameLimit(read(before).limit, to.limit)) this.sessions.interrupt(before.name);
  }

  /**
   * A password that somebody else has chosen; whoever is signed in has to sign in with it, and to replace it. The passkeys go: a new
   * password is asked for when somebody lost what opened the account.
   */
  async givePassword(name: string, password: string): Promise<Result<void>> {
    const acceptable = checkPassword(password);
    if (!acceptable.ok) return acceptable;
    const hash = await this.#hash(password);
    const row = this.#row(name);
    if (!row) return refuse({ type: 'no-such-account', account: name });
    this.#db.prepare('UPDATE account SET password = ?, must_change = 1 WHERE name = ?').run(hash, row.name);
    this.brake.forget(row.name);
    this.codes.next(row.name);
    this.passkeys.removeAllOf(row.name);
    this.sessions.endAllOf(row.name);
    return ok();
  }

  remove(name: string): void {
    const row = this.#row(name);
    if (!row) return;
    this.codes.next(row.name);
    this.sessions.endAllOf(row.name);
    this.#db.prepare('DELETE FROM account WHERE name = ?').run(row.name);
  }

  /** @returns a session token for a cookie. The same refusal whether the account or the password is wrong. */
  async signIn(
    name: string,
    password: string,
    whence?: Whence,
  ): Promise<Result<{ token: string; user: UserView }>> {
    const mayTry = this.brake.tryAccount(name, whence?.address ?? '');
    const proven = await this.#prove(name, password, mayTry);
    if (!proven.ok) return proven;
    return ok({ token: this.#begin(proven.value.name, whence), user: view(proven.value) });
  }

  /** @returns a session token for a cookie. The same refusal for a passkey that is wrong and for an account that is switched off. */
  async signInWithPasskey(
    party: RelyingParty,
    assertion: Assertion,
    whence: Whence,
  ): Promise<Result<string>> {
    const mayTry = this.brake.tryAddress(whence.address);
    if (!mayTry.ok) return mayTry;
    const proven = await this.passkeys.prove(party, assertion);
    if (!proven.ok) return proven;
    const row = this.#row(proven.value);
    if (row?.active !== 1) return refuse({ type: 'passkey-refused' });
    mayTry.value();
    if (row.alone === 1) return refuse({ type: 'openid-alone' });
    return ok(this.#begin(row.name, whence));
  }

  /**
   * @param identity proven by the provider's token
   * @returns a session token for a cookie, and whether this person was bound to the account just now; refusals of `OpenIdAccesses.accountOf`
   */
  signInWithOpenId(
    identity: Identity,
    whence: Whence,
  ): Result<{ token: string; account: string; bound: boolean }> {
    const mayTry = this.brake.tryAddress(whence.address);
    if (!mayTry.ok) return mayTry;
    const found = this.openId.accountOf(identity);
    if (!found.ok) return found;
    mayTry.value();
    const { account, bound } = found.value;
    this.openId.used(account, identity);
    return ok({ token: this.#begin(account, whence), account, bound: !bound });
  }

  /** Where messages to its person go. What was sent to the address before opens nothing any more. */
  setEmail(name: string, email: string): void {
    this.codes.next(name);
    this.#db.prepare('UPDATE account SET email = ? WHERE name = ?').run(email, name);
  }

  setMailWishes(name: string, { events, language }: MailWishes): void {
    this.#db
      .prepare('UPDATE account SET mail_events = ?, mail_language = ? WHERE name = ?')
      .run(events.join(' '), language, name);
  }

  /** @param byPerson false: a page that stands open asks by itself, which keeps nobody signed in. */
  user(token: string, byPerson = true): UserView | null {
    const account = this.sessions.use(token, byPerson);
    const row = account === null ? undefined : this.#row(account);
    return row ? view(row) : null;
  }

  signOut(token: string): void {
    this.sessions.end(token);
  }

  /** Proves that the person at the console knows the password, for what cannot be undone. Counts as a try. */
  async confirm(name: string, password: string): Promise<Result<void>> {
    const proven = await this.#prove(name, password, this.brake.trySignedIn(name));
    return proven.ok ? ok() : proven;
  }

  /** @param token of the session in which it is done: every other one of this account ends. */
  async changePassword(
    name: string,
    current: string,
    next: string,
    token: string | null,
  ): Promise<Result<void>> {
    const acceptable = checkPassword(next);
    if (!acceptable.ok) return acceptable;
    if (next === current) return refuse({ type: 'password-unchanged' });
    const proven = await this.#prove(name, current, this.brake.trySignedIn(name));
    if (!proven.ok) return proven;
    const hash = await this.#hash(next);
    this.#db
      .prepare('UPDATE account SET password = ?, must_change = 0 WHERE name = ?')
      .run(hash, proven.value.name);
    this.codes.next(proven.value.name);
    this.sessions.endAllOf(proven.value.name, token);
    return ok();
  }

  /** Who can be sent a code for a new password; null: there is no such account, or it is entered in another way. */
  mayHaveCode(name: string): Account | null {
    const row = this.#row(name);
    return row?.active === 1 && row.alone !== 1 && row.email !== '' ? read(row) : null;
  }

  /**
   * For whoever has forgotten the password: everybody who is signed in with the account is signed out, and what was guessed at before is
   * forgotten. The same refusal, after the same work, whether the account does not exist, may have no code, or the code is wrong.
   */
  async setForgottenPassword(
    name: string,
    code: string,
    next: string,
    { address }: Whence,
  ): Promise<Result<{ account: Account; ended: number }>> {
    const acceptable = checkPassword(next);
    if (!acceptable.ok) return acceptable;
    const mayTry = this.brake.tryCode(name, address);
    if (!mayTry.ok) return mayTry;
    // Before the code is looked at: from there on nothing can come between, and no answer is quicker than another.
    const hash = await this.#hash(next);
    return transaction(this.#db, () => {
      const account = this.mayHaveCode(name);
      if (!this.codes.use(account?.account ?? null, code) || !account)
        return refuse({ type: 'password-code-wrong' });
      this.#db
        .prepare('UPDATE account SET password = ?, must_change = 0 WHERE name = ?')
        .run(hash, account.account);
      mayTry.value();
      this.brake.forget(account.account);
      return ok({ account, ended: this.sessions.endAllOf(account.account) });
    });
  }

  /** What was asked for because the password was forgotten is not needed any more. */
  #begin(name: string, whence?: Whence): string {
    this.codes.next(name);
    return this.sessions.begin(name, whence);
  }

  /** The same refusal, after the same time, whether the account does not exist, is switched off, or the password is wrong. */
  async #prove(name: string, password: string, mayTry: Result<() => void>): Promise<Result<AccountRow>> {
    if (!mayTry.ok) return mayTry;
    const found = this.#row(name);
    const account = found?.active === 1 ? found : undefined;
    const right = await verifyPassword(password, account?.password ?? null);
    // Meanwhile it may have been switched off, or got another password.
    const still = account && this.#row(name);
    if (!account || !right || still?.active !== 1 || still.password !== account.password)
      return refuse({ type: 'wrong-password' });
    mayTry.value();
    if (still.alone === 1) return refuse({ type: 'openid-alone' });
    return ok(still);
  }

  #row(name: string): AccountRow | undefined {
    return this.#db.prepare(`${selectAccount} WHERE account.name = ?`).get(name) as AccountRow | undefined;
  }
}

const selectAccount = `SELECT name, role, password, must_change, person, phone, active, email, mail_events,
    mail_language, limit_json, openid_access.alone
  FROM account LEFT JOIN openid_access ON openid_access.account = account.name`;

function read(row: AccountRow): Account {
  return {
    account: row.name,
    role: row.role as UserRole,
    name: row.person,
    phone: row.phone,
    active: row.active === 1,
    // Whoever never types a password has none to replace.
    mustChangePassword: row.must_change === 1 && row.alone !== 1,
    email: row.email,
    mail: { events: row.mail_events.split(' ').filter((one) => one !== ''), language: row.mail_language },
    openIdAlone: row.alone === 1,
    limit: row.limit_json === null ? null : limitSchema.parse(JSON.parse(row.limit_json)),
  };
}

function written(limit: Limit | null): string | null {
  return limit && JSON.stringify(limit);
}

function view(row: AccountRow): UserView {
  const { account, role, name, mustChangePassword, limit } = read(row);
  return { account, role, name, mustChangePassword, limit };
}
