/** The photos of a room's candidates as one run of bytes: one after the other, in the order in which the room's package first names them. */
import { concatBytes, type Bytes } from '../../base/bytes.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { sha256Hex } from '../../trust/digest.ts';
import type { RoomPackage } from './room-package.ts';

const none: ReadonlySet<string> = new Set();

/** @param leftOut photos that the receiver has. */
export function packPhotos(
  content: RoomPackage,
  photos: ReadonlyMap<string, Uint8Array>,
  leftOut: ReadonlySet<string> = none,
): Bytes {
  const wanted = [...sizes(content).keys()].filter((digest) => !leftOut.has(digest));
  return concatBytes(...wanted.map((digest) => photos.get(digest) ?? missing(digest)));
}

/** @returns photos by digest, without those that were left out; refusal `altered` when they are not those that the package names. */
export function unpackPhotos(
  content: RoomPackage,
  bundle: Uint8Array,
  leftOut: ReadonlySet<string> = none,
): Result<ReadonlyMap<string, Uint8Array>> {
  const photos = new Map<string, Uint8Array>();
  let at = 0;
  for (const [digest, size] of sizes(content)) {
    if (leftOut.has(digest)) continue;
    const photo = bundle.subarray(at, at + size);
    if (sha256Hex(photo) !== digest) return refuse({ type: 'altered', part: photoPart(content.room.code) });
    photos.set(digest, photo);
    at += size;
  }
  return ok(photos);
}

/** Digests of all photos that the package names. */
export function photoDigests(content: RoomPackage): string[] {
  return [...sizes(content).keys()];
}

/** The part of a parcel that holds a room's photos. */
export function photoPart(roomCode: string): string {
  return `photos-${roomCode.toLowerCase().replaceAll(/[^a-z0-9-]/g, '.')}`;
}

function sizes(content: RoomPackage): Map<string, number> {
  return new Map(
    content.sessions.flatMap((session) =>
      session.candidates.flatMap(({ photo }) => (photo ? [[photo.sha256, photo.size] as const] : [])),
    ),
  );
}

function missing(digest: string): never {
  throw new Error(`photo missing: ${digest}`);
}
