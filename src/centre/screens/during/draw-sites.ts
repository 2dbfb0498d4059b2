/** Draws the map of sites: one cell each, told apart by colour and by shape. Thousands of elements would be slower than their drawing. */
import type { SiteState } from '../../../exam/board/board-view.ts';

export interface Cells {
  /** Pixels of a side. */
  readonly size: number;
  readonly columns: number;
  readonly rows: number;
}

const [smallest, largest] = [7, 26];

/** The largest cells with which all sites fit. */
export function cellsFor(count: number, width: number, height: number): Cells {
  for (let size = largest; ; size--) {
    const columns = Math.max(1, Math.floor(width / size));
    const rows = Math.ceil(count / columns);
    if (size === smallest || rows * size <= height) return { size, columns, rows };
  }
}

export type Colours = Readonly<Record<SiteState, string>>;

export function drawSites(
  canvas: HTMLCanvasElement,
  states: readonly SiteState[],
  { size, columns, rows }: Cells,
  colours: Colours,
): void {
  const ratio = globalThis.devicePixelRatio;
  canvas.width = columns * size * ratio;
  canvas.height = rows * size * ratio;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.scale(ratio, ratio);
  for (const [i, state] of states.entries()) {
    pen.save();
    pen.translate((i % columns) * size, Math.floor(i / columns) * size);
    pen.fillStyle = pen.strokeStyle = colours[state];
    pen.lineWidth = Math.max(1, size / 8);
    shapes[state](pen, size);
    pen.restore();
  }
}

type Shape = (pen: CanvasRenderingContext2D, size: number) => void;

function circle(pen: CanvasRenderingContext2D, size: number, part = 1): void {
  pen.beginPath();
  pen.arc(size / 2, size / 2, size * 0.34, Math.PI / 2, Math.PI / 2 + part * 2 * Math.PI);
}

const shapes: Readonly<Record<SiteState, Shape>> = {
  // The only one that fills its cell: it is found among thousands.
  alarm(pen, size) {
    pen.fillRect(0.5, 0.5, size - 1, size - 1);
    pen.strokeStyle = '#fff';
    pen.beginPath();
    pen.moveTo(size * 0.28, size * 0.28);
    pen.lineTo(size * 0.72, size * 0.72);
    pen.moveTo(size * 0.72, size * 0.28);
    pen.lineTo(size * 0.28, size * 0.72);
    pen.stroke();
  },
  acknowledged(pen, size) {
    pen.beginPath();
    pen.moveTo(size / 2, size * 0.1);
    pen.lineTo(size * 0.92, size * 0.88);
    pen.lineTo(size * 0.08, size * 0.88);
    pen.fill();
  },
  unregistered: (pen, size) => pen.fillRect(size * 0.22, size * 0.44, size * 0.56, size * 0.14),
  preparing(pen, size) {
    circle(pen, size);
    pen.stroke();
  },
  ready(pen, size) {
    circle(pen, size);
    pen.stroke();
    circle(pen, size, 0.5);
    pen.fill();
  },
  running(pen, size) {
    circle(pen, size);
    pen.fill();
  },
  ended: (pen, size) => pen.fillRect(size * 0.18, size * 0.18, size * 0.64, size * 0.64),
  reported(pen, size) {
    pen.strokeRect(size * 0.18, size * 0.18, size * 0.64, size * 0.64);
    pen.fillRect(size * 0.36, size * 0.36, size * 0.28, size * 0.28);
  },
};
