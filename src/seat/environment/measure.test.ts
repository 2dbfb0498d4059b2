import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Measured } from '../../exam/environment/measured.ts';
import { durableWrite } from './durable-write.ts';
import { measureSteps, type Surroundings } from './measure.ts';
import { virtualMaker } from './system/system.ts';
import { thisSystem } from './system/this-system.ts';

let folder: string;
const path = process.env['PATH'] ?? '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-measure-'));
});
afterEach(() => {
  process.env['PATH'] = path;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function measured(change: Partial<Surroundings>): Promise<Measured> {
  const around: Surroundings = {
    data: folder,
    clock: systemClock,
    room: {
      ask: () => Promise.resolve(ok({ at: Date.now() + 30_000 })),
      fetchBytes: () => Promise.resolve(ok({ bytes: 1_000_000 })),
    },
    pairedRoom: { roomCode: 'R1', signingKey: 'key' },
    page: () => null,
    stop: new AbortController().signal,
    ...change,
  };
  let all: Measured = {};
  for await (const step of measureSteps(around, { run: 'run', programs: [] })) all = { ...all, ...step };
  return all;
}

test('a safe write is timed and leaves nothing behind; where nothing can be written it says why', async () => {
  const { fsyncMs, problem } = await durableWrite(folder);
  expect(problem).toBeNull();
  expect(fsyncMs).toBeGreaterThan(0);
  expect(existsSync(join(folder, 'environment-check.tmp'))).toBe(false);
  expect(await durableWrite(join(folder, 'nowhere'))).toEqual({ fsyncMs: null, problem: 'ENOENT' });
});

test('the clock is compared with the room’s by the quickest of several answers', async () => {
  const { clock, network } = await measured({});
  expect(clock).toMatchObject({ value: { offsetMs: expect.closeTo(30_000, -3) } });
  expect(network).toMatchObject({ value: { bytes: 1_000_000 } });
});

test('what cannot be measured says why, and everything else is measured all the same', async () => {
  const found = await measured({
    data: join(folder, 'nowhere'),
    pairedRoom: null,
    room: {
      ask: () => Promise.resolve(refuse({ type: 'parent-unreachable' })),
      fetchBytes: () => Promise.resolve(refuse({ type: 'parent-unreachable' })),
    },
  });
  expect(found).toMatchObject({
    disk: { problem: 'ENOENT' },
    storage: { value: { fsyncMs: null, problem: 'ENOENT' } },
    room: { problem: 'not-paired' },
    clock: { problem: 'parent-unreachable' },
    network: { problem: 'parent-unreachable' },
    browser: { value: null },
    screen: { problem: 'no-screen-open' },
  });
  expect(found.memory).toMatchObject({ value: expect.any(Number) });
});

test('a seat waits for its turn to measure the network', async () => {
  let asked = 0;
  const { network } = await measured({
    room: {
      ask: () => Promise.resolve(ok({ at: Date.now() })),
      fetchBytes: () =>
        Promise.resolve(++asked === 1 ? refuse({ type: 'probe-busy' }) : ok({ bytes: 1_000_000 })),
    },
  });
  expect(asked).toBe(2);
  expect(network).toHaveProperty('value');
});

test('a program is found by its name, never started, and neither a folder nor a plain file is one', async () => {
  const programs = join(folder, 'programs');
  const ending = process.platform === 'win32' ? '.cmd' : '';
  mkdirSync(join(programs, 'a-folder'), { recursive: true });
  const started = join(folder, 'started');
  writeFileSync(
    join(programs, `exam-tool${ending}`),
    process.platform === 'win32' ? `echo x > "${started}"` : `#!/bin/sh\ntouch '${started}'\n`,
  );
  chmodSync(join(programs, `exam-tool${ending}`), 0o755);
  process.env['PATH'] = `${programs}${delimiter}${path}`;
  expect(await thisSystem().installed(['exam-tool', 'a-folder', 'no-such-tool'])).toEqual(['exam-tool']);
  expect(existsSync(started)).toBe(false);
});

test.each([
  ['VMware, Inc.', true],
  ['innotek GmbH', true],
  ['Microsoft Corporation Virtual Machine', true],
  ['LENOVO', false],
  ['ThinkCentre M720q', false],
  ['Microsoft Corporation Surface Laptop 5', false],
])('%s is a virtual maker: %s', (maker, is) => {
  expect(virtualMaker(maker)).toEqual(is ? [maker] : []);
});
