/** The console's operations on the environment check. */
import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import { liveView, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { roomCodeOf, type Room } from '../room.ts';
import { environmentContract } from './contract.ts';
import { environmentReport } from './environment-report.ts';
import { environmentView, seatEnvironment } from './environment-view.ts';
import { environmentGates } from './room-environment.ts';
import { approvedSeats, openSeats } from './seats-to-check.ts';

/** A room full of seats reports many steps a second. */
const restMs = 750;

export function environmentOperations(room: Room) {
  const os = implement(environmentContract).$context<OperationContext>();
  return os.router({
    get: os.get.handler(() => environmentView(room)),
    live: os.live.handler(({ signal }) =>
      liveView(signal, room.changed.subscribe, () => environmentView(room), restMs),
    ),
    start: os.start.handler(async ({ input, context }) => {
      const gates = environmentGates(room);
      const gate = input.seats === 'all' ? gates.all : gates.again;
      if (!gate.allowed && gate.reason) unwrap(refuse(gate.reason));
      const seatIds = input.seats === 'all' ? approvedSeats(room).map(({ id }) => id) : openSeats(room);
      unwrap(await room.environment.start(seatIds, context.account));
      return environmentView(room);
    }),
    seat: os.seat.handler(({ input }) => {
      if (!room.seats.seat(input.seatId)?.approved) unwrap(refuse({ type: 'no-such-seat' }));
      return seatEnvironment(room, input.seatId);
    }),
    report: os.report.handler(({ input, context }) =>
      context.files.offer(
        `${roomCodeOf(room) || 'room'}_environment.html`,
        new TextEncoder().encode(environmentReport(room, input.language)),
        context.account,
      ),
    ),
  });
}
