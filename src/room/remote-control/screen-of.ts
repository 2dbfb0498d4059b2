import type { Room } from '../room.ts';
import type { ScreenState } from './contract.ts';

/** What a seat's screen shows, as far as the room has heard. */
export function screenOf({ heard }: Pick<Room, 'heard'>, seatId: string, online: boolean): ScreenState {
  const report = heard.get(seatId)?.report;
  if (!report || !online) return 'unknown';
  const { screenOpen, screenProgram } = report;
  if (screenProgram.state === 'failed') return 'failed';
  if (screenOpen) return screenProgram.state === 'closed' ? 'elsewhere' : 'shown';
  // The browser is there, the page is not: it is on its way.
  return screenProgram.state === 'closed' ? 'closed' : 'starting';
}
