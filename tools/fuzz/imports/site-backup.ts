/** A site's backup, looked at and restored on a computer on which nothing is set up. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockPin } from '../../exam-day/exam-day.ts';
import { parcelTarget, type FuzzedImport } from '../import.ts';
import { openReader } from '../reader.ts';

export const siteBackup: FuzzedImport = {
  name: 'site-backup',
  stage: 'loaded',
  at: [],
  async open(world) {
    const { site, folder } = world.exam;
    const stick = join(folder, 'stick');
    await site.call.backup.make({ directory: stick, note: 'for the drawer' });
    const [name = ''] = readdirSync(stick);
    const parcel = new Uint8Array(readFileSync(join(stick, name)));
    const reader = openReader('backup', { lockPath: join(folder, 'lock.key'), pin: lockPin });
    return { ...(await parcelTarget(world, parcel, reader.take)), close: reader.close };
  },
};
