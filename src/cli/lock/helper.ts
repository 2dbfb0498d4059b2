/** What the lock helper does with the locks that are plugged in here: shows them, registers them at the centre, and has them calibrated. */
import { join } from 'node:path';
import { utf8 } from '../../base/bytes.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import {
  calibrateLockAt,
  registerLockAt,
  seeCentre,
  type CalibratedLock,
  type CentreSeen,
  type CentreToAsk,
} from '../../courier/lock/ask-centre.ts';
import type { LockRegistered } from '../../courier/lock/wire.ts';
import { newestCalibration, type Calibration } from '../../exam/lock/calibration.ts';
import type { LockKind } from '../../exam/lock/site-locks.ts';
import type { Drive, Drives } from '../../hardware/removable-drive/port.ts';
import { carriedBeside, carryBeside } from '../../hardware/token/beside-key-file.ts';
import { findKeyFiles } from '../../hardware/token/find-key-files.ts';
import { createKeyFile, openKeyFile } from '../../hardware/token/key-file.ts';
import type { ChosenToken, Token, Tokens } from '../../hardware/token/port.ts';

export interface LockHere {
  /** For what is done with it next. */
  readonly id: string;
  readonly kind: LockKind;
  readonly serial: string;
  /** Path of the key file, or label of the token. */
  readonly where: string;
  /** Why it can be no exam lock as it is. */
  readonly problem: Refusal | null;
  /** What it brought from the centre last. */
  readonly calibration: Calibration | null;
}

export interface HelperOptions {
  readonly centre: CentreToAsk;
  readonly drives: Drives;
  readonly tokens: Tokens;
  /** Further key files, where they lie on no drive that is found. */
  readonly keyFiles: readonly string[];
  /** Further libraries of tokens. */
  readonly libraries: readonly string[];
}

const newKeyFile = 'invigil-lock.key';
const leastPin = 4;

export class LockHelper {
  readonly #options: HelperOptions;
  /** Looking for tokens starts every library: when somebody asks for it. */
  #tokens: LockHere[] = [];

  constructor(options: HelperOptions) {
    this.#options = options;
  }

  centre(): Promise<Result<CentreSeen>> {
    return seeCentre(this.#options.centre);
  }

  get address(): string {
    return this.#options.centre.address;
  }

  /** @param again tokens are looked for, too */
  async locks(again: boolean): Promise<LockHere[]> {
    if (again) this.#tokens = await this.#findTokens();
    return [...(await this.#findKeyFiles()), ...this.#tokens];
  }

  drives(): Promise<Drive[]> {
    return this.#options.drives.list();
  }

  /** Refusals: those of the lock and its PIN, of the way to the centre, and the centre's own. */
  async register(
    id: string,
    how: { readonly pin: string; readonly code: string },
  ): Promise<Result<LockRegistered>> {
    return this.#with(id, how.pin, true, ({ token }) => registerLockAt(this.#options.centre, token, how));
  }

  /** The lock counts as calibrated when it has what the centre gave: written, and read back. */
  async calibrate(id: string, pin: string): Promise<Result<CalibratedLock>> {
    return this.#with(id, pin, false, async ({ token, carry }) => {
      const calibrated = await calibrateLockAt(this.#options.centre, token, pin);
      if (!calibrated.ok) return calibrated;
      const carried = await carry(utf8(JSON.stringify(calibrated.value.calibration)));
      return carried.ok ? calibrated : carried;
    });
  }

  /** @returns refusals `pin-too-short`, `no-such-lock-here`, those of making a key file */
  async makeKeyFile(drive: string, pin: string): Promise<Result<void>> {
    if ([...pin].length < leastPin) return refuse({ type: 'pin-too-short' });
    if (!(await this.drives()).some(({ path }) => path === drive))
      return refuse({ type: 'no-such-lock-here' });
    const made = await createKeyFile(join(drive, newKeyFile), pin);
    return made.ok ? ok() : made;
  }

  async #with<T>(
    id: string,
    pin: string,
    make: boolean,
    act: (lock: {
      token: Token;
      carry: (content: Uint8Array) => Promise<Result<void>>;
    }) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const { drives, tokens } = this.#options;
    const here = (await this.locks(false)).find((one) => one.id === id);
    // Pulled out since the page showed it.
    if (!here) return refuse({ type: 'no-such-lock-here' });
    if (here.kind === 'key-file') {
      const token = openKeyFile(here.where);
      return token.ok
        ? act({ token: token.value, carry: (content) => carryBeside(drives, here.where, content) })
        : token;
    }
    const library = libraryOf(id);
    const { serial } = here;
    const chosen = make
      ? await tokens.prepare(library, serial, pin)
      : await tokens.find(library, serial, pin);
    if (!chosen.ok) return chosen;
    return this.#withToken(chosen.value, (token) =>
      act({ token, carry: (content) => tokens.carry(library, serial, pin, content) }),
    );
  }

  async #withToken<T>(chosen: ChosenToken, act: (token: Token) => Promise<T>): Promise<T> {
    const followed = this.#options.tokens.follow(chosen, () => undefined);
    try {
      return await act(followed.token);
    } finally {
      await followed.close();
    }
  }

  async #findKeyFiles(): Promise<LockHere[]> {
    const { drives, keyFiles } = this.#options;
    const found = await findKeyFiles(drives);
    for (const path of keyFiles) {
      const token = openKeyFile(path);
      if (token.ok && !found.some((one) => one.path === path)) found.push({ path, token: token.value });
    }
    const here: LockHere[] = [];
    for (const { path, token } of found)
      here.push({
        id: `file ${path}`,
        kind: 'key-file',
        serial: token.serial,
        where: path,
        problem: null,
        calibration: newestCalibration(await carriedBeside(drives, path), token.serial),
      });
    return here;
  }

  async #findTokens(): Promise<LockHere[]> {
    const { tokens, libraries } = this.#options;
    const paths = new Set([...tokens.libraries().map(({ path }) => path), ...libraries]);
    const here = new Map<string, LockHere>();
    for (const library of paths) {
      const listed = await tokens.list(library);
      // Of many libraries that lie here most have no token of their own.
      if (!listed.ok) continue;
      for (const { serial, label, model, problem } of listed.value) {
        // Through two libraries, it is still one.
        if (here.has(serial)) continue;
        const carried = await tokens.carried(library, serial);
        here.set(serial, {
          id: `token ${library}\n${serial}`,
          kind: 'pkcs11',
          serial,
          where: [label, model].filter((one) => one !== '').join(' · '),
          problem: problem === null ? null : { type: problem },
          calibration: carried.ok ? newestCalibration(carried.value, serial) : null,
        });
      }
    }
    return [...here.values()];
  }
}

function libraryOf(id: string): string {
  return id.slice('token '.length, id.lastIndexOf('\n'));
}
