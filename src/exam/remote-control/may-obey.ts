import { ok, refuse, type Result } from '../../base/result.ts';
import type { RemoteAction } from './order.ts';

export interface SeatNow {
  /** Somebody has signed in here and is not finished. */
  readonly atWork: boolean;
  /** A formal exam; a mock one else. */
  readonly formal: boolean;
  /** Changes that the seat has kept and the room has not. */
  readonly pending: number;
  /** The reason was written down. */
  readonly insisted: boolean;
}

/**
 * May this be done with a seat's computer now? The room asks before it orders, the seat before it obeys: the seat knows best what it holds.
 * No reason, however good, takes answers away that are kept nowhere else.
 */
export function mayObey(action: RemoteAction, { atWork, formal, pending, insisted }: SeatNow): Result<void> {
  switch (action) {
    case 'open-screen':
      return ok();
    case 'close-screen':
      return atWork && !insisted ? refuse({ type: 'seat-at-work' }) : ok();
    case 'restart':
    case 'shut-down':
      if (formal && pending > 0) return refuse({ type: 'answers-only-at-seat', count: pending });
      return atWork && !insisted ? refuse({ type: 'seat-at-work' }) : ok();
    case 'initialise':
    case 'uninstall':
      if (pending > 0) return refuse({ type: 'answers-only-at-seat', count: pending });
      return atWork ? refuse({ type: 'seat-at-work-now' }) : ok();
  }
}
