/** The last result of every seat's environment check: kept over a restart. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { measuredSchema, type Measured } from '../../exam/environment/measured.ts';
import type { Migration } from '../../store/sqlite.ts';

export const environmentMigration: Migration = {
  id: 'room-environment',
  sql: `
    CREATE TABLE environment_result (
      seat_id TEXT PRIMARY KEY REFERENCES seat (id) ON DELETE CASCADE, run TEXT NOT NULL, at INTEGER NOT NULL, reached INTEGER NOT NULL, measured TEXT NOT NULL
    ) STRICT;`,
};

export interface EnvironmentResult {
  readonly run: string;
  readonly at: number;
  /** The seat measured everything that needs no person. */
  readonly reached: boolean;
  readonly measured: Measured;
}

const jsonSchema = z.string().transform((text): unknown => JSON.parse(text));

export class EnvironmentResults {
  readonly #db: DatabaseSync;
  readonly #bySeat = new Map<string, EnvironmentResult>();

  constructor(db: DatabaseSync) {
    this.#db = db;
    for (const row of db.prepare('SELECT seat_id, run, at, reached, measured FROM environment_result').all())
      this.#bySeat.set(String(row['seat_id']), {
        run: String(row['run']),
        at: Number(row['at']),
        reached: row['reached'] === 1,
        measured: jsonSchema.pipe(measuredSchema).parse(row['measured']),
      });
  }

  of(seatId: string): EnvironmentResult | null {
    return this.#bySeat.get(seatId) ?? null;
  }

  keep(seatId: string, result: EnvironmentResult): void {
    this.#db
      .prepare(
        `INSERT INTO environment_result (seat_id, run, at, reached, measured) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (seat_id) DO UPDATE SET run = excluded.run, at = excluded.at, reached = excluded.reached, measured = excluded.measured`,
      )
      .run(seatId, result.run, result.at, result.reached ? 1 : 0, JSON.stringify(result.measured));
    this.#bySeat.set(seatId, result);
  }

  /** The row goes with its seat. */
  forget(seatId: string): void {
    this.#bySeat.delete(seatId);
  }
}
