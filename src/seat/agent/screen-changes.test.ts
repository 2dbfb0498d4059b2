import { expect, test } from 'vitest';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { KeptChange } from '../contract.ts';
import { ScreenChanges } from './screen-changes.ts';

function kept(change: number): () => Promise<Result<KeptChange>> {
  return () => Promise.resolve(ok({ kept: 'seat', change }));
}
const work = 'sitting 1 1';
const notAgain = (): never => {
  throw new Error('kept a second time');
};

test('a change that is sent again is kept once and answered alike', async () => {
  const changes = new ScreenChanges();
  const from = { work, screen: 'a', number: 1 };
  const [first, again] = await Promise.all([
    changes.once('item', from, kept(5)),
    changes.once('item', from, notAgain),
  ]);
  expect(again).toEqual(first);
});

test('a change that was overtaken by a newer one changes nothing', async () => {
  const changes = new ScreenChanges();
  await changes.once('item', { work, screen: 'a', number: 2 }, kept(9));
  expect(await changes.once('item', { work, screen: 'a', number: 1 }, notAgain)).toEqual(
    ok({ kept: 'seat', change: 9 }),
  );
});

test('a change that could not be kept may come again', async () => {
  const changes = new ScreenChanges();
  const from = { work, screen: 'a', number: 1 };
  const full = (): Promise<Result<KeptChange>> =>
    Promise.resolve(refuse({ type: 'journal-failed', reason: 'disk-full' }));
  expect((await changes.once('item', from, full)).ok).toBe(false);
  expect(await changes.once('item', from, kept(3))).toEqual(ok({ kept: 'seat', change: 3 }));
});

test('screens and items count by themselves', async () => {
  const changes = new ScreenChanges();
  await changes.once('item', { work, screen: 'a', number: 9 }, kept(1));
  expect(await changes.once('item', { work, screen: 'b', number: 1 }, kept(2))).toEqual(
    ok({ kept: 'seat', change: 2 }),
  );
  expect(await changes.once('other', { work, screen: 'a', number: 1 }, kept(3))).toEqual(
    ok({ kept: 'seat', change: 3 }),
  );
});

test('the next candidate’s changes on a page that stayed open are none of those before', async () => {
  const changes = new ScreenChanges();
  await changes.once('item', { work, screen: 'a', number: 3 }, kept(7));
  expect(await changes.once('item', { work: 'another 1 1', screen: 'a', number: 1 }, kept(9))).toEqual(
    ok({ kept: 'seat', change: 9 }),
  );
});
