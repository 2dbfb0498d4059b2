/** The seats of the room: which machines asked to join, which were approved, their numbers. Read at every heartbeat of every seat, so it is kept in memory. */
import type { DatabaseSync } from 'node:sqlite';
import { ok, refuse, type Result } from '../../base/result.ts';
import { plannedFor, type PlannedSeat } from '../../exam/seat-plan/seat-plan.ts';
import { transaction } from '../../store/sqlite.ts';
import type { NewChild } from '../../courier/https/parent.ts';

export interface SeatRow {
  readonly id: string;
  /** Unique; null: not given yet. */
  readonly number: number | null;
  readonly address: string;
  readonly computer: string;
  readonly note: string;
  readonly approved: boolean;
  /** Of its TLS certificate, hexadecimal SHA-256. */
  readonly fingerprint: string;
  /** Raw Ed25519 public key, base64url. */
  readonly signingKey: string;
  readonly announcedAt: number;
}

export class SeatRegister {
  readonly #db: DatabaseSync;
  #rows: readonly SeatRow[] = [];
  #byId: ReadonlyMap<string, SeatRow> = new Map();
  #byFingerprint: ReadonlyMap<string, SeatRow> = new Map();
  #stale = true;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Approved ones first, then by number, then in the order in which they asked. */
  all(): readonly SeatRow[] {
    this.#refresh();
    return this.#rows;
  }

  seat(id: string): SeatRow | null {
    this.#refresh();
    return this.#byId.get(id) ?? null;
  }

  withFingerprint(fingerprint: string): SeatRow | null {
    this.#refresh();
    return this.#byFingerprint.get(fingerprint) ?? null;
  }

  /** A machine proved that it knows the pairing code. It waits for approval, also when it had been approved with another certificate. */
  announce(child: NewChild, computer: string, at: number): void {
    this.#write(
      `INSERT INTO seat (id, address, computer, tls_fingerprint, signing_key, sealing_key, announced_at) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET address = excluded.address, computer = excluded.computer, tls_fingerprint = excluded.tls_fingerprint,
         signing_key = excluded.signing_key, sealing_key = excluded.sealing_key, approved = 0`,
      child.id,
      child.address,
      computer,
      child.tlsFingerprint,
      child.keys.signingKey,
      child.keys.sealingKey,
      at,
    );
  }

  /**
   * Gives each the number that is planned for it, else the next free one, unless it has one.
   * @returns those that were not approved before.
   */
  approve(ids: readonly string[]): SeatRow[] {
    const plan = this.plan();
    const taken = new Set(this.all().map((seat) => seat.number));
    let highest = Math.max(
      0,
      ...taken.values().map((number) => number ?? 0),
      ...plan.map(({ number }) => number),
    );
    const numberFor = (seat: SeatRow): number => {
      const planned = plannedFor(plan, seat)?.number;
      if (planned === undefined || taken.has(planned)) return ++highest;
      taken.add(planned);
      return planned;
    };
    const fresh = ids.flatMap((id) => {
      const seat = this.#byId.get(id);
      return seat && !seat.approved
        ? [{ ...seat, approved: true, number: seat.number ?? numberFor(seat) }]
        : [];
    });
    for (const { id, number, note } of fresh) {
      const planned = plan.find((one) => one.number === number);
      this.#write(
        'UPDATE seat SET approved = 1, number = ?, note = ? WHERE id = ?',
        number,
        note === '' ? (planned?.note ?? '') : note,
        id,
      );
    }
    return fresh;
  }

  edit(id: string, change: { readonly number: number; readonly note: string }): Result<void> {
    const other = this.all().find((seat) => seat.number === change.number && seat.id !== id);
    if (other) return refuse({ type: 'seat-number-taken', number: change.number, computer: other.computer });
    this.#write('UPDATE seat SET number = ?, note = ? WHERE id = ?', change.number, change.note, id);
    return ok();
  }

  /** Numbers the seats 1, 2, 3 … in the given order. */
  order(ids: readonly string[]): void {
    ids.forEach((id, i) => this.#write('UPDATE seat SET number = ? WHERE id = ?', i + 1, id));
  }

  /** By number. */
  plan(): PlannedSeat[] {
    return this.#db
      .prepare('SELECT number, address, computer, note FROM seat_plan ORDER BY number')
      .all()
      .map((row) => ({
        number: Number(row['number']),
        address: String(row['address']),
        computer: String(row['computer']),
        note: String(row['note']),
      }));
  }

  /** Seats of the plan whose machine is not here yet. */
  awaited(): PlannedSeat[] {
    const plan = this.plan();
    const here = new Set(this.all().map((seat) => seat.number ?? plannedFor(plan, seat)?.number));
    return plan.filter(({ number }) => !here.has(number));
  }

  /** Instead of the plan before. */
  usePlan(plan: readonly PlannedSeat[]): void {
    transaction(this.#db, () => {
      this.#db.exec('DELETE FROM seat_plan');
      for (const seat of plan) this.addPlanned(seat);
    });
  }

  addPlanned({ number, address, computer, note }: PlannedSeat): void {
    this.#write(
      'INSERT OR REPLACE INTO seat_plan (number, address, computer, note) VALUES (?, ?, ?, ?)',
      number,
      address,
      computer,
      note,
    );
  }

  removePlanned(number: number): void {
    this.#write('DELETE FROM seat_plan WHERE number = ?', number);
  }

  moved(id: string, address: string): void {
    const seat = this.seat(id);
    if (seat && seat.address !== address)
      this.#write('UPDATE seat SET address = ? WHERE id = ?', address, id);
  }

  remove(id: string): void {
    this.#write('DELETE FROM seat WHERE id = ?', id);
  }

  #write(sql: string, ...values: (string | number)[]): void {
    this.#db.prepare(sql).run(...values);
    this.#stale = true;
  }

  #refresh(): void {
    if (!this.#stale) return;
    this.#stale = false;
    this.#rows = this.#db
      .prepare(
        'SELECT id, number, address, computer, note, approved, tls_fingerprint, signing_key, announced_at FROM seat ORDER BY approved DESC, number, announced_at',
      )
      .all()
      .map((row) => ({
        id: String(row['id']),
        number: row['number'] === null ? null : Number(row['number']),
        address: String(row['address']),
        computer: String(row['computer']),
        note: String(row['note']),
        approved: row['approved'] === 1,
        fingerprint: String(row['tls_fingerprint']),
        signingKey: String(row['signing_key']),
        announcedAt: Number(row['announced_at']),
      }));
    this.#byId = new Map(this.#rows.map((seat) => [seat.id, seat]));
    this.#byFingerprint = new Map(this.#rows.map((seat) => [seat.fingerprint, seat]));
  }
}
