import { expect, test } from 'vitest';
import { SendingLine } from './sending-line.ts';

test('of forty archives two are on their way at a time, in the order in which they came', () => {
  const line = new SendingLine();
  const started: number[] = [];
  const starts = Array.from({ length: 40 }, (_, i) => () => void started.push(i));
  for (const start of starts) line.join(start);
  expect(started).toEqual([0, 1]);
  // One that waits is put back, and one that is sent rests.
  line.leave(starts[2] as () => void);
  line.leave(starts[0] as () => void);
  expect(started).toEqual([0, 1, 3]);
  // It goes on behind the others; asked for twice, it stands in the line once.
  line.join(starts[0] as () => void);
  line.join(starts[0] as () => void);
  for (const start of starts.slice(1)) line.leave(start);
  expect(started).toEqual([0, 1, 3, ...started.slice(3, -1), 0]);
  expect(started.filter((one) => one === 0)).toHaveLength(2);
});
