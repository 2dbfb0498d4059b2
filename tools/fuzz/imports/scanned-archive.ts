/** An archive of scanned pages, as a site sends it: listed, unpacked file by file, and each file looked at. */
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import fc from 'fast-check';
import { made, type FuzzedReader } from '../import.ts';
import { openReader } from '../reader.ts';
import { jpeg, png } from '../samples.ts';

type Files = readonly (readonly [name: string, content: Uint8Array])[];

async function zipOf(files: Files, password?: string): Promise<Uint8Array> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [name, content] of files)
    await zip.add(name, new Uint8ArrayReader(content), password === undefined ? {} : { password });
  return zip.close();
}

const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.constantFrom(
    '../out.jpg',
    '/etc/passwd',
    'C:\\a.jpg',
    'a/b/c.tif',
    '__MACOSX/._a',
    'Лист 1.jpg',
    'CON.jpg',
  ),
);
const files = fc.uniqueArray(fc.tuple(name, fc.uint8Array({ maxLength: 200 })), {
  maxLength: 8,
  selector: ([one]) => one,
});

export const scannedArchive: FuzzedReader = {
  name: 'scanned-archive',
  stage: null,
  open: async () => ({
    samples: [
      await zipOf([
        ['0001/001.jpg', jpeg],
        ['0001/002.png', png],
      ]),
      await zipOf([['001.jpg', jpeg]], 'secret'),
    ],
    made: made(files, (some) => zipOf(some)),
    ...openReader('archive'),
  }),
};
