/** A file that was made here goes to a stick: whole, read back and compared, under its name. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Drives } from '../../hardware/removable-drive/port.ts';
import type { Backups } from '../backup/backup.ts';
import { sizeOf, stickFolder } from './stick.ts';

export interface MadeFile {
  /** In staging; gone afterwards, whatever happens. */
  readonly file: string;
  readonly fileName: string;
}

/**
 * @param drive path of one of the drives that are plugged in
 * @param folder below `INVIGIL`; '' for itself
 * @returns where it lies. Refusals: `no-such-drive` and those of `Backups.write`; what lay there before is untouched then.
 */
export async function putOnStick(
  { drives, sticks }: { readonly drives: Pick<Drives, 'list'>; readonly sticks: Backups },
  drive: string,
  folder: string,
  made: MadeFile,
): Promise<Result<{ path: string }>> {
  try {
    if (!(await drives.list()).some(({ path }) => path === drive)) return refuse({ type: 'no-such-drive' });
    const target = join(drive, stickFolder, ...(folder === '' ? [] : [folder]));
    const digest = createHash('sha256');
    for await (const chunk of createReadStream(made.file)) digest.update(chunk as Uint8Array);
    const written = await sticks.write(target, [
      {
        name: made.fileName,
        size: await sizeOf(made.file),
        digest: digest.digest('hex'),
        content: () => createReadStream(made.file, { highWaterMark: 1 << 20 }),
      },
    ]);
    return written.ok ? ok({ path: join(target, made.fileName) }) : written;
  } finally {
    await rm(made.file, { force: true });
  }
}
