import { expect, test } from 'vitest';
import { resumeClock } from './resume-clock.ts';

const hour = 3_600_000;
const day = 24 * hour;
const lastEntryAt = 1_000 * day;

test.each([
  [
    'both clocks agree',
    lastEntryAt + 60_000,
    lastEntryAt + 61_000,
    { at: lastEntryAt + 61_000, source: 'site' },
  ],
  ['only its own clock is known', lastEntryAt + 60_000, null, { at: lastEntryAt + 60_000, source: 'wall' }],
  [
    'its own clock was set forward',
    lastEntryAt + day,
    lastEntryAt + 60_000,
    { at: lastEntryAt + 60_000, source: 'site' },
  ],
  [
    "the site's clock was set forward",
    lastEntryAt + 60_000,
    lastEntryAt + day,
    { at: lastEntryAt + 60_000, source: 'wall' },
  ],
  [
    'its own clock was set forward and the site is away',
    lastEntryAt + day,
    null,
    { at: lastEntryAt, source: 'last-entry' },
  ],
  [
    'its own clock was set back and the site is away',
    lastEntryAt - day,
    null,
    { at: lastEntryAt, source: 'last-entry' },
  ],
  [
    'it was off for long, as two clocks say',
    lastEntryAt + 2 * hour,
    lastEntryAt + 2 * hour,
    { at: lastEntryAt + 2 * hour, source: 'site' },
  ],
  [
    'two clocks contradict each other',
    lastEntryAt + day,
    lastEntryAt + 2 * hour,
    { at: lastEntryAt, source: 'last-entry' },
  ],
])('a room that comes back in a running session when %s', (_, wall, site, expected) => {
  expect(resumeClock({ lastEntryAt, wall, site })).toEqual(expected);
});
