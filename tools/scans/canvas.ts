/** Grey paper to draw on, in millimetres; edges are smoothed as a scanner sees them. */
import type { Box } from '../../src/exam/form/template.ts';
import type { Point, Raster } from '../../src/recognise/raster.ts';

export class Canvas {
  readonly #raster: Raster;
  readonly #scale: number;
  constructor({ width, height, grey }: Raster, dpi: number) {
    this.#raster = { width, height, grey: Uint8Array.from(grey) };
    this.#scale = dpi / 25.4;
  }

  raster(): Raster {
    return this.#raster;
  }

  paint({ x, y, width, height }: Box, value: number): void {
    const s = this.#scale;
    const [l, t, r, b] = [x * s, y * s, (x + width) * s, (y + height) * s];
    for (let py = Math.floor(t); py < b; py++)
      for (let px = Math.floor(l); px < r; px++) {
        const part = (Math.min(px + 1, r) - Math.max(px, l)) * (Math.min(py + 1, b) - Math.max(py, t));
        this.#darken(px, py, value, part);
      }
  }

  disc(at: Point, radius: number, value: number): void {
    this.#capsule(at, at, radius, value);
  }

  stroke(points: readonly Point[], { grey, width }: { readonly grey: number; readonly width: number }): void {
    for (const [i, point] of points.entries())
      if (i > 0) this.#capsule(points[i - 1] as Point, point, width / 2, grey);
  }

  #capsule(from: Point, to: Point, radius: number, value: number): void {
    const s = this.#scale;
    const [ax, ay, bx, by, r] = [from.x * s, from.y * s, to.x * s, to.y * s, radius * s];
    const [dx, dy] = [bx - ax, by - ay];
    const square = dx * dx + dy * dy || 1;
    for (let y = Math.floor(Math.min(ay, by) - r - 1); y <= Math.max(ay, by) + r + 1; y++)
      for (let x = Math.floor(Math.min(ax, bx) - r - 1); x <= Math.max(ax, bx) + r + 1; x++) {
        const along = Math.max(0, Math.min(1, ((x + 0.5 - ax) * dx + (y + 0.5 - ay) * dy) / square));
        const off = Math.hypot(x + 0.5 - ax - along * dx, y + 0.5 - ay - along * dy);
        this.#darken(x, y, value, Math.max(0, Math.min(1, r - off + 0.5)));
      }
  }

  #darken(x: number, y: number, value: number, part: number): void {
    const { width, height, grey } = this.#raster;
    if (x < 0 || y < 0 || x >= width || y >= height || part <= 0) return;
    const at = y * width + x;
    grey[at] = Math.min(grey[at] as number, Math.round((grey[at] as number) * (1 - part) + value * part));
  }
}
