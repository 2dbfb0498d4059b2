/** Entries in SQLite: insert-only, one transaction (with fsync) per commit. Payloads stand apart so that they can be erased. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Result } from '../base/result.ts';
import { openDatabase, transaction, type Migration } from '../store/sqlite.ts';
import type { Head, StoredEntry } from './entry.ts';
import type { Batch, EntryStore, SignedHead } from './ledger.ts';

export const journalMigrations: readonly Migration[] = [
  {
    id: 'journal-1',
    sql: `
      CREATE TABLE entry (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        origin TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL,
        header TEXT NOT NULL, hash TEXT NOT NULL,
        UNIQUE (origin, epoch, seq)
      ) STRICT;
      CREATE TABLE payload (
        position INTEGER PRIMARY KEY REFERENCES entry(position), salt TEXT NOT NULL, payload TEXT
      ) STRICT;
      CREATE TABLE erasure (position INTEGER PRIMARY KEY REFERENCES entry(position), erased_by TEXT NOT NULL) STRICT;
      CREATE TABLE head (
        origin TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, jws TEXT NOT NULL,
        PRIMARY KEY (origin, epoch, seq)
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'a journal forgets nothing'); END;
      CREATE TRIGGER entry_unchanged BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'a journal changes nothing'); END;
      CREATE TRIGGER payload_stays BEFORE DELETE ON payload
        WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.position = OLD.position)
        BEGIN SELECT RAISE(ABORT, 'a payload goes only by an erasure'); END;
      CREATE TRIGGER payload_unchanged BEFORE UPDATE ON payload BEGIN SELECT RAISE(ABORT, 'a journal changes nothing'); END;`,
  },
  {
    // Own epochs in the order in which this disk began them. Entries restored from a neighbour may be of older epochs and come later.
    id: 'journal-2',
    sql: `
      CREATE TABLE own_epoch (
        number INTEGER PRIMARY KEY AUTOINCREMENT, origin TEXT NOT NULL, epoch TEXT NOT NULL UNIQUE
      ) STRICT;
      CREATE TRIGGER own_epoch_stays BEFORE DELETE ON own_epoch BEGIN SELECT RAISE(ABORT, 'a journal forgets nothing'); END;`,
  },
];

export interface PositionedRow extends StoredEntry {
  readonly position: number;
  readonly hash: string;
}

const columns = 'entry.position AS position, header, hash, salt, payload';
const joined = `FROM entry LEFT JOIN payload ON payload.position = entry.position`;

export class SqliteEntryStore implements EntryStore {
  readonly #db: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #insertPayload: StatementSync;
  readonly #insertHead: StatementSync;
  readonly #insertEpoch: StatementSync;
  readonly #erase: StatementSync;
  readonly #forget: StatementSync;
  readonly #hashAt: StatementSync;
  readonly #after: StatementSync;
  readonly #ofOrigin: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    // Deleted pages are overwritten with zeros: an erased payload is gone from the file, too.
    db.exec('PRAGMA secure_delete = ON');
    this.#insert = db.prepare('INSERT INTO entry (origin, epoch, seq, header, hash) VALUES (?, ?, ?, ?, ?)');
    this.#insertPayload = db.prepare('INSERT INTO payload (position, salt, payload) VALUES (?, ?, ?)');
    this.#insertHead = db.prepare(
      'INSERT OR IGNORE INTO head (origin, epoch, seq, hash, jws) VALUES (?, ?, ?, ?, ?)',
    );
    this.#insertEpoch = db.prepare('INSERT INTO own_epoch (origin, epoch) VALUES (?, ?)');
    this.#erase = db.prepare(
      `INSERT OR IGNORE INTO erasure (position, erased_by)
       SELECT position, ? FROM entry WHERE origin = ? AND epoch = ? AND seq = ?`,
    );
    this.#forget = db.prepare(
      'DELETE FROM payload WHERE position = (SELECT position FROM entry WHERE origin = ? AND epoch = ? AND seq = ?)',
    );
    this.#hashAt = db.prepare('SELECT hash FROM entry WHERE origin = ? AND epoch = ? AND seq = ?');
    this.#after = db.prepare(
      `SELECT ${columns} ${joined} WHERE entry.position > ? ORDER BY entry.position LIMIT ?`,
    );
    this.#ofOrigin = db.prepare(
      `SELECT ${columns} ${joined} WHERE origin = ? AND epoch = ? AND seq > ? ORDER BY seq LIMIT ?`,
    );
  }

  static open(file: string): Result<{ store: SqliteEntryStore; db: DatabaseSync }> {
    const opened = openDatabase(file, { migrations: journalMigrations });
    return opened.ok
      ? { ok: true, value: { store: new SqliteEntryStore(opened.value), db: opened.value } }
      : opened;
  }

  commit(batch: Batch): number[] {
    const positions = transaction(this.#db, () => {
      const places = batch.rows.map(({ place, stored, hash }) => {
        const position = Number(
          this.#insert.run(place.origin, place.epoch, place.seq, stored.header, hash).lastInsertRowid,
        );
        if (stored.salt !== null) this.#insertPayload.run(position, stored.salt, stored.payload);
        return position;
      });
      for (const { place, by } of batch.erasures) {
        this.#erase.run(by, place.origin, place.epoch, place.seq);
        this.#forget.run(place.origin, place.epoch, place.seq);
      }
      if (batch.opens) this.#insertEpoch.run(batch.opens.origin, batch.opens.epoch);
      for (const { head, jws } of batch.heads)
        this.#insertHead.run(head.origin, head.epoch, head.seq, head.hash, jws);
      return places;
    });
    // What was erased must not survive in the write-ahead log.
    if (batch.erasures.length > 0) this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return positions;
  }

  /** The newest entry of every chain. */
  heads(): Head[] {
    return this.#db
      .prepare(
        `SELECT entry.origin AS origin, entry.epoch AS epoch, entry.seq AS seq, hash FROM entry
         JOIN (SELECT origin, epoch, max(seq) AS seq FROM entry GROUP BY origin, epoch) AS last
         ON last.origin = entry.origin AND last.epoch = entry.epoch AND last.seq = entry.seq`,
      )
      .all()
      .map((row) => ({
        origin: String(row['origin']),
        epoch: String(row['epoch']),
        seq: Number(row['seq']),
        hash: String(row['hash']),
      }));
  }

  newestSignedHead(origin: string, epoch: string): string | null {
    const row = this.#db
      .prepare('SELECT jws FROM head WHERE origin = ? AND epoch = ? ORDER BY seq DESC LIMIT 1')
      .get(origin, epoch);
    return row ? String(row['jws']) : null;
  }

  signedHeads(): SignedHead[] {
    return this.#db
      .prepare('SELECT origin, epoch, seq, hash, jws FROM head')
      .all()
      .map((row) => ({
        head: {
          origin: String(row['origin']),
          epoch: String(row['epoch']),
          seq: Number(row['seq']),
          hash: String(row['hash']),
        },
        jws: String(row['jws']),
      }));
  }

  /** The epoch that goes on; null: none was begun on this disk. */
  currentEpoch(origin: string): string | null {
    const row =
      this.#db
        .prepare('SELECT epoch FROM own_epoch WHERE origin = ? ORDER BY number DESC LIMIT 1')
        .get(origin) ??
      this.#db
        .prepare('SELECT epoch FROM entry WHERE origin = ? AND seq = 1 ORDER BY position DESC LIMIT 1')
        .get(origin);
    return row ? String(row['epoch']) : null;
  }

  hashAt(origin: string, epoch: string, seq: number): string | null {
    const row = this.#hashAt.get(origin, epoch, seq);
    return row ? String(row['hash']) : null;
  }

  after(position: number, limit: number): PositionedRow[] {
    return this.#after.all(position, limit) as unknown as PositionedRow[];
  }

  ofOrigin(origin: string, epoch: string, afterSeq: number, limit: number): PositionedRow[] {
    return this.#ofOrigin.all(origin, epoch, afterSeq, limit) as unknown as PositionedRow[];
  }
}
