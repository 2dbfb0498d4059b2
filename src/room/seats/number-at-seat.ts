/** A seat's number, changed at the seat while the room shows the numbers: who walks through the room puts them right on the spot. */
import type { Hono } from 'hono';
import { ok, type Result } from '../../base/result.ts';
import { answer, childOf, parse, type ParentRole } from '../../courier/https/parent.ts';
import { mayNumberAtSeat, numberAtSeatSchema } from '../../exam/seat-plan/seat-number.ts';
import type { SeatOrder } from '../../exam/session/seat-order.ts';
import type { Room } from '../room.ts';
import { orderFor } from '../serve-seats/seat-order.ts';
import { numbersShown } from './shown-numbers.ts';

export function numberRoutes(room: Room, role: Pick<ParentRole, 'childWith'>): (app: Hono) => void {
  return (app) => {
    app.post('/seat/number', async (c) => {
      const child = childOf(c, role);
      if (!child.ok) return answer(c, child, 403);
      const asked = await parse(c, numberAtSeatSchema);
      return answer(c, asked.ok ? await numberAtSeat(room, child.value.id, asked.value.number) : asked);
    });
  };
}

/** @returns what then holds for this seat. */
async function numberAtSeat(room: Room, seatId: string, number: number): Promise<Result<SeatOrder>> {
  const seat = room.seats.seat(seatId);
  const allowed = mayNumberAtSeat({
    approved: seat?.approved ?? false,
    numbersShown: numbersShown(room.node),
    inUse: seatInUse(room, seatId),
  });
  if (!allowed.ok) return allowed;
  const changed = room.seats.edit(seatId, { number, note: seat?.note ?? '' });
  if (!changed.ok) return changed;
  if (seat?.number !== number) {
    await room.node.journal.append([
      {
        kind: 'seat-numbered',
        subject: `seat:${seatId}`,
        data: { number, before: seat?.number ?? null },
      },
    ]);
    room.changed.notify();
  }
  return ok(orderFor(room, seatId, room.heard.get(seatId)?.report.sittingId ?? null));
}

/** Somebody works at this seat: nothing about it may change under the candidate. */
export function seatInUse(room: Room, seatId: string): boolean {
  const session = room.state.packageSession(room.chosen() ?? '');
  return (session?.candidates ?? []).some(({ id }) => {
    const sitting = room.state.sitting(id);
    return sitting.seat === seatId && ['signed-in', 'in-exam'].includes(sitting.status);
  });
}
