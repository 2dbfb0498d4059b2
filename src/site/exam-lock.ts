/** The exam lock of a site: a key file, which is read when it is asked for, or a token, whose coming and going is followed. */
import { refuse, type Result } from '../base/result.ts';
import { openKeyFile } from '../hardware/token/key-file.ts';
import type { ChosenToken, FollowedToken, Token, Tokens } from '../hardware/token/port.ts';
import type { SiteSetup } from './site.ts';

export class ExamLock {
  readonly #tokens: Tokens;
  readonly #changed: () => void;
  #followed: { readonly chosen: ChosenToken; readonly by: FollowedToken } | null = null;

  /** @param changed called when a token came or went */
  constructor(tokens: Tokens, changed: () => void) {
    this.#tokens = tokens;
    this.#changed = changed;
  }

  /** The lock that the site was set up with; another one opens nothing here. Refusals: those of `lockOf` and, of a token, of `Tokens`. */
  of(setup: SiteSetup): Result<Token> {
    const chosen = tokenOf(setup);
    if (!chosen) return lockOf(setup);
    const { token, problem } = this.#follow(chosen);
    const refusal = problem();
    return refusal === null ? { ok: true, value: token } : refuse(refusal);
  }

  /** Resolves when it is known whether the lock is here. */
  async known(setup: SiteSetup): Promise<void> {
    const chosen = tokenOf(setup);
    if (chosen) await this.#follow(chosen).known();
  }

  async close(): Promise<void> {
    await this.#followed?.by.close();
  }

  #follow(chosen: ChosenToken): FollowedToken {
    const { library, serial, recipient } = chosen;
    const now = this.#followed?.chosen;
    if (this.#followed && now?.library === library && now.serial === serial && now.recipient === recipient)
      return this.#followed.by;
    void this.#followed?.by.close();
    const by = this.#tokens.follow(chosen, this.#changed);
    this.#followed = { chosen, by };
    return by;
  }
}

function tokenOf({ lockKind, lockPath, lockSerial, lockRecipient }: SiteSetup): ChosenToken | null {
  return lockKind === 'pkcs11' && lockSerial !== null && lockRecipient !== null
    ? { library: lockPath, serial: lockSerial, recipient: lockRecipient }
    : null;
}

/** Refusals: `lock-absent`, `key-file-damaged`, `wrong-lock`. */
function lockOf({ lockPath, lockSerial }: SiteSetup): Result<Token> {
  const lock = openKeyFile(lockPath);
  return lock.ok && lockSerial !== null && lock.value.serial !== lockSerial
    ? refuse({ type: 'wrong-lock', found: lock.value.serial, expected: lockSerial })
    : lock;
}
