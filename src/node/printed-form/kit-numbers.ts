/** The numbers of a kit's sheets, as its control sheet lists them: in words, digits, and a code for who compares with a hand scanner. */
import { grouped } from '../../exam/form/sheet-number.ts';
import type { Box } from '../../exam/form/template.ts';
import { squareOf } from './codes.ts';
import { squareShapes } from './code-shapes.ts';
import { words, type Shape } from './shape.ts';

export interface KitSheet {
  /** What the form is called. */
  readonly name: string;
  readonly number: string;
}

/** A letter before the number: whoever reads the page must not take the number of another sheet for the page's own. */
export const listedMark = 'N';

const mostInColumn = 12;
const tallest = 12;
const gap = 4;
const numberWidth = 42;
const size = 3.2;

export function kitShapes(at: Box, sheets: readonly KitSheet[]): Shape[] {
  const columns = Math.max(1, Math.ceil(sheets.length / mostInColumn));
  const inColumn = Math.ceil(sheets.length / columns);
  const height = Math.min(tallest, at.height / Math.max(1, inColumn));
  const width = (at.width - (columns - 1) * gap) / columns;
  const square = height - 1.5;
  return sheets.flatMap(({ name, number }, i) => {
    const x = at.x + Math.floor(i / inColumn) * (width + gap);
    const y = at.y + (i % inColumn) * height;
    const middle = y + (square - size) / 2 - 0.4;
    const nameWidth = width - square - numberWidth - 3;
    return [
      ...squareShapes(squareOf(`${listedMark}${number}`), { x, y, width: square, height: square }),
      words(
        grouped(number),
        { x: x + square + 1.5, y: middle, width: numberWidth, height: size + 1.5 },
        size,
        true,
      ),
      words(
        name,
        { x: x + square + numberWidth + 3, y: middle, width: nameWidth, height: height - (middle - y) },
        2.8,
      ),
    ];
  });
}
