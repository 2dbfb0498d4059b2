import { asResult } from '../../base/refused.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Room } from '../room.ts';

/** What the room has handed to its own site goes on to the centre. */
export async function passOn(room: Room, sessionId: string): Promise<Result<void>> {
  const site = room.ownSite?.operations();
  if (!site) return ok();
  const passed = await asResult(() => site.collection.report({ sessionId }));
  return passed.ok ? ok() : passed;
}
