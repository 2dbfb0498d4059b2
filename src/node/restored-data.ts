/**
 * What a restore left ready in the data folder takes the place of what was there: at a start, before anything is opened. Every step is one
 * renaming, so whoever is cut off anywhere goes on with the next start. What was there is kept beside it, never deleted.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Journal } from '../journal/journal.ts';

/** Is being written; a start clears it away. */
export const unfinishedFolder = 'restored.part';
const readyFolder = 'restored';
const noteFile = 'restored.json';

export const restoredFrom = z.object({
  /** Wall clock of the backup, ms. */
  madeAt: z.number().int(),
  by: z.string(),
  note: z.string(),
});
export type RestoredFrom = z.infer<typeof restoredFrom>;

/** In the order in which they move. Keys are in no backup: new ones are made, beside the public ones that were in use before. */
const parts = ['journal.db', 'node.db', 'blobs', 'keys', 'node.json', noteFile];
/** Of the databases that were there: they belong to no other. */
const beside = ['journal.db-wal', 'journal.db-shm', 'node.db-wal', 'node.db-shm'];

/** Everything is in the folder `unfinishedFolder` and on the disk: the next start takes it. */
export function declareReady(data: string): void {
  renameSync(join(data, unfinishedFolder), join(data, readyFolder));
}

/** To be called with the data folder locked, and nothing of it open. */
export function putInPlace(data: string): void {
  rmSync(join(data, unfinishedFolder), { recursive: true, force: true });
  const ready = join(data, readyFolder);
  if (!existsSync(ready)) return;
  const before = join(data, unusedName(data));
  const setAside = (name: string): void => {
    if (!existsSync(join(data, name))) return;
    mkdirSync(before, { recursive: true });
    renameSync(join(data, name), join(before, name));
  };
  for (const name of beside) setAside(name);
  for (const name of parts) {
    // Not there: it has moved already.
    if (!existsSync(join(ready, name))) continue;
    setAside(name);
    renameSync(join(ready, name), join(data, name));
  }
  rmdirSync(ready);
}

function unusedName(data: string): string {
  const taken = new Set(readdirSync(data));
  for (let n = 1; ; n++) if (!taken.has(`before-restore-${n}`)) return `before-restore-${n}`;
}

/** The first start with restored data: the journal goes on in a new epoch, and says from when it is. Neighbours then give back what they know beyond. */
export async function beginAfterRestore(data: string, journal: Journal): Promise<void> {
  const file = join(data, noteFile);
  if (!existsSync(file)) return;
  const from = restoredFrom.parse(JSON.parse(readFileSync(file, 'utf8')));
  await journal.openEpoch('restored', () => ({ previous: journal.heads(), restored: [], carried: [] }));
  await journal.append([{ kind: 'data-restored', subject: 'journal', data: from }]);
  // Cut off before this, it says so twice, which is true.
  rmSync(file);
}
