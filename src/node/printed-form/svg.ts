/** A form's side as a picture for the screen, or to be drawn in pixels. */
import { page } from '../../exam/form/template.ts';
import type { Shape } from './shape.ts';

const grey = '#9aa0a6';
const thin = 0.25;

/** Of an A4 page, one unit a millimetre. Words are set in whatever font there is: on paper the PDF carries its own. */
export function svgOf(shapes: readonly Shape[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${page.width} ${page.height}" width="${page.width}mm" height="${page.height}mm">`,
    `<rect width="${page.width}" height="${page.height}" fill="#fff"/>`,
    ...shapes.map(drawn),
    '</svg>',
  ].join('');
}

function drawn(shape: Shape): string {
  switch (shape.type) {
    case 'fill':
      return `<rect ${boxOf(shape.box)} fill="#000" shape-rendering="crispEdges"/>`;
    case 'tint': {
      const tone = Math.round(shape.grey * 255);
      return `<rect ${boxOf(shape.box)} fill="rgb(${tone},${tone},${tone})" shape-rendering="crispEdges"/>`;
    }
    case 'frame':
      return `<rect ${boxOf(shape.box)} fill="none" stroke="${shape.grey ? grey : '#000'}" stroke-width="${thin}"/>`;
    case 'line':
      return `<line x1="${shape.from.x}" y1="${shape.from.y}" x2="${shape.to.x}" y2="${shape.to.y}" stroke="${shape.grey ? grey : '#000'}" stroke-width="${thin}"/>`;
    case 'words': {
      const { box, size, bold, align } = shape;
      const x = align === 'left' ? box.x : box.x + box.width / 2;
      const anchor = align === 'left' ? 'start' : 'middle';
      return `<text x="${x}" y="${box.y + size}" font-size="${size}" font-family="Noto Sans, sans-serif" text-anchor="${anchor}"${bold ? ' font-weight="700"' : ''}>${escaped(shape.text)}</text>`;
    }
  }
}

const figure = (value: number): string => String(Math.round(value * 1_000) / 1_000);

function boxOf({ x, y, width, height }: { x: number; y: number; width: number; height: number }): string {
  return `x="${figure(x)}" y="${figure(y)}" width="${figure(width)}" height="${figure(height)}"`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
