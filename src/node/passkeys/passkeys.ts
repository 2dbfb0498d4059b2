/** Passkeys of a node's users (WebAuthn Level 3): kept are the public key, its counter and the name that the user gave it. */
import type { DatabaseSync } from 'node:sqlite';
import { fromBase64Url, toBase64Url } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { randomBytes } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { challengeLifeMs, Challenges } from './challenges.ts';
import type { Assertion, PasskeyList, Registration } from './contract.ts';
import type { RelyingParty } from './relying-party.ts';

/** Of COSE: EdDSA, ES256, RS256. What the library would add by itself is experimental in Node, which would say so on the terminal. */
const algorithms = [-8, -7, -257] as const;

export const passkeyMigrations = [
  {
    id: 'accounts-passkeys-1',
    sql: `
      CREATE TABLE passkey (
        id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account(name) ON DELETE CASCADE, name TEXT NOT NULL,
        host TEXT NOT NULL, user_handle TEXT NOT NULL, public_key BLOB NOT NULL, counter INTEGER NOT NULL,
        created_at INTEGER NOT NULL, used_at INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX passkey_of_account ON passkey (account);`,
  },
];

interface Row {
  readonly id: string;
  readonly account: string;
  readonly user_handle: string;
  readonly public_key: Uint8Array<ArrayBuffer>;
  readonly counter: number;
}

export class Passkeys {
  readonly #db: DatabaseSync;
  readonly #clock: Clock;
  readonly #challenges: Challenges;

  constructor(db: DatabaseSync, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
    this.#challenges = new Challenges(clock);
  }

  list(account: string): PasskeyList {
    return this.#db
      .prepare('SELECT * FROM passkey WHERE account = ? ORDER BY created_at, id')
      .all(account)
      .map((row) => ({
        id: String(row['id']),
        name: String(row['name']),
        host: String(row['host']),
        createdAt: Number(row['created_at']),
        usedAt: row['used_at'] === null ? null : Number(row['used_at']),
      }));
  }

  /** Options for the browser to make a passkey that it can find by itself, and that checks who uses it. */
  async begin(account: string, party: RelyingParty) {
    const { generateRegistrationOptions } = await webAuthn();
    const known = this.list(account).filter((one) => one.host === party.id);
    const handle = this.#handleOf(account);
    return generateRegistrationOptions({
      rpName: 'Invigil',
      rpID: party.id,
      userName: account,
      userID: fromBase64Url(handle),
      challenge: fromBase64Url(this.#challenges.give(`add ${account}`, handle)),
      timeout: challengeLifeMs,
      attestationType: 'none',
      supportedAlgorithmIDs: [...algorithms],
      excludeCredentials: known.map(({ id }) => ({ id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  }

  async add(
    account: string,
    party: RelyingParty,
    name: string,
    registration: Registration,
  ): Promise<Result<{ id: string }>> {
    const { verifyRegistrationResponse } = await webAuthn();
    const { isReadable, proven } = await reading();
    if (!isReadable(registration.response)) return refuse({ type: 'passkey-not-added' });
    let handle: string | null = null;
    const verified = await proven(
      verifyRegistrationResponse({
        response: registration,
        expectedChallenge: (challenge) => {
          handle = this.#challenges.take(challenge, `add ${account}`);
          return handle !== null;
        },
        expectedOrigin: party.origin,
        expectedRPID: party.id,
        requireUserVerification: true,
        supportedAlgorithmIDs: [...algorithms],
      }),
    );
    if (!verified?.verified || handle === null) return refuse({ type: 'passkey-not-added' });
    const { id, publicKey, counter } = verified.registrationInfo.credential;
    const written = this.#db
      .prepare(
        `INSERT INTO passkey (id, account, name, host, user_handle, public_key, counter, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(id, account, name, party.id, handle, publicKey, counter, this.#clock.now());
    return written.changes === 0 ? refuse({ type: 'passkey-not-added' }) : ok({ id });
  }

  /** @returns whether this account had it. */
  remove(account: string, id: string): boolean {
    return this.#db.prepare('DELETE FROM passkey WHERE account = ? AND id = ?').run(account, id).changes > 0;
  }

  removeAllOf(account: string): void {
    this.#db.prepare('DELETE FROM passkey WHERE account = ?').run(account);
  }

  /** Names no account: the browser finds the passkeys that it has for this name. */
  async signInOptions(party: RelyingParty) {
    const { generateAuthenticationOptions } = await webAuthn();
    return generateAuthenticationOptions({
      rpID: party.id,
      challenge: fromBase64Url(this.#challenges.give('sign-in')),
      timeout: challengeLifeMs,
      userVerification: 'required',
    });
  }

  /** @returns whose passkey it is. The same refusal whatever is wrong with it. */
  async prove(party: RelyingParty, assertion: Assertion): Promise<Result<string>> {
    const { verifyAuthenticationResponse } = await webAuthn();
    const { isReadable, proven } = await reading();
    const { userHandle, ...response } = assertion.response;
    const row = this.#db.prepare('SELECT * FROM passkey WHERE id = ?').get(assertion.id) as Row | undefined;
    if (!row || userHandle !== row.user_handle || !isReadable(response))
      return refuse({ type: 'passkey-refused' });
    const verified = await proven(
      verifyAuthenticationResponse({
        response: { ...assertion, response },
        expectedChallenge: (challenge) => this.#challenges.take(challenge, 'sign-in') !== null,
        expectedOrigin: party.origin,
        expectedRPID: party.id,
        // A counter that does not go on means a copy of the key: it is refused there.
        credential: { id: row.id, publicKey: row.public_key, counter: row.counter },
        requireUserVerification: true,
      }),
    );
    if (!verified?.verified) return refuse({ type: 'passkey-refused' });
    // It may have been removed, or used once more, while the signature was checked.
    const kept = this.#db
      .prepare('UPDATE passkey SET counter = ?, used_at = ? WHERE id = ? AND account = ? AND counter = ?')
      .run(verified.authenticationInfo.newCounter, this.#clock.now(), row.id, row.account, row.counter);
    return kept.changes === 0 ? refuse({ type: 'passkey-refused' }) : ok(row.account);
  }

  /** One for all passkeys of an account, so that an authenticator knows them as of one person; says nothing about who it is. */
  #handleOf(account: string): string {
    const row = this.#db.prepare('SELECT user_handle FROM passkey WHERE account = ? LIMIT 1').get(account);
    return row ? String(row['user_handle']) : toBase64Url(randomBytes(32));
  }
}

/** Loaded by the first who uses it: it costs 30 MB, and a seat or a room may never need it. */
const webAuthn = () => import('@simplewebauthn/server');

/** It loads the library, too. */
const reading = () => import('./readable.ts');
