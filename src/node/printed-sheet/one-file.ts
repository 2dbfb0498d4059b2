/** How much goes into one file: it is made in memory, while others are served. */
import { ok, refuse, type Result } from '../../base/result.ts';

export const mostInOneFile = 4_000;
export const mostPhotoBytes = 200 * 1024 * 1024;

/** Refusals `too-many-for-one-file`, `photos-too-large-for-one-file`. */
export function fitsOneFile(
  people: readonly { readonly photo: { readonly sha256: string; readonly size: number } | null }[],
): Result<void> {
  if (people.length > mostInOneFile)
    return refuse({ type: 'too-many-for-one-file', count: people.length, limit: mostInOneFile });
  const photos = new Map(people.flatMap(({ photo }) => (photo ? [[photo.sha256, photo.size] as const] : [])));
  const bytes = [...photos.values()].reduce((sum, size) => sum + size, 0);
  return bytes > mostPhotoBytes
    ? refuse({ type: 'photos-too-large-for-one-file', bytes, limit: mostPhotoBytes })
    : ok();
}
