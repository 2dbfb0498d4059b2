/** Takes from this computer what candidates have left on it (考生端初始化). What was entered in the journal stays provable: its contents go, and an entry says so. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '../../base/result.ts';
import type { Place } from '../../journal/entry.ts';
import { readStored } from '../../journal/journal.ts';
import type { Node } from '../../node/node.ts';

/** As many as the journal erases at once. */
const atOnce = 200;
const pageSize = 1_000;

/** A part of the seat that keeps something of candidates itself, and takes it away itself. */
export interface Keeps {
  /** Refused when it has to be tried again; what is gone by then is gone. */
  forgetEverybody(): Promise<Result<void>> | Result<void>;
}

/** Only when the room has everything, and has its receipt: the room says so with its order. */
export async function forgetCandidates(node: Node, parts: readonly Keeps[]): Promise<Result<void>> {
  const { journal, db, blobs, data, id } = node;
  // First what another program may hold on to: an initialised seat has nothing left.
  for (const part of parts) {
    const forgotten = await part.forgetEverybody();
    if (!forgotten.ok) return forgotten;
  }
  const contents: Place[] = [];
  for (const { origin, epoch } of journal.heads())
    for (let after = 0; origin === id;) {
      const rows = journal.ofOrigin(origin, epoch, after, pageSize);
      for (const row of rows) {
        const { place, payload } = readStored(row);
        if (payload !== undefined) contents.push(place);
      }
      if (rows.length < pageSize) break;
      after += rows.length;
    }
  await journal.append([{ kind: 'seat-initialised', subject: 'seat', data: { erased: contents.length } }]);
  for (let i = 0; i < contents.length; i += atOnce)
    await journal.erase(contents.slice(i, i + atOnce), 'seat initialised');
  const files = db.prepare('SELECT digest FROM answer_file').all();
  for (const file of files) await blobs.remove(String(file['digest']));
  db.exec('DELETE FROM answer_file');
  for (const name of ['papers', 'answer-packages']) {
    await rm(join(data, name), { recursive: true, force: true, maxRetries: 5 });
    await mkdir(join(data, name));
  }
  return ok();
}
