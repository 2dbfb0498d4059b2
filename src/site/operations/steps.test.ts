import { expect, test } from 'vitest';
import { siteSteps } from './steps.ts';

const ready = {
  loaded: true,
  newest: true,
  rooms: 2,
  registered: 2,
  sessions: 2,
  authorised: 2,
  verified: 1,
  toVerify: 0,
  sealCheckPassed: true,
};
const states = (known: Parameters<typeof siteSteps>[0]): string[] =>
  siteSteps(known).map((step) => step.state);

test('a site that has nothing yet is at its first step', () => {
  const nothing = {
    loaded: false,
    newest: null,
    rooms: 0,
    registered: 0,
    sessions: 0,
    authorised: 0,
    verified: 0,
  };
  expect(states({ ...ready, ...nothing, sealCheckPassed: null })).toEqual([
    'current',
    'waiting',
    'waiting',
    'waiting',
    'waiting',
  ]);
});

test('each session is verified at its own time: the step is done until the next one is due', () => {
  expect(states({ ...ready, verified: 0 }).at(-1)).toBe('current');
  expect(states(ready).at(-1)).toBe('done');
  expect(states({ ...ready, toVerify: 1 }).at(-1)).toBe('current');
});

test('a newer publication and a failed check are shown where they are', () => {
  expect(states({ ...ready, newest: false })[0]).toBe('failed');
  expect(states({ ...ready, sealCheckPassed: false })[3]).toBe('failed');
});
