import { expect, test } from 'vitest';
import { watchForPeople } from './attended.ts';

test('a page is used by whoever touched a key or a pointer in the last minute, and by nobody when it only stands open', () => {
  const page = new EventTarget();
  let now = 0;
  const attended = watchForPeople(page, () => now);
  expect(attended()).toBe(false);
  for (const sign of ['keydown', 'pointermove']) {
    now += 3_600_000;
    page.dispatchEvent(new Event(sign));
    now += 59_999;
    expect(attended()).toBe(true);
    now += 1;
    expect(attended()).toBe(false);
  }
});
