/** What every role starts with: its data folder, keys, journal, settings, accounts. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Clock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { openJournal, type Journal } from '../journal/journal.ts';
import { openBlobs, type FileBlobs } from '../store/blobs.ts';
import { openDatabase, type Migration } from '../store/sqlite.ts';
import { loadOrCreateNodeKeys, type NodeKeys } from '../trust/keys.ts';
import { accountMigrations, Accounts } from './accounts.ts';
import { openDataFolder, removeAbandoned } from './data-folder.ts';
import { FileExchange } from './files.ts';
import { openLogger, type Logger } from './logger.ts';
import { settingMigrations, Settings } from './settings.ts';

export type NodeRole = 'centre' | 'site' | 'room' | 'seat';

export interface Node {
  readonly role: NodeRole;
  readonly id: string;
  readonly data: string;
  readonly staging: string;
  /** What children are sending. */
  readonly uploads: string;
  readonly keys: NodeKeys;
  readonly journal: Journal;
  readonly db: DatabaseSync;
  readonly settings: Settings;
  readonly accounts: Accounts;
  readonly files: FileExchange;
  readonly blobs: FileBlobs;
  readonly clock: Clock;
  readonly log: Logger;
  close(): Promise<void>;
}

const identitySchema = z.object({
  format: z.literal(1),
  role: z.enum(['centre', 'site', 'room', 'seat']),
  id: z.string(),
});

export async function openNode(options: {
  role: NodeRole;
  data: string;
  logLevel: string;
  clock: Clock;
  /** The role's own tables in `node.db`. */
  migrations?: readonly Migration[];
}): Promise<Result<Node>> {
  const { role, clock } = options;
  const log = openLogger(role, options.logLevel);
  const folder = openDataFolder(options.data);
  if (!folder.ok) return folder;
  const failed = <T extends { ok: false }>(result: T): T => {
    folder.value.release();
    return result;
  };
  const id = identity(options.data, role);
  if (!id.ok) return failed(id);
  const keys = await loadOrCreateNodeKeys(join(options.data, 'keys'), { name: `${role}-${id.value}` });
  const database = openDatabase(join(options.data, 'node.db'), {
    migrations: [...accountMigrations, ...settingMigrations, ...(options.migrations ?? [])],
  });
  if (!database.ok) return failed(database);
  const journal = await openJournal({ dir: options.data, origin: id.value, signer: keys.signing, clock });
  if (!journal.ok) {
    database.value.close();
    return failed(journal);
  }
  const files = new FileExchange(folder.value.staging, clock);
  await files.clear();
  await removeAbandoned(folder.value.uploads, clock);
  return ok({
    role,
    id: id.value,
    data: options.data,
    staging: folder.value.staging,
    uploads: folder.value.uploads,
    keys,
    journal: journal.value,
    db: database.value,
    settings: new Settings(database.value),
    accounts: new Accounts(database.value, clock),
    files,
    blobs: openBlobs(join(options.data, 'blobs')),
    clock,
    log,
    close: async () => {
      await journal.value.close();
      database.value.close();
      folder.value.release();
    },
  });
}

function identity(data: string, role: NodeRole): Result<string> {
  const path = join(data, 'node.json');
  if (!existsSync(path)) {
    const id = newId();
    writeFileSync(path, `${JSON.stringify({ format: 1, role, id }, null, 2)}\n`, { flag: 'wx', flush: true });
    return ok(id);
  }
  const parsed = identitySchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) return refuse({ type: 'damaged-file', path });
  if (parsed.data.role !== role)
    return refuse({ type: 'data-of-another-role', path: data, role: parsed.data.role });
  return ok(parsed.data.id);
}
