/** Files made to harm: read by the program's own readers, in this process, so that memory can be watched. */
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { utf8 } from '../../src/base/bytes.ts';
import type { Result } from '../../src/base/result.ts';
import { importPaper } from '../../src/exam/paper/import-paper.ts';
import { item, manifest, zipOf } from '../../src/exam/paper/package.fixture.ts';
import { parseXml } from '../../src/exam/paper/xml.ts';
import { readTableFile } from '../../src/exam/roster/table-file.ts';
import { inspectParcel } from '../../src/parcel/parcel.ts';
import { padding, tarEnd, tarHeader } from '../../src/parcel/tar.ts';
import { createNodeKeys } from '../../src/trust/keys.ts';
import { signJws } from '../../src/trust/jws.ts';

const folder = mkdtempSync(join(tmpdir(), 'invigil-hostile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const gigabyte = 1024 ** 3;

/** @returns the refusal's type; null: it was taken. */
const refused = (result: Result<unknown>): string | null => (result.ok ? null : result.refusal.type);

/** What reading took of memory beyond what was used before, at its highest, as far as sampling sees. */
async function memoryOf(read: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  const sample = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5);
  await read();
  clearInterval(sample);
  return Math.max(most, process.memoryUsage().rss) - before;
}

function tarOf(
  entries: readonly { name: string; content: Uint8Array; header?: (bytes: Buffer) => void }[],
): Buffer {
  const blocks = entries.flatMap(({ name, content, header }) => {
    const bytes = tarHeader('manifest.jws', content.length);
    bytes.fill(0, 0, 100);
    bytes.write(name, 0, 100, 'utf8');
    header?.(bytes);
    bytes.fill(' ', 148, 156);
    const sum = bytes.reduce((total, byte) => total + byte, 0);
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return [bytes, content, padding(content.length)];
  });
  return Buffer.concat([...blocks, tarEnd]);
}

async function inspect(name: string, content: Uint8Array): Promise<string | null> {
  const file = join(folder, `${name}.parcel`);
  writeFileSync(file, content);
  return refused(await inspectParcel(file));
}

const octal = (text: string) => (bytes: Buffer) => void bytes.write(text.padEnd(12, '\0'), 124, 'latin1');

test.each([
  '../../etc/passwd',
  '/etc/passwd',
  'parts/../../x.age',
  'parts/..age/../x.age',
  'C:\\x.age',
  'parts\\x.age',
  'parts/a/b.age',
  'parts/A.AGE',
  'parts/.age',
  `parts/${'n'.repeat(90)}.age`,
  'parts/x.age\nmanifest.jws',
])('a parcel with an entry named %j is no parcel', async (name) => {
  const tar = tarOf([
    { name, content: utf8('x') },
    { name: 'manifest.jws', content: utf8('x') },
  ]);
  expect(await inspect('named', tar)).toBe('not-a-parcel');
});

test.each([
  ['negative', '-1000'],
  ['no number', 'zzz'],
  ['empty', ''],
  ['with a sign behind', '777-1'],
  ['beyond the file', '77777777777'],
])('a parcel whose entry gives a size that is %s is refused', async (_, size) => {
  const tar = tarOf([
    { name: 'parts/a.age', content: utf8('x'), header: octal(size) },
    { name: 'manifest.jws', content: utf8('x') },
  ]);
  expect(await inspect('sized', tar)).toMatch(/^(not-a-parcel|altered|cut-short)$/);
});

test('links, folders and devices in the place of a part are refused', async () => {
  for (const type of ['1', '2', '3', '5', 'L', 'x'])
    expect({
      type,
      said: await inspect(
        'typed',
        tarOf([
          {
            name: 'parts/a.age',
            content: utf8('x'),
            header: (bytes) => void bytes.write(type, 156, 'latin1'),
          },
        ]),
      ),
    }).toEqual({ type, said: 'not-a-parcel' });
});

test('ten gigabytes of zeros, and a part that claims eight, are refused without being read', async () => {
  const zeros = join(folder, 'zeros.parcel');
  const claims = join(folder, 'claims.parcel');
  for (const [file, size] of [
    [zeros, 10 * gigabyte],
    [claims, 8 * gigabyte],
  ] as const) {
    const opened = openSync(file, 'w');
    if (file === claims) writeSync(opened, tarHeader('parts/a.age', 8 * gigabyte - 1_024));
    ftruncateSync(opened, size);
    closeSync(opened);
    expect(statSync(file).size).toBe(size);
  }
  const memory = await memoryOf(async () => {
    expect(refused(await inspectParcel(zeros))).toMatch(/^(not-a-parcel|cut-short)$/);
    expect(refused(await inspectParcel(claims))).toBe('cut-short');
  });
  expect(memory).toBeLessThan(64 * 1024 ** 2);
});

test('a manifest of 100 MB is no manifest', async () => {
  const memory = await memoryOf(async () =>
    expect(
      await inspect('large', tarOf([{ name: 'manifest.jws', content: Buffer.alloc(100 * 1024 ** 2, 'x') }])),
    ).toBe('not-a-parcel'),
  );
  // The test itself holds it twice.
  expect(memory).toBeLessThan(512 * 1024 ** 2);
});

test('a manifest that is signed but no manifest, or names parts that are not there, is refused', async () => {
  const { signing } = await createNodeKeys();
  for (const payload of [
    [],
    { v: 1 },
    { v: 2, kind: 'receipt' },
    { v: 1, parts: Array.from({ length: 10_001 }, () => ({})) },
  ])
    expect(
      await inspect(
        'manifest',
        tarOf([{ name: 'manifest.jws', content: utf8(signJws('invigil-parcel+jws', payload, signing)) }]),
      ),
    ).toBe('not-a-parcel');
});

/** One stored or deflated entry under whatever name, byte by byte: the ZIP writers of libraries refuse to write these. */
function rawZip(
  entries: readonly { name: string | Uint8Array; content: Uint8Array; size?: number }[],
): Uint8Array<ArrayBuffer> {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  const packedBefore = new Map<Uint8Array, Buffer>();
  let at = 0;
  for (const { name, content, size } of entries) {
    const bytes = Buffer.from(typeof name === 'string' ? utf8(name) : name);
    const packed = packedBefore.get(content) ?? deflateRawSync(content);
    packedBefore.set(content, packed);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x0800, 2);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(content), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(size ?? content.length, 18);
    head.writeUInt16LE(bytes.length, 22);
    local.push(Buffer.from('PK\x03\x04', 'latin1'), head, bytes, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, tail, bytes);
    at += 30 + bytes.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...local, directory, end]));
}

const whole = { 'imsmanifest.xml': manifest('a.xml'), 'a.xml': item('a') };
const asEntries = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).map(([name, content]) => ({ name, content: utf8(content) }));

test('a package written byte by byte is read, so that what follows is refused for its names alone', async () => {
  expect(refused(await importPaper(rawZip(asEntries(whole))))).toBe(null);
});

test.each([
  '../a.png',
  'x/../../a.png',
  '..\\a.png',
  '\\a.png',
  '/a.png',
  'C:/a.png',
  'c:a.png',
  'x/./a.png',
  'a\0.png',
  `${'long/'.repeat(100)}a.png`,
])('a package with a file named %j is refused whole', async (name) => {
  const refusal = refused(await importPaper(rawZip([...asEntries(whole), { name, content: utf8('x') }])));
  expect(refusal).toMatch(/^(file-name-leaves-package|file-name-too-long|not-a-zip)$/);
});

test('a package in which two names mean one file on some systems is refused', async () => {
  for (const [one, other] of [
    ['media/a.png', 'media/a.png'],
    ['media/a.png', 'Media/A.PNG'],
    ['media/\u00e9.png', 'media/e\u0301.png'],
  ] as const)
    expect(
      refused(
        await importPaper(
          rawZip([
            ...asEntries(whole),
            { name: one, content: utf8('1') },
            { name: other, content: utf8('2') },
          ]),
        ),
      ),
    ).toMatch(/^(file-twice|not-a-zip)$/);
});

test('a package that says less of a file than comes out of it is refused', async () => {
  const zip = rawZip([...asEntries(whole), { name: 'z.bin', content: new Uint8Array(5_000_000), size: 10 }]);
  expect(refused(await importPaper(zip))).toMatch(/^(file-damaged|package-too-large|not-a-zip)$/);
});

test('a package cut short anywhere is refused', async () => {
  const zip = await zipOf(whole);
  for (let at = 0; at < zip.length; at += Math.ceil(zip.length / 40))
    expect({ at, said: refused(await importPaper(zip.slice(0, at))) }).not.toEqual({ at, said: null });
});

const laughs = Array.from({ length: 10 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');

test.each([
  ['a billion laughs', `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]><a>&l10;</a>`, 'xml-has-doctype'],
  [
    'an external entity',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    'xml-has-doctype',
  ],
  [
    'an external parameter entity',
    '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd">%x;]><a/>',
    'xml-has-doctype',
  ],
  ['an external document type', '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>', 'xml-has-doctype'],
  ['an entity that nobody declared', '<a>&x;</a>', 'xml-not-well-formed'],
  ['nesting', '<a>'.repeat(100_000), 'xml-too-complex'],
  [
    'a thousand attributes',
    `<a ${Array.from({ length: 1_000 }, (_, n) => `a${n}="x"`).join(' ')}/>`,
    'xml-too-complex',
  ],
  ['too many elements', `<a>${'<b/>'.repeat(300_000)}</a>`, 'xml-too-complex'],
  ['nine megabytes of text', `<a>${'x'.repeat(9 * 1024 ** 2)}</a>`, 'xml-too-large'],
  ['a name that is no prefix', '<x:a/>', 'xml-not-well-formed'],
] as const)('XML with %s is refused', async (_, text, type) => {
  const memory = await memoryOf(async () => {
    expect(refused(parseXml(utf8(text)))).toBe(type);
    const zip = await zipOf({ 'imsmanifest.xml': manifest('a.xml'), 'a.xml': text });
    expect(refused(await importPaper(zip))).toBe(type);
    expect(refused(await importPaper(await zipOf({ ...whole, 'imsmanifest.xml': text })))).toBe(type);
  });
  expect(memory).toBeLessThan(gigabyte);
});

test('an attribute of megabytes harms nothing', async () => {
  const title = 'x'.repeat(4 * 1024 ** 2);
  const imported = await importPaper(utf8(item('a').replace('Title of a', title)));
  expect(imported.ok ? imported.value.report.items[0]?.verdict : imported.refusal.type).toBeTruthy();
});

test('a spreadsheet that unpacks to gigabytes is refused by limits, not by memory', async () => {
  const zeros = new Uint8Array(64 * 1024 ** 2);
  const bomb = rawZip([
    { name: '[Content_Types].xml', content: utf8('<Types/>') },
    ...Array.from({ length: 7 }, (_, n) => ({ name: `xl/worksheets/sheet${n + 1}.xml`, content: zeros })),
  ]);
  expect(bomb.length).toBeLessThan(2 * 1024 ** 2);
  const memory = await memoryOf(async () =>
    expect(refused(await readTableFile(bomb))).toMatch(/^(table-too-large|xlsx-unreadable)$/),
  );
  expect(memory).toBeLessThan(700 * 1024 ** 2);
});
