/** The exam lock of a site: a key file, which is read when it is asked for, or a token, whose coming and going is followed. */
import { ok, refuse, type Result } from '../base/result.ts';
import { revokedRefusal, type SiteLock } from '../exam/lock/site-locks.ts';
import { removableDrives } from '../hardware/removable-drive/drives.ts';
import { carriedBeside } from '../hardware/token/beside-key-file.ts';
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

  /**
   * The lock that the site works with: the one that was chosen, and of key files any of its own that lies there. Others open nothing here.
   * @param known what the centre says of the site's locks
   * @returns refusal `lock-revoked`, those of `lockOf` and, of a token, of `Tokens`.
   */
  of(setup: SiteSetup, known: readonly SiteLock[]): Result<Token> {
    if (setup.lockKind === 'none') return refuse({ type: 'site-set-up-without-lock' });
    const chosen = tokenOf(setup);
    if (!chosen) return lockOf(setup, known);
    const { token, problem } = this.#follow(chosen);
    const refusal = revokedRefusal(known, chosen.serial) ?? problem();
    return refusal === null ? { ok: true, value: token } : refuse(refusal);
  }

  /** Resolves when it is known whether the lock is here. */
  async known(setup: SiteSetup): Promise<void> {
    const chosen = tokenOf(setup);
    if (chosen) await this.#follow(chosen).known();
  }

  /** What lies on the lock beside its key. Refusals: those of `of`. */
  async carried(setup: SiteSetup, known: readonly SiteLock[]): Promise<Result<readonly Uint8Array[]>> {
    const lock = this.of(setup, known);
    if (!lock.ok) return lock;
    const chosen = tokenOf(setup);
    return chosen ? this.#follow(chosen).carried() : ok(await carriedBeside(removableDrives, setup.lockPath));
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

/** Refusals: `lock-absent`, `key-file-damaged`, `wrong-lock`, `lock-revoked`. */
function lockOf({ lockPath, lockSerial }: SiteSetup, known: readonly SiteLock[]): Result<Token> {
  const lock = openKeyFile(lockPath);
  if (!lock.ok) return lock;
  const { serial, recipient } = lock.value;
  const revoked = revokedRefusal(known, serial);
  if (revoked) return refuse(revoked);
  const own = lockSerial === null || serial === lockSerial;
  return own || known.some((one) => one.serial === serial && one.recipient === recipient)
    ? lock
    : refuse({ type: 'wrong-lock', found: serial, expected: lockSerial });
}
