/** The station's own tables in `node.db`. Forward only. */
import type { Migration } from '../store/sqlite.ts';
import { voiceMigrations } from './voice/storage.ts';

export const stationMigrations: readonly Migration[] = [
  ...voiceMigrations,
  {
    // `source`: the scanner's own id of a page, so that one it gives again is known. What people decide about pages is in the journal.
    id: 'station-scan',
    sql: `
      CREATE TABLE scanned_page (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, event_id TEXT NOT NULL, room TEXT NOT NULL, source TEXT NOT NULL,
        digest TEXT NOT NULL, bytes INTEGER NOT NULL, format TEXT NOT NULL, name TEXT NOT NULL, words TEXT NOT NULL, at INTEGER NOT NULL,
        reading TEXT, thumbnail BLOB, UNIQUE (event_id, room, source)
      ) STRICT;
      CREATE TABLE print_journal (
        event_id TEXT NOT NULL, station_id TEXT NOT NULL, number TEXT NOT NULL, room TEXT, closing INTEGER NOT NULL, file TEXT NOT NULL,
        sealed_here INTEGER NOT NULL, finished_at INTEGER NOT NULL, loaded_at INTEGER NOT NULL, PRIMARY KEY (event_id, station_id)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE room_closing (
        event_id TEXT NOT NULL, room TEXT NOT NULL, closing INTEGER NOT NULL, pages TEXT NOT NULL, PRIMARY KEY (event_id, room, closing)
      ) STRICT, WITHOUT ROWID;`,
  },
];
