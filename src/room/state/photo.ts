/** A candidate's photo, as it came with the exam. */
import { photoUrl } from '../../exam/roster/photos.ts';
import type { Room } from '../room.ts';

/** As a data URL; null: there is none. */
export async function photoOf(room: Room, sittingId: string): Promise<string | null> {
  const photo = room.state.placed(sittingId)?.candidate.photo;
  const content = photo ? await room.node.blobs.read(photo.sha256) : null;
  return photo && content ? photoUrl(photo.mediaType, content) : null;
}
