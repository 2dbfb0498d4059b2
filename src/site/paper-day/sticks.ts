/** What lies here goes to a stick, or to a folder from which somebody sends it. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Drives } from '../../hardware/removable-drive/port.ts';
import type { Backups } from '../../node/backup/backup.ts';
import { stickFolder } from '../../node/stick/stick.ts';
import type { Site } from '../site.ts';

export interface Sticks {
  readonly drives: Drives;
  readonly sticks: Backups;
}

export interface KeptFile {
  /** In `blobs/`. */
  readonly digest: string;
  readonly fileName: string;
}

/** @param folder below `INVIGIL`. Refusals: `no-such-drive`, those of `Backups.write`. */
export async function putKeptOnStick(
  site: Site,
  { drives, sticks }: Sticks,
  drive: string,
  folder: string,
  files: readonly KeptFile[],
): Promise<Result<{ path: string }>> {
  if (!(await drives.list()).some(({ path }) => path === drive)) return refuse({ type: 'no-such-drive' });
  return putKeptInFolder(site, sticks, join(drive, stickFolder, folder), files);
}

/** Refusals: those of `Backups.write`. */
export async function putKeptInFolder(
  site: Site,
  sticks: Backups,
  folder: string,
  files: readonly KeptFile[],
): Promise<Result<{ path: string }>> {
  const copies = [];
  for (const { digest, fileName } of files) {
    const stored = site.node.blobs.path(digest);
    copies.push({
      name: fileName,
      size: (await stat(stored)).size,
      digest,
      content: () => createReadStream(stored, { highWaterMark: 1 << 20 }),
    });
  }
  const written = await sticks.write(folder, copies);
  return written.ok ? ok({ path: folder }) : written;
}
