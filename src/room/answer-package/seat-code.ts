/** The room's seat code: the invigilator types it at a seat whose answers leave as a file. Seats know only its salted hash. */
import { randomInt } from 'node:crypto';
import * as z from 'zod';
import type { SeatOrder } from '../../exam/session/seat-order.ts';
import type { Node } from '../../node/node.ts';
import { hashPassword } from '../../trust/password.ts';

const storedSchema = z.object({ code: z.string(), hash: z.string() });
const setting = 'seat-code';

/** Makes it at the first start; rooms that were set up before get theirs with the next one. */
export async function ensureSeatCode({ settings }: Pick<Node, 'settings'>): Promise<void> {
  if (settings.read(setting, storedSchema) !== null) return;
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  settings.write(setting, { code, hash: await hashPassword(code) });
}

export function seatCodeOf({ settings }: Pick<Node, 'settings'>): string {
  return settings.read(setting, storedSchema)?.code ?? '';
}

/** What an admitted seat needs so that it can hand its answers over without the room. */
export function packageOrder({
  settings,
  keys,
}: Pick<Node, 'settings' | 'keys'>): SeatOrder['answerPackage'] {
  const stored = settings.read(setting, storedSchema);
  return stored && { recipient: keys.sealing.recipient, seatCode: stored.hash };
}
