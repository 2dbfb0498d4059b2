import type { SeatRow } from '../seats/seat-register.ts';
import type { Room } from '../room.ts';

export function approvedSeats(room: Pick<Room, 'seats'>): SeatRow[] {
  return room.seats.all().filter((seat) => seat.approved);
}

/** Those for whom it has to be done again: they failed, were not reached, have no result yet, or were not asked for all that is required now. */
export function openSeats({ seats, environment }: Pick<Room, 'seats' | 'environment'>): string[] {
  return approvedSeats({ seats })
    .filter(
      ({ id }) =>
        ['failed', 'not-reached', 'unchecked'].includes(environment.stateOf(id)) ||
        environment.verdictsOf(id).some(({ reason }) => reason?.type === 'programs-not-looked-for'),
    )
    .map(({ id }) => id);
}
