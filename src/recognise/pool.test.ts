import { expect, test } from 'vitest';
import { openPagePool, recogniseAll } from './pool.ts';

const worker = new URL('./page-worker.fixture.ts', import.meta.url);

test.each([
  ['a thread that ends', 'd', 'worker-died', 60_000],
  ['a decoder that throws', 't', 'worker-died', 60_000],
  ['a page that never ends', 'h', 'page-took-too-long', 4_000],
])('%s takes its own page with it and no other', async (_, what, type, limitMs) => {
  const pool = openPagePool({ threads: 2, worker, limitMs });
  try {
    const pages = ['o', 'o', what, 'o', 'o', 'o'];
    const types: unknown[] = [];
    for await (const { page } of recogniseAll(pool, pages, (one) => pool.recognise(Buffer.from(one))))
      types.push(page.problem?.type);
    expect(types).toEqual(pages.map((one) => (one === 'o' ? 'image-empty' : type)));
  } finally {
    await pool.close();
  }
});

test('a program that cannot be started is said of each page, and nothing hangs', async () => {
  const pool = openPagePool({ threads: 2, worker: new URL('./no-such-worker.ts', import.meta.url) });
  try {
    const pages = await Promise.all(['o', 'o', 'o'].map((one) => pool.recognise(Buffer.from(one))));
    expect(pages.map(({ problem }) => problem?.type)).toEqual(['worker-died', 'worker-died', 'worker-died']);
  } finally {
    await pool.close();
  }
});

test('pages are fetched only as fast as they are read', async () => {
  const pool = openPagePool({ threads: 1, worker });
  let [fetched, read, most] = [0, 0, 0];
  function* source(): Generator<string> {
    for (; fetched < 20; fetched++) {
      most = Math.max(most, fetched - read);
      yield 'o';
    }
  }
  try {
    for await (const { page } of recogniseAll(pool, source(), (one) => pool.recognise(Buffer.from(one)))) {
      expect(page.class).toBe('bad-image');
      read++;
    }
  } finally {
    await pool.close();
  }
  expect(read).toBe(20);
  expect(most).toBeLessThanOrEqual(3);
});
