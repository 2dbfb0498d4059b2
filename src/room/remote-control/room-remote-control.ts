/** The remote control of this room: who is at work, and whose answers are safe. */
import { refuse, type Result } from '../../base/result.ts';
import { mayObey } from '../../exam/remote-control/may-obey.ts';
import type { RemoteAction } from '../../exam/remote-control/order.ts';
import { isConfirmed, isUsed } from '../initialise/confirmed.ts';
import type { Room } from '../room.ts';
import { RemoteOrders } from './remote-orders.ts';
import { SeatOrders } from './seat-orders.ts';

const lookEveryMs = 1_000;

/** Sittings of people who have signed in and are not finished. */
const working = ['signed-in', 'in-exam'];

export function atWork({ state, chosen }: Pick<Room, 'state' | 'chosen'>, seatId: string): boolean {
  const session = state.packageSession(chosen() ?? '');
  return (session?.candidates ?? []).some(({ id }) => {
    const sitting = state.sitting(id);
    return sitting.seat === seatId && working.includes(sitting.status);
  });
}

/** Formal sessions that were used and of which the centre has not confirmed everything: their numbers. */
export function withoutReceipt({ state, node }: Pick<Room, 'state' | 'node'>): number[] {
  if (state.package?.project.mode === 'mock') return [];
  return (state.package?.sessions ?? [])
    .filter((session) => isUsed({ state }, session) && !isConfirmed({ node }, session))
    .map(({ number }) => number);
}

type Parts = Pick<Room, 'node' | 'state' | 'seats' | 'heard' | 'changed' | 'chosen'>;

function mayNow(room: Parts, seatId: string, action: RemoteAction, insisted: boolean): Result<void> {
  if (!room.seats.seat(seatId)?.approved) return refuse({ type: 'no-such-seat' });
  const missing = action === 'initialise' || action === 'uninstall' ? withoutReceipt(room) : [];
  if (missing.length > 0) return refuse({ type: 'receipt-missing', sessions: missing.join(', ') });
  return mayObey(action, {
    atWork: atWork(room, seatId),
    formal: room.state.package?.project.mode !== 'mock',
    pending: room.heard.get(seatId)?.report.pending ?? 0,
    insisted,
  });
}

export interface RemoteControl {
  readonly orders: SeatOrders;
  readonly remote: RemoteOrders;
}

export function roomRemoteControl(room: Parts): RemoteControl {
  const { node } = room;
  const orders = new SeatOrders(node.db);
  const remote = new RemoteOrders({
    orders,
    journal: node.journal,
    clock: node.clock,
    key: node.keys.signing,
    may: (seatId, action, insisted) => mayNow(room, seatId, action, insisted),
    onChange: () => room.changed.notify(),
  });
  return { orders, remote };
}

/** @returns what ends it. */
export function watchRemoteControl({ remoteControl, node }: Room): () => void {
  const timer = setInterval(() => {
    remoteControl.remote
      .look()
      .catch((error: unknown) => node.log.error({ err: error }, 'orders to seats not followed'));
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
