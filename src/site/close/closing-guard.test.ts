import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { openDataFolder } from '../../node/data-folder.ts';
import { trialSite, type TrialSite } from '../site.fixture.ts';
import { ClosingGuard } from './closing-guard.ts';
import { askToStop, watchStopRequests } from './stop-request.ts';

const open: TrialSite[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function guarded(mode: 'formal' | 'mock') {
  const made = await trialSite(mode);
  open.push(made);
  const end = vi.fn();
  return { ...made, end, guard: new ClosingGuard(made.site, end) };
}

test('it ends as it is told while nobody has signed in', async () => {
  const { guard } = await guarded('formal');
  expect([guard.asked(), guard.notice()]).toEqual([null, null]);
});

test('from the first sign-in to the receipt it goes on, and every page says that somebody tried', async () => {
  const { guard, roomSays, collect, receipt } = await guarded('formal');
  roomSays(1);
  expect(guard.asked()).toEqual({ type: 'rooms-in-use', rooms: ['R1 (1)'] });
  // However often.
  expect(guard.asked()).toMatchObject({ type: 'rooms-in-use' });
  expect(guard.notice()).toEqual({ type: 'close-refused', at: 1_700_000_000_000 });
  const digest = await collect('a result');
  expect(guard.asked()).toMatchObject({ type: 'results-not-reported' });
  receipt(digest);
  expect([guard.notice(), guard.asked()]).toEqual([null, null]);
});

test('a mock exam holds nothing up', async () => {
  const { guard, roomSays } = await guarded('mock');
  roomSays(2);
  expect(guard.asked()).toBeNull();
});

test('the site code ends it, another code and none do not; the journal says what was unreported', async () => {
  const { guard, roomSays, end, journal } = await guarded('formal');
  roomSays(1);
  expect(await guard.force('S2', 'admin')).toMatchObject({ refusal: { type: 'other-site-code' } });
  expect(await guard.force(null, 'admin')).toMatchObject({ refusal: { type: 'rooms-in-use' } });
  expect(end).not.toHaveBeenCalled();
  expectOk(await guard.force('S1', 'admin'));
  expect(end).toHaveBeenCalledOnce();
  const last = journal.after(0, 100).at(-1);
  expect(JSON.parse(last?.header ?? '{}')).toMatchObject({
    kind: 'site-closed',
    data: { unreported: 'rooms-in-use', by: 'admin' },
  });
});

test('invigil site stop: refused with the reason, ended with the code, and said when no site is there', async () => {
  const { guard, data, roomSays, end } = await guarded('formal');
  expect(await askToStop(data, 'S1')).toMatchObject({ refusal: { type: 'no-site-here' } });
  writeFileSync(join(data, 'node.json'), JSON.stringify({ role: 'site' }));
  expect(await askToStop(data, 'S1')).toMatchObject({ refusal: { type: 'site-not-running' } });
  const folder = expectOk(openDataFolder(data));
  const stopWatching = watchStopRequests(data, guard, (error) => expect.fail(String(error)));
  roomSays(1);
  expect(await askToStop(data, null)).toMatchObject({ refusal: { type: 'rooms-in-use' } });
  expect(await askToStop(data, 'S2')).toMatchObject({ refusal: { type: 'other-site-code' } });
  end.mockImplementation(() => folder.release());
  expectOk(await askToStop(data, 'S1'));
  await stopWatching();
});
