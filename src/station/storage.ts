/** The station's own tables in `node.db`. Forward only. */
import type { Migration } from '../store/sqlite.ts';

export const stationMigrations: readonly Migration[] = [];
