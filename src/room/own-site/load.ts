/** Loading through the room's own site: what people at a site and in its room do one after the other, in one press. */
import { asResult } from '../../base/refused.ts';
import { refuse, type Result } from '../../base/result.ts';
import { loadOnline } from '../load-exam/load-exam.ts';
import { registerAtSite } from '../register/register.ts';
import { roomCodeOf, type Room } from '../room.ts';
import type { SiteOperations } from './own-site.ts';

/** @param load takes the publication into the site: from the centre, or from a file. Interrupted anywhere, it is simply done again. */
export async function loadThrough(
  room: Room,
  site: SiteOperations,
  load: () => Promise<unknown>,
  by: string,
): Promise<Result<void>> {
  const loaded = await asResult(load);
  if (!loaded.ok) return loaded;
  if (room.membership() === null) {
    const registered = await register(room, site, by);
    if (!registered.ok) return registered;
  }
  return loadOnline(room, by);
}

async function register(room: Room, site: SiteOperations, by: string): Promise<Result<void>> {
  const roomCode = roomCodeOf(room);
  const codeOf = async (): Promise<string | null> =>
    (await site.room.list()).find((one) => one.roomCode === roomCode)?.registrationCode ?? null;
  let code = await codeOf();
  if (code === null) {
    // The site admitted the room, and the room was killed before it had that on its disk.
    await site.room.withdraw({ roomCode });
    code = await codeOf();
  }
  return code === null ? refuse({ type: 'no-such-room', room: roomCode }) : registerAtSite(room, code, by);
}
