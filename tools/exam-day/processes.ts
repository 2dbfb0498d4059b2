/** The processes of an exam day by name: each has its data below one folder, and is started again where it was. */
import { join } from 'node:path';
import { Host, sharedHost } from './hosts.ts';
import { startRole, type Disturbance, type RoleName, type RoleProcess } from './process.ts';

export type RoleOptions = Readonly<Record<string, string | number>>;

interface Started {
  readonly process: RoleProcess;
  readonly options: RoleOptions & { readonly data: string };
  readonly disturbance: Disturbance | undefined;
  readonly hosted: boolean;
}

export class Processes {
  readonly folder: string;
  readonly #dataStays: boolean;
  readonly #started = new Map<string, Started>();
  /** Names of the seats in each host. */
  readonly #hosts = new Map<string, readonly string[]>();
  readonly #starting = new Set<Promise<unknown>>();

  /** @param dataStays it outlives the run: it is as on a real day, and nobody is hosted beside others. */
  constructor(folder: string, { dataStays = false }: { readonly dataStays?: boolean } = {}) {
    this.folder = folder;
    this.#dataStays = dataStays;
  }

  /** On free ports of this computer, in a folder of its name, unless `options` say otherwise. */
  start(
    role: RoleName,
    given: {
      name?: string;
      options?: RoleOptions | undefined;
      disturbance?: Disturbance | undefined;
      /** Beside others in one process: quicker, and cannot be killed. */
      hosted?: boolean | undefined;
    } = {},
  ): Promise<RoleProcess> {
    const { name = role, options, disturbance, hosted = false } = given;
    return this.#run(name, role, {
      disturbance,
      hosted,
      options: {
        data: join(this.folder, name),
        port: 0,
        ...(isParent(role) ? { 'exchange-host': '127.0.0.1' } : {}),
        'log-level': 'error',
        ...options,
      },
    });
  }

  /** Seats in one process of that name, each in a folder of its own name. */
  async startHost(
    host: string,
    seats: readonly { readonly name: string; readonly options: RoleOptions }[],
  ): Promise<RoleProcess[]> {
    this.#hosts.set(
      host,
      seats.map(({ name }) => name),
    );
    return this.#runHost(
      seats.map(({ name, options }) => ({
        name,
        options: { data: join(this.folder, name), port: 0, 'log-level': 'error', ...options },
      })),
    );
  }

  /** Starts it again where it was: same folder, same ports. Whoever ran there must have ended. @param disturbance as before, when not given */
  async again(name: string, disturbance?: Disturbance): Promise<RoleProcess> {
    const seats = this.#hosts.get(name)?.map((seat) => ({ name: seat, ...this.#find(seat) }));
    if (seats) {
      const again = seats.map(({ name: seat, process, options }) => ({
        name: seat,
        options: { ...options, port: process.port },
      }));
      return (await this.#runHost(again))[0] as RoleProcess;
    }
    const { process, options, disturbance: before, hosted } = this.#find(name);
    const { role, port, exchangePort } = process;
    const ports = isParent(role) ? { port, 'exchange-port': exchangePort } : { port };
    return this.#run(name, role, {
      options: { ...options, ...ports },
      disturbance: disturbance ?? before,
      hosted,
    });
  }

  get(name: string): RoleProcess {
    return this.#find(this.#hosts.get(name)?.[0] ?? name).process;
  }

  /** Ends all as Ctrl-C does. */
  stop(): Promise<void> {
    return this.#end((one) => one.stop());
  }

  /** SIGKILL to all that have a process of their own; the others are ended. */
  kill(): Promise<void> {
    return this.#end((one) => (one.child === null ? one.stop() : one.kill()));
  }

  #find(name: string): Started {
    const found = this.#started.get(name);
    if (!found) throw new Error(`${name} was never started`);
    return found;
  }

  async #run(name: string, role: RoleName, how: Omit<Started, 'process'>): Promise<RoleProcess> {
    if (how.hosted && how.disturbance) throw new Error(`${name}: only a process of its own can be disturbed`);
    const dataStays = this.#dataStays;
    if (how.hosted && dataStays) throw new Error(`${name}: its host hashes too cheaply for data that stays`);
    const starting = how.hosted
      ? sharedHost().start(role, inProgram(how.options), true)
      : startRole(role, how.options, how.disturbance, { dataStays });
    this.#starting.add(starting);
    try {
      const process = await starting;
      this.#started.set(name, { process, ...how });
      return process;
    } finally {
      this.#starting.delete(starting);
    }
  }

  async #runHost(
    seats: readonly { readonly name: string; readonly options: Started['options'] }[],
  ): Promise<RoleProcess[]> {
    const host = new Host(this.#dataStays);
    host.giveWay();
    const started: RoleProcess[] = [];
    const left = [...seats.entries()];
    const starting = Promise.all(
      // Starts wait for disks and threads most of the time.
      Array.from({ length: 4 }, async () => {
        for (let next = left.shift(); next; next = left.shift()) {
          const [i, { name, options }] = next;
          const process = await host.start('seat', inProgram(options), false);
          started[i] = process;
          this.#started.set(name, { process, options, disturbance: undefined, hosted: false });
        }
      }),
    );
    this.#starting.add(starting);
    try {
      await starting;
      return started;
    } catch (error) {
      await host.kill();
      throw error;
    } finally {
      this.#starting.delete(starting);
    }
  }

  async #end(end: (one: RoleProcess) => Promise<void>): Promise<void> {
    // One that failed to start may have others beside it that still do.
    await Promise.allSettled(this.#starting);
    const all = [...this.#started.values()].map(({ process }) => process);
    // Children first, so that nobody waits for a parent that is gone.
    for (const tier of ['seat', 'room', 'station', 'site', 'centre'])
      await Promise.all(all.filter(({ role }) => role === tier).map(end));
  }
}

/** Others reach it over the exchange. */
function isParent(role: RoleName): boolean {
  return role !== 'seat' && role !== 'station';
}

/** `exchange-port` on the command line is `exchangePort` in the program. */
function inProgram(options: Started['options']): Started['options'] {
  const named = Object.entries(options).map(([name, value]) => [
    name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(named) as Started['options'];
}
