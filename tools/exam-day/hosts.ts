/** Roles that share a process: one of its own costs a role a second of the processor and 50 MB before it serves. Same code, same ports and files. */
import { fork, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileCache } from '../compiled.ts';
import type { Order, Outcome } from './host.ts';
import { builtProgram, preloading, quiet, StartFailed, type RoleName, type RoleProcess } from './process.ts';

type Wanted = Order extends infer One ? (One extends Order ? Omit<One, 'id'> : never) : never;

export class Host {
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  readonly #waiting = new Map<number, (outcome: Outcome) => void>();
  #last = 0;
  /** The end of what it wrote: of a host that fell over, why. */
  #said = '';

  /** @param dataStays that of its roles outlives the run */
  constructor(dataStays: boolean) {
    this.#child = fork(
      join(import.meta.dirname, 'host.ts'),
      [pathToFileURL(join(builtProgram(), '..', 'role.mjs')).href],
      {
        stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
        execArgv: preloading([], dataStays),
        env: { ...process.env, ...compileCache, ...quiet },
      },
    );
    // It ends with whoever started it, who need not wait for it.
    this.#child.unref();
    this.#child.channel?.unref();
    const { stderr } = this.#child;
    stderr?.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk);
      this.#said = (this.#said + chunk.toString()).slice(-4_000);
    });
    if (stderr instanceof Socket) stderr.unref();
    this.#child.on('message', (outcome: Outcome) => {
      this.#waiting.get(outcome.id)?.(outcome);
      this.#waiting.delete(outcome.id);
    });
    this.#exited = new Promise((resolve) =>
      // Not `exit`: what it said last is still on the way then.
      this.#child.once('close', () => {
        for (const [id, answer] of this.#waiting) answer({ id, problem: this.#howItEnded() });
        this.#waiting.clear();
        resolve();
      }),
    );
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /**
   * Resolves when the role serves.
   * @param options by their names in the program
   * @param shared others are in this host who know nothing of this one: it can be ended, and not be killed
   * @returns its `kill` kills the whole host
   * @throws StartFailed with the role's own one line
   */
  async start(
    role: RoleName,
    options: Readonly<Record<string, string | number>> & { readonly data: string },
    shared: boolean,
  ): Promise<RoleProcess> {
    const started = await this.#ask({ start: role, options });
    if (!('port' in started)) throw new StartFailed('problem' in started ? started.problem : 'not started');
    const { id, port, exchangePort } = started;
    return {
      role,
      data: options.data,
      port,
      exchangePort,
      child: shared ? null : this.#child,
      stop: async () => {
        if (this.ended) return;
        const ended = await this.#ask({ end: id });
        if (!('ended' in ended)) throw new Error('problem' in ended ? ended.problem : 'not ended');
      },
      kill: async () => {
        if (shared) throw new Error(`${role} runs beside others here: it can be ended, not killed`);
        await this.kill();
      },
    };
  }

  /** What runs here gets what the others leave of the processor: elsewhere it would be computers of its own. */
  giveWay(): void {
    if (this.#child.pid !== undefined) setPriority(this.#child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  }

  async kill(): Promise<void> {
    this.#child.ref();
    if (!this.ended) this.#child.kill('SIGKILL');
    await this.#exited;
  }

  async #ask(wanted: Wanted): Promise<Outcome> {
    if (!this.#child.connected) throw new Error(this.#howItEnded());
    const id = ++this.#last;
    const outcome = new Promise<Outcome>((resolve) => this.#waiting.set(id, resolve));
    // While something is asked for, this process must not end.
    this.#child.channel?.ref();
    this.#child.send({ ...wanted, id });
    try {
      return await outcome;
    } finally {
      if (this.#waiting.size === 0) this.#child.channel?.unref();
    }
  }

  #howItEnded(): string {
    return `the host ended: ${this.#child.exitCode ?? this.#child.signalCode}\n${this.#said}`;
  }
}

let own: Host | null = null;

/** The one of this process, or of this thread of it, for all that may share. */
export function sharedHost(): Host {
  // One that fell over is told where it fell, and nobody else.
  if (own?.ended) own = null;
  return (own ??= new Host(false));
}
