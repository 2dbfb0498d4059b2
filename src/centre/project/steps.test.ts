import { expect, test } from 'vitest';
import { projectSteps } from './steps.ts';

const ready = {
  sessions: 2,
  candidates: 60,
  papersMissing: 0,
  published: true,
  changedSince: false,
  sites: 2,
  registered: 2,
  prepared: 4,
};

test('a new project is at its first step', () => {
  const steps = projectSteps({
    ...ready,
    sessions: 0,
    candidates: 0,
    published: false,
    sites: 0,
    registered: 0,
    prepared: 0,
  });
  expect(steps.map((step) => step.state)).toEqual([
    'current',
    'waiting',
    'waiting',
    'waiting',
    'waiting',
    'waiting',
  ]);
});

test('a change after the publication turns its mark to a warning that says why', () => {
  const publish = projectSteps({ ...ready, changedSince: true }).find((step) => step.id === 'publish');
  expect(publish).toEqual({ id: 'publish', state: 'warning', reason: { type: 'changed-since-publication' } });
});

test('authorisations are done when every session has one for every registered site', () => {
  const state = (prepared: number) => projectSteps({ ...ready, prepared }).at(-1)?.state;
  expect(state(3)).toBe('current');
  expect(state(4)).toBe('done');
});
