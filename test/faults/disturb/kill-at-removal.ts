/**
 * Loaded before a role (`--import`): kills the process with SIGKILL just before it does what the file `FAULT_STEP_FILE` names: the beginning of a statement
 * in its database, or the name of a folder that it removes. A test arms it when it wants; nothing of the program knows of it.
 */
import { existsSync, readFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const file = process.env['FAULT_STEP_FILE'] ?? '';

function reach(step: (armed: string) => boolean): void {
  if (existsSync(file) && step(readFileSync(file, 'utf8'))) process.kill(process.pid, 'SIGKILL');
}

const exec = DatabaseSync.prototype.exec;
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
  reach((armed) => sql.startsWith(armed));
  exec.call(this, sql);
};

const { rm } = promises;
promises.rm = (path, options) => {
  reach((armed) => basename(String(path)) === armed);
  return rm(path, options);
};
syncBuiltinESMExports();
