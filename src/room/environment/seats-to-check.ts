import type { SeatRow } from '../seats/seat-register.ts';
import type { Room } from '../room.ts';

export function approvedSeats(room: Pick<Room, 'seats'>): SeatRow[] {
  return room.seats.all().filter((seat) => seat.approved);
}

/** Those for whom it has to be done again: they failed, were not reached, or have no result yet. */
export function openSeats(room: Pick<Room, 'seats' | 'environment'>): string[] {
  return approvedSeats(room)
    .filter(({ id }) => ['failed', 'not-reached', 'unchecked'].includes(room.environment.stateOf(id)))
    .map(({ id }) => id);
}
