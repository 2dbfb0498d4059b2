/** The processes of an exam day by name: each has its data below one folder, and is started again where it was. */
import { join } from 'node:path';
import {
  startRole,
  startSeatHost,
  type Disturbance,
  type RoleName,
  type RoleProcess,
  type SeatOptions,
} from './process.ts';

export type RoleOptions = Readonly<Record<string, string | number>>;

interface Started {
  readonly process: RoleProcess;
  readonly options: RoleOptions & { readonly data: string };
  readonly disturbance: Disturbance | undefined;
}

export class Processes {
  readonly folder: string;
  readonly #started = new Map<string, Started>();
  /** Names of the seats in each host. */
  readonly #hosts = new Map<string, readonly string[]>();
  readonly #starting = new Set<Promise<unknown>>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** On free ports of this computer, in a folder of its name, unless `options` say otherwise. */
  start(
    role: RoleName,
    given: {
      name?: string;
      options?: RoleOptions | undefined;
      disturbance?: Disturbance | undefined;
    } = {},
  ): Promise<RoleProcess> {
    const { name = role, options, disturbance } = given;
    return this.#run(
      name,
      role,
      {
        data: join(this.folder, name),
        port: 0,
        ...(role === 'seat' ? {} : { 'exchange-host': '127.0.0.1' }),
        'log-level': 'error',
        ...options,
      },
      disturbance,
    );
  }

  /** Seats in one process of that name, each in a folder of its own name. */
  async startHost(
    host: string,
    seats: readonly { readonly name: string; readonly options: RoleOptions }[],
  ): Promise<RoleProcess[]> {
    const all = seats.map(({ name, options }) => ({
      data: join(this.folder, name),
      port: 0,
      logLevel: 'error',
      discovery: 'off',
      ...options,
    }));
    this.#hosts.set(
      host,
      seats.map(({ name }) => name),
    );
    return this.#runHost(host, all);
  }

  /** Starts it again where it was: same folder, same ports. Whoever ran there must have ended. @param disturbance as before, when not given */
  async again(name: string, disturbance?: Disturbance): Promise<RoleProcess> {
    const hosted = this.#hosts.get(name)?.map((seat) => this.#find(seat));
    if (hosted) {
      const seats = hosted.map((seat) => ({ ...seat.options, port: seat.process.port }));
      return (await this.#runHost(name, seats))[0] as RoleProcess;
    }
    const { process, options, disturbance: before } = this.#find(name);
    const { role, port, exchangePort } = process;
    const ports = role === 'seat' ? { port } : { port, 'exchange-port': exchangePort };
    return this.#run(name, role, { ...options, ...ports }, disturbance ?? before);
  }

  get(name: string): RoleProcess {
    return this.#find(this.#hosts.get(name)?.[0] ?? name).process;
  }

  /** Ends all as Ctrl-C does. */
  stop(): Promise<void> {
    return this.#end((one) => one.stop());
  }

  /** SIGKILL to all. */
  kill(): Promise<void> {
    return this.#end((one) => one.kill());
  }

  #find(name: string): Started {
    const found = this.#started.get(name);
    if (!found) throw new Error(`${name} was never started`);
    return found;
  }

  async #run(
    name: string,
    role: RoleName,
    options: Started['options'],
    disturbance: Disturbance | undefined,
  ): Promise<RoleProcess> {
    const starting = startRole(role, options, disturbance);
    this.#starting.add(starting);
    try {
      const process = await starting;
      this.#started.set(name, { process, options, disturbance });
      return process;
    } finally {
      this.#starting.delete(starting);
    }
  }

  async #runHost(host: string, seats: readonly SeatOptions[]): Promise<RoleProcess[]> {
    const starting = startSeatHost(seats);
    this.#starting.add(starting);
    try {
      const started = await starting;
      for (const [i, name] of (this.#hosts.get(host) ?? []).entries())
        this.#started.set(name, {
          process: started[i] as RoleProcess,
          options: seats[i] as SeatOptions,
          disturbance: undefined,
        });
      return started;
    } finally {
      this.#starting.delete(starting);
    }
  }

  async #end(end: (one: RoleProcess) => Promise<void>): Promise<void> {
    // One that failed to start may have others beside it that still do.
    await Promise.allSettled(this.#starting);
    const all = [...this.#started.values()].map(({ process }) => process);
    // Children first, so that nobody waits for a parent that is gone.
    for (const tier of ['seat', 'room', 'site', 'centre'])
      await Promise.all(all.filter(({ role }) => role === tier).map(end));
  }
}
