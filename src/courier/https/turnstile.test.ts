import { expect, test } from 'vitest';
import { Turnstile } from './turnstile.ts';

test('a portion passes in each turn, in the order of asking, and what else is due comes between', async () => {
  const turnstile = new Turnstile(2);
  const seen: string[] = [];
  const passed = [1, 2, 3, 4, 5].map((n) => turnstile.pass().then(() => seen.push(`push ${n}`)));
  const heartbeat = new Promise<void>((resolve) =>
    setImmediate(() => {
      seen.push('heartbeat');
      resolve();
    }),
  );
  await Promise.all([...passed, heartbeat]);
  expect(seen.filter((one) => one !== 'heartbeat')).toEqual([1, 2, 3, 4, 5].map((n) => `push ${n}`));
  expect(seen.indexOf('heartbeat')).toBeLessThanOrEqual(4);
  await turnstile.pass();
});
