import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { CheckView } from '../contract.ts';
import { Settings, settingMigrations } from '../settings.ts';
import { acceptWarning, keepAccepted } from './accept-warning.ts';
import type { Node } from '../node.ts';

const silent = (seats: number[]): CheckView => ({
  id: 'seats-reached',
  state: 'warning',
  reason: { type: 'seats-silent', seats },
  remedy: { type: 'start-seats' },
});
const full: CheckView = { id: 'disk', state: 'failed', reason: { type: 'disk-low', free: 1, least: 2 } };
const user = { account: 'lin', name: '林老师' };

function room(checks: CheckView[]) {
  const db = new DatabaseSync(':memory:');
  for (const { sql } of settingMigrations) db.exec(sql);
  const settings = new Settings(db);
  settings.write('seal-check', { at: 1, checks, passed: false });
  const entries: unknown[] = [];
  const journal = {
    append: (drafts: readonly unknown[]) => {
      entries.push(...drafts);
      return Promise.resolve([]);
    },
  } as unknown as Node['journal'];
  const clock = { now: () => 5_000, monotonic: () => 0 };
  return { settings, journal, clock, entries };
}

test('who accepted a warning, when and why stays with the check and is in the journal', async () => {
  const here = room([silent([3]), full]);
  const accept = { check: 'seats-reached', reason: 'Seat 3 is being repaired', user };
  expect((await acceptWarning(here, 'room', accept)).ok).toBe(true);
  expect(here.entries).toEqual([
    {
      kind: 'warning-accepted',
      subject: 'room',
      data: { check: 'seats-reached', reason: 'Seat 3 is being repaired', by: 'lin' },
    },
  ]);
  const [again] = keepAccepted(here, [silent([3]), full]);
  expect(again?.accepted).toEqual({
    by: 'lin',
    name: '林老师',
    at: 5_000,
    reason: 'Seat 3 is being repaired',
  });
});

test('a failure, a check that passed and one that there is not cannot be accepted', async () => {
  const here = room([{ id: 'clock', state: 'passed' }, full]);
  for (const check of ['disk', 'clock', 'nothing'])
    expect(await acceptWarning(here, 'room', { check, reason: 'because', user })).toEqual({
      ok: false,
      refusal: { type: 'no-such-warning' },
    });
  expect(here.entries).toEqual([]);
});

test('a warning that became another one is asked anew, and one that turned into a failure is not covered', async () => {
  const here = room([silent([3])]);
  await acceptWarning(here, 'room', { check: 'seats-reached', reason: 'known', user });
  expect(keepAccepted(here, [silent([3, 4])])[0]?.accepted).toBeUndefined();
  expect(keepAccepted(here, [{ ...silent([3]), state: 'failed' }])[0]?.accepted).toBeUndefined();
});
