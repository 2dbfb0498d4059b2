/** The last order of every seat and what became of it: kept over a restart. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import {
  remoteActions,
  remoteAnswerSchema,
  type Reason,
  type RemoteAction,
} from '../../exam/remote-control/order.ts';
import type { Migration } from '../../store/sqlite.ts';

export const remoteControlMigration: Migration = {
  id: 'room-seat-order',
  sql: `
    CREATE TABLE seat_order (
      seat_id TEXT PRIMARY KEY REFERENCES seat (id) ON DELETE CASCADE, id TEXT NOT NULL, action TEXT NOT NULL, state TEXT NOT NULL, reason TEXT,
      at INTEGER NOT NULL, until INTEGER NOT NULL, signed TEXT NOT NULL
    ) STRICT;`,
};

/** `waiting` for the seat to take it; `not-reached`: it did not, or never said how it ended. */
export const orderStates = ['waiting', 'under-way', 'done', 'failed', 'not-reached'] as const;

const reasonSchema = remoteAnswerSchema.options[2].shape.reason;
const rowSchema = z.object({
  seat_id: z.string(),
  id: z.string(),
  action: z.enum(remoteActions),
  state: z.enum(orderStates),
  reason: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(reasonSchema)
    .nullable(),
  at: z.number(),
  until: z.number(),
  signed: z.string(),
});

export interface SeatOrderRow {
  readonly seatId: string;
  readonly id: string;
  readonly action: RemoteAction;
  readonly state: (typeof orderStates)[number];
  readonly reason: Reason | null;
  /** Room time of the order, and until when the seat may begin, or say how it ended. */
  readonly at: number;
  readonly until: number;
  /** As it goes to the seat; empty: it was refused here and goes nowhere. */
  readonly signed: string;
}

export class SeatOrders {
  readonly #db: DatabaseSync;
  readonly #bySeat = new Map<string, SeatOrderRow>();

  constructor(db: DatabaseSync) {
    this.#db = db;
    for (const stored of db.prepare('SELECT * FROM seat_order').all()) {
      const { seat_id: seatId, ...row } = rowSchema.parse(stored);
      this.#bySeat.set(seatId, { seatId, ...row });
    }
  }

  of(seatId: string): SeatOrderRow | null {
    return this.#bySeat.get(seatId) ?? null;
  }

  all(): SeatOrderRow[] {
    return [...this.#bySeat.values()];
  }

  keep(row: SeatOrderRow): void {
    const { seatId, id, action, state, reason, at, until, signed } = row;
    this.#db
      .prepare(
        'INSERT OR REPLACE INTO seat_order (seat_id, id, action, state, reason, at, until, signed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(seatId, id, action, state, reason && JSON.stringify(reason), at, until, signed);
    this.#bySeat.set(seatId, row);
  }

  /** The row goes with its seat. */
  forget(seatId: string): void {
    this.#bySeat.delete(seatId);
  }
}
