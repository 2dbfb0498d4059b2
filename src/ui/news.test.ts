import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { news } from './news.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what comes is asked about at once; what comes while it rests is asked about once, afterwards', () => {
  const ask = vi.fn();
  const stop = news.follow(ask, 2_000);
  news.came();
  expect(ask).toHaveBeenCalledTimes(1);
  for (let i = 0; i < 10; i++) news.came();
  vi.advanceTimersByTime(1_999);
  expect(ask).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(ask).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(60_000);
  expect(ask).toHaveBeenCalledTimes(2);
  news.came();
  expect(ask).toHaveBeenCalledTimes(3);
  news.came();
  stop();
  vi.advanceTimersByTime(60_000);
  news.came();
  expect(ask).toHaveBeenCalledTimes(3);
});
