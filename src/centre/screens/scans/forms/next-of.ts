/** What comes next for an event. */
import type { EventView } from '../../../events/contract.ts';

export type Next = 'register' | 'growing' | 'stopped' | 'print' | 'scan' | 'complete';

export function nextOf({ growth, kits, sites, sides, came }: EventView): Next {
  if (growth) return growth.running ? 'growing' : 'stopped';
  if (kits === 0 && sites === 0) return 'register';
  if (came === 0) return 'print';
  return came < sides ? 'scan' : 'complete';
}
