/**
 * Orders to seats' computers (远程控制): given to all or to some, each signed for its seat. A seat hears its order with everything else that
 * holds for it, and says what became of it; one that does not take it within a minute was not reached, and does not carry it out later.
 */
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import {
  reasonOf,
  remoteOrderType,
  remoteOrderValidMs,
  type RemoteAction,
  type RemoteAnswer,
  type RemoteOrder,
} from '../../exam/remote-control/order.ts';
import type { Journal } from '../../journal/journal.ts';
import { signJws } from '../../trust/jws.ts';
import type { SigningKey } from '../../trust/signing-key.ts';
import type { SeatOrders, SeatOrderRow } from './seat-orders.ts';

/** A computer that was restarted is back by then, ms. */
const underWayLimitMs = 10 * 60_000;

export interface RemoteOrdersOptions {
  readonly orders: SeatOrders;
  readonly journal: Pick<Journal, 'append'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly key: SigningKey;
  /** May it be done with this seat now? */
  readonly may: (seatId: string, action: RemoteAction, insisted: boolean) => Result<void>;
  readonly onChange: () => void;
}

export interface GivenOrder {
  readonly action: RemoteAction;
  readonly seatIds: readonly string[];
  /** Why it is done although somebody is at work; empty: it is not. */
  readonly reason: string;
  readonly by: string;
}

export class RemoteOrders {
  readonly #options: RemoteOrdersOptions;

  constructor(options: RemoteOrdersOptions) {
    this.#options = options;
  }

  /** Each seat gets its outcome, also when it is refused at once; one that still carries out an order is passed over. */
  async give({ action, seatIds: wanted, reason, by }: GivenOrder): Promise<Result<void>> {
    const { orders, journal, clock, key, may, onChange } = this.#options;
    if (wanted.length === 0) return refuse({ type: 'no-seats-chosen' });
    // What a seat is doing it finishes first.
    const seatIds = wanted.filter((id) => orders.of(id)?.state !== 'under-way');
    if (seatIds.length === 0) return refuse({ type: 'seat-order-under-way' });
    const [id, at] = [newId(), clock.now()];
    const until = at + remoteOrderValidMs;
    const insisted = reason !== '';
    // First the journal: what a computer does has its cause there.
    await journal.append([
      {
        kind: 'remote-order-given',
        subject: 'room',
        data: { order: id, action, seats: seatIds.length, reason, by },
      },
    ]);
    const refused: SeatOrderRow[] = [];
    for (const seatId of seatIds) {
      const allowed = may(seatId, action, insisted);
      const order: RemoteOrder = { v: 1, id, seat: seatId, action, insisted, at, until };
      const row: SeatOrderRow = {
        seatId,
        id,
        action,
        state: allowed.ok ? 'waiting' : 'failed',
        reason: allowed.ok ? null : reasonOf(allowed.refusal),
        at,
        until,
        signed: allowed.ok ? signJws(remoteOrderType, order, key) : '',
      };
      orders.keep(row);
      if (!allowed.ok) refused.push(row);
    }
    onChange();
    await this.#enter(refused);
    return ok();
  }

  /** What the seat hears; null: nothing. */
  orderFor(seatId: string): string | null {
    const row = this.#options.orders.of(seatId);
    return row && row.signed !== '' && (row.state === 'waiting' || row.state === 'under-way')
      ? row.signed
      : null;
  }

  /** What a seat says of its order. It may come late: a computer that was restarted takes its time. */
  async take(seatId: string, answer: RemoteAnswer): Promise<Result<void>> {
    const { orders, clock, onChange } = this.#options;
    const row = orders.of(seatId);
    if (!row || row.id !== answer.id || row.signed === '') return refuse({ type: 'no-such-order' });
    // Said again because the answer was lost on its way.
    if (row.state === 'done' || row.state === 'failed') return ok();
    const now: SeatOrderRow =
      answer.state === 'begun'
        ? { ...row, state: 'under-way', until: clock.now() + underWayLimitMs }
        : { ...row, state: answer.state, reason: answer.state === 'failed' ? answer.reason : null };
    orders.keep(now);
    onChange();
    if (answer.state !== 'begun') await this.#enter([now]);
    return ok();
  }

  /** Looks for seats that have not answered; called again and again while time passes. */
  async look(): Promise<void> {
    const { orders, clock, onChange } = this.#options;
    const silent = orders
      .all()
      .filter(({ state, until }) => (state === 'waiting' || state === 'under-way') && until < clock.now())
      .map((row): SeatOrderRow => ({
        ...row,
        state: 'not-reached',
        reason: { type: row.state === 'waiting' ? 'seat-did-not-take-it' : 'seat-did-not-come-back' },
      }));
    if (silent.length === 0) return;
    for (const row of silent) orders.keep(row);
    onChange();
    await this.#enter(silent);
  }

  async #enter(rows: readonly SeatOrderRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#options.journal.append(
      rows.map(({ seatId, id, action, state, reason }) => ({
        kind: 'remote-order-ended',
        subject: `seat:${seatId}`,
        data: { order: id, action, state, reason: reason?.type ?? null },
      })),
    );
  }
}
