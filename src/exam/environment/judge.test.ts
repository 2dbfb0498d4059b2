import { expect, test } from 'vitest';
import { browserOf } from './browser.ts';
import { askedChecks, judge, worst } from './judge.ts';
import { keysToType } from './keys-to-type.ts';
import { measuredSchema, type EnvironmentCheckId, type Measured } from './measured.ts';
import { defaultRequirements, requirementsSchema, strictest, type Requirements } from './requirements.ts';

const room = { version: '1.0', signingKey: 'room-key' };
const needs: Requirements = {
  ...defaultRequirements,
  programs: ['Blender'],
  keyboard: true,
  microphone: true,
  playback: true,
};
const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** A computer that is what an exam needs. */
const good: Measured = {
  version: { value: '1.0' },
  system: { value: { platform: 'win32', name: 'Windows 11 Pro', release: '10.0.22631' } },
  browser: { value: { userAgent: chrome, language: 'zh' } },
  screen: { value: { width: 1366, height: 768 } },
  memory: { value: 8_000_000_000 },
  disk: { value: { free: 50_000_000_000 } },
  clock: { value: { offsetMs: -1_500 } },
  network: { value: { roundTripMs: 2, bytes: 1_000_000, tookMs: 90 } },
  room: { value: { roomCode: 'R1', signingKey: 'room-key' } },
  storage: { value: { fsyncMs: 4.2, problem: null } },
  machine: { value: { signs: [] } },
  programs: { value: { found: ['Blender'], missing: [] } },
  keyboard: { value: { asked: keysToType, typed: keysToType } },
  microphone: { value: { level: 0.4, problem: null } },
  playback: { value: { heard: true } },
};

const verdict = (id: EnvironmentCheckId, change: Measured, required: Requirements = needs) => {
  const found = judge({ ...good, ...change }, required, room).find((one) => one.id === id);
  if (!found) throw new Error(`${id} was not judged`);
  return found;
};

test('a computer that has everything passes every check', () => {
  const verdicts = judge(good, needs, room);
  expect(verdicts).toHaveLength(15);
  expect(verdicts.filter(({ state }) => state !== 'passed')).toEqual([]);
  expect(worst(verdicts)).toBe('passed');
});

test.each<[what: string, id: EnvironmentCheckId, change: Measured, state: string, reason: string]>([
  ['another version', 'version', { version: { value: '0.9' } }, 'failed', 'seat-version-differs'],
  [
    'Windows 7',
    'system',
    { system: { value: { platform: 'win32', name: 'Windows 7 Professional', release: '6.1.7601' } } },
    'failed',
    'system-too-old',
  ],
  [
    'a system that nobody has tried',
    'system',
    { system: { value: { platform: 'darwin', name: 'Darwin', release: '24.0.0' } } },
    'warning',
    'system-not-tried',
  ],
  ['no screen open', 'browser', { browser: { value: null } }, 'failed', 'no-screen-open'],
  [
    'an old browser',
    'browser',
    { browser: { value: { userAgent: chrome.replace('140', '75'), language: 'zh' } } },
    'failed',
    'browser-too-old',
  ],
  [
    'a browser that nobody knows',
    'browser',
    { browser: { value: { userAgent: 'Lynx/2.9', language: 'zh' } } },
    'warning',
    'browser-unknown',
  ],
  [
    'a small screen',
    'screen',
    { screen: { value: { width: 1366, height: 719 } } },
    'failed',
    'screen-too-small',
  ],
  ['little memory', 'memory', { memory: { value: 1_900_000_000 } }, 'failed', 'memory-low'],
  ['a full disk', 'disk', { disk: { value: { free: 1_999_999_999 } } }, 'failed', 'seat-disk-low'],
  ['a slow clock', 'clock', { clock: { value: { offsetMs: 60_001 } } }, 'failed', 'seat-clock-wrong'],
  ['a fast clock', 'clock', { clock: { value: { offsetMs: -60_001 } } }, 'failed', 'seat-clock-wrong'],
  [
    'half a megabyte in more than half of the time',
    'network',
    { network: { value: { roundTripMs: 2, bytes: 500_000, tookMs: 1_001 } } },
    'failed',
    'network-slow',
  ],
  [
    'a room far away',
    'network',
    { network: { value: { roundTripMs: 201, bytes: 1_000_000, tookMs: 900 } } },
    'warning',
    'network-late',
  ],
  [
    'a seat of another room',
    'room',
    { room: { value: { roomCode: 'R2', signingKey: 'other' } } },
    'failed',
    'seat-of-another-room',
  ],
  [
    'a disk that does not write',
    'storage',
    { storage: { value: { fsyncMs: null, problem: 'EROFS' } } },
    'failed',
    'seat-cannot-write',
  ],
  [
    'a slow disk',
    'storage',
    { storage: { value: { fsyncMs: 501, problem: null } } },
    'failed',
    'seat-writes-slowly',
  ],
  [
    'a virtual machine',
    'machine',
    { machine: { value: { signs: ['VMware'] } } },
    'warning',
    'virtual-or-remote',
  ],
  [
    'a missing program',
    'programs',
    { programs: { value: { found: [], missing: ['Blender'] } } },
    'failed',
    'programs-missing',
  ],
  [
    'a program that became required after the check',
    'programs',
    { programs: { value: { found: ['GIMP'], missing: [] } } },
    'warning',
    'programs-not-looked-for',
  ],
  [
    'another keyboard layout',
    'keyboard',
    { keyboard: { value: { asked: keysToType, typed: keysToType.replace('@', '"') } } },
    'failed',
    'keys-differ',
  ],
  [
    'a silent microphone',
    'microphone',
    { microphone: { value: { level: 0.001, problem: null } } },
    'failed',
    'microphone-silent',
  ],
  [
    'a microphone that is not allowed',
    'microphone',
    { microphone: { value: { level: 0, problem: 'NotAllowedError' } } },
    'failed',
    'microphone-not-open',
  ],
  ['no sound', 'playback', { playback: { value: { heard: false } } }, 'failed', 'sound-not-heard'],
])('%s is said with its reason and a remedy', (_, id, change, state, reason) => {
  const found = verdict(id, change);
  expect(found).toMatchObject({ state, reason: { type: reason } });
  expect(found.remedy?.type).toBeTruthy();
  expect(worst(judge({ ...good, ...change }, needs, room))).toBe(state);
});

test('what could not be measured, or was not, is a warning and never passes', () => {
  for (const id of askedChecks(needs)) {
    const failed = judge({ ...good, [id]: { problem: 'EACCES' } }, needs, room);
    expect(failed.find((one) => one.id === id)).toMatchObject({
      state: 'warning',
      reason: { type: 'not-measured', problem: 'EACCES' },
      values: null,
    });
    const { [id]: _, ...without } = good;
    expect(judge(without, needs, room).find((one) => one.id === id)?.state).toBe('warning');
  }
  expect(judge({}, needs, room).every(({ state, remedy }) => state === 'warning' && remedy)).toBe(true);
});

test('what is known of why there is no measurement is said in its own words', () => {
  expect(
    verdict('screen', { browser: { value: null }, screen: { problem: 'no-screen-open' } }),
  ).toMatchObject({
    state: 'warning',
    reason: { type: 'no-screen-open' },
    remedy: { type: 'open-the-screen' },
  });
});

test('keys, microphone, sound and programs are checked only where they are asked for', () => {
  const ids = judge(good, defaultRequirements, room).map(({ id }) => id);
  expect(ids).toEqual([
    'version',
    'system',
    'browser',
    'screen',
    'memory',
    'disk',
    'clock',
    'network',
    'room',
    'storage',
    'machine',
  ]);
});

test('of several sessions the hardest requirement counts', () => {
  const one = requirementsSchema.parse({ memoryGB: 4, clockOffsetS: 30, programs: ['A'], microphone: true });
  const other = requirementsSchema.parse({ memoryGB: 2, clockOffsetS: 10, programs: ['B', 'A'] });
  expect(strictest([one, other])).toMatchObject({
    memoryGB: 4,
    clockOffsetS: 10,
    microphone: true,
    programs: ['A', 'B'],
  });
  expect(strictest([])).toEqual(defaultRequirements);
});

test.each(['../bin/sh', 'C:\\Windows', '..', '', '   ', 'a\0b', 'x'.repeat(101)])(
  '%j is no name of a program',
  (name) => {
    expect(requirementsSchema.safeParse({ programs: [name] }).success).toBe(false);
  },
);

test.each([
  [chrome, 'Chrome', 140],
  [chrome.replace('Chrome/', 'HeadlessChrome/'), 'Chrome', 140],
  [`${chrome} Edg/139.0.0.0`, 'Edge', 139],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox', 128],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
    'Safari',
    17,
  ],
])('%s is told apart', (userAgent, name, version) => {
  expect(browserOf(userAgent)).toMatchObject({ name, version });
});

test('a report has limits', () => {
  for (const measured of [
    { machine: { value: { signs: Array.from({ length: 21 }, () => 'x') } } },
    { keyboard: { value: { asked: 'a', typed: 'x'.repeat(101) } } },
    { memory: { value: Infinity } },
    { memory: { value: 1, problem: 'both' } },
  ])
    expect(measuredSchema.safeParse(measured).success).toBe(false);
  expect(measuredSchema.parse(good)).toEqual(good);
});
