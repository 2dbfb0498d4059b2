import * as fc from 'fast-check';
import sharp, { type TiffOptions } from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { readImageFile } from './image-file.ts';

const [width, height] = [200, 283];
const grey = Buffer.alloc(width * height, 0xdd);
for (let y = 30; y < 70; y++) grey.fill(0x11, y * width + 20, y * width + 80);
const picture = () => sharp(grey, { raw: { width, height, channels: 1 } }).toColourspace('b-w');

let jpeg: Buffer;
let tiff: Buffer;
beforeAll(async () => {
  jpeg = await picture().jpeg().toBuffer();
  // As scanners begin it: JFIF 1.1, 200 dots per inch.
  const jfif = Buffer.from('ffe000104a4649460001010100c800c80000', 'hex');
  jpeg = Buffer.concat([jpeg.subarray(0, 2), jfif, jpeg.subarray(2)]);
  tiff = await picture()
    .greyscale()
    .tiff({ compression: 'lzw', xres: 200 / 25.4, yres: 200 / 25.4 })
    .toBuffer();
});

test('a page as it is asked for', async () => {
  const expected = { widthPx: width, heightPx: height, channels: 1, bitsPerSample: 8 };
  expect(readImageFile(jpeg)).toEqual({
    ok: true,
    value: { ...expected, format: 'jpeg', dpi: { x: 200, y: 200 } },
  });
  const read = readImageFile(tiff);
  expect(read).toMatchObject({ ok: true, value: { ...expected, format: 'tiff' } });
  expect(read.ok && Math.round(read.value.dpi?.x ?? 0)).toBe(200);
  expect(readImageFile(await picture().toColourspace('srgb').jpeg().toBuffer())).toMatchObject({
    ok: true,
    value: { channels: 3 },
  });
});

test('black and white is a page, too', async () => {
  const bilevel = await picture()
    .threshold(128)
    .toColourspace('b-w')
    .tiff({ compression: 'lzw', bitdepth: 1, predictor: 'none' })
    .toBuffer();
  expect(readImageFile(bilevel)).toMatchObject({ ok: true, value: { bitsPerSample: 1, channels: 1 } });
});

test('each other format is named', async () => {
  const made: [string, Buffer][] = [
    ['PNG', await picture().png().toBuffer()],
    ['WebP', await picture().webp().toBuffer()],
    ['GIF', await picture().gif().toBuffer()],
    ['PDF', Buffer.from('%PDF-1.7\n')],
    ['BMP', Buffer.from('BM\0\0\0\0')],
    ['ZIP', Buffer.from('PK\u0003\u0004')],
    ['RAR', Buffer.from('Rar!\u001a\u0007')],
  ];
  for (const [format, bytes] of made)
    expect(readImageFile(bytes)).toEqual({ ok: false, refusal: { type: 'image-other-format', format } });
  expect(readImageFile(Buffer.from('what is this'))).toEqual({
    ok: false,
    refusal: { type: 'image-unknown-format' },
  });
  expect(readImageFile(new Uint8Array())).toMatchObject({ refusal: { type: 'image-empty' } });
});

test('a TIFF of another kind is refused by what it is', async () => {
  const tiffOf = (options: TiffOptions) => picture().tiff(options).toBuffer();
  for (const [compression, found] of [
    ['none', 'none'],
    ['deflate', 'Deflate'],
    ['packbits', 'PackBits'],
    ['jpeg', 'JPEG'],
  ] as const)
    expect(readImageFile(await tiffOf({ compression }))).toEqual({
      ok: false,
      refusal: { type: 'image-compression', found },
    });
  const g4 = await picture()
    .threshold()
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1 })
    .toBuffer();
  expect(readImageFile(g4)).toMatchObject({ refusal: { type: 'image-compression', found: 'G4' } });
  const cmyk = await picture().toColourspace('cmyk').tiff({ compression: 'lzw' }).toBuffer();
  expect(readImageFile(cmyk)).toMatchObject({ refusal: { type: 'image-colours', found: 'CMYK' } });
  const deep = await picture().toColourspace('grey16').tiff({ compression: 'lzw' }).toBuffer();
  expect(readImageFile(deep)).toMatchObject({ refusal: { type: 'image-depth', bits: 16 } });
  expect(readImageFile(await picture().toColourspace('cmyk').jpeg().toBuffer())).toMatchObject({
    refusal: { type: 'image-colours', found: 'CMYK' },
  });
});

test('a second page is found', () => {
  const directory = tiff.readUInt32LE(4);
  const next = directory + 2 + tiff.readUInt16LE(directory) * 12;
  const two = Buffer.from(tiff);
  two.writeUInt32LE(8, next);
  expect(readImageFile(two)).toMatchObject({ refusal: { type: 'image-several-pages' } });
});

test('a page of a hundred megapixels is refused before anything decodes it', () => {
  const huge = Buffer.from(jpeg);
  const frame = huge.indexOf(Buffer.from([0xff, 0xc0]));
  huge.writeUInt16BE(10_000, frame + 5);
  huge.writeUInt16BE(10_000, frame + 7);
  expect(readImageFile(huge)).toMatchObject({ refusal: { type: 'image-too-large', megapixels: 100 } });
});

test('a TIFF that was cut off in its picture, and a JPEG before it, says so', async () => {
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  for (let length = 1; length < tiff.length; length += 7)
    // What is cut off behind the picture takes nothing from it.
    if (readImageFile(tiff.subarray(0, length)).ok) await sharp(tiff.subarray(0, length)).raw().toBuffer();
  for (let length = 1; length < frame; length += 3)
    expect([length, readImageFile(jpeg.subarray(0, length)).ok]).toEqual([length, false]);
});

test('whatever comes, it is a page or a refusal', () => {
  const valid = fc.constantFrom(0, 1).map((which) => (which === 0 ? jpeg : tiff));
  const changes = fc.array(fc.tuple(fc.nat(700), fc.nat(255)), { maxLength: 8 });
  fc.assert(
    fc.property(valid, changes, (bytes, changed) => {
      const copy = Uint8Array.from(bytes);
      for (const [at, byte] of changed) copy[at % copy.length] = byte;
      expect(typeof readImageFile(copy).ok).toBe('boolean');
    }),
  );
});
