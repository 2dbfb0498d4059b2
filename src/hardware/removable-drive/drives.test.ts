import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drivesWith, mountPoints } from './drives.ts';

test('a stick whose name has a blank is found under its real path', () => {
  const table = '/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/teacher/USB\\040STICK vfat rw 0 0\n';
  expect(mountPoints(table)).toEqual(['/', '/media/teacher/USB STICK']);
});

test('what computers share in their network counts as sticks, folder by folder, as long as it is there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-shared-'));
  const names = async (): Promise<string[]> =>
    (await drivesWith(folder).list()).filter(({ path }) => path.startsWith(folder)).map(({ name }) => name);
  try {
    writeFileSync(join(folder, 'readme.txt'), 'no stick');
    expect(await names()).toEqual([]);
    mkdirSync(join(folder, 'Штаб'));
    expect(await names()).toEqual(['Штаб']);
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(await names()).toEqual([]);
});
