/**
 * Loaded before a centre (`--import`): kills it with SIGKILL at the first statement that begins with what the file `FAULT_STATEMENT_FILE`
 * holds, before it runs; with a number in its second line, after that many have run. The file is read each time, so that a test arms it when it wants; nothing of the program knows of it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const file = process.env['FAULT_STATEMENT_FILE'] ?? '';
const { prototype } = DatabaseSync;
const original = prototype.prepare;
let ran = 0;

Object.defineProperty(prototype, 'prepare', {
  configurable: true,
  writable: true,
  value(this: DatabaseSync, ...given: Parameters<typeof original>) {
    if (existsSync(file)) {
      const [statement = '', before = '0'] = readFileSync(file, 'utf8').split('\n');
      if (given[0].startsWith(statement) && ran++ >= Number(before)) process.kill(process.pid, 'SIGKILL');
    }
    return original.apply(this, given);
  },
});
