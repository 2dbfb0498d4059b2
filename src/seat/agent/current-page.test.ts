import { expect, test } from 'vitest';
import { CurrentPage } from './current-page.ts';
import type { SeatKnowledge } from './seat-view.ts';

const startsAt = 60_000;
const counting = {
  paired: true,
  roomOnline: true,
  order: { approved: true, session: { startsAt } },
  claim: null,
  environmentAsks: [],
  roomNow: 0,
} as unknown as Omit<SeatKnowledge, 'run' | 'revision'>;

test('the page turns by itself when its moment comes, and never once it is closed, whoever still shows it', () => {
  const waiting = new Map<() => void, number>();
  let turns = 0;
  const page = new CurrentPage(
    () => counting,
    () => turns++,
    {
      after: (ms, work) => {
        waiting.set(work, ms);
        return () => waiting.delete(work);
      },
    },
  );
  page.show();
  page.show();
  expect([...waiting.values()]).toEqual([startsAt]);
  const [turn] = waiting.keys();
  turn?.();
  expect([turns, waiting.size]).toEqual([3, 1]);
  page.close();
  // As the link to the room says when it ends.
  page.show();
  expect([turns, waiting.size]).toEqual([3, 0]);
});
