/** The candidates' photos that came with a room's package, at the site and in the room. */
import { readFile } from 'node:fs/promises';
import { photoDigests, photoPart, unpackPhotos } from '../exam/package/photo-bundle.ts';
import type { RoomPackage } from '../exam/package/room-package.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import type { Opened } from '../parcel/parcel.ts';
import type { BlobStore } from '../store/blobs.ts';

/**
 * Keeps every photo that the package names; refusal `altered` when one is missing or another.
 * @param leftOut photos that are here already, and not in the parcel.
 */
export async function keepPhotos(
  blobs: BlobStore,
  content: RoomPackage,
  opened: Pick<Opened, 'parts'>,
  leftOut: ReadonlySet<string> = new Set(),
): Promise<Result<void>> {
  if (photoDigests(content).every((digest) => leftOut.has(digest))) return ok();
  const name = photoPart(content.room.code);
  const part = opened.parts.get(name);
  if (!part || part.sealed) return refuse({ type: 'altered', part: name });
  const photos = unpackPhotos(content, await readFile(part.file), leftOut);
  if (!photos.ok) return photos;
  for (const photo of photos.value.values()) await blobs.put(photo);
  return ok();
}
