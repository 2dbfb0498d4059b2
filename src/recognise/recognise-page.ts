/**
 * One scanned page, from its bytes to what it says: whose sheet it is, how it lies, whether somebody wrote on it, what is marked. Knows no
 * register: whether a number was ever issued, and whether the page came twice, decides whoever has one.
 */
import sharp from 'sharp';
import type { Refusal } from '../base/result.ts';
import { ownTemplates } from '../exam/form/own-templates.ts';
import type { NumberRule } from '../exam/form/sheet-number.ts';
import type { Box, Side, Template } from '../exam/form/template.ts';
import { readCodes, type FoundCode, type ReadCodes } from './codes.ts';
import { decodePage } from './decode.ts';
import { layFlat } from './flat.ts';
import { inkOf } from './ink.ts';
import { marksOf } from './marks.ts';
import { badImage, type RecognisedPage } from './recognised-page.ts';
import { turn, type Raster, type Rotation } from './raster.ts';
import { register } from './register.ts';
import { whichForm } from './which-form.ts';

export interface RecogniseOptions {
  /** Forms that may come; without it: our own. */
  readonly templates?: readonly Template[];
  /** Of numbers that were printed elsewhere. */
  readonly rules?: readonly NumberRule[];
}

export async function recognisePage(
  bytes: Uint8Array,
  { templates = ownTemplates, rules = [] }: RecogniseOptions = {},
): Promise<RecognisedPage> {
  const decoded = await decodePage(bytes);
  if (!decoded.ok) return badImage(decoded.refusal);
  const { raster, dpi } = decoded.value;
  const read = await readCodes(raster, rules);
  const seen = read.sheet === null ? null : look(raster, read, dpi, templates);
  const problem: Refusal | null =
    read.contradiction === null
      ? read.sheet === null
        ? { type: read.codes.length === 0 ? 'page-without-code' : 'page-without-sheet-code' }
        : null
      : {
          type: 'codes-contradict',
          found: read.contradiction.map(({ number, side }) => `${number} · ${side}`).join(', '),
        };
  return {
    widthPx: raster.width,
    heightPx: raster.height,
    dpi,
    rotation: read.rotation,
    codes: read.codes.map(({ format, text, corners }) => ({ format, text, region: around(corners) })),
    sheet: read.sheet,
    class:
      read.sheet === null
        ? 'unrecognised'
        : seen?.ink?.filled === false
          ? 'recognised-empty'
          : 'recognised-filled',
    ink: seen?.ink ?? null,
    quality: seen?.quality ?? null,
    marks: seen?.marks ?? [],
    problem,
    thumbnail: await thumbnailOf(raster, read.rotation ?? 0),
  };
}

function look(
  scanned: Raster,
  read: ReadCodes,
  dpi: number,
  templates: readonly Template[],
): Pick<RecognisedPage, 'ink' | 'quality' | 'marks'> | null {
  const registered = register(scanned, read.codes, read.rotation ?? 0, dpi);
  if (registered === null || read.sheet === null) return null;
  const flat = layFlat(scanned, registered);
  const { number: _, side, more } = read.sheet;
  const form: Side | null =
    more === null
      ? whichForm(flat, templates, side)
      : (templates.find(({ kind }) => kind === more.kind)?.sides[side - 1] ?? null);
  return {
    quality: {
      anchors: registered.anchors,
      residualMm: registered.residualMm,
      contrast: flat.contrast,
    },
    ink: form && inkOf(flat, form),
    marks: form ? marksOf(flat, form) : [],
  };
}

function around(corners: FoundCode['corners']): Box {
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [x, y] = [Math.round(Math.min(...xs)), Math.round(Math.min(...ys))];
  return { x, y, width: Math.round(Math.max(...xs)) - x, height: Math.round(Math.max(...ys)) - y };
}

/** Pixels: enough to see which page it is in a list. */
const thumbnailWidth = 208;

/** Means of some pixels of each block: a tenth of the work of a fine filter, for a picture as small as that. */
async function thumbnailOf({ width, height, grey }: Raster, rotation: Rotation): Promise<Uint8Array> {
  const block = Math.max(1, Math.floor(Math.min(width, height) / thumbnailWidth));
  const step = block >= 4 ? 2 : 1;
  const taken = Math.ceil(block / step) ** 2;
  const [w, h] = [Math.max(1, Math.floor(width / block)), Math.max(1, Math.floor(height / block))];
  const small = new Uint8Array(w * h);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let dy = 0; dy < block; dy += step) {
        const from = (y * block + dy) * width + x * block;
        for (let dx = 0; dx < block; dx += step) sum += grey[from + dx] as number;
      }
      small[y * w + x] = sum / taken;
    }
  const upright = turn({ width: w, height: h, grey: small }, rotation);
  return new Uint8Array(
    await sharp(upright.grey, { raw: { width: upright.width, height: upright.height, channels: 1 } })
      .toColourspace('b-w')
      .jpeg({ quality: 70 })
      .toBuffer(),
  );
}
