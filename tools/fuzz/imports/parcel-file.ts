/** `invigil parcel inspect` and `verify`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FuzzedReader } from '../import.ts';
import { openReader } from '../reader.ts';

const vectors = join(import.meta.dirname, '..', '..', '..', 'formats', 'parcel', 'vectors');

export const parcelFile: FuzzedReader = {
  name: 'parcel-file',
  stage: null,
  async open() {
    const samples = ['whole.parcel', 'from-the-centre.parcel'].map(
      (name) => new Uint8Array(readFileSync(join(vectors, name))),
    );
    return { samples, mayRefuse: true, said: 'command line', ...openReader('parcel') };
  },
};
