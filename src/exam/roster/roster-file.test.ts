import { expect, test } from 'vitest';
import { BlobWriter, TextReader, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import { expectOk } from '../../base/result.ts';
import { photoLimit, readPhotos } from './photos.ts';
import { readRosterFile } from './roster-file.ts';

const table = 'session,site code,room code,admission number,name\n1,S1,R1,1001,Anna\n1,S1,R1,1002,王小明\n';
const jpeg = (size: number): Uint8Array => {
  const bytes = new Uint8Array(size).fill(7);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return bytes;
};

async function zip(files: Readonly<Record<string, string | Uint8Array>>): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
  for (const [name, content] of Object.entries(files))
    await writer.add(
      name,
      typeof content === 'string' ? new TextReader(content) : new Uint8ArrayReader(content),
    );
  return new Uint8Array(await (await writer.close()).arrayBuffer());
}

test('a table by itself, and a table with photos in whatever folders', async () => {
  const alone = expectOk(await readRosterFile(new TextEncoder().encode(table)));
  expect(alone.beside.size).toBe(0);
  const both = expectOk(
    await readRosterFile(await zip({ 'roster.csv': table, 'photos/R1/1001.JPG': jpeg(50) })),
  );
  expect(both.rows).toEqual(alone.rows);
  const { photos, errors } = readPhotos(both.beside, new Set(['1001', '1002']));
  expect(errors).toEqual([]);
  expect([...photos]).toMatchObject([['1001', { mediaType: 'image/jpeg' }]]);
});

test('every photo that cannot be somebody’s is named with the reason', () => {
  const { photos, errors } = readPhotos(
    new Map([
      ['1001.jpg', jpeg(50)],
      ['again/1001.png', jpeg(60)],
      ['1002.jpg', jpeg(photoLimit + 1)],
      ['9999.jpg', jpeg(50)],
      ['readme.md', new TextEncoder().encode('hello')],
      ['1003.svg', new TextEncoder().encode('<svg onload="alert(1)"/>')],
    ]),
    new Set(['1001', '1002', '1003']),
  );
  expect([...photos.keys()]).toEqual(['1001']);
  expect(errors.map(({ value, reason }) => `${value} ${reason.type}`)).toEqual([
    'again/1001.png photo-twice',
    '1002.jpg photo-too-large',
    '9999.jpg photo-of-nobody',
    'readme.md photo-not-a-picture',
    '1003.svg photo-not-a-picture',
  ]);
});

test('a ZIP needs exactly one table', async () => {
  for (const files of [{ '1001.jpg': jpeg(9) }, { 'a.csv': table, 'b.csv': table }])
    expect(await readRosterFile(await zip(files))).toMatchObject({
      refusal: { type: 'roster-zip-needs-one-table' },
    });
});
