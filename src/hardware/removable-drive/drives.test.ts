import { expect, test } from 'vitest';
import { mountPoints } from './drives.ts';

test('a stick whose name has a blank is found under its real path', () => {
  const table = '/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/teacher/USB\\040STICK vfat rw 0 0\n';
  expect(mountPoints(table)).toEqual(['/', '/media/teacher/USB STICK']);
});
