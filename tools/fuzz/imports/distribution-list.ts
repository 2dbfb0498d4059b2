/** The list of what the centre gives out, as somebody hands it over by hand. */
import fc from 'fast-check';
import { utf8 } from '../../../src/base/bytes.ts';
import { listName } from '../../../src/exam/distribution/listed.ts';
import { made, said, type FuzzedImport } from '../import.ts';
import { nastyTexts } from '../mutations.ts';

const value = fc.oneof(
  fc.constantFrom<unknown>(null, -1, 1e300, '', [], {}, '../x.zip', 'CON.zip', 'a/b.zip', ...nastyTexts),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.jsonValue({ maxDepth: 3 }),
);
const right = {
  name: 'invigil-site-0.1.0-linux-x64.tar.gz',
  kind: 'program',
  role: 'site',
  system: 'linux-x64',
  language: null,
  version: '0.1.0',
  size: 3,
  sha256: 'a'.repeat(64),
  commit: null,
  altered: false,
};
const file = fc
  .record({ field: fc.constantFrom(...Object.keys(right)), value, times: fc.constantFrom(0, 1, 1, 1) })
  .map((change) => (change.times === 0 ? right : { ...right, [change.field]: change.value }));
const list = fc.record({
  v: fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, value),
  files: fc.oneof({ weight: 6, arbitrary: fc.array(file, { maxLength: 4 }) }, value),
  without: fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, value),
});

export const distributionList: FuzzedImport = {
  name: 'distribution-list',
  stage: 'loaded',
  at: ['centre'],
  open: ({ exam: { centre } }) =>
    Promise.resolve({
      samples: [utf8(JSON.stringify({ v: 1, files: [right], without: [] }))],
      made: made(list, (one) => utf8(JSON.stringify(one))),
      take: async (bytes) =>
        said(centre.call.distribution.take({ uploadId: await centre.upload(listName, bytes) })),
    }),
};
