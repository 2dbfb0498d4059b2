/** Grey pixels of a page, and the few things that are done to them. 0: black, 255: white. */

export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Degrees clockwise. */
export type Rotation = 0 | 90 | 180 | 270;
export const rotations: readonly Rotation[] = [0, 90, 180, 270];

/** A part of a page; clipped to it. */
export function crop(raster: Raster, x: number, y: number, width: number, height: number): Raster {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  const w = Math.max(0, Math.min(raster.width, x + width) - left);
  const h = Math.max(0, Math.min(raster.height, y + height) - top);
  if (w === raster.width) return { width: w, height: h, grey: raster.grey.subarray(top * w, (top + h) * w) };
  const grey = new Uint8Array(w * h);
  for (let row = 0; row < h; row++) {
    const from = (top + row) * raster.width + left;
    grey.set(raster.grey.subarray(from, from + w), row * w);
  }
  return { width: w, height: h, grey };
}

export function turn(raster: Raster, by: Rotation): Raster {
  if (by === 0) return raster;
  const { width: w, height: h, grey } = raster;
  const turned = new Uint8Array(grey.length);
  if (by === 180) {
    for (let i = 0, n = grey.length - 1; i <= n; i++) turned[n - i] = grey[i] as number;
    return { width: w, height: h, grey: turned };
  }
  // In tiles: a column at a time would leave the cache at every pixel.
  const tile = 64;
  for (let top = 0; top < h; top += tile)
    for (let left = 0; left < w; left += tile)
      for (let y = top; y < Math.min(h, top + tile); y++)
        for (let x = left; x < Math.min(w, left + tile); x++)
          turned[by === 90 ? x * h + (h - 1 - y) : (w - 1 - x) * h + y] = grey[y * w + x] as number;
  return { width: h, height: w, grey: turned };
}

/** Where a point of a page of this size lies after the page was turned. */
export function turnPoint(
  { x, y }: Point,
  { width, height }: { readonly width: number; readonly height: number },
  by: Rotation,
): Point {
  if (by === 90) return { x: height - y, y: x };
  if (by === 180) return { x: width - x, y: height - y };
  if (by === 270) return { x: y, y: width - x };
  return { x, y };
}

/** The other way: where it lay before. @param size of the page before it was turned */
export function turnPointBack(
  { x, y }: Point,
  { width, height }: { readonly width: number; readonly height: number },
  by: Rotation,
): Point {
  if (by === 90) return { x: y, y: height - x };
  if (by === 180) return { x: width - x, y: height - y };
  if (by === 270) return { x: width - y, y: x };
  return { x, y };
}

/** Portable grey map: the reader of codes takes it quicker than coloured pixels. */
export function pgm({ width, height, grey }: Raster): Uint8Array {
  const head = new TextEncoder().encode(`P5 ${width} ${height} 255\n`);
  const bytes = new Uint8Array(head.length + grey.length);
  bytes.set(head);
  bytes.set(grey, head.length);
  return bytes;
}

/** Twice as large, in between by mean. */
export function enlarged({ width, height, grey }: Raster): Raster {
  const [w, h] = [width * 2, height * 2];
  const large = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    const upper = (y >> 1) * width;
    const lower = Math.min(height - 1, (y + 1) >> 1) * width;
    for (let x = 0; x < w; x++) {
      const [left, right] = [x >> 1, Math.min(width - 1, (x + 1) >> 1)];
      large[y * w + x] =
        ((grey[upper + left] as number) +
          (grey[upper + right] as number) +
          (grey[lower + left] as number) +
          (grey[lower + right] as number) +
          2) >>
        2;
    }
  }
  return { width: w, height: h, grey: large };
}
