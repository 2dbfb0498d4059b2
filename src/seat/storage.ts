/** What a seat keeps in its database besides accounts and settings. */
import type { Migration } from '../store/sqlite.ts';
import { answerFileMigrations } from './agent/answer-files.ts';
import { practicalMigrations } from './practical/kept-versions.ts';
import { recordingMigrations } from './recording/recordings.ts';

export const seatMigrations: readonly Migration[] = [
  ...answerFileMigrations,
  ...practicalMigrations,
  ...recordingMigrations,
];
