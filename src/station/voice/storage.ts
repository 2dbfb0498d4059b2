import type { Migration } from '../../store/sqlite.ts';

/**
 * `voice_piece`: of takes that are recorded or were just ended. `voice_take`: takes as FLAC, whose content lies among the blobs.
 * `voice_package`: made for the centre, kept until later ones take their place.
 */
export const voiceMigrations: readonly Migration[] = [
  {
    id: 'station-voice-1',
    sql: `
      CREATE TABLE voice_piece (
        take TEXT NOT NULL, number INTEGER NOT NULL, start INTEGER NOT NULL, samples INTEGER NOT NULL, content BLOB NOT NULL,
        PRIMARY KEY (take, number)
      ) STRICT;
      CREATE TABLE voice_take (
        take TEXT PRIMARY KEY, digest TEXT NOT NULL, size INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE voice_package (
        id TEXT PRIMARY KEY, file TEXT NOT NULL, file_name TEXT NOT NULL
      ) STRICT;`,
  },
];
