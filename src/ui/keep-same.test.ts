import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepSame } from './keep-same.ts';

test('what did not change keeps its identity', () => {
  const before = {
    rows: [
      { id: 1, done: [1, 2] },
      { id: 2, done: [] },
    ],
    at: 1,
  };
  const now = keepSame(before, structuredClone({ ...before, at: 2 }));
  expect(now).toEqual({ ...before, at: 2 });
  expect(now.rows).toBe(before.rows);
  const more = keepSame(before, {
    rows: [
      { id: 1, done: [1, 2] },
      { id: 2, done: [3] },
    ],
    at: 1,
  });
  expect(more.rows).not.toBe(before.rows);
  expect(more.rows[0]).toBe(before.rows[0]);
  expect(more.rows[1]).toEqual({ id: 2, done: [3] });
});

test('it is always what came', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, now) => {
      expect(keepSame(before, now)).toStrictEqual(now);
    }),
  );
});

test('a key named as something that every object has is a key', () => {
  for (const text of ['{"__proto__":0}', '{"__proto__":{"a":1}}', '{"toString":1}', '{"constructor":null}']) {
    const now = JSON.parse(text) as unknown;
    for (const before of [{}, { a: 1 }, JSON.parse(text)])
      expect(JSON.stringify(keepSame(before, now))).toBe(text);
  }
});

test('equal data is the very same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(keepSame(value, structuredClone(value))).toBe(value);
    }),
  );
});
