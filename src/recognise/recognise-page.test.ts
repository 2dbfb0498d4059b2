/** Small sets that keep what `npm run bench -- recognise` measures over many. */
import * as fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import type { Template } from '../exam/form/template.ts';
import { ownNumber } from '../exam/form/sheet-number.ts';
import type { Degradation } from '../../tools/scans/degrade.ts';
import { jpegOf, tiffOf } from '../../tools/scans/file.ts';
import { makeScan, type Scan, type ScanRequest } from '../../tools/scans/scan.ts';
import { recognisePage } from './recognise-page.ts';
import type { RecognisedPage } from './recognised-page.ts';

const code = (serial: number, kind: ScanRequest['code']['more']['kind'] = 'answers-1', side: 1 | 2 = 1) => ({
  number: ownNumber('204117', serial),
  side,
  more: { kit: '100001', kind, copy: 1 },
});

function wrongMarks(scan: Scan, page: RecognisedPage): string[] {
  return scan.truth.marks.flatMap(({ field, row, column, kind }) => {
    const found = page.marks.find((one) => one.field === field && one.row === row && one.column === column);
    const meant = kind === 'none' ? 'empty' : kind === 'taken-back' ? 'taken-back' : 'marked';
    return found?.state === meant || found?.state === 'review' ? [] : [`${kind} read as ${found?.state}`];
  });
}

const readable: readonly (readonly [string, Degradation, quality: number])[] = [
  ['as printed', {}, 80],
  ['on its head, askew', { turned: 180, skewDegrees: 3, shiftMm: { x: 1, y: -1 } }, 60],
  ['lying, enlarged, blurred', { turned: 90, skewDegrees: -3, scale: 1.02, blur: 1.1, noise: 6 }, 40],
  ['lying, reduced, pale', { turned: 270, scale: 0.98, contrast: 0.35, gradient: 25, noise: 3 }, 60],
  ['handled', { holes: true, foldedCorner: 1, dirt: 25, showThrough: 0.12 }, 60],
  ['dark', { brightness: -60, contrast: 0.6 }, 60],
];

test.each(readable)('a page %s: number, side, position, ink and marks', async (_, degradation, quality) => {
  for (const [i, ink] of (degradation.blur
    ? (['little', 'none'] as const)
    : (['much', 'little', 'none'] as const)
  ).entries()) {
    const kinds = ['answers-1', 'answers-2', 'registration'] as const;
    const request = { code: code(10 + i, kinds[i % 3]), seed: i, ink, degradation };
    const scan = await makeScan({ ...request, pencil: i === 1 });
    const page = await recognisePage(await jpegOf(scan.raster, quality));
    expect(page).toMatchObject({
      sheet: request.code,
      rotation: scan.truth.rotation,
      class: ink === 'none' ? 'recognised-empty' : 'recognised-filled',
      problem: null,
      dpi: 200,
    });
    expect(page.quality?.anchors).toBeGreaterThanOrEqual(2);
    expect(wrongMarks(scan, page)).toEqual([]);
    expect((await sharp(page.thumbnail ?? new Uint8Array()).metadata()).width).toBeGreaterThan(100);
  }
});

let empty: Scan;
beforeAll(async () => {
  empty = await makeScan({ code: code(1), seed: 1, ink: 'none' });
});

test('a TIFF is read as a JPEG is', async () => {
  expect(await recognisePage(await tiffOf(empty.raster))).toMatchObject({
    sheet: empty.truth.code,
    class: 'recognised-empty',
    codes: [{}, {}, {}, {}],
  });
});

test('where the codes stand is told in pixels of the scan', async () => {
  const { codes } = await recognisePage(await jpegOf(empty.raster));
  const px = (mm: number): number => Math.round((mm / 25.4) * 200);
  const bars = codes.find(({ format, region }) => format === 'Code128' && region.y < px(100))?.region;
  // 12 mm high, and as wide as their digits.
  expect(Math.abs((bars?.height ?? 0) - px(12))).toBeLessThan(6);
  expect(Math.abs((bars?.width ?? 0) - px(67))).toBeLessThan(8);
  const square = codes.find(({ format, region }) => format === 'DataMatrix' && region.y < px(100))?.region;
  expect(Math.abs((square?.x ?? 0) - px(180)) + Math.abs((square?.y ?? 0) - px(15))).toBeLessThan(6);
});

/** Paints over what is there. */
function without(scan: Scan, ...boxes: readonly (readonly [x: number, y: number, w: number, h: number])[]) {
  const { width, height, grey } = scan.raster;
  const copy = Uint8Array.from(grey);
  const px = (mm: number): number => Math.round((mm / 25.4) * 200);
  for (const [x, y, w, h] of boxes)
    for (let row = px(y); row < Math.min(height, px(y + h)); row++)
      copy.fill(255, row * width + px(x), row * width + Math.min(width, px(x + w)));
  return { width, height, grey: copy };
}

test('one code of four is enough, of bars alone, too', async () => {
  const foot = [0, 274, 210, 23] as const;
  const head = [90, 0, 120, 30] as const;
  const onlyBars = await recognisePage(await jpegOf(without(empty, [178, 12, 16, 18], foot)));
  expect(onlyBars).toMatchObject({ sheet: { ...empty.truth.code, more: null }, class: 'recognised-empty' });
  expect(onlyBars.codes.length).toBe(1);
  const onlySquare = await recognisePage(await jpegOf(without(empty, head, [20, 274, 86, 23])));
  expect(onlySquare).toMatchObject({ sheet: empty.truth.code });
});

test('without a code it is said, and nothing is guessed', async () => {
  const page = await recognisePage(await jpegOf(without(empty, [0, 0, 210, 32], [0, 274, 210, 23])));
  expect(page).toMatchObject({
    sheet: null,
    class: 'unrecognised',
    rotation: null,
    problem: { type: 'page-without-code' },
  });
  expect(page.thumbnail).not.toBeNull();
});

/** Of a school: a column of true and false with several answers beside it, lower and larger than on any form of ours. */
const schoolForm: Template = {
  kind: 'answers-1',
  sides: [
    {
      heading: { en: 'Test', zh: '测验', ru: 'Тест' },
      hints: [],
      fields: [
        {
          type: 'marks',
          name: 'true-or-false',
          label: null,
          at: { x: 40, y: 90, width: 6, height: 6 },
          rows: ['A', 'B', 'C', 'D', 'E', 'F'],
          columns: ['+', '-'],
          step: { x: 14, y: 12 },
          several: false,
        },
        {
          type: 'marks',
          name: 'which',
          label: null,
          at: { x: 90, y: 90, width: 4, height: 5 },
          rows: ['7', '8', '9'],
          columns: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'],
          step: { x: 9, y: 11 },
          several: true,
        },
      ],
    },
  ],
};

test('a form of others is read where its boxes stand', async () => {
  const templates = [schoolForm];
  const scan = await makeScan({
    code: code(20),
    seed: 2,
    ink: 'much',
    degradation: { skewDegrees: -2, blur: 0.6 },
    templates,
  });
  const page = await recognisePage(await jpegOf(scan.raster), { templates });
  expect(page.marks).toHaveLength(42);
  expect(wrongMarks(scan, page)).toEqual([]);
});

test('a page that lies six millimetres beside its place keeps its corner squares', async () => {
  const shift = { turned: 180, skewDegrees: 1, shiftMm: { x: 6, y: -6 } } as const;
  const scan = await makeScan({ code: code(21), seed: 5, ink: 'little', degradation: shift });
  const page = await recognisePage(await jpegOf(scan.raster));
  expect(page).toMatchObject({ sheet: scan.truth.code, rotation: 180, quality: { anchors: 4 } });
  expect(page.quality?.residualMm).toBeLessThan(0.15);
  expect(wrongMarks(scan, page)).toEqual([]);
});

test('two sheets beside each other in one scan are nobody’s page', async () => {
  const other = await makeScan({ code: code(2), seed: 1, ink: 'none' });
  const { width, height, grey } = empty.raster;
  const both = new Uint8Array(width * 2 * height);
  for (let y = 0; y < height; y++) {
    both.set(grey.subarray(y * width, (y + 1) * width), y * width * 2);
    both.set(other.raster.grey.subarray(y * width, (y + 1) * width), y * width * 2 + width);
  }
  expect(await recognisePage(await jpegOf({ width: width * 2, height, grey: both }))).toMatchObject({
    sheet: null,
    marks: [],
    problem: { type: 'codes-contradict' },
  });
});

test('codes that contradict each other are both said', async () => {
  const other = await makeScan({ code: code(2), seed: 1, ink: 'none' });
  const grey = Uint8Array.from(empty.raster.grey);
  const from = Math.round(grey.length * 0.8);
  grey.set(other.raster.grey.subarray(from), from);
  const page = await recognisePage(await jpegOf({ ...empty.raster, grey }));
  expect(page).toMatchObject({ sheet: null, class: 'unrecognised', problem: { type: 'codes-contradict' } });
  for (const { number } of [empty.truth.code, other.truth.code])
    expect(String(page.problem?.['found'])).toContain(number);
});

test.each([
  [600, { found: 600 }],
  [150, { found: 150 }],
  [211, { found: 211 }],
])('%i dpi are refused with what was found', async (dpi, problem) => {
  const page = await recognisePage(await jpegOf(empty.raster, 60, dpi));
  expect(page).toMatchObject({ class: 'bad-image', problem: { type: 'image-resolution', ...problem } });
});

test('where the file names no resolution, the size of the page tells it', async () => {
  const plain = async (scale: number): Promise<Buffer> => {
    const { width, height, grey } = empty.raster;
    const jpeg = await sharp(grey, { raw: { width, height, channels: 1 } })
      .resize(Math.round(width * scale))
      .toColourspace('b-w')
      .jpeg()
      .toBuffer();
    // As libvips writes it, with 72 dpi in a JFIF header: taken out.
    return jpeg[3] === 0xe0
      ? Buffer.concat([jpeg.subarray(0, 2), jpeg.subarray(4 + jpeg.readUInt16BE(4))])
      : jpeg;
  };
  expect(await recognisePage(await plain(1))).toMatchObject({ dpi: 200, sheet: empty.truth.code });
  expect(await recognisePage(await plain(0.75))).toMatchObject({
    problem: { type: 'image-resolution', found: 150, told: false },
  });
});

test.each([
  ['white', 255],
  ['black', 0],
])('a page that is %s all over is refused', async (_, value) => {
  const { width, height } = empty.raster;
  const noise = Uint8Array.from({ length: width * height }, (__, i) => Math.abs(value - ((i * 7_919) % 6)));
  expect(await recognisePage(await jpegOf({ width, height, grey: noise }))).toMatchObject({
    class: 'bad-image',
    problem: { type: 'image-uniform' },
  });
});

test('a picture that was cut short is refused, wherever it was cut', async () => {
  const [jpeg, tiff] = [await jpegOf(empty.raster), await tiffOf(empty.raster)];
  for (const file of [jpeg, tiff])
    for (const part of [0.2, 0.6, 0.95])
      expect(await recognisePage(file.subarray(0, Math.round(file.length * part)))).toMatchObject({
        class: 'bad-image',
        problem: { type: 'image-cut-short' },
      });
});

test('whatever bytes come, an answer comes', async () => {
  const jpeg = await jpegOf({ width: 320, height: 452, grey: empty.raster.grey.subarray(0, 320 * 452) }, 50);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(jpeg.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      async (changes) => {
        const copy = Uint8Array.from(jpeg);
        for (const [at, byte] of changes) copy[at] = byte;
        expect((await recognisePage(copy)).sheet).toBeNull();
      },
    ),
    { numRuns: 25 },
  );
});
