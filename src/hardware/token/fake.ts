/** Tokens in memory that are plugged in, pulled out, locked by wrong PINs or broken on demand: for tests of whatever holds a lock. */
import { createECDH, type ECDH } from 'node:crypto';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { openBytes } from '../../trust/seal.ts';
import { TagIdentity, tagRecipientOf } from '../../trust/tag-recipient.ts';
import type { ChosenToken, FollowedToken, FoundToken, TokenLibrary, Tokens } from './port.ts';

const mostTries = 3;

interface FakeToken {
  readonly serial: string;
  readonly pin: string;
  key: ECDH | null;
  triesLeft: number;
  carried: Uint8Array[];
}

export class FakeTokens implements Tokens {
  readonly library = '/fake/token-library.so';
  readonly #known = new Map<string, FakeToken>();
  readonly #plugged = new Set<string>();
  readonly #followers = new Set<() => void>();
  #failure: Refusal | null = null;

  /** A new token, without a key; it is plugged in. */
  create(serial: string, pin: string): void {
    this.#known.set(serial, { serial, pin, key: null, triesLeft: mostTries, carried: [] });
    this.plugIn(serial);
  }

  plugIn(serial: string): void {
    this.#plugged.add(serial);
    this.#tell();
  }

  pullOut(serial: string): void {
    this.#plugged.delete(serial);
    this.#tell();
  }

  /** The next call to a token is refused so, whatever it is. */
  failNext(refusal: Refusal): void {
    this.#failure = refusal;
  }

  libraries(): TokenLibrary[] {
    return [{ name: 'Fake', path: this.library }];
  }

  async list(): Promise<Result<readonly FoundToken[]>> {
    const failed = this.#failed();
    if (failed) return failed;
    return ok(
      [...this.#plugged].map((serial) => ({
        serial,
        label: `token ${serial}`,
        model: 'Fake',
        problem: this.#known.get(serial)?.triesLeft === 0 ? ('pin-locked' as const) : null,
      })),
    );
  }

  async prepare(library: string, serial: string, pin: string): Promise<Result<ChosenToken>> {
    const token = this.#open(serial, pin);
    if (!token.ok) return token;
    if (token.value.key === null) {
      token.value.key = createECDH('prime256v1');
      token.value.key.generateKeys();
    }
    const recipient = tagRecipientOf(new Uint8Array(token.value.key.getPublicKey()));
    return ok({ library, serial, recipient });
  }

  async find(library: string, serial: string, pin: string): Promise<Result<ChosenToken>> {
    const token = this.#slot(serial);
    if (!token.ok) return token;
    return token.value.key === null
      ? refuse({ type: 'token-without-key', serial })
      : this.prepare(library, serial, pin);
  }

  async carried(_library: string, serial: string): Promise<Result<readonly Uint8Array[]>> {
    const token = this.#slot(serial);
    return token.ok ? ok([...token.value.carried]) : token;
  }

  async carry(_library: string, serial: string, pin: string, content: Uint8Array): Promise<Result<void>> {
    const token = this.#open(serial, pin);
    if (!token.ok) return token;
    token.value.carried = [content];
    return ok();
  }

  follow({ library, serial, recipient }: ChosenToken, changed: () => void): FollowedToken {
    let was = this.#plugged.has(serial);
    const problem = (): Refusal | null => {
      const here = this.#slot(serial);
      was ||= here.ok;
      if (here.ok) return null;
      return was && here.refusal.type === 'no-token' ? { type: 'lock-pulled-out', serial } : here.refusal;
    };
    this.#followers.add(changed);
    return {
      token: {
        serial,
        recipient,
        present: () => problem() === null,
        unseal: async (sealed, pin) => {
          let refused: Result<never> | null = null;
          const identity = new TagIdentity(recipient, async (point) => {
            const token = this.#open(serial, pin);
            if (token.ok && token.value.key) return new Uint8Array(token.value.key.computeSecret(point));
            refused = token.ok ? refuse({ type: 'token-without-key', serial }) : token;
            return null;
          });
          const opened = await openBytes(sealed, { identities: [identity] });
          return refused ?? opened;
        },
      },
      problem,
      known: async () => undefined,
      carried: () => this.carried(library, serial),
      close: async () => void this.#followers.delete(changed),
    };
  }

  #slot(serial: string): Result<FakeToken> {
    const token = this.#known.get(serial);
    if (token && this.#plugged.has(serial)) return ok(token);
    return this.#plugged.size === 0
      ? refuse({ type: 'no-token' })
      : refuse({ type: 'wrong-lock', found: [...this.#plugged].join(', '), expected: serial });
  }

  #open(serial: string, pin: string): Result<FakeToken> {
    const failed = this.#failed();
    if (failed) return failed;
    const token = this.#slot(serial);
    if (!token.ok) return token;
    if (token.value.triesLeft === 0) return refuse({ type: 'pin-locked' });
    if (pin === token.value.pin) {
      token.value.triesLeft = mostTries;
      return token;
    }
    const left = --token.value.triesLeft;
    return refuse({
      type: left === 0 ? 'pin-locked' : left === 1 ? 'wrong-pin-last-try' : 'wrong-pin-few-tries',
    });
  }

  #failed(): Result<never> | null {
    const failure = this.#failure;
    this.#failure = null;
    return failure && refuse(failure);
  }

  #tell(): void {
    for (const changed of this.#followers) changed();
  }
}
