/**
 * Loaded before a role (`--import`): does something to a stick just before the role takes one step of writing to it. The file `FAULT_STICK_FILE` says
 * `STEP WHAT PLACE FILE` (`open`, `write`, `sync`, `read` or `rename`, and `take` when it reads what lies there; `pull` or `fill`; FILE: part of the name, or
 * nothing), once: it is removed with the deed. Nothing of the program knows of it.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

const armed = process.env['FAULT_STICK_FILE'] ?? '';

function reach(step: string, path: unknown): void {
  if (!fs.existsSync(armed)) return;
  const [at, what, place = '', file = ''] = fs.readFileSync(armed, 'utf8').split(' ');
  if (at !== step || !String(path).startsWith(place) || !String(path).includes(file)) return;
  fs.rmSync(armed);
  if (what === 'pull') {
    execFileSync('umount', ['-l', place]);
    // As a desktop does: where no stick is, there is no place for one.
    fs.rmdirSync(place);
  } else fill(join(place, 'filler'));
}

function fill(path: string): void {
  const file = fs.openSync(path, 'w');
  try {
    for (const size of [65_536, 1]) {
      const piece = Buffer.alloc(size);
      try {
        for (;;) fs.writeSync(file, piece);
      } catch {
        // No more of this size.
      }
    }
  } finally {
    fs.closeSync(file);
  }
}

const { open, rename } = promises;
promises.open = async (...given) => {
  const [path, flags] = given;
  reach(flags === 'w' ? 'open' : 'take', path);
  const handle = await open(...given);
  const [write, sync] = [handle.write.bind(handle), handle.sync.bind(handle)];
  handle.write = ((...what: Parameters<typeof write>) => {
    reach('write', path);
    return write(...what);
  }) as typeof handle.write;
  handle.sync = () => {
    reach('sync', path);
    return sync();
  };
  return handle;
};
promises.rename = (...given) => {
  reach('rename', given[1]);
  return rename(...given);
};
const { createReadStream } = fs;
fs.createReadStream = (...given) => {
  if (String(given[0]).endsWith('.incomplete')) reach('read', given[0]);
  return createReadStream(...given);
};
syncBuiltinESMExports();
