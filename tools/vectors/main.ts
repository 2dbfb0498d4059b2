/**
 * `node tools/vectors/main.ts`: writes the golden vectors of `formats/` for a new version of a format. Vectors that are there are never written
 * again: what was golden once is what every later version must still read.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeCodeVectors } from './code.ts';
import { writeJournalVectors } from './journal.ts';
import { writeParcelVectors } from './parcel.ts';
import { testKeys } from './test-keys.ts';

const formats = join(import.meta.dirname, '../../formats');
const keys = await testKeys();

async function once(format: string, write: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = join(formats, format, 'vectors');
  if (existsSync(join(folder, 'vectors.json'))) {
    console.log(`${format}: there already`);
    return;
  }
  mkdirSync(folder, { recursive: true });
  await write(folder);
  console.log(`${format}: written`);
}

await once('code', writeCodeVectors);
await once('journal', (folder) => writeJournalVectors(folder, keys));
await once('parcel', (folder) => writeParcelVectors(folder, keys));
