/** Files that candidates gave as answers, as the room sees them: which ones the answers name, and which of these have not come from the seat. */
import { filesIn } from '../../exam/answer/answer-files.ts';
import type { FileReference } from '../../exam/paper/response.ts';
import type { Room } from '../room.ts';

/** Of the answers in force, each file once. */
export function filesOf(room: Pick<Room, 'state'>, sittingId: string): FileReference[] {
  const files = new Map<string, FileReference>();
  for (const { responses } of room.state.answers(sittingId)?.byItem.values() ?? [])
    for (const { file } of filesIn(responses)) files.set(file.digest, file);
  return [...files.values()];
}

export function missingFiles(room: Pick<Room, 'state' | 'node'>, sittingId: string): FileReference[] {
  return filesOf(room, sittingId).filter(({ digest }) => !room.node.blobs.holds(digest));
}
