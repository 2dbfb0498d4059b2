import { closeSync, openSync, readSync } from 'node:fs';

/** The first characters of a file, to tell what it is without reading all of it. */
export function startOf(path: string, length: number): string {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(length);
    return start.toString('latin1', 0, readSync(file, start, 0, length, 0));
  } finally {
    closeSync(file);
  }
}
