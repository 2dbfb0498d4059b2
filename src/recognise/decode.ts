/** From a file to grey pixels, or the reason why it is no page: format, resolution, damage, a page of one colour. */
import sharp from 'sharp';
import { page } from '../exam/form/template.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { mostPixels, readImageFile } from './image-file.ts';
import type { Raster } from './raster.ts';

// A page to a worker, a worker to a processor: more threads for one page take them from others.
sharp.concurrency(1);
sharp.cache(false);

/** Dots per inch that are asked for: 200, and what scanners make of it. */
export const resolution = { least: 190, most: 210 } as const;

export interface DecodedPage {
  readonly raster: Raster;
  /** As the file says; where it says none, as an A4 page of this size has it. */
  readonly dpi: number;
}

/**
 * Refusals: those of `readImageFile`; `image-resolution` with what was found; `image-cut-short` and `image-damaged` from the decoder;
 * `image-uniform` (white or black all over: an empty feeder, or a fault of a decoder).
 */
export async function decodePage(bytes: Uint8Array): Promise<Result<DecodedPage>> {
  const file = readImageFile(bytes);
  if (!file.ok) return file;
  const { widthPx, heightPx, dpi: said } = file.value;
  const found = said ?? dpiOfA4(widthPx, heightPx);
  const dpi = Math.round((found.x + found.y) / 2);
  if ([found.x, found.y].some((one) => one < resolution.least - 0.5 || one > resolution.most + 0.5))
    return refuse({
      type: 'image-resolution',
      found:
        Math.round(found.x) === Math.round(found.y) ? dpi : `${Math.round(found.x)} × ${Math.round(found.y)}`,
      told: said !== null,
      ...resolution,
    });
  const decoded = await decoder(bytes, file.value.format === 'jpeg' && file.value.channels === 1);
  if (!decoded.ok) return decoded;
  const raster = decoded.value;
  if (uniform(raster)) return refuse({ type: 'image-uniform' });
  return ok({ raster, dpi });
}

function dpiOfA4(width: number, height: number): { x: number; y: number } {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  return { x: (short / page.width) * 25.4, y: (long / page.height) * 25.4 };
}

/** @param plain grey already: one channel is taken as it is, which saves a third of the time */
async function decoder(bytes: Uint8Array, plain: boolean): Promise<Result<Raster>> {
  try {
    const read = sharp(bytes, { limitInputPixels: mostPixels });
    const grey = plain ? read.extractChannel(0) : read.flatten({ background: '#fff' }).toColourspace('b-w');
    const { data, info } = await grey.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    if (info.channels !== 1) return refuse({ type: 'image-damaged' });
    return ok({
      width: info.width,
      height: info.height,
      grey: new Uint8Array(data.buffer, data.byteOffset, data.length),
    });
  } catch (error) {
    // What a decoder says of a file is the file's fault: it was given bytes and nothing else.
    const { message } = error as Error;
    return refuse({
      type: /premature|truncated|not enough|unexpected end|incomplete|bytes for/i.test(message)
        ? 'image-cut-short'
        : 'image-damaged',
    });
  }
}

/** Between the lightest and the darkest spot of a page, in means of 16 × 16 pixels: less has no form on it. */
const leastContrast = 24;

function uniform({ width, height, grey }: Raster): boolean {
  const side = 16;
  let [least, most] = [255, 0];
  for (let top = 0; top + side <= height; top += side)
    for (let left = 0; left + side <= width; left += side) {
      let sum = 0;
      for (let y = top; y < top + side; y += 2)
        for (let x = left; x < left + side; x += 2) sum += grey[y * width + x] as number;
      const mean = (sum * 4) / (side * side);
      if (mean < least) least = mean;
      if (mean > most) most = mean;
      if (most - least >= leastContrast) return false;
    }
  return true;
}
