import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, type ZipWriterAddDataOptions } from '@zip.js/zip.js';
import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asResult } from '../base/refused.ts';
import { decodeName, encodingOfNames } from './archive-names.ts';
import { archiveLimits, openScanArchive, type ArchiveLimits } from './archive.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-archive-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const page = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
type Files = readonly (readonly [name: string, content: Uint8Array, options?: ZipWriterAddDataOptions])[];

async function zipped(files: Files): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [name, content, options] of files)
    await writer.add(name, new Uint8ArrayReader(content), options ?? {});
  return writer.close();
}

let count = 0;
function kept(bytes: Uint8Array, name = `${count++}.zip`): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function read(path: string, options: { password?: string; limits?: ArchiveLimits } = {}) {
  const opened = await openScanArchive(path, options);
  if (!opened.ok) return opened.refusal.type;
  const { files, close, warnings, passedOver, encoding } = opened.value;
  const found: [string, string][] = [];
  const done = await asResult(async () => {
    for await (const { name, content } of files())
      found.push([name, content.ok ? String(content.value.length) : content.refusal.type]);
  });
  await close();
  return { found, warnings: warnings.map(({ type }) => type), passedOver, encoding, done };
}

test('a folder of scans, with what systems add to it', async () => {
  const path = kept(
    await zipped([
      ['room 1/1.jpg', page],
      ['room 1/2.jpg', page],
      ['room 1/Thumbs.db', page],
      ['__MACOSX/room 1/._1.jpg', page],
      ['room 1/.DS_Store', page],
      ['room 1/empty.jpg', new Uint8Array()],
    ]),
  );
  expect(await read(path)).toMatchObject({
    found: [
      ['room 1/1.jpg', '7'],
      ['room 1/2.jpg', '7'],
      ['room 1/empty.jpg', '0'],
    ],
    warnings: [],
    passedOver: 3,
  });
});

test('several folders are several rooms: a warning', async () => {
  const path = kept(
    await zipped([
      ['0801/1.jpg', page],
      ['0802/1.jpg', page],
    ]),
  );
  expect(await read(path)).toMatchObject({ warnings: ['archive-several-folders'] });
});

test.each([
  ['a RAR', 'Rar!\u001a\u0007\u0001', 'archive-other-format'],
  ['a 7z', '7z\u00bc\u00af\u0027\u001c', 'archive-other-format'],
  ['a gzip', '\u001f\u008b\u0008', 'archive-other-format'],
  ['a PDF', '%PDF-1.7', 'archive-other-format'],
  ['text', 'no archive', 'archive-other-format'],
  ['the first of several parts', 'PK\u0007\u0008PK', 'archive-multi-part'],
  ['nothing', '', 'archive-empty'],
  ['a start without an end', 'PK\u0003\u0004 and so on', 'archive-damaged'],
])('%s that is named .zip is refused by what it is', async (_, start, type) => {
  expect(await read(kept(Buffer.from(start, 'latin1')))).toBe(type);
});

test('parts of a divided archive are told by their names, too', async () => {
  expect(await read(kept(page, 'scans.zip.001'))).toBe('archive-multi-part');
  expect(await read(kept(page, 'scans.z01'))).toBe('archive-multi-part');
});

test('250 MB and no byte more, before anything is read', async () => {
  const path = kept(await zipped([['1.jpg', page]]));
  truncateSync(path, archiveLimits.archive + 1);
  expect(await read(path)).toBe('archive-too-large');
});

test.each([
  ['ZipCrypto', { zipCrypto: true }],
  ['AES', { encryptionStrength: 3 as const }],
])('%s: with its password, without, with a wrong one', async (_, encryption) => {
  const path = kept(await zipped([['1.jpg', page, { password: 'Öпароль密', ...encryption }]]));
  expect(await read(path, { password: 'Öпароль密' })).toMatchObject({ found: [['1.jpg', '7']] });
  expect(await read(path)).toBe('archive-password-missing');
  // The old encryption lets one in 256 pass until what comes out is looked at.
  for (const password of ['wrong', 'other', 'third']) {
    const said = await read(path, { password });
    if (typeof said === 'string') expect(said).toBe('archive-password-wrong');
    else expect(said.found).toEqual([['1.jpg', 'archive-password-wrong']]);
  }
});

test('what must not be in it is that file’s refusal, and the others go on', async () => {
  const inner = await zipped([['1.jpg', page]]);
  const link = { externalFileAttributes: (0o120777 << 16) >>> 0, versionMadeBy: 0x0314 };
  const path = kept(
    await zipped([
      ['inner.zip', inner],
      ['more/inner.jpg', inner],
      ['more/rar.bin', Buffer.from('Rar!\u001a\u0007')],
      ['../out.jpg', page],
      ['/etc/passwd.jpg', page],
      ['C:\\scan.jpg', page],
      ['a.jpg', page],
      ['A.JPG', page],
      ['link.jpg', Buffer.from('a.jpg'), link],
      ['last.jpg', page],
    ]),
  );
  const said = await read(path);
  expect(typeof said === 'string' ? said : said.found).toEqual([
    ['inner.zip', 'archive-in-archive'],
    ['more/inner.jpg', 'archive-in-folder'],
    ['more/rar.bin', 'archive-in-folder'],
    ['../out.jpg', 'archive-file-outside'],
    ['/etc/passwd.jpg', 'archive-file-outside'],
    ['C:/scan.jpg', 'archive-file-outside'],
    ['a.jpg', '7'],
    ['A.JPG', 'archive-file-twice'],
    ['link.jpg', 'archive-file-link'],
    ['last.jpg', '7'],
  ]);
});

test('a bomb is refused by what it says, by what comes out of it, and by its number of files', async () => {
  const limits = { ...archiveLimits, ratioFrom: 100_000, total: 1_000_000, file: 300_000, files: 3 };
  const zeros = new Uint8Array(2_000_000);
  const bomb = await zipped([['1.jpg', zeros]]);
  expect(await read(kept(bomb), { limits })).toBe('archive-bomb');
  // It says that it is small.
  const liar = Buffer.from(bomb);
  const directory = liar.indexOf('PK\u0001\u0002');
  liar.writeUInt32LE(7, directory + 24);
  liar.writeUInt32LE(7, 22);
  const said = await read(kept(liar), { limits });
  if (typeof said !== 'string') expect(said.found[0]?.[1]).toMatch(/archive-file-(too-large|damaged)/);
  const many = await zipped(['1', '2', '3', '4'].map((name) => [name, page] as const));
  expect(await read(kept(many), { limits })).toBe('archive-too-many-files');
  const random = Uint8Array.from({ length: 400_000 }, (_, i) => (i * 7_919) ^ (i >> 3));
  const large = await read(kept(await zipped([['1.jpg', random]])), { limits });
  expect(typeof large === 'string' ? large : large.found).toEqual([['1.jpg', 'archive-file-too-large']]);
});

test.each([
  ['UTF-8', 'utf8', ['аудитория 0801/бланк 1.jpg', '考场/扫描.jpg']],
  ['CP866', 'cp866', ['Аудитория 0801/Бланк ответов 1.jpg', 'Аудитория 0801/протокол.jpg']],
  ['windows-1251', 'win1251', ['Аудитория 0801/Бланк ответов 1.jpg', 'Аудитория 0801/протокол.jpg']],
  ['GB18030', 'gb18030', ['第一考场/答题卡扫描件.jpg', '第一考场/登记表.jpg']],
] as const)('names in %s are read', (encoding, codec, names) => {
  const bytes = names.map((name) => Uint8Array.from(iconv.encode(name, codec)));
  expect(encodingOfNames(bytes)).toBe(encoding);
  expect(bytes.map((name) => decodeName(name, encoding))).toEqual(names);
});

test('a name that could be two things is not guessed', () => {
  const name = Uint8Array.from(iconv.encode('СКАН.jpg', 'win1251'));
  expect(encodingOfNames([name])).toBeNull();
  expect(decodeName(name, null)).toBe('\uFFFD\uFFFD\uFFFD\uFFFD.jpg');
});

test('whatever is changed in an archive, it is read or refused', async () => {
  const whole = await zipped([
    ['a/1.jpg', page],
    ['a/2.jpg', Buffer.alloc(300, 'x')],
  ]);
  const path = join(folder, 'changed.zip');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
      fc.nat(whole.length),
      fc.boolean(),
      async (changes, length, cut) => {
        const copy = Uint8Array.from(whole);
        for (const [at, byte] of changes) copy[at] = byte;
        writeFileSync(path, cut ? copy.subarray(0, length) : copy);
        expect(['string', 'object']).toContain(typeof (await read(path)));
      },
    ),
    { numRuns: 150 },
  );
});
