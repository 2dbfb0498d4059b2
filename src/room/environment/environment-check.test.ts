import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { Result } from '../../base/result.ts';
import type { Measured } from '../../exam/environment/measured.ts';
import { defaultRequirements, type Requirements } from '../../exam/environment/requirements.ts';
import { Settings, settingMigrations } from '../../node/settings.ts';
import { EnvironmentCheck, silenceLimitMs } from './environment-check.ts';
import { EnvironmentResults, environmentMigration } from './results.ts';

const room = { version: '1', signingKey: 'key' };
const good: Measured = {
  version: { value: '1' },
  system: { value: { platform: 'linux', name: 'Debian', release: '6.1' } },
  browser: { value: { userAgent: 'Firefox/140.0', language: 'ru' } },
  screen: { value: { width: 1920, height: 1080 } },
  memory: { value: 4e9 },
  disk: { value: { free: 4e9 } },
  clock: { value: { offsetMs: 3 } },
  network: { value: { roundTripMs: 1, bytes: 1_000_000, tookMs: 20 } },
  room: { value: { roomCode: 'R', signingKey: 'key' } },
  storage: { value: { fsyncMs: 3, problem: null } },
  machine: { value: { signs: [] } },
};

interface World {
  now: number;
  needs: Requirements;
  signInOpen: boolean;
  readonly gone: Set<string>;
  readonly entries: { kind: string; subject: string }[];
  check: EnvironmentCheck;
  /** As after a restart: what was not written down is gone. */
  begin(): EnvironmentCheck;
  report(seat: string, measured: Measured, done?: boolean, run?: string): Promise<Result<void>>;
}

function world(seats = ['a', 'b']) {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE seat (id TEXT PRIMARY KEY) STRICT; PRAGMA foreign_keys = ON;');
  for (const seat of seats) db.prepare('INSERT INTO seat (id) VALUES (?)').run(seat);
  for (const { sql } of [...settingMigrations, environmentMigration]) db.exec(sql);
  const here: World = {
    now: 0,
    needs: defaultRequirements,
    signInOpen: false,
    gone: new Set(),
    entries: [],
    check: null as unknown as EnvironmentCheck,
    begin() {
      here.check = new EnvironmentCheck({
        results: new EnvironmentResults(db),
        settings: new Settings(db),
        journal: {
          append: (drafts) => {
            here.entries.push(...drafts);
            return Promise.resolve([]);
          },
        },
        clock: { now: () => 1_000 + here.now, monotonic: () => here.now },
        room,
        requirements: () => here.needs,
        signInOpen: () => here.signInOpen,
        isApproved: (seat) => !here.gone.has(seat),
        onChange: () => undefined,
      });
      return here.check;
    },
    report: (seat, measured, done = true, run = here.check.run?.id ?? '') =>
      here.check.take(seat, { run, seat, measured, done }),
  };
  here.begin();
  return here;
}

test('a seat is not reached a minute after its last word, however long it has worked until then', async () => {
  const here = world();
  await here.check.start(['a', 'b'], 'admin');
  for (const { id, at } of [
    { id: 'version', at: 50_000 },
    { id: 'memory', at: 100_000 },
  ] as const) {
    here.now = at;
    await here.report('a', { [id]: good[id] }, false);
    await here.check.look();
    expect(here.check.stateOf('a')).toBe('checking');
  }
  expect(here.check.stateOf('b')).toBe('not-reached');
  here.now = 100_000 + silenceLimitMs;
  await here.check.look();
  expect(here.check.running).toBe(true);
  here.now++;
  await here.check.look();
  expect(here.check.running).toBe(false);
  expect(here.check.stateOf('a')).toBe('not-reached');
  // What it had measured until then is shown.
  expect(here.check.verdictsOf('a').map(({ id }) => id)).toEqual(['version', 'memory']);
  expect(await here.report('a', good)).toMatchObject({ refusal: { type: 'environment-check-over' } });
  expect(here.entries.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
    'environment-check-started room',
    'environment-checked seat:b',
    'environment-checked seat:a',
  ]);
});

test('a check that a restart interrupted goes on with those who have not answered', async () => {
  const here = world();
  await here.check.start(['a', 'b'], 'admin');
  const run = here.check.run?.id;
  await here.report('a', good);
  here.now = 5_000_000;
  here.begin();
  expect(here.check.stateOf('a')).toBe('passed');
  expect(here.check.orderFor('a')).toBeNull();
  expect(here.check.orderFor('b')).toMatchObject({ run });
  expect(await here.check.start(['a'], 'admin')).toMatchObject({
    refusal: { type: 'environment-check-runs' },
  });
  await here.report('b', good);
  here.begin();
  expect(here.check.running).toBe(false);
  expect(here.check.stateOf('b')).toBe('passed');
});

test('a result is judged by what is required now', async () => {
  const here = world(['a']);
  await here.check.start(['a'], 'admin');
  await here.report('a', good);
  expect(here.check.stateOf('a')).toBe('passed');
  here.needs = { ...defaultRequirements, memoryGB: 8 };
  expect(here.check.stateOf('a')).toBe('failed');
  here.needs = { ...defaultRequirements, programs: ['Blender'] };
  expect(here.check.stateOf('a')).toBe('warning');
});

test('what a person does at a seat may come later, but nothing else, and not when candidates sign in', async () => {
  const here = world(['a']);
  here.needs = { ...defaultRequirements, keyboard: true };
  await here.check.start(['a'], 'admin');
  await here.report('a', good);
  expect(here.check).toMatchObject({ running: false });
  expect(here.check.stateOf('a')).toBe('warning');
  expect(here.check.orderFor('a')).toMatchObject({ asks: ['keyboard'] });
  here.signInOpen = true;
  expect(here.check.orderFor('a')).toBeNull();
  here.signInOpen = false;
  const keys: Measured = { keyboard: { value: { asked: 'x', typed: 'x' } } };
  expect(await here.report('a', keys, false, 'another')).toMatchObject({
    refusal: { type: 'environment-check-over' },
  });
  await here.report('a', { ...keys, memory: { value: 1 } }, false);
  expect(here.check.stateOf('a')).toBe('passed');
  expect(here.check.orderFor('a')).toBeNull();
});

test('a seat that is taken away does not keep the check waiting', async () => {
  const here = world();
  await here.check.start(['a', 'b'], 'admin');
  await here.report('a', good);
  here.gone.add('b');
  await here.check.look();
  expect(here.check.running).toBe(false);
});

test('a few seats measure the network at a time, each only as often as it needs', async () => {
  const seats = Array.from({ length: 9 }, (_, i) => `seat-${i}`);
  const here = world(seats);
  await here.check.start(seats, 'admin');
  const run = here.check.run?.id ?? '';
  const opened = seats.map((seat) => here.check.openProbe(seat, run));
  expect(opened.filter(({ ok }) => ok)).toHaveLength(8);
  expect(opened.at(-1)).toMatchObject({ refusal: { type: 'probe-busy' } });
  const [first] = opened;
  if (first?.ok) {
    first.value();
    // Said twice, it is one place all the same.
    first.value();
  }
  expect(here.check.openProbe('seat-8', run).ok).toBe(true);
  expect(here.check.openProbe('seat-0', run)).toMatchObject({ refusal: { type: 'probe-busy' } });
  expect(here.check.openProbe('stranger', run)).toMatchObject({
    refusal: { type: 'environment-check-over' },
  });
});
