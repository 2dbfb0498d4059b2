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
  {
    // Exams on paper. What is large lies in `blobs/`, by its digest; what a station or the centre has signed is kept as it came.
    id: 'site-paper-day',
    sql: `
      CREATE TABLE paper_event (
        id TEXT PRIMARY KEY, event TEXT NOT NULL, known_at INTEGER NOT NULL, start_at INTEGER, release_at INTEGER, held TEXT,
        -- What the centre has for this site, as it said last.
        offered_revision INTEGER, offered_keys TEXT NOT NULL DEFAULT '[]', problem TEXT,
        -- Once it is disclosed it opens every key of this site that was made under it.
        release_secret TEXT
      ) STRICT;
      CREATE TABLE paper_materials (
        event_id TEXT PRIMARY KEY REFERENCES paper_event (id), revision INTEGER NOT NULL, parcel_id TEXT NOT NULL, digest TEXT NOT NULL,
        bytes INTEGER NOT NULL, file_name TEXT NOT NULL, about TEXT NOT NULL, received_at INTEGER NOT NULL
      ) STRICT;
      -- inner: what the release lay around, still sealed; NULL: not released yet.
      CREATE TABLE paper_key (
        event_id TEXT NOT NULL REFERENCES paper_event (id), number INTEGER NOT NULL, grant_json TEXT NOT NULL, locked TEXT NOT NULL,
        received_at INTEGER NOT NULL, inner TEXT, opened_at INTEGER, PRIMARY KEY (event_id, number)
      ) STRICT;
      -- number: as it stands on the station. admitted_at NULL: its readiness lies here and nobody has admitted it. room_now: of a reserve that took a room.
      CREATE TABLE paper_station (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, number TEXT NOT NULL, room TEXT, room_now TEXT, readiness TEXT NOT NULL, taken_at INTEGER NOT NULL,
        admitted_at INTEGER, region TEXT, replaced_by TEXT REFERENCES paper_station (id), replaced_at INTEGER
      ) STRICT;
      CREATE INDEX paper_station_number ON paper_station (kind, number);
      -- The row is there before the stick gets the key; written_at NULL: nobody knows whether it has it.
      CREATE TABLE paper_key_copy (
        id TEXT PRIMARY KEY, event_id TEXT NOT NULL, number INTEGER NOT NULL, stick TEXT NOT NULL, stations TEXT NOT NULL,
        begun_at INTEGER NOT NULL, written_at INTEGER, by TEXT NOT NULL
      ) STRICT;
      CREATE INDEX paper_key_copy_of_key ON paper_key_copy (event_id, number);
      -- entered 1: the journal has it, too.
      CREATE TABLE paper_status (
        event_id TEXT NOT NULL REFERENCES paper_event (id), status TEXT NOT NULL, reason TEXT NOT NULL, gaps TEXT NOT NULL, told_at INTEGER NOT NULL,
        by TEXT NOT NULL, entered INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (event_id, status)
      ) STRICT;
      CREATE TABLE paper_stage (
        event_id TEXT NOT NULL REFERENCES paper_event (id), stage TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, PRIMARY KEY (event_id, stage)
      ) STRICT;
      CREATE TABLE paper_journal (
        digest TEXT PRIMARY KEY, parcel_id TEXT NOT NULL, event_id TEXT NOT NULL REFERENCES paper_event (id), station_id TEXT NOT NULL REFERENCES paper_station (id),
        kind TEXT NOT NULL, closing INTEGER NOT NULL, finished_at INTEGER NOT NULL, file_name TEXT NOT NULL, bytes INTEGER NOT NULL, about TEXT NOT NULL,
        fates TEXT NOT NULL, counts TEXT NOT NULL, head TEXT NOT NULL, taken_at INTEGER NOT NULL, handed_up_at INTEGER, written_at INTEGER
      ) STRICT;
      CREATE INDEX paper_journal_of_station ON paper_journal (event_id, station_id, closing);
      CREATE TABLE paper_key_use (
        event_id TEXT NOT NULL, number INTEGER NOT NULL, station TEXT NOT NULL, token TEXT, at INTEGER NOT NULL, handed_up_at INTEGER,
        PRIMARY KEY (event_id, number, station)
      ) STRICT;
      -- wanted_at: somebody wants it sent. state, quality, rescan, reason, said_at: the centre's newest word.
      CREATE TABLE paper_package (
        id TEXT PRIMARY KEY, digest TEXT NOT NULL, event_id TEXT NOT NULL REFERENCES paper_event (id), kind TEXT NOT NULL, station_id TEXT NOT NULL,
        station TEXT NOT NULL, room TEXT NOT NULL, part INTEGER NOT NULL, parts INTEGER NOT NULL, pages INTEGER, replaces TEXT, file_name TEXT NOT NULL,
        bytes INTEGER NOT NULL, made_at INTEGER NOT NULL, taken_at INTEGER NOT NULL, wanted_at INTEGER, sent_at INTEGER, sent_way TEXT,
        state TEXT, quality TEXT, rescan TEXT NOT NULL DEFAULT '[]', reason TEXT NOT NULL DEFAULT '', said_at INTEGER
      ) STRICT;
      CREATE INDEX paper_package_of_event ON paper_package (event_id, room, part);
      CREATE INDEX paper_package_replaces ON paper_package (replaces);`,
  },
  {
    // elsewhere: what the site's other consoles have told the centre. admitted_by: the console whose certificate a station carries; NULL: this one's.
    id: 'site-consoles',
    sql: `
      ALTER TABLE paper_event ADD COLUMN elsewhere TEXT;
      ALTER TABLE paper_station ADD COLUMN admitted_by TEXT;`,
  },
];
