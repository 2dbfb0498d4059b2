/** What every role starts with: its data folder, keys, journal, settings, accounts. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Clock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../base/result.ts';
import { JournalFailure, openJournal, type Journal } from '../journal/journal.ts';
import { openBlobs, type FileBlobs } from '../store/blobs.ts';
import { diskRefusal } from '../store/disk-refusal.ts';
import { openDatabase, type Migration } from '../store/sqlite.ts';
import { DamagedKeyFile, formerSigningKeys, loadOrCreateNodeKeys, type NodeKeys } from '../trust/keys.ts';
import { accountMigrations, Accounts } from './accounts.ts';
import { openDataFolder, removeAbandoned, type DataFolder } from './data-folder.ts';
import { FileExchange } from './files.ts';
import { openLogger, type Logger } from './logger.ts';
import { beginAfterRestore, putInPlace } from './restored-data.ts';
import { guessingEntry } from './sign-ins/held-off.ts';
import { settingMigrations, Settings } from './settings.ts';

export type NodeRole = 'centre' | 'site' | 'room' | 'seat' | 'station';

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
  role: z.enum(['centre', 'site', 'room', 'seat', 'station']),
  id: z.string(),
});

export interface NodeStart {
  readonly role: NodeRole;
  readonly data: string;
  readonly logLevel: string;
  readonly clock: Clock;
  /** The role's own tables in `node.db`. */
  readonly migrations?: readonly Migration[];
}

/** Opens the data folder with everything in it, or says in one refusal what a person has to put right first. */
export async function openNode(options: NodeStart): Promise<Result<Node>> {
  const folder = openDataFolder(options.data);
  if (!folder.ok) return folder;
  try {
    const opened = await openParts(options, folder.value);
    if (!opened.ok) folder.value.release();
    return opened;
  } catch (error) {
    folder.value.release();
    const refusal = startRefusal(error, options.data);
    if (!refusal) throw error;
    return refuse(refusal);
  }
}

/** What keeps a node from starting and is for a person to put right; null: nothing of that kind. */
export function startRefusal(error: unknown, data: string): Refusal | null {
  if (error instanceof DamagedKeyFile) return { type: 'damaged-file', path: error.path };
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') return { type: 'no-permission', path: data };
  const disk =
    error instanceof JournalFailure
      ? { type: error.reason === 'disk-full' ? 'disk-full' : 'disk-failed', problem: error.message }
      : diskRefusal(error);
  return disk && { ...disk, path: data };
}

async function openParts(options: NodeStart, folder: DataFolder): Promise<Result<Node>> {
  const { role, clock } = options;
  const log = openLogger(role, options.logLevel);
  putInPlace(options.data);
  const id = identity(options.data, role);
  if (!id.ok) return id;
  const keys = await loadOrCreateNodeKeys(join(options.data, 'keys'), { name: `${role}-${id.value}` });
  const database = openDatabase(join(options.data, 'node.db'), {
    migrations: [...accountMigrations, ...settingMigrations, ...(options.migrations ?? [])],
  });
  if (!database.ok) return database;
  const journal = await openJournal({
    dir: options.data,
    origin: id.value,
    signer: keys.signing,
    formerKeys: formerSigningKeys(join(options.data, 'keys')),
    clock,
  });
  if (!journal.ok) {
    database.value.close();
    return journal;
  }
  await beginAfterRestore(options.data, journal.value);
  const accounts = new Accounts(database.value, clock);
  accounts.brake.onHeldOff((burst) => {
    journal.value
      .append([guessingEntry(accounts, burst)])
      .catch((error: unknown) => log.error({ err: error }, 'held-off tries are not in the journal'));
  });
  const files = new FileExchange(folder.staging, clock);
  await files.clear();
  await removeAbandoned(folder.uploads, clock);
  return ok({
    role,
    id: id.value,
    data: options.data,
    staging: folder.staging,
    uploads: folder.uploads,
    keys,
    journal: journal.value,
    db: database.value,
    settings: new Settings(database.value),
    accounts,
    files,
    blobs: openBlobs(join(options.data, 'blobs')),
    clock,
    log,
    close: async () => {
      accounts.sessions.keep();
      await journal.value.close();
      database.value.close();
      folder.release();
    },
  });
}

function identity(data: string, role: NodeRole): Result<string> {
  const path = join(data, 'node.json');
  if (!existsSync(path)) {
    const id = newId();
    // Whole or not at all: a power cut here must not leave half an identity.
    writeFileSync(`${path}.part`, `${JSON.stringify({ format: 1, role, id }, null, 2)}\n`, { flush: true });
    renameSync(`${path}.part`, path);
    return ok(id);
  }
  const parsed = readIdentity(readFileSync(path, 'utf8'));
  if (!parsed?.success) return refuse({ type: 'damaged-file', path });
  if (parsed.data.role !== role)
    return refuse({ type: 'data-of-another-role', path: data, role: parsed.data.role });
  return ok(parsed.data.id);
}

function readIdentity(text: string): ReturnType<typeof identitySchema.safeParse> | null {
  try {
    return identitySchema.safeParse(JSON.parse(text));
  } catch {
    return null;
  }
}
