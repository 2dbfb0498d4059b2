/**
 * The whole exam day, driven only by looking, pressing and typing: the first session online, the second with every parcel carried as
 * a file. The stages follow each other; each leaves the screens as the next one finds them.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { beginDay } from './exam-day.ts';
import { byFile } from './stages/by-file.ts';
import { desk } from './stages/desk.ts';
import { prepare } from './stages/prepare.ts';
import { report } from './stages/report.ts';
import { setUp } from './stages/set-up.ts';
import { sit } from './stages/sit.ts';

beforeAll(async () => {
  desk.day = await beginDay({
    centre: 'centre',
    site: 'site',
    room: 'room',
    'seat-1': 'seat',
    'seat-2': 'seat',
  });
});
let broken = false;
beforeEach(({ skip }) => {
  skip(broken, 'a stage before it failed');
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  broken = true;
  await desk.day.picture(task.name);
});
afterAll(async () => {
  await desk.day.stop();
});

prepare();
setUp();
sit();
report();
byFile();

test('no screen complained in the whole day', () => {
  expect(desk.day.screens().flatMap((screen) => screen.complaints)).toEqual([]);
});
