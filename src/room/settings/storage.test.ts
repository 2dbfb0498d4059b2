import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultPolicy } from '../../exam/project/policy.ts';
import { checkStorage, leastStorage } from './storage.ts';

const GB = 1024 ** 3;
const wanting = (...storageMinGB: number[]) =>
  ({
    sessions: storageMinGB.map((one) => ({ policy: { ...defaultPolicy, storageMinGB: one } })),
  }) as unknown as Parameters<typeof leastStorage>[0];

test('every room needs 5 GB; a session may want more, never less', () => {
  expect(leastStorage(null)).toBe(5 * GB);
  expect(leastStorage(wanting(1, 2))).toBe(5 * GB);
  expect(leastStorage(wanting(1, 20))).toBe(20 * GB);
});

test('a disk with too little space is refused with what was measured', async () => {
  expect(await checkStorage('D:\\answers', 5 * GB, async () => 5 * GB - 1)).toEqual({
    ok: false,
    refusal: { type: 'storage-low', path: 'D:\\answers', free: 5 * GB - 1, least: 5 * GB },
  });
  expect((await checkStorage('D:\\answers', 5 * GB, async () => 5 * GB)).ok).toBe(true);
});

test('a folder that is not there is refused by name', async () => {
  const path = join(import.meta.dirname, 'no such folder');
  expect(await checkStorage(path, 1)).toEqual({
    ok: false,
    refusal: { type: 'storage-not-there', path, code: 'ENOENT' },
  });
});
