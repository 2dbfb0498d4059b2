import type { Migration } from '../store/sqlite.ts';
import { environmentMigration } from './environment/results.ts';
import { remoteControlMigration } from './remote-control/seat-orders.ts';

export const roomMigrations: readonly Migration[] = [
  {
    id: 'room-1',
    sql: `
      CREATE TABLE seat (
        id TEXT PRIMARY KEY, number INTEGER, address TEXT NOT NULL, computer TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', approved INTEGER NOT NULL DEFAULT 0,
        tls_fingerprint TEXT NOT NULL UNIQUE, signing_key TEXT NOT NULL, sealing_key TEXT NOT NULL, announced_at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE opened_paper (session_id TEXT PRIMARY KEY, digest TEXT NOT NULL, words TEXT NOT NULL) STRICT;
      CREATE TABLE result (
        session_id TEXT NOT NULL, digest TEXT NOT NULL, made_at INTEGER NOT NULL, backed_up_at INTEGER, reported_at INTEGER, receipt TEXT, receipt_at INTEGER,
        PRIMARY KEY (session_id, digest)
      ) STRICT;`,
  },
  { id: 'room-start-key', sql: 'ALTER TABLE opened_paper ADD COLUMN start_key TEXT;' },
  // The last entry of a seat's other copy of a chain that the journal has taken in as evidence.
  { id: 'room-kept-fork', sql: 'CREATE TABLE kept_fork (hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;' },
  {
    id: 'room-seat-plan',
    sql: 'CREATE TABLE seat_plan (number INTEGER PRIMARY KEY, address TEXT NOT NULL, computer TEXT NOT NULL, note TEXT NOT NULL) STRICT;',
  },
  environmentMigration,
  remoteControlMigration,
  // How far each journal went that the result holds: what came after it has no receipt.
  { id: 'room-result-heads', sql: 'ALTER TABLE result ADD COLUMN heads TEXT;' },
];
