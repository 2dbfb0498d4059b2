import { expect, test } from 'vitest';
import { Refused } from '../../base/refused.ts';
import type { Refusal } from '../../base/result.ts';
import { JournalFailure } from '../../journal/journal.ts';
import { Attempts } from './attempts.ts';
import { patiently } from './patience.ts';
import { Turns } from './turns.ts';

const failure = (error: unknown): Refusal => ({ type: 'failed', problem: (error as Error).message });
const away = new Refused({ type: 'blob-store-unreachable' });
const coded = (code: string): Error => Object.assign(new Error(code), { code });

/** Fails with each once. */
function failing(...errors: Error[]): () => Promise<string> {
  return async () => {
    const error = errors.shift();
    if (error) throw error;
    return 'done';
  };
}

async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}

test('a database, an object store, a disk and a journal that are away are waited for', async () => {
  const said: (string | null)[] = [];
  const rests: number[] = [];
  const work = failing(
    new Refused({ type: 'database-unreachable' }),
    new Refused({ type: 'blob-store-refused' }),
    coded('ENOSPC'),
    coded('EIO'),
    new JournalFailure('disk-full', 'the disk is full'),
  );
  const made = await patiently(work, {
    turns: { stopped: null, rest: async (ms) => void rests.push(ms) },
    onWait: (one) => said.push(one?.type ?? null),
    failure,
  });
  expect(made).toEqual({ ok: true, value: 'done' });
  expect(said).toEqual(
    ['database-unreachable', 'blob-store-refused', 'disk-full', 'disk-failed', 'journal-failed'].flatMap(
      (one) => [one, null],
    ),
  );
  expect(rests).toHaveLength(5);
});

test('a row for which waiting does not help is put aside with its reason, and the next one is tried', async () => {
  let told = 0;
  const attempts = new Attempts(() => told++, failure);
  expect(await attempts.make('a', failing(new Error('damaged')))).toMatchObject({ ok: false });
  expect(await attempts.make('b', failing(new Refused({ type: 'not-here' })))).toMatchObject({ ok: false });
  expect(await attempts.make('c', failing())).toEqual({ ok: true, value: 'done' });
  expect([...attempts.aside]).toEqual(['a', 'b']);
  expect(attempts.problemOf('a')).toEqual({ type: 'failed', problem: 'damaged' });
  expect(attempts.problemOf('b')).toEqual({ type: 'not-here' });
  expect(attempts.problemOf('c')).toBeNull();
  expect(told).toBe(2);
});

test('a row that waits says why, and is not put aside when everything stops', async () => {
  const attempts = new Attempts(() => undefined, failure);
  const made = attempts.make('a', failing(away));
  await settled();
  expect(attempts.problemOf('a')).toEqual({ type: 'blob-store-unreachable' });
  attempts.turns.stop({ type: 'stopped' });
  expect(await made).toEqual({ ok: false, refusal: { type: 'stopped' } });
  expect(attempts.aside.size).toBe(0);
  // Nor is anything begun after it.
  expect(await attempts.make('b', failing())).toEqual({ ok: false, refusal: { type: 'stopped' } });
});

test('what is stopped ends at its next turn, with the first reason it was given', async () => {
  const turns = new Turns();
  await turns.pass();
  turns.stop({ type: 'first' });
  turns.stop({ type: 'second' });
  await expect(turns.pass()).rejects.toMatchObject({ refusal: { type: 'first' } });
});
