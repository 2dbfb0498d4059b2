import { expect, test } from 'vitest';
import { ok, refuse } from '../base/result.ts';
import { nextEntry, toEntry } from './chain.ts';
import { createDesk } from './desk.ts';
import type { Draft, Entry } from './entry.ts';
import { JournalFailure, type Positioned } from './journal.ts';

/** A journal whose commits wait until they are let through, or fail. */
function heldJournal() {
  const listeners = new Set<(entries: readonly Positioned[]) => void>();
  const waiting: { drafts: readonly Draft[]; done(): void; fail(error: Error): void }[] = [];
  let seq = 0;
  return {
    waiting,
    feed(listener: (entries: readonly Positioned[]) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    append(drafts: readonly Draft[]): Promise<Entry[]> {
      return new Promise((resolve, reject) => {
        waiting.push({
          drafts,
          done() {
            const entries = drafts.map((draft) =>
              toEntry(nextEntry(draft, { origin: 'room', epoch: 'e', seq: ++seq }, null, 0, '00'.repeat(16))),
            );
            for (const listener of listeners)
              listener(entries.map((entry) => ({ entry, position: entry.place.seq })));
            resolve(entries);
          },
          fail: reject,
        });
      });
    },
  };
}

const counting = {
  subjectOf: (entry: Entry) => (entry.kind === 'counted' ? entry.subject : null),
  initial: () => 0,
  evolve: (state: number, entry: Entry) => state + Number(entry.data['by']),
};
const add = (by: number) => (state: number) =>
  state + by > 10
    ? refuse({ type: 'too-many', state })
    : ok([{ kind: 'counted', subject: 'a', data: { by } } satisfies Draft]);

test('a command waits until the entries of the one before are on the disk, and decides with what they made', async () => {
  const journal = heldJournal();
  const desk = createDesk(journal, counting);
  const first = desk.run('a', add(6));
  const second = desk.run('a', add(6));
  const other = desk.run('b', () => ok([{ kind: 'counted', subject: 'b', data: { by: 1 } }]));
  await expect.poll(() => journal.waiting.length).toBe(2);
  expect(desk.state('a')).toBe(0);
  journal.waiting[1]?.done();
  journal.waiting[0]?.done();
  expect(await first).toMatchObject({ ok: true, value: { state: 6 } });
  expect(await second).toEqual(refuse({ type: 'too-many', state: 6 }));
  expect(await other).toMatchObject({ ok: true, value: { state: 1 } });
});

test('when the disk refuses, so does the command, and the next one decides as if it had not been', async () => {
  const journal = heldJournal();
  const desk = createDesk(journal, counting);
  const first = desk.run('a', add(6));
  const second = desk.run('a', add(7));
  await expect.poll(() => journal.waiting.length).toBe(1);
  journal.waiting[0]?.fail(new JournalFailure('disk-full', 'database or disk is full'));
  expect(await first).toEqual(refuse({ type: 'journal-failed', reason: 'disk-full' }));
  expect(desk.state('a')).toBe(0);
  await expect.poll(() => journal.waiting.length).toBe(2);
  journal.waiting[1]?.done();
  expect(await second).toMatchObject({ ok: true, value: { state: 7 } });
});

test('entries that came from below change the state, too', () => {
  const journal = heldJournal();
  const desk = createDesk(journal, counting);
  void journal.append([{ kind: 'counted', subject: 'a', data: { by: 3 } }]);
  journal.waiting[0]?.done();
  expect(desk.state('a')).toBe(3);
});
