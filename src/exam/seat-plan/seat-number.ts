/** The number of a place, and whether it may be changed at the place itself (修改机位号). */
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';

export const seatNumberSchema = z.number().int().min(1).max(9999);

/** What a seat asks of its room. */
export const numberAtSeatSchema = z.object({ number: seatNumberSchema });

/** A person at the seat changes its number: only while the room shows the numbers, and while nobody is at work there. */
export function mayNumberAtSeat(room: {
  readonly approved: boolean;
  readonly numbersShown: boolean;
  /** Somebody has signed in at the seat and has not finished. */
  readonly inUse: boolean;
}): Result<void> {
  if (!room.approved) return refuse({ type: 'seat-not-approved' });
  if (!room.numbersShown) return refuse({ type: 'numbers-not-shown' });
  return room.inUse ? refuse({ type: 'seat-in-use' }) : ok();
}
