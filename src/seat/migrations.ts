/** What a seat keeps in its database beside what every node keeps. */
import type { Migration } from '../store/sqlite.ts';
import { answerFileMigrations } from './agent/answer-files.ts';
import { recordingMigrations } from './recording/recordings.ts';

export const seatMigrations: readonly Migration[] = [...answerFileMigrations, ...recordingMigrations];
