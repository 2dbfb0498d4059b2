/**
 * Loaded before a role (`--import`): kills the process with SIGKILL around one entry of its own journal. The file `FAULT_ENTRY_FILE` says which:
 * `before KIND`, when it was decided and nothing of it is on the disk; `after KIND`, when it is on the disk and nobody has acted on it; `at STATEMENT`, before
 * a statement of the database that begins so. It is read each time, so that a test arms it when it wants; nothing of the program knows of it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isMainThread, Worker } from 'node:worker_threads';

const file = process.env['FAULT_ENTRY_FILE'] ?? '';

function reach(when: 'before' | 'after' | 'at', holds: (what: string) => boolean): void {
  if (!existsSync(file)) return;
  const [armed, what = ''] = readFileSync(file, 'utf8').split(/ (.*)/s);
  if (armed === when && holds(what)) process.kill(process.pid, 'SIGKILL');
}

if (isMainThread) {
  const { postMessage, emit } = Worker.prototype;
  Worker.prototype.postMessage = function (this: Worker, ...given: Parameters<typeof postMessage>): void {
    reach('before', (kind) => JSON.stringify(given[0]).includes(kind));
    postMessage.apply(this, given);
  };
  Worker.prototype.emit = function (this: Worker, ...given: Parameters<typeof emit>): boolean {
    if (given[0] === 'message') reach('after', (kind) => JSON.stringify(given[1]).includes(kind));
    return emit.apply(this, given);
  };
  const { prepare } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...given: Parameters<typeof prepare>) {
    reach('at', (statement) => given[0].startsWith(statement));
    return prepare.apply(this, given);
  };
}
