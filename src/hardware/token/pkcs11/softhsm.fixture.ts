/** Tokens of SoftHSM2 in a folder of their own, for tests against a real library. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wellKnownLibraries } from './well-known.ts';

const tool = 'softhsm2-util';

/** Where it is not installed, the tests that need it say so and are left out. */
export const softHsm: string | null =
  process.platform === 'linux' && spawnSync(tool, ['--version']).status === 0
    ? (wellKnownLibraries().find(({ name }) => name === 'SoftHSM2')?.path ?? null)
    : null;

export class SoftHsm {
  readonly #folder = mkdtempSync(join(tmpdir(), 'invigil-softhsm-'));
  readonly #tokens = join(this.#folder, 'tokens');
  readonly #away = join(this.#folder, 'away');
  readonly #before = process.env['SOFTHSM2_CONF'];

  readonly #configuration = join(this.#folder, 'softhsm2.conf');

  constructor() {
    for (const folder of [this.#tokens, this.#away]) mkdirSync(folder);
    writeFileSync(
      this.#configuration,
      `directories.tokendir = ${this.#tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`,
    );
    process.env['SOFTHSM2_CONF'] = this.#configuration;
  }

  /** @returns its serial number */
  create(label: string, pin: string): string {
    const before = new Set(readdirSync(this.#tokens));
    const made = spawnSync(
      tool,
      ['--init-token', '--free', '--label', label, '--pin', pin, '--so-pin', '12345678'],
      { encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(made.stdout + made.stderr);
    const name = readdirSync(this.#tokens).find((one) => !before.has(one)) ?? '';
    return this.#serial(name);
  }

  pullOut(serial: string): void {
    const name = this.#name(this.#tokens, serial);
    renameSync(join(this.#tokens, name), join(this.#away, name));
  }

  plugIn(serial: string): void {
    const name = this.#name(this.#away, serial);
    renameSync(join(this.#away, name), join(this.#tokens, name));
  }

  /** All keys on it are gone; it answers to its serial and PIN as before. */
  emptied(serial: string, asItWas: string): void {
    const name = this.#name(this.#tokens, serial);
    rmSync(join(this.#tokens, name), { recursive: true });
    cpSync(asItWas, join(this.#tokens, name), { recursive: true });
  }

  copy(serial: string): string {
    const copy = join(this.#folder, `copy-${serial}`);
    cpSync(join(this.#tokens, this.#name(this.#tokens, serial)), copy, { recursive: true });
    return copy;
  }

  /** The processes that speak to these tokens. */
  processes(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((id) => {
        try {
          const of = (file: string): string => readFileSync(join('/proc', id, file), 'utf8');
          return of('cmdline').includes('token-worker') && of('environ').includes(this.#configuration);
        } catch {
          // It has just ended, or is of another user.
          return false;
        }
      })
      .map(Number);
  }

  remove(): void {
    if (this.#before === undefined) delete process.env['SOFTHSM2_CONF'];
    else process.env['SOFTHSM2_CONF'] = this.#before;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** SoftHSM names a token's folder by a UUID whose last 16 digits are the serial number. */
  #serial(name: string): string {
    return name.replaceAll('-', '').slice(-16);
  }

  #name(folder: string, serial: string): string {
    const name = readdirSync(folder).find((one) => one.replaceAll('-', '').endsWith(serial));
    if (name === undefined) throw new Error(`no token ${serial}`);
    return name;
  }
}
