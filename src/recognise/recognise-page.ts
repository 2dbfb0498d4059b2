/**
 * One scanned page, from its bytes to what it says: whose sheet it is, how it lies, whether somebody wrote on it, what is marked. Knows no
 * register: whether a number was ever issued, and whether the page came twice, decides whoever has one.
 */
import sharp from 'sharp';
import type { Refusal } from '../base/result.ts';
import { ownTemplates } from '../exam/form/own-templates.ts';
import type { SheetCode, SheetKind } from '../exam/form/sheet-code.ts';
import type { NumberRule } from '../exam/form/sheet-number.ts';
import type { Box, Side, Template } from '../exam/form/template.ts';
import { readCodes, type FoundCode, type ReadCodes } from './codes.ts';
import { decodePage } from './decode.ts';
import { layFlat, type Flat } from './flat.ts';
import { inkOf } from './ink.ts';
import { marksOf } from './marks.ts';
import { badImage, type RecognisedPage } from './recognised-page.ts';
import { turn, type Raster, type Rotation } from './raster.ts';
import { register, type Registered } from './register.ts';
import { fitOf, likely, whichForm } from './which-form.ts';

export interface RecogniseOptions {
  /** Forms that may come; without it: our own. */
  readonly templates?: readonly Template[];
  /** Of numbers that were printed elsewhere. */
  readonly rules?: readonly NumberRule[];
  /** Which form it is, said by whoever has a register: whose page it is was typed, or its codes say the number alone. */
  readonly known?: KnownForm;
}

export interface KnownForm {
  readonly kind: SheetKind;
  readonly side: 1 | 2;
  /** By which a person turned it upright; null: nobody did. */
  readonly rotation: Rotation | null;
}

export async function recognisePage(
  bytes: Uint8Array,
  { templates = ownTemplates, rules = [], known }: RecogniseOptions = {},
): Promise<RecognisedPage> {
  const decoded = await decodePage(bytes);
  if (!decoded.ok) return badImage(decoded.refusal);
  const { raster, dpi } = decoded.value;
  const read = await readCodes(raster, rules);
  const seen = known
    ? lookKnown(raster, read, dpi, templates, known)
    : read.sheet && look(raster, read, read.sheet, dpi, templates);
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
    rotation: seen?.rotation ?? read.rotation,
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
    map: seen?.map ?? null,
    problem,
    thumbnail: await thumbnailOf(raster, seen?.rotation ?? read.rotation ?? 0),
  };
}

type Seen = Pick<RecognisedPage, 'ink' | 'quality' | 'marks' | 'map' | 'rotation'>;

function look(
  scanned: Raster,
  read: ReadCodes,
  { side, more }: SheetCode,
  dpi: number,
  templates: readonly Template[],
): Seen | null {
  const registered = register(scanned, read.codes, read.rotation ?? 0, dpi);
  if (registered === null) return null;
  const flat = layFlat(scanned, registered);
  const form: Side | null =
    more === null
      ? whichForm(flat, templates, side)
      : (templates.find(({ kind }) => kind === more.kind)?.sides[side - 1] ?? null);
  return { ...seenOn(flat, registered, form), rotation: read.rotation };
}

/** The form is known. Where no code and nobody says which way up it lies, it lies so that its frames are where the form has them. */
function lookKnown(
  scanned: Raster,
  read: ReadCodes,
  dpi: number,
  templates: readonly Template[],
  { kind, side, rotation }: KnownForm,
): Seen | null {
  const form = templates.find((one) => one.kind === kind)?.sides[side - 1];
  if (!form) return null;
  // Of codes that contradict each other nobody knows which of them are this sheet's.
  const told = read.contradiction === null ? read.rotation : null;
  const codes = told === null ? [] : read.codes;
  const upright = scanned.height >= scanned.width ? ([0, 180] as const) : ([90, 270] as const);
  const tried = (told === null ? (rotation === null ? upright : [rotation]) : [told]).flatMap((turned) => {
    const registered = register(scanned, codes, turned, dpi);
    return registered === null
      ? []
      : [{ turned, registered, fit: fitOf(layFlat(scanned, registered), form) }];
  });
  const [best] = tried.toSorted((a, b) => b.fit - a.fit);
  if (!best || best.fit < likely) return null;
  const { registered, turned } = best;
  return { ...seenOn(layFlat(scanned, registered), registered, form), rotation: turned };
}

function seenOn(flat: Flat, registered: Registered, form: Side | null): Omit<Seen, 'rotation'> {
  return {
    quality: {
      anchors: registered.anchors,
      residualMm: registered.residualMm,
      contrast: flat.contrast,
    },
    ink: form && inkOf(flat, form),
    marks: form ? marksOf(flat, form) : [],
    map: registered.map,
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
