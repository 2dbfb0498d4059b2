/** Answers need room on the disk: how much, and whether it is there. The seal check and the settings ask for the same. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { RoomPackage } from '../../exam/package/room-package.ts';
import { freeBytes, leastFreeBytes } from '../../node/indicators.ts';

/** Bytes: what every room needs, or more where a loaded session's policy wants it. */
export function leastStorage(content: Pick<RoomPackage, 'sessions'> | null): number {
  const wanted = (content?.sessions ?? []).map((session) => session.policy.storageMinGB * 1024 ** 3);
  return Math.max(leastFreeBytes, ...wanted);
}

/** Refusals `storage-low` with the measured figure, `storage-not-there`. */
export async function checkStorage(
  path: string,
  least: number,
  measure: (path: string) => Promise<number> = freeBytes,
): Promise<Result<void>> {
  try {
    const free = await measure(path);
    return free < least ? refuse({ type: 'storage-low', path, free, least }) : ok();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return refuse({ type: 'storage-not-there', path, code });
  }
}
