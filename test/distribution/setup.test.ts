/** An installation that is broken off anywhere leaves a program that works, and the data as they were; its pages do what they say. */
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
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawn } from 'node:child_process';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  installProgram,
  setupSteps,
  uninstallProgram,
  type Choices,
} from '../../src/cli/setup/install-program.ts';
import { serveSetup } from '../../src/cli/setup/serve-setup.ts';
import { readUnpacked, type Unpacked } from '../../src/cli/setup/unpacked.ts';
import type { Runner } from '../../src/cli/install/apply.ts';

let folder = '';
let home = '';
let choices: Choices;
const before = { HOME: process.env['HOME'], PATH: process.env['PATH'] };
/** Of the role that is installed, as it would answer. */
let atWork = false;
const role = createServer((_, response) => {
  response.end(JSON.stringify({ role: 'site', ok: true, atWork }));
});
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => role.listen(0, '127.0.0.1', resolve));
  port = (role.address() as AddressInfo).port;
});
afterAll(() => role.close());

/** An unpacked archive whose Node says which version it is. */
function archive(version: string): string {
  const from = join(folder, `unpacked ${version}`);
  const lay = (name: string, content: string): void => {
    mkdirSync(dirname(join(from, name)), { recursive: true });
    writeFileSync(join(from, name), content);
  };
  lay(
    'archive.json',
    JSON.stringify({
      v: 1,
      role: 'site',
      system: 'linux-x64',
      version,
      node: 'node_modules/n/node',
    } satisfies Unpacked),
  );
  lay('node_modules/n/node', `#!/bin/sh\necho ${version} "$@"\n`);
  chmodSync(join(from, 'node_modules/n/node'), 0o755);
  lay('dist/program/main.mjs', version);
  for (let i = 0; i < 20; i++) lay(`dist/program/part-${i}.mjs`, version);
  return from;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil setup-'));
  home = join(folder, 'home');
  atWork = false;
  // The system's service manager, which only says that it did what it was told.
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  mkdirSync(home);
  for (const name of ['systemctl', 'loginctl']) {
    writeFileSync(join(bin, name), '#!/bin/sh\nexit 0\n');
    chmodSync(join(bin, name), 0o755);
  }
  process.env['HOME'] = home;
  process.env['PATH'] = `${bin}:${before.PATH}`;
  choices = {
    role: 'site',
    scope: 'user',
    into: join(home, 'program'),
    data: join(home, 'data'),
    port,
    starts: true,
  };
});
afterEach(() => {
  process.env['HOME'] = before.HOME;
  process.env['PATH'] = before.PATH;
  rmSync(folder, { recursive: true, force: true });
});

/** What the system starts at the next power-on says of itself. */
function started(): string {
  const unit = readFileSync(join(home, '.config/systemd/user/invigil-site.service'), 'utf8');
  const line = /^ExecStart=(.*)$/m.exec(unit)?.[1] ?? '';
  const [program = '', ...parameters] = [...line.matchAll(/"([^"]*)"/g)].map(([, word]) => word ?? '');
  const done = spawnSync(program, parameters, { encoding: 'utf8' });
  expect(existsSync(parameters[0] ?? '')).toBe(true);
  return done.stdout.split(' ')[0] ?? '';
}

const programs = (): string[] => readdirSync(choices.into).filter((name) => /^(program|laying)-/.test(name));

/** In a process of its own. @param stop where it kills itself. */
async function install(from: string, stop = ''): Promise<NodeJS.Signals | number | null> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'installs.ts'), from, choices.into, choices.data, String(port), stop],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
}

async function run(from: string, more: { going?: () => boolean; runner?: Runner } = {}) {
  const steps = installProgram(from, choices, {
    going: more.going ?? (() => true),
    progress: () => undefined,
    remark: () => undefined,
    run: more.runner ?? (() => null),
  });
  for (;;) {
    const next = await steps.next();
    if (next.done) return next.value;
  }
}

const here = process.platform === 'linux';

test.skipIf(!here)(
  'killed between any two steps, or while it copies, the old program starts or the new one does, and the data are as they were',
  async () => {
    const [old, newer] = [archive('1.0.0'), archive('2.0.0')];
    expect(await install(old)).toBe(0);
    writeFileSync(join(choices.data, 'answers'), 'kept');
    const seen = new Set<string>();
    for (const stop of ['copying', ...Array.from({ length: setupSteps.length + 1 }, (_, i) => String(i))]) {
      expect([stop, await install(newer, stop)]).toEqual([stop, 'SIGKILL']);
      seen.add(started());
      expect(readFileSync(join(choices.data, 'answers'), 'utf8')).toBe('kept');
      // Cancelled after that, it still does.
      expect(await run(newer, { going: () => false })).toMatchObject({
        refusal: { type: 'setup-cancelled' },
      });
      seen.add(started());
      // Installed again it is whole, and nothing is left of what was broken off.
      expect(await run(newer)).toMatchObject({ ok: true });
      expect([stop, started(), programs().length]).toEqual([stop, '2.0.0', 1]);
      expect(await uninstallProgram(choices.into, 'site', () => null)).toMatchObject({ ok: true });
      expect(await run(old)).toMatchObject({ ok: true });
    }
    expect([...seen].toSorted()).toEqual(['1.0.0', '2.0.0']);
    // The first installation of all, too.
    rmSync(home, { recursive: true });
    mkdirSync(home);
    expect(await install(newer, '3')).toBe('SIGKILL');
    expect(await run(newer)).toMatchObject({ ok: true });
    expect([started(), programs().length]).toEqual(['2.0.0', 1]);
  },
);

test.skipIf(!here)(
  'when the system does not register it, the old one is registered as before and the new one is gone',
  async () => {
    const [old, newer] = [archive('1.0.0'), archive('2.0.0')];
    expect(await install(old)).toBe(0);
    const [kept] = programs();
    let asked = 0;
    const failing: Runner = ({ parameters }) =>
      parameters.includes('restart') && asked++ === 0 ? 'no bus' : null;
    expect(await run(newer, { runner: failing })).toMatchObject({
      refusal: { type: 'install-command-failed' },
    });
    expect([started(), programs()]).toEqual(['1.0.0', [kept]]);
    expect(asked).toBe(2);
  },
);

test.skipIf(!here)(
  'nothing is installed or removed while candidates are at work, nor where something else lies',
  async () => {
    const [old, newer] = [archive('1.0.0'), archive('2.0.0')];
    expect(await install(old)).toBe(0);
    atWork = true;
    expect(await run(newer)).toMatchObject({ refusal: { type: 'candidates-at-work' } });
    expect(await uninstallProgram(choices.into, 'site', () => null)).toMatchObject({
      refusal: { type: 'candidates-at-work' },
    });
    atWork = false;
    expect(started()).toBe('1.0.0');
    choices = { ...choices, into: join(home, 'elsewhere') };
    mkdirSync(choices.into);
    writeFileSync(join(choices.into, 'letter.txt'), 'mine');
    expect(await run(newer)).toMatchObject({ refusal: { type: 'folder-not-empty' } });
    expect(readdirSync(choices.into)).toEqual(['letter.txt']);
    expect(await run(home)).toMatchObject({ refusal: { type: 'no-archive-here' } });
  },
);

/** A person at the pages. */
async function pages(from: string) {
  const about = readUnpacked(from);
  if (!about) throw new Error('no archive');
  const setup = await serveSetup({ from, about, choices, language: 'en', run: () => null });
  const read = async (): Promise<string> => (await fetch(setup.url)).text();
  return {
    ...setup,
    read,
    /** Presses a button of the page that is shown. */
    async press(go: string, fields: Readonly<Record<string, string>> = {}): Promise<string> {
      const page = /name="page" value="(\w+)"/.exec(await read())?.[1] ?? '';
      const sent = await fetch(setup.url, {
        method: 'POST',
        body: new URLSearchParams({ page, go, ...fields }),
      });
      return sent.text();
    },
  };
}

test.skipIf(!here)(
  'the pages ask, install, upgrade with both versions said, and remove; data stay unless asked for',
  async () => {
    let person = await pages(archive('1.0.0'));
    expect(await person.read()).toContain('name="language"');
    expect(await person.press('next', { language: 'zh' })).toContain('将在本机安装版本 1.0.0');
    await person.press('back');
    expect(await person.press('next', { language: 'en' })).toContain('Version 1.0.0 will be installed');
    expect(await person.press('next')).toContain('are free on this disk');
    const elsewhere = join(home, 'exam data');
    expect(await person.press('next', { data: 'relative', port: String(port) })).toContain('whole path');
    expect(await person.press('next', { data: join(choices.into, 'data'), port: String(port) })).toContain(
      'whole path',
    );
    expect(await person.press('next', { data: elsewhere, port: '80' })).toContain('from 1024 to 65534');
    expect(await person.press('next', { data: elsewhere, port: String(port) })).toContain('name="starts"');
    expect(await person.press('next', { starts: 'on' })).toContain(elsewhere);
    const installed = async (): Promise<string> => {
      await person.press('install');
      for (;;) {
        const page = await person.read();
        if (!page.includes('value="working"')) return page;
      }
    };
    const done = await installed();
    expect(done).toContain('Version 1.0.0 is installed');
    expect(done).toContain(`href="http://127.0.0.1:${port}/"`);
    await person.press('finish');
    await person.ended;
    await person.close();
    expect(started()).toBe('1.0.0');
    writeFileSync(join(elsewhere, 'answers'), 'kept');

    person = await pages(archive('2.0.0'));
    expect(await person.press('next', { language: 'en' })).toContain(
      'Version 1.0.0 is installed. It is replaced by version 2.0.0; its data stay.',
    );
    await person.press('next');
    // Where the data are was said before: nobody moves them by mistake.
    await person.press('next', { data: '/somewhere', port: String(port) });
    expect(await person.press('next', { starts: 'on' })).toContain(elsewhere);
    expect(await installed()).toContain('Version 2.0.0 is installed');
    await person.close();
    expect(started()).toBe('2.0.0');

    for (const removeData of [false, true]) {
      person = await pages(join(folder, 'unpacked 2.0.0'));
      await person.press('next', { language: 'en' });
      await person.press('remove');
      if (removeData) {
        expect(await person.press('removeNow', { removeData: 'on', proof: 'yes' })).toContain(
          'Nothing was removed',
        );
        expect(existsSync(choices.into)).toBe(true);
      }
      const said = await person.press('removeNow', removeData ? { removeData: 'on', proof: 'site' } : {});
      expect(said).toContain(removeData ? 'are deleted' : 'stay.');
      await person.close();
      expect([existsSync(choices.into), existsSync(join(elsewhere, 'answers'))]).toEqual([
        false,
        !removeData,
      ]);
      expect(existsSync(join(home, '.config/systemd/user/invigil-site.service'))).toBe(false);
      if (removeData) break;
      choices = { ...choices, data: elsewhere };
      expect(await run(join(folder, 'unpacked 2.0.0'))).toMatchObject({ ok: true });
    }
  },
);

test.skipIf(!here)(
  'the pages are shown to whoever has their key, and cancelled they change nothing',
  async () => {
    const person = await pages(archive('1.0.0'));
    const { origin, href } = new URL(person.url);
    expect((await fetch(`${origin}/`)).status).toBe(403);
    expect((await fetch(`${origin}/?key=${'0'.repeat(32)}`)).status).toBe(403);
    expect((await fetch(href, { headers: { origin: 'http://evil.example' } })).status).toBe(403);
    const elsewhere = await fetch(href, {
      method: 'POST',
      body: 'page=language&go=cancel',
      headers: { origin: 'http://evil.example' },
    });
    expect(elsewhere.status).toBe(403);
    await person.press('cancel');
    await person.ended;
    await person.close();
    expect(readdirSync(home)).toEqual([]);
  },
);
