import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtProgram } from '../../tools/exam-day/process.ts';
import { Processes } from '../../tools/exam-day/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'invigil-doctor-'));
const processes = new Processes(folder);
let port = 0;

beforeAll(async () => {
  port = (await processes.start('site', { hosted: true })).port;
});
afterAll(async () => {
  await processes.kill();
  rmSync(folder, { recursive: true, force: true });
});

function doctor(...args: string[]): Promise<{ code: number; said: string; complained: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [builtProgram(), 'doctor', ...args], (error, said, complained) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, said, complained }),
    );
  });
}

test('the status bar of a running site, in a terminal: what is wrong, and what to do', async () => {
  const { code, said } = await doctor('--data', join(folder, 'site'), '--language', 'ru');
  expect(code).toBe(1);
  const lines = said.trimEnd().split('\n');
  expect(lines[0]).toMatch(/ППЭ/);
  expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^✓ Порт +${port}$`)));
  expect(said).toMatch(/✕ Токен/);
  expect(said).not.toMatch(/undefined|null|\{|refusal\./);
  const asJson = await doctor('--data', join(folder, 'site'), '--json');
  const { role, indicators } = JSON.parse(asJson.said) as { role: string; indicators: unknown[] };
  expect([role, indicators[0]]).toEqual(['site', { id: 'port', state: 'passed', values: { port } }]);
});

test('only who may read the data folder is told', async () => {
  const file = join(folder, 'site', 'doctor.json');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
  const { token } = JSON.parse(readFileSync(file, 'utf8')) as { token: string };
  const ask = async (authorization: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}/doctor`, { headers: { authorization } })).status;
  expect(await ask(`Bearer ${token}`)).toBe(200);
  expect(await ask(`Bearer ${token.replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`)).toBe(401);
  expect(await ask('')).toBe(401);
});

test('where nothing runs it says so, and the way to it goes with the program', async () => {
  await processes.get('site').stop();
  expect(existsSync(join(folder, 'site', 'doctor.json'))).toBe(false);
  const { code, complained } = await doctor('--data', join(folder, 'site'));
  expect(code).toBe(2);
  expect(complained).toMatch(/Nothing runs/);
});
