/** Roles as processes of their own, as on a real day; and their consoles' operations, called as the consoles do. */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { centreContract } from '../../src/centre/contract.ts';
import type { roomContract } from '../../src/room/contract.ts';
import type { seatContract } from '../../src/seat/contract.ts';
import type { siteContract } from '../../src/site/contract.ts';
import type { stationContract } from '../../src/station/contract.ts';
import { build } from '../build.ts';
import { compileCache } from '../compiled.ts';

export interface Contracts {
  centre: ContractRouterClient<typeof centreContract>;
  site: ContractRouterClient<typeof siteContract>;
  room: ContractRouterClient<typeof roomContract>;
  seat: ContractRouterClient<typeof seatContract>;
  station: ContractRouterClient<typeof stationContract>;
}
export type RoleName = keyof Contracts;

export interface RoleProcess {
  readonly role: RoleName;
  readonly data: string;
  readonly port: number;
  readonly exchangePort: number;
  /** null: it runs beside others in one process. */
  readonly child: ChildProcess | null;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

let program: string | null = null;

/** The program as it is installed, built from the source as it is now. */
export function builtProgram(): string {
  if (program !== null) return program;
  if (!build()) throw new Error('the program does not build');
  program = join(import.meta.dirname, '..', '..', 'dist', 'program', 'main.mjs');
  return program;
}

export class StartFailed extends Error {}

/** What is done to a role from outside its program: modules that are loaded before it, and their environment. */
export interface Disturbance {
  readonly preload?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Node's flags that load these modules before the program. @param dataStays it is the data of a real day, to be used without quick passwords */
export function preloading(files: readonly string[], dataStays: boolean): string[] {
  const quickPasswords = dataStays ? [] : [join(import.meta.dirname, 'quick-passwords.ts')];
  return [...quickPasswords, ...files].flatMap((file) => ['--import', pathToFileURL(file).href]);
}

/** Nothing is said to the network that these processes run in. */
export const quiet = { INVIGIL_DISCOVERY: 'off' };

/**
 * Resolves when the role serves.
 * @param how.dataStays its data outlives the run
 * @throws StartFailed with the role's own one line
 */
export function startRole(
  role: RoleName,
  options: Readonly<Record<string, string | number>> & { readonly data: string },
  { preload = [], env = {} }: Disturbance = {},
  how: { readonly dataStays?: boolean } = {},
): Promise<RoleProcess> {
  // What a station does stands before its options.
  const { kind, ...named } = options;
  const flags = Object.entries(named).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = fork(builtProgram(), [role, ...(kind === undefined ? [] : [String(kind)]), ...flags], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: preloading(preload, how.dataStays ?? false),
    env: { ...process.env, ...compileCache, ...quiet, ...env },
  });
  let said = '';
  const keep = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-4_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new StartFailed(said.trim() || `${role} ended with ${code}`)));
    child.once('message', (message) => {
      const { port, exchangePort } = message as { port: number; exchangePort: number };
      const end = async (signal: NodeJS.Signals): Promise<void> => {
        if (child.exitCode === null && child.signalCode === null) {
          // Windows knows no SIGTERM: it is asked over the channel.
          if (signal === 'SIGKILL' || !child.connected) child.kill(signal);
          else child.send('shutdown');
        }
        await exited;
      };
      resolve({
        role,
        data: options.data,
        port,
        exchangePort,
        child,
        stop: () => end('SIGTERM'),
        kill: () => end('SIGKILL'),
      });
    });
  });
}

export interface Console<C> {
  readonly call: C;
  readonly url: string;
  /** With the console's cookies and headers. */
  request(path: string, init?: RequestInit): Promise<Response>;
  upload(name: string, content: Uint8Array): Promise<string>;
  download(ticket: { ticket: string }): Promise<Uint8Array>;
}

/** A console without its pictures: keeps the cookies that it is given. */
export async function openConsole<R extends RoleName>(
  _role: R,
  port: number,
): Promise<Console<Contracts[R]>> {
  const url = `http://127.0.0.1:${port}`;
  const cookies = new Map<string, string>();
  const send = async (request: Request | string, init?: RequestInit): Promise<Response> => {
    const asked = new Request(request, init);
    asked.headers.set('x-invigil', '1');
    if (cookies.size > 0)
      asked.headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const answer = await fetch(asked);
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    return answer;
  };
  await (await send(`${url}/`)).arrayBuffer();
  const call = createORPCClient(
    new RPCLink({ url: `${url}/rpc`, fetch: (request) => send(request) }),
  ) as Contracts[R];
  return {
    call,
    url,
    request: (path, init) => send(`${url}${path}`, init),
    async upload(name, content) {
      const answer = await send(`${url}/files`, {
        method: 'POST',
        body: new Uint8Array(content),
        headers: { 'x-file-name': encodeURIComponent(name) },
      });
      const said = (await answer.json()) as { uploadId?: string };
      if (!answer.ok || said.uploadId === undefined)
        throw new Error(`upload refused: ${JSON.stringify(said)}`);
      return said.uploadId;
    },
    async download({ ticket }) {
      const answer = await send(`${url}/files/${ticket}`);
      if (!answer.ok) throw new Error(`download refused: ${await answer.text()}`);
      return new Uint8Array(await answer.arrayBuffer());
    },
  };
}

/** What was refused; null when it was no refusal. */
export function refusalIn(error: unknown): { type: string; [detail: string]: unknown } | null {
  if (!(error instanceof ORPCError)) return null;
  const { data } = error as { data: unknown };
  return typeof data === 'object' && data !== null && 'type' in data ? (data as { type: string }) : null;
}

/** Waits for a condition; says what it waited for when that never comes. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  limitMs = 120_000,
): Promise<T> {
  const begun = Date.now();
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() - begun > limitMs) throw new Error(`waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
