/** Commits in a thread of its own, so that a slow disk blocks neither heartbeats nor screens. */
import type { KeyObject } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { diskRefusal } from '../store/disk-refusal.ts';
import { signingKeyFrom } from '../trust/signing-key.ts';
import { signHead } from './head.ts';
import { Ledger, type Outcome, type Request } from './ledger.ts';
import { SqliteEntryStore } from './sqlite-entry-store.ts';

export type ToWorker = { readonly requests: readonly Request[] } | 'close';
export type FromWorker =
  | { readonly outcomes: Outcome[]; readonly epoch: string; readonly signedHead: string | null }
  | { readonly failed: 'disk-full' | 'io'; readonly message: string };
export interface CommitWorkerData {
  readonly file: string;
  readonly origin: string;
  readonly epoch: string;
  readonly privateKey: KeyObject;
}

const { file, origin, epoch, privateKey } = workerData as CommitWorkerData;
const opened = SqliteEntryStore.open(file);
if (!opened.ok) throw new Error(`journal cannot be opened: ${opened.refusal.type}`);
const { store, db } = opened.value;
const signer = signingKeyFrom(privateKey);
let signedHead: string | null = null;
const ledger = new Ledger(store, {
  origin,
  epoch,
  sign: (head) => (signedHead = signHead(head, signer)),
});

parentPort?.on('message', (message: ToWorker) => {
  if (message === 'close') {
    db.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(commit(message.requests));
});

function commit(requests: readonly Request[]): FromWorker {
  signedHead = null;
  try {
    const outcomes = ledger.commit(requests);
    return { outcomes, epoch: ledger.epoch, signedHead };
  } catch (error) {
    const { message } = error as Error;
    return { failed: diskRefusal(error)?.type === 'disk-full' ? 'disk-full' : 'io', message };
  }
}
