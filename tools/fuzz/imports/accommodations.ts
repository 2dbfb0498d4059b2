/** PNP files: what a candidate needs, as XML. */
import { utf8 } from '../../../src/base/bytes.ts';
import { made, type FuzzedReader } from '../import.ts';
import { changedMarkup, markupChanges } from '../packed.ts';
import { openReader } from '../reader.ts';
import { pnp } from '../samples.ts';

export const accommodations: FuzzedReader = {
  name: 'accommodations',
  stage: null,
  open: async () => ({
    samples: [utf8(pnp)],
    made: made(markupChanges, (changes) => utf8(changes.reduce(changedMarkup, pnp))),
    ...openReader('pnp'),
  }),
};
