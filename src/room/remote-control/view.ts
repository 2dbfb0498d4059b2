/** What the console shows of the seats' screens and of the orders to their computers. */
import { seatViews } from '../board/board.ts';
import type { Room } from '../room.ts';
import type { RemoteRow, RemoteView } from './contract.ts';
import { atWork, withoutReceipt } from './room-remote-control.ts';

export function remoteView(room: Room): RemoteView {
  const { orders } = room.remoteControl;
  const seats = seatViews(room).filter(({ state }) => state === 'approved');
  const rows = seats.map((seat): RemoteRow => {
    const report = room.heard.get(seat.seatId)?.report;
    const order = orders.of(seat.seatId);
    return {
      seatId: seat.seatId,
      number: seat.number,
      computer: seat.computer,
      address: seat.address,
      screen: seat.screen,
      screenProblem: report?.screenProgram.problem ?? null,
      atWork: atWork(room, seat.seatId),
      pending: report?.pending ?? 0,
      order: order && {
        id: order.id,
        action: order.action,
        state: order.state,
        reason: order.reason,
        at: order.at,
      },
    };
  });
  const missing = withoutReceipt(room);
  return {
    rows,
    notShown: rows.filter(({ screen }) => screen !== 'shown' && screen !== 'elsewhere').length,
    newest: newestOf(rows),
    initialise: missing.length === 0 ? null : { type: 'receipt-missing', sessions: missing.join(', ') },
  };
}

function newestOf(rows: readonly RemoteRow[]): RemoteView['newest'] {
  const [first, ...others] = rows.flatMap(({ order }) => order ?? []).toSorted((a, b) => b.at - a.at);
  if (!first) return null;
  const same = [first, ...others.filter(({ id }) => id === first.id)];
  const count = (...states: (typeof first.state)[]): number =>
    same.filter(({ state }) => states.includes(state)).length;
  return {
    action: first.action,
    at: first.at,
    seats: same.length,
    ended: same.length - count('waiting', 'under-way'),
    failed: count('failed', 'not-reached'),
  };
}
