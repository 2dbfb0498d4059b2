/** Commits in a thread of its own, so that a slow disk blocks neither heartbeats nor screens. */
import { parentPort, workerData } from 'node:worker_threads';
import { Ledger, type Outcome, type Request } from './ledger.ts';
import { SqliteEntryStore } from './sqlite-entry-store.ts';

export type ToWorker = { readonly requests: readonly Request[]; readonly openEpoch?: string };
export type FromWorker =
  | { readonly outcomes: Outcome[] }
  | { readonly failed: 'disk-full' | 'io'; readonly message: string };

const { file, origin, epoch } = workerData as { file: string; origin: string; epoch: string };
const opened = SqliteEntryStore.open(file);
if (!opened.ok) throw new Error(`journal cannot be opened: ${opened.refusal.type}`);
const ledger = new Ledger(opened.value.store, { origin, epoch });

parentPort?.on('message', (message: ToWorker | 'close') => {
  if (message === 'close') {
    opened.value.db.close();
    parentPort?.close();
    return;
  }
  if (message.openEpoch !== undefined) ledger.openEpoch(message.openEpoch);
  parentPort?.postMessage(commit(message.requests));
});

function commit(requests: readonly Request[]): FromWorker {
  try {
    return { outcomes: ledger.commit(requests) };
  } catch (error) {
    const message = (error as Error).message;
    return { failed: /full/i.test(message) ? 'disk-full' : 'io', message };
  }
}
