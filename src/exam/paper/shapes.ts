/** Shapes of hotspots, as in HTML image maps: in the picture's own pixels. */
import type { QtiElement } from './element.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Shape =
  | { readonly kind: 'default' }
  | {
      readonly kind: 'rect';
      readonly left: number;
      readonly top: number;
      readonly right: number;
      readonly bottom: number;
    }
  | {
      readonly kind: 'ellipse';
      readonly centre: Point;
      readonly across: number;
      readonly down: number;
    }
  | { readonly kind: 'poly'; readonly points: readonly Point[] };

export const shapeNames: readonly string[] = ['circle', 'rect', 'poly', 'default', 'ellipse'];

/** @returns null when the shape is unknown or its coordinates are not those of such a shape. */
export function shapeOf({ attributes }: QtiElement): Shape | null {
  const numbers = (attributes['coords'] ?? '')
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map(Number);
  if (!numbers.every(Number.isFinite)) return null;
  const [a = 0, b = 0, c = 0, d = 0] = numbers;
  switch (attributes['shape'] ?? '') {
    case 'default':
      return { kind: 'default' };
    case 'rect':
      return numbers.length === 4 && c > a && d > b
        ? { kind: 'rect', left: a, top: b, right: c, bottom: d }
        : null;
    case 'circle':
      return numbers.length === 3 && c > 0
        ? { kind: 'ellipse', centre: { x: a, y: b }, across: c, down: c }
        : null;
    case 'ellipse':
      return numbers.length === 4 && c > 0 && d > 0
        ? { kind: 'ellipse', centre: { x: a, y: b }, across: c, down: d }
        : null;
    case 'poly':
      return numbers.length >= 6 && numbers.length % 2 === 0
        ? { kind: 'poly', points: pointsOf(numbers) }
        : null;
    default:
      return null;
  }
}

/** Where a mark on the shape stands. */
export function centreOf(shape: Shape, picture: { width: number; height: number }): Point {
  switch (shape.kind) {
    case 'default':
      return { x: picture.width / 2, y: picture.height / 2 };
    case 'rect':
      return { x: (shape.left + shape.right) / 2, y: (shape.top + shape.bottom) / 2 };
    case 'ellipse':
      return shape.centre;
    case 'poly':
      return {
        x: shape.points.reduce((sum, { x }) => sum + x, 0) / shape.points.length,
        y: shape.points.reduce((sum, { y }) => sum + y, 0) / shape.points.length,
      };
  }
}

function pointsOf(numbers: readonly number[]): Point[] {
  return numbers.flatMap((x, i) => (i % 2 === 0 ? [{ x, y: numbers[i + 1] ?? 0 }] : []));
}
