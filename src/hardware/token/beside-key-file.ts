/** What a key file carries: a file of its own beside it, on the same stick. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { equalBytes } from '../../base/bytes.ts';
import type { Drives } from '../removable-drive/port.ts';

const most = 1024 * 1024;

export function besideKeyFile(path: string): string {
  return `${path}.calibration`;
}

/** None: nothing lies there, or the stick is gone. */
export async function carriedBeside(drives: Pick<Drives, 'read'>, path: string): Promise<Uint8Array[]> {
  const content = await readAll(drives, besideKeyFile(path));
  return content === null ? [] : [content];
}

/**
 * Takes the place of what lay there when it is whole, on the stick and read back; cut off anywhere, the former stays.
 *
 * @returns refusals `lock-drive-full`, `lock-not-writable`, `lock-not-readable`
 */
export async function carryBeside(
  drives: Pick<Drives, 'create' | 'read' | 'rename'>,
  path: string,
  content: Uint8Array,
): Promise<Result<void>> {
  const to = besideKeyFile(path);
  const part = `${to}.part`;
  try {
    const file = await drives.create(part);
    try {
      await file.write(content);
      await file.sync();
    } finally {
      await file.close();
    }
    const written = await readAll(drives, part);
    if (written === null || !equalBytes(written, content)) return refuse({ type: 'lock-not-readable', path });
    await drives.rename(part, to);
    return ok();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code === 'ENOSPC'
      ? refuse({ type: 'lock-drive-full', path })
      : refuse({ type: 'lock-not-writable', path, code });
  }
}

async function readAll(drives: Pick<Drives, 'read'>, path: string): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of drives.read(path)) {
      size += piece.length;
      if (size > most) return null;
      pieces.push(piece);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return null;
  }
  return new Uint8Array(Buffer.concat(pieces));
}
