import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtProgram, startRole } from '../../tools/exam-day/process.ts';
import { noSmallDisk, smallDisk } from './small-disk.ts';

const root = join(import.meta.dirname, '..', '..');
const demo = join(root, 'tools', 'demo', 'main.ts');

let folder: string;
/** A seat's data as a stopped seat leaves it. */
let whole: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-start-'));
  whole = join(folder, 'whole');
  await (await startRole('seat', { data: whole, port: 0 })).stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  /** Everything that it said, on both streams. */
  readonly said: string;
}

/** Runs until it ends by itself. One that goes on instead is told to end, and gives code 0. */
async function run(script: string, ...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (piece: Buffer) => (said += piece.toString()));
  child.once('message', () => child.send('shutdown'));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said: said.trim() };
}

function expectOneLine({ code, said }: Ended, line: RegExp): void {
  expect(said).toMatch(line);
  expect(said.split('\n')).toHaveLength(1);
  expect(code).toBe(1);
}

function damaged(name: string, damage: (data: string) => void): string {
  const data = join(folder, name);
  cpSync(whole, data, { recursive: true });
  damage(data);
  return data;
}

const halve = (file: string): void => truncateSync(file, Math.floor(statSync(file).size / 2));
const overwrite = (file: string, from: number, to: number): void => {
  const content = readFileSync(file);
  content.fill(0xa5, from, to);
  writeFileSync(file, content);
};

test.each([
  ['half an identity', 'node.json', halve, /^The file .*node\.json is damaged\. Put it back/],
  [
    'an empty identity',
    'node.json',
    (file: string) => truncateSync(file, 0),
    /^The file .*node\.json is damaged\. /,
  ],
  ['half a key file', 'keys/node-keys.json', halve, /^The file .*node-keys\.json is damaged\. Put it back/],
  [
    'a key file with changed letters',
    'keys/node-keys.json',
    (file: string) => overwrite(file, 60, 200),
    /^The file .*node-keys\.json is damaged\. /,
  ],
  [
    'half a configuration file',
    'invigil.json',
    (file: string) => writeFileSync(file, '{"port": 74'),
    /invigil\.json is not a JSON object/,
  ],
  [
    'a journal that is no database',
    'journal.db',
    (file: string) => overwrite(file, 0, 200),
    /^The database .*journal\.db cannot be opened: .*put back its newest backup/,
  ],
  [
    'a journal with pages overwritten',
    'journal.db',
    (file: string) => overwrite(file, 4_096, statSync(file).size),
    /^The (file of the journal is damaged: .*journal\.db|database .*journal\.db cannot be opened).*[Pp]ut back its newest backup/,
  ],
  [
    'settings that are no database',
    'node.db',
    (file: string) => overwrite(file, 0, 4_096),
    /^The database .*node\.db cannot be opened: .*put back its newest backup/,
  ],
] as const)(
  'a node with %s says which file, what to do, and touches nothing',
  async (name, file, damage, line) => {
    const data = damaged(name.replaceAll(' ', '-'), (at) => damage(join(at, file)));
    const before = readFileSync(join(data, file));
    expectOneLine(await run(builtProgram(), 'seat', '--data', data, '--port', '0'), line);
    expect(readFileSync(join(data, file))).toEqual(before);
  },
);

test('keys never come anew over a damaged key file, and its content is never shown', async () => {
  const data = damaged('keys', (at) => halve(join(at, 'keys', 'node-keys.json')));
  const { said } = await run(builtProgram(), 'seat', '--data', data, '--port', '0', '--log-level', 'trace');
  expect(said).not.toMatch(/AGE-SECRET-KEY|PRIVATE KEY/);
});

test('a start that was cut off before its identity was whole begins anew', async () => {
  const data = join(folder, 'cut-off');
  mkdirSync(data);
  writeFileSync(join(data, 'node.json.part'), '{"format": 1, "ro');
  const started = await startRole('seat', { data, port: 0 });
  await started.stop();
  expect(existsSync(join(data, 'node.json'))).toBe(true);
});

async function taken(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

test('a port in use: one line with the remedy, from a role and from npm start', async () => {
  const { server, port } = await taken();
  const data = join(folder, 'port');
  const inUse = new RegExp(`^Port ${port} is in use\\. End the program that uses it, or choose another`);
  expectOneLine(await run(builtProgram(), 'room', '--data', data, '--port', String(port)), inUse);
  expectOneLine(
    await run(
      builtProgram(),
      'room',
      '--data',
      data,
      '--port',
      '0',
      '--exchange-host',
      '127.0.0.1',
      '--exchange-port',
      String(port),
    ),
    inUse,
  );
  const started = await run(
    demo,
    '--data',
    join(folder, 'demo'),
    '--port-base',
    String(port),
    '--seats',
    '0',
  );
  expect(started.said.split('\n').at(-1)).toMatch(inUse);
  expect(started.said).not.toMatch(/^ +at /m);
  expect(started.code).toBe(1);
  server.close();
});

test('a data folder that another process uses, or that belongs to another role: one line', async () => {
  const used = await startRole('seat', { data: join(folder, 'used'), port: 0 });
  expectOneLine(
    await run(builtProgram(), 'seat', '--data', used.data, '--port', '0'),
    /^Another process already uses /,
  );
  await used.stop();
  expectOneLine(
    await run(builtProgram(), 'room', '--data', used.data, '--port', '0'),
    / belongs to a seat\. Choose another/,
  );
});

test('a data folder that may not be written: one line', async () => {
  const disk = noSmallDisk === null ? smallDisk(1_024) : null;
  const data = disk?.path ?? join(folder, 'read-only');
  mkdirSync(data, { recursive: true });
  if (disk) disk.remountReadOnly();
  else chmodSync(data, 0o500);
  const line = /^No permission(: .*| to write in .*)Choose another folder with --data/;
  expectOneLine(await run(builtProgram(), 'seat', '--data', data, '--port', '0'), line);
  const started = await run(demo, '--data', data, '--seats', '0');
  expect(started.said.split('\n').at(-1)).toMatch(line);
  expect(started.said).not.toMatch(/^ +at /m);
  expect(started.code).toBe(1);
  disk?.remove();
});

test.skipIf(noSmallDisk !== null)(
  `a disk too small for the first start: one line, and everything is as good as new when there is space${noSmallDisk === null ? '' : ` (${noSmallDisk})`}`,
  async () => {
    for (const kilobytes of [4, 28, 124]) {
      const disk = smallDisk(kilobytes);
      const ended = await run(
        builtProgram(),
        'seat',
        '--data',
        disk.path,
        '--port',
        '0',
        '--log-level',
        'warn',
      );
      if (ended.code !== 0) expectOneLine(ended, /^The disk is full: .*Make room and start again/);
      disk.remove();
    }
    const disk = smallDisk(64);
    const started = await run(demo, '--data', disk.path, '--seats', '0');
    expect(started.said.split('\n').at(-1)).toMatch(/^The disk is full[:.].* Make room and start again/);
    expect(started.said).not.toMatch(/^ +at /m);
    expect(started.code).toBe(1);
    disk.remove();
  },
);
