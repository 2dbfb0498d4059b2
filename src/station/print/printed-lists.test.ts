/** A print station whose disk was put back: what the sticks know of it. */
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { stickFolder } from '../../node/stick/stick.ts';
import { signJws } from '../../trust/jws.ts';
import { createNodeKeys } from '../../trust/keys.ts';
import { printedListTyp } from '../../exam/paper-day/printed-list.ts';
import { ownNumber } from '../../exam/form/sheet-number.ts';
import { openPrintDay, type PrintDay } from './print.fixture.ts';
import { printView } from './view.ts';

let day: PrintDay;
afterEach(() => day?.close());

const seen = () => printView(day.test.station, day.desk);
const onStick = (): string => join(day.test.stick, stickFolder);
const lists = (): string[] => readdirSync(onStick()).filter((name) => name.startsWith('PRINTED_'));
const additional = ownNumber('204118', 1);

async function opened(): Promise<void> {
  day = await openPrintDay({
    plan: { additional: [{ number: additional, kind: 'additional', place: 4, sides: 2, room: '0001' }] },
  });
  await day.open();
  mkdirSync(onStick(), { recursive: true });
}

/** A copy of the disk is made, and `meanwhile` is what the copy will not know. */
async function diskPutBack(meanwhile: () => Promise<void>): Promise<void> {
  const { folder } = day.test;
  const [data, old] = [join(folder, 'data'), join(folder, 'data.old')];
  await day.test.again(() => cpSync(data, old, { recursive: true }));
  await day.again();
  await day.open();
  await meanwhile();
  await day.test.again(() => {
    rmSync(data, { recursive: true });
    cpSync(old, data, { recursive: true });
  });
  await day.again();
  await day.open();
}

test('what was printed before an older disk was put back is not printed again: a stick remembers it', async () => {
  await opened();
  await diskPutBack(async () => {
    expectOk(day.desk.start(2, null, 'en'));
    await day.until(() => seen().counts.toLookAt === 2);
    expectOk(await day.desk.book.do({ do: 'judge', kit: '100002', verdict: 'spoiled', reason: 'jam' }));
    expect(expectOk(day.desk.replace('100002', 'en'))).toBe('100004');
    await day.until(() => seen().counts.toLookAt === 2);
    expectOk(await day.desk.additional(1, 'en'));
    await day.desk.lists.look();
  });
  expect(seen().counts).toMatchObject({ planned: 3, used: 0 });
  const before = day.orders.length;
  await day.desk.lists.look();
  expect(seen().older).toEqual({
    type: 'station-disk-older',
    kits: 3,
    names: ['100001', '100002', '100004'],
    sheets: 1,
  });
  expect(day.desk.start(1, null, 'en')).toMatchObject({ refusal: { type: 'station-disk-older' } });
  expect(await day.desk.additional(1, 'en')).toMatchObject({ refusal: { type: 'station-disk-older' } });
  expectOk(await day.desk.lists.takeOver());
  expect(seen()).toMatchObject({ older: null, counts: { planned: 1, toLookAt: 3, used: 3, reserve: 0 } });
  expect(day.desk.book.run().kits.get('100004')).toMatchObject({
    fate: 'unsure',
    copy: 2,
    replaces: '100002',
    room: '0001',
  });
  expect(await day.desk.additional(1, 'en')).toMatchObject({ refusal: { type: 'no-additional-left' } });
  expectOk(await day.desk.book.do({ do: 'judge', kit: '100001', verdict: 'good', reason: '' }));
  expectOk(day.desk.start(1, null, 'en'));
  await day.until(() => seen().counts.toLookAt === 3);
  expect(day.orders.slice(before).map(({ name }) => name)).toEqual(['100003']);
  await day.again();
  expect(day.desk.book.run().kits.get('100004')?.fate).toBe('unsure');
  expect(await day.desk.lists.takeOver()).toMatchObject({ refusal: { type: 'nothing-to-remember' } });
});

test('a stick gets the list when something was printed, and no stick that carries nothing of an exam', async () => {
  await opened();
  await day.desk.lists.look();
  expect(lists()).toEqual([]);
  expectOk(day.desk.start(1, null, 'en'));
  await day.until(() => seen().counts.toLookAt === 1);
  rmSync(onStick(), { recursive: true });
  await day.desk.lists.look();
  expect(readdirSync(day.test.stick)).not.toContain(stickFolder);
  mkdirSync(onStick());
  await day.desk.lists.look();
  expect(lists()).toHaveLength(1);
  const [name = ''] = lists();
  const first = readFileSync(join(onStick(), name), 'utf8');
  await day.desk.lists.look();
  expect(readFileSync(join(onStick(), name), 'utf8')).toBe(first);
});

test('a list that cannot be read just now is left as it is, and read when it can be', async () => {
  await opened();
  await diskPutBack(async () => {
    expectOk(day.desk.start(2, null, 'en'));
    await day.until(() => seen().counts.toLookAt === 2);
    await day.desk.lists.look();
  });
  const [name = ''] = lists();
  const before = readFileSync(join(onStick(), name), 'utf8');
  const worn = vi.spyOn(day.test.station.drives, 'read').mockImplementation(async function* () {
    yield new Uint8Array(1);
    throw Object.assign(new Error('i/o error'), { code: 'EIO' });
  });
  try {
    expectOk(day.desk.start(1, null, 'en'));
    await day.until(() => seen().counts.toLookAt === 1);
    await day.desk.lists.look();
  } finally {
    worn.mockRestore();
  }
  expect([seen().older, readFileSync(join(onStick(), name), 'utf8')]).toEqual([null, before]);
  await day.desk.lists.look();
  expect(seen().older).toMatchObject({ kits: 1, names: ['100002'] });
});

test('a list that somebody else has signed, or that is no list, stops nothing and is written anew', async () => {
  await opened();
  expectOk(day.desk.start(1, null, 'en'));
  await day.until(() => seen().counts.toLookAt === 1);
  await day.desk.lists.look();
  const [name = ''] = lists();
  const { id } = day.test.station.node;
  const kits = [{ kit: '100003', room: '0001', copy: 1, replaces: null }];
  const forged = { v: 1, station: id, eventId: 'event-1', at: 1, kits, additional: [] };
  const { signing } = await createNodeKeys();
  for (const content of [signJws(printedListTyp, forged, signing), 'nonsense', '']) {
    writeFileSync(join(onStick(), name), content);
    await day.desk.lists.look();
    expect(seen().older).toBeNull();
    expect(readFileSync(join(onStick(), name), 'utf8')).not.toBe(content);
  }
});
