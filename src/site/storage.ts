/** The site's tables. What can be told from the journal is not kept here twice. */
import type { Migration } from '../store/sqlite.ts';

export const siteMigrations: readonly Migration[] = [
  {
    id: 'site-1',
    sql: `
      CREATE TABLE room (
        code TEXT PRIMARY KEY, name TEXT NOT NULL, package TEXT NOT NULL, registration_code TEXT, node_id TEXT, tls_fingerprint TEXT UNIQUE,
        signing_key TEXT, sealing_key TEXT, registered_at INTEGER, address TEXT, last_contact INTEGER, loaded_at INTEGER, status TEXT, seal_check TEXT, note TEXT NOT NULL DEFAULT ''
      ) STRICT;
      CREATE TABLE authorisation (
        session_id TEXT PRIMARY KEY, locked TEXT NOT NULL, received_at INTEGER NOT NULL,
        session_keys TEXT, calibrated_at INTEGER, verified_at INTEGER
      ) STRICT;
      CREATE TABLE result (
        digest TEXT PRIMARY KEY, room_code TEXT NOT NULL, session_id TEXT NOT NULL, record TEXT NOT NULL, bytes INTEGER NOT NULL,
        collected_at INTEGER NOT NULL, backed_up_at INTEGER, reported_at INTEGER, receipt TEXT, receipt_at INTEGER
      ) STRICT;
      CREATE INDEX result_of_room ON result (session_id, room_code, collected_at);`,
  },
  {
    // With it a room and this site find each other again when one of them lost its computer; used up by that.
    id: 'site-2-return-codes',
    sql: 'ALTER TABLE room ADD COLUMN return_code TEXT;',
  },
  {
    // A room stays registered while no exam is loaded: between the mock exam and the formal one.
    id: 'site-3-rooms-without-exam',
    sql: `
      CREATE TABLE room_anew (
        code TEXT PRIMARY KEY, name TEXT NOT NULL, package TEXT, registration_code TEXT, node_id TEXT, tls_fingerprint TEXT UNIQUE,
        signing_key TEXT, sealing_key TEXT, registered_at INTEGER, address TEXT, last_contact INTEGER, loaded_at INTEGER, status TEXT, seal_check TEXT, note TEXT NOT NULL DEFAULT '',
        return_code TEXT
      ) STRICT;
      INSERT INTO room_anew SELECT * FROM room;
      DROP TABLE room;
      ALTER TABLE room_anew RENAME TO room;`,
  },
  {
    // `seq` is the centre's number of it; NULL: it waits for the link. `entered` 1: the journal has it, too.
    id: 'site-support',
    sql: `
      CREATE TABLE support_posting (
        number INTEGER PRIMARY KEY AUTOINCREMENT, project TEXT NOT NULL, id TEXT NOT NULL UNIQUE, seq INTEGER,
        entered INTEGER NOT NULL DEFAULT 0, posting TEXT NOT NULL
      ) STRICT;
      CREATE INDEX support_posting_waiting ON support_posting (project, seq);
      CREATE TABLE support_seen (project TEXT NOT NULL, thread TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (project, thread)) STRICT;
      CREATE TABLE support_cursor (project TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;`,
  },
  {
    // What a room says every three seconds is written without its package, which is long. A package that changes gets another number.
    id: 'site-room-packages',
    sql: `
      CREATE TABLE room_package (
        number INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL UNIQUE REFERENCES room (code) ON DELETE CASCADE, package TEXT NOT NULL
      ) STRICT;
      INSERT INTO room_package (code, package) SELECT code, package FROM room WHERE package IS NOT NULL;
      ALTER TABLE room DROP COLUMN package;
      CREATE INDEX room_of_node ON room (node_id);`,
  },
  {
    // What the lock has brought from the centre, and when that said so; `prepared_at`: an older file takes no newer one's place.
    id: 'site-locks',
    sql: `
      ALTER TABLE authorisation ADD COLUMN release_secret TEXT;
      ALTER TABLE authorisation ADD COLUMN carried_at INTEGER;
      ALTER TABLE authorisation ADD COLUMN prepared_at INTEGER;`,
  },
];
