/**
 * The candidate's screen: a browser that shows the agent's page and nothing else. While it is wanted it is brought back when it ends, however it
 * ended; when it cannot be brought back, what is wrong is said and it is tried again and again, less and less often.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Clock, Timers } from '../../base/clock.ts';
import type { Refusal, Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { reasonOf, type ScreenProgram } from '../../exam/remote-control/order.ts';
import type { Computer } from '../computer/computer.ts';
import { browserArguments, firstPreferences, profileArgument } from './browser-command.ts';

/** Between the end of one browser and the start of the next, ms: the first ones keep below five seconds, whoever ends it. */
const waits = [250, 500, 1_000, 2_000, 4_000, 4_000, 4_000, 4_000, 10_000, 30_000];
/** A browser that has lived so long had started well, ms. */
const wellStartedMs = 10_000;
/** So many in a row may be a person who closes it; then it is the browser. */
const quickEnds = 3;
/** Until a browser that is closed is made to end, ms. */
const patienceMs = 3_000;
const saidLimit = 4_000;

export interface KioskOptions {
  /** The seat's data folder. */
  readonly data: string;
  /** Of the agent's page. */
  readonly address: string;
  /** Instead of the one that is found on this computer. */
  readonly browser?: string | undefined;
  readonly computer: Pick<Computer, 'browsers' | 'endPrograms'>;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly timers: Timers;
  readonly log: Logger;
  readonly onChange: () => void;
}

export class Kiosk {
  readonly #options: KioskOptions;
  readonly #profile: string;
  #wanted = false;
  #child: ChildProcess | null = null;
  #problem: Refusal | null = null;
  #failures = 0;
  #cancelRetry: () => void = () => undefined;
  /** Starts and ends follow each other. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(options: KioskOptions) {
    this.#options = options;
    this.#profile = join(options.data, 'screen-profile');
  }

  /** What the room is told. */
  get state(): ScreenProgram {
    if (!this.#wanted) return { state: 'closed', problem: null };
    if (this.#problem) return { state: 'failed', problem: reasonOf(this.#problem) };
    return { state: this.#child ? 'open' : 'starting', problem: null };
  }

  /**
   * From now on the screen is wanted.
   * @returns refusals `no-browser-found`, `browser-does-not-start`: it is tried again all the same.
   */
  async open(): Promise<Result<void>> {
    this.#wanted = true;
    this.#failures = 0;
    this.#cancelRetry();
    await this.#next(() => this.#start());
    return this.#problem ? refuse(this.#problem) : ok();
  }

  /** It is not wanted any more; resolves when it has ended. */
  async close(): Promise<void> {
    this.#wanted = false;
    this.#problem = null;
    this.#cancelRetry();
    await this.#next(() => this.#end());
    this.#options.onChange();
  }

  /** What a browser has kept of those who sat here. */
  async forget(): Promise<void> {
    await this.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #next(step: () => Promise<void>): Promise<void> {
    const done = this.#work.then(step);
    this.#work = done.catch(() => undefined);
    return done;
  }

  async #start(): Promise<void> {
    if (!this.#wanted || this.#child) return;
    const { browser, computer, address } = this.#options;
    const program = browser ?? (await computer.browsers())[0];
    if (program === undefined) return this.#failed({ type: 'no-browser-found' });
    // One that an agent before this has left: two with one profile are none.
    await computer.endPrograms(profileArgument(this.#profile), 0);
    await this.#prepareProfile();
    const child = spawn(program, browserArguments(program, this.#profile, address), {
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: false,
    });
    const startedAt = this.#options.clock.monotonic();
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-saidLimit);
    });
    await new Promise<void>((resolve) => {
      child.once('spawn', () => {
        this.#child = child;
        this.#trust(child);
        resolve();
      });
      child.once('error', (error: NodeJS.ErrnoException) => {
        if (this.#child !== child)
          this.#failed({ type: 'browser-does-not-start', program, problem: error.code ?? error.message });
        resolve();
      });
    });
    child.once('exit', (code, signal) => this.#ended(child, program, startedAt, code ?? signal, () => said));
    // It may have ended before it was listened to.
    if (child.exitCode !== null || child.signalCode !== null)
      this.#ended(child, program, startedAt, child.exitCode ?? child.signalCode, () => said);
  }

  /** One that ends again and again is not believed before it has lived for a while. */
  #trust(child: ChildProcess): void {
    const { timers, onChange } = this.#options;
    if (this.#failures <= quickEnds) this.#problem = null;
    else
      timers.after(wellStartedMs, () => {
        if (this.#child !== child) return;
        this.#problem = null;
        onChange();
      });
    onChange();
  }

  #ended(
    child: ChildProcess,
    program: string,
    startedAt: number,
    how: number | string | null,
    said: () => string,
  ): void {
    if (this.#child !== child) return;
    this.#child = null;
    const { clock, log } = this.#options;
    if (clock.monotonic() - startedAt >= wellStartedMs) this.#failures = 0;
    log.warn({ program, how, said: lastLine(said()) }, 'the browser has ended');
    if (!this.#wanted) return;
    if (this.#failures >= quickEnds)
      return this.#failed({
        type: 'browser-ends-at-once',
        program,
        problem: lastLine(said()) || String(how),
      });
    this.#retry();
  }

  #failed(problem: Refusal): void {
    this.#problem = problem;
    this.#options.log.error({ refusal: problem }, 'the candidate’s screen cannot be shown');
    this.#retry();
  }

  #retry(): void {
    const wait = waits[Math.min(this.#failures++, waits.length - 1)] as number;
    this.#cancelRetry = this.#options.timers.after(wait, () => {
      void this.#next(() => this.#start()).catch((error: unknown) =>
        this.#options.log.error({ err: error }, 'the browser was not started'),
      );
    });
    this.#options.onChange();
  }

  async #end(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    await this.#options.computer.endPrograms(profileArgument(this.#profile), patienceMs);
    // What started the browser for us, where that is another program.
    child?.kill();
  }

  async #prepareProfile(): Promise<void> {
    const folder = join(this.#profile, 'Default');
    const file = join(folder, 'Preferences');
    if (existsSync(file)) return;
    await mkdir(folder, { recursive: true });
    await writeFile(file, JSON.stringify(firstPreferences));
  }
}

function lastLine(text: string): string {
  return (text.trim().split('\n').at(-1) ?? '').trim().slice(0, 200);
}
