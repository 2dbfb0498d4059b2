/** Parts of a page, cut out and straightened, for people to look at. */
import sharp from 'sharp';
import { ok, type Result } from '../base/result.ts';
import type { Box } from '../exam/form/template.ts';
import { decodePage } from './decode.ts';
import type { Raster, Rotation } from './raster.ts';
import { asLargeAsPaper, place, type Affine } from './register.ts';

/** Pixels to a millimetre: as many as the scan has at 200 dpi. */
export const cutPerMm = 8;

/**
 * @param lies how: by a map; or only which way up, for pages of which nothing else is known
 * @param boxes millimetres of the form
 * @returns JPEGs in the order of `boxes`, each `cutPerMm` times as large as its box; what lies beside the page is white. Refusals as of `decodePage`.
 */
export async function cutPage(
  bytes: Uint8Array,
  lies: { readonly map: Affine | null; readonly rotation: Rotation },
  boxes: readonly Box[],
): Promise<Result<Uint8Array[]>> {
  const decoded = await decodePage(bytes);
  if (!decoded.ok) return decoded;
  const { raster } = decoded.value;
  const map = lies.map ?? asLargeAsPaper(raster, lies.rotation);
  return ok(await Promise.all(boxes.map((box) => jpegOf(straightened(raster, map, box)))));
}

function straightened({ width: w, height: h, grey }: Raster, map: Affine, box: Box): Raster {
  const [width, height] = [Math.round(box.width * cutPerMm), Math.round(box.height * cutPerMm)];
  const out = new Uint8Array(width * height);
  const [a, , , d] = map;
  for (let y = 0; y < height; y++) {
    const from = place(map, { x: box.x, y: box.y + y / cutPerMm });
    let [px, py] = [from.x, from.y];
    for (let x = 0; x < width; x++, px += a / cutPerMm, py += d / cutPerMm) {
      const [left, top] = [Math.floor(px), Math.floor(py)];
      if (left < 0 || top < 0 || left >= w - 1 || top >= h - 1) {
        out[y * width + x] = 255;
        continue;
      }
      const [fx, fy, at] = [px - left, py - top, top * w + left];
      out[y * width + x] =
        ((grey[at] as number) * (1 - fx) + (grey[at + 1] as number) * fx) * (1 - fy) +
        ((grey[at + w] as number) * (1 - fx) + (grey[at + w + 1] as number) * fx) * fy;
    }
  }
  return { width, height, grey: out };
}

async function jpegOf({ width, height, grey }: Raster): Promise<Uint8Array> {
  return new Uint8Array(
    await sharp(grey, { raw: { width, height, channels: 1 } })
      .toColourspace('b-w')
      .jpeg({ quality: 82 })
      .toBuffer(),
  );
}
