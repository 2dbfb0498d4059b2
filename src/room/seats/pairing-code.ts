/** The room's pairing code: a computer that knows it may ask to be a seat. Who has joined needs it no more. */
import * as z from 'zod';
import type { Node } from '../../node/node.ts';
import { newRegistrationCode } from '../../trust/pairing.ts';

const setting = 'pairing-code';

/** Made at the first start. */
export function pairingCodeOf({ settings }: Pick<Node, 'settings'>): string {
  return settings.read(setting, z.string()) ?? renewPairingCode({ settings });
}

/** From now on nobody joins with the one before. */
export function renewPairingCode({ settings }: Pick<Node, 'settings'>): string {
  const code = newRegistrationCode();
  settings.write(setting, code);
  return code;
}
