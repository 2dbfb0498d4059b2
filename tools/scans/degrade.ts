/** What paper and scanners do to a page. */
import { turn, type Point, type Raster, type Rotation } from '../../src/recognise/raster.ts';
import { Canvas } from './canvas.ts';
import type { Draw } from './draw.ts';

export interface Degradation {
  /** Clockwise, as it lay on the glass. */
  readonly turned?: Rotation;
  readonly skewDegrees?: number;
  readonly scale?: number;
  readonly shiftMm?: Point;
  /** Sigma in pixels. */
  readonly blur?: number;
  /** 1: as printed; 0.35: grey on grey. */
  readonly contrast?: number;
  /** Added all over: steps of grey. */
  readonly brightness?: number;
  /** From one edge to the other: steps of grey. */
  readonly gradient?: number;
  /** Sigma of each pixel, steps of grey. */
  readonly noise?: number;
  readonly holes?: boolean;
  readonly foldedCorner?: 0 | 1 | 2 | 3;
  readonly dirt?: number;
  /** Part of the ink of the back. */
  readonly showThrough?: number;
}

export function degrade(page: Raster, how: Degradation, draw: Draw, dpi: number): Raster {
  let raster = page;
  if (how.showThrough) raster = shineThrough(raster, how.showThrough, draw, dpi);
  raster = onPaper(raster, how, draw, dpi);
  if (how.skewDegrees || (how.scale ?? 1) !== 1 || how.shiftMm) raster = moved(raster, how, dpi);
  if (how.blur) raster = blurred(raster, how.blur);
  raster = lit(raster, how, draw);
  return turn(raster, how.turned ?? 0);
}

function onPaper(
  raster: Raster,
  { holes, foldedCorner, dirt = 0 }: Degradation,
  draw: Draw,
  dpi: number,
): Raster {
  const canvas = new Canvas(raster, dpi);
  if (holes) for (const y of [108.5, 188.5]) canvas.disc({ x: 11.5, y }, 2.75, 40);
  for (let i = 0; i < dirt; i++)
    canvas.disc(
      { x: draw.between(5, 205), y: draw.between(5, 292) },
      draw.between(0.1, 0.45),
      draw.between(60, 160),
    );
  if (foldedCorner !== undefined) {
    const { width, height, grey } = canvas.raster();
    const reach = (22 / 25.4) * dpi;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [fx, fy] = [foldedCorner % 2 ? width - x : x, foldedCorner > 1 ? height - y : y];
        const along = fx + fy;
        if (along < reach) grey[y * width + x] = along > reach - 6 ? 150 : 232;
      }
  }
  return canvas.raster();
}

/** Ink of the back, mirrored, faint. */
function shineThrough({ width, height, grey }: Raster, part: number, draw: Draw, dpi: number): Raster {
  const back = new Canvas({ width, height, grey: new Uint8Array(grey.length).fill(255) }, dpi);
  for (let i = 0; i < 250; i++) {
    const at = { x: draw.between(20, 190), y: draw.between(50, 265) };
    back.stroke(
      Array.from({ length: 4 }, (_, n) => ({ x: at.x + n, y: at.y + draw.between(-2, 2) })),
      { grey: 0, width: 0.6 },
    );
  }
  const behind = blurred(back.raster(), 1.5).grey;
  return {
    width,
    height,
    grey: grey.map((value, i) => Math.max(0, value - (255 - (behind[i] as number)) * part)),
  };
}

function moved({ width, height, grey }: Raster, how: Degradation, dpi: number): Raster {
  const out = new Uint8Array(grey.length);
  const angle = ((how.skewDegrees ?? 0) * Math.PI) / 180;
  const scale = how.scale ?? 1;
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  const [sx, sy] = [((how.shiftMm?.x ?? 0) / 25.4) * dpi, ((how.shiftMm?.y ?? 0) / 25.4) * dpi];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - width / 2 - sx, y - height / 2 - sy];
      const px = dx * cos + dy * sin + width / 2;
      const py = dy * cos - dx * sin + height / 2;
      const [l, t] = [Math.floor(px), Math.floor(py)];
      if (l < 0 || t < 0 || l >= width - 1 || t >= height - 1) {
        out[y * width + x] = 250;
        continue;
      }
      const [fx, fy] = [px - l, py - t];
      const at = t * width + l;
      out[y * width + x] =
        ((grey[at] as number) * (1 - fx) + (grey[at + 1] as number) * fx) * (1 - fy) +
        ((grey[at + width] as number) * (1 - fx) + (grey[at + width + 1] as number) * fx) * fy;
    }
  return { width, height, grey: out };
}

/** Gaussian, one direction after the other. */
function blurred({ width, height, grey }: Raster, sigma: number): Raster {
  const reach = Math.ceil(sigma * 3);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)),
  );
  const sum = kernel.reduce((a, b) => a + b, 0);
  const pass = (
    from: Uint8Array,
    step: number,
    limit: (at: number) => readonly [number, number],
  ): Uint8Array => {
    const to = new Uint8Array(from.length);
    for (let at = 0; at < from.length; at++) {
      const [position, size] = limit(at);
      let value = 0;
      for (let k = -reach; k <= reach; k++) {
        const clipped = Math.max(-position, Math.min(size - 1 - position, k));
        value += (kernel[k + reach] as number) * (from[at + clipped * step] as number);
      }
      to[at] = value / sum;
    }
    return to;
  };
  const across = pass(grey, 1, (at) => [at % width, width]);
  return { width, height, grey: pass(across, width, (at) => [Math.floor(at / width), height]) };
}

function lit(raster: Raster, how: Degradation, draw: Draw): Raster {
  const { width, height, grey } = raster;
  const { contrast = 1, brightness = 0, gradient = 0, noise = 0 } = how;
  if (contrast === 1 && brightness === 0 && gradient === 0 && noise === 0) return raster;
  // Drawn once, and taken from anywhere: a random number for each pixel would take longer than everything else.
  const grain = Float32Array.from({ length: 8_192 }, () => {
    const [a, b] = [Math.max(1e-9, draw.next()), draw.next()];
    return Math.sqrt(-2 * Math.log(a)) * Math.cos(2 * Math.PI * b) * noise;
  });
  const out = new Uint8ClampedArray(grey.length);
  let at = 0;
  for (let y = 0; y < height; y++) {
    let from = Math.floor(draw.next() * 8_192);
    const add = 255 * (1 - contrast) * 0.6 + brightness;
    for (let x = 0; x < width; x++, at++, from = (from + 1) & 8_191)
      out[at] =
        (grey[at] as number) * contrast +
        add -
        gradient * (x / width + y / height) * 0.5 +
        (grain[from] as number);
  }
  return { width, height, grey: new Uint8Array(out.buffer) };
}
