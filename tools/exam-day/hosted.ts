/**
 * Roles that share one process. A process of its own costs a role a second of the processor before it serves; where a test does nothing to the
 * process, the role may run beside others: same code, same ports and files, only that it cannot be killed.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { compileCache } from '../compiled.ts';
import type { Order, Outcome } from './host.ts';
import { StartFailed, type RoleName, type RoleProcess } from './process.ts';

type Wanted = Order extends infer One ? (One extends Order ? Omit<One, 'id'> : never) : never;

class Host {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (outcome: Outcome) => void>();
  #last = 0;

  constructor() {
    this.#child = fork(join(import.meta.dirname, 'host.ts'), [], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: [],
      // Nothing is said to the network that these processes run in.
      env: { ...process.env, ...compileCache, INVIGIL_DISCOVERY: 'off' },
    });
    // It ends with whoever started it, who need not wait for it.
    this.#child.unref();
    this.#child.channel?.unref();
    this.#child.on('message', (outcome: Outcome) => {
      this.#waiting.get(outcome.id)?.(outcome);
      this.#waiting.delete(outcome.id);
    });
    this.#child.once('exit', (code, signal) => {
      for (const [id, resolve] of this.#waiting)
        resolve({ id, problem: `the host ended: ${code ?? signal}` });
    });
  }

  async ask(wanted: Wanted): Promise<Outcome> {
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
}

let host: Host | null = null;

/** Resolves when the role serves. @param options by their names in the program @throws StartFailed with the role's own one line. */
export async function startHosted(
  role: RoleName,
  options: Readonly<Record<string, string | number>> & { readonly data: string },
): Promise<RoleProcess> {
  const there = (host ??= new Host());
  const started = await there.ask({
    start: role,
    options: Object.fromEntries(Object.entries(options).map(([name, value]) => [inProgram(name), value])),
  });
  if (!('port' in started)) throw new StartFailed('problem' in started ? started.problem : 'not started');
  const { id, port, exchangePort } = started;
  return {
    role,
    data: options.data,
    port,
    exchangePort,
    child: null,
    async stop() {
      const ended = await there.ask({ end: id });
      if (!('ended' in ended)) throw new Error('problem' in ended ? ended.problem : 'not ended');
    },
    kill: () => Promise.reject(new Error(`${role} runs beside others here: it can be ended, not killed`)),
  };
}

/** `exchange-port` is `exchangePort`. */
function inProgram(option: string): string {
  return option.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
