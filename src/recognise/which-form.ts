/** Which form a page is, when its squares are unreadable and the bars name the number alone: by the lines that only one form has there. */
import { answerBoxes, type Side, type Template } from '../exam/form/template.ts';
import { cellsOf, type Flat } from './flat.ts';

/** Of the frames that are there: most of them. */
export const likely = 0.6;
/** To the next best. */
const ahead = 0.15;

/** null: it cannot be told. */
export function whichForm(flat: Flat, templates: readonly Template[], side: 1 | 2): Side | null {
  const sides = templates.flatMap((template) => template.sides[side - 1] ?? []);
  const fits = sides.map((one) => ({ side: one, fit: fitOf(flat, one) })).toSorted((a, b) => b.fit - a.fit);
  const [first, second] = fits;
  if (!first || first.fit < likely) return null;
  // Two forms that have their boxes in the same places bear ink in the same places.
  const alike =
    second && JSON.stringify(answerBoxes(second.side)) === JSON.stringify(answerBoxes(first.side));
  return second && !alike && first.fit - second.fit < ahead ? null : first.side;
}

/** Which part of a form's frames is where it has them. */
export function fitOf(flat: Flat, side: Side): number {
  const boxes = answerBoxes(side);
  if (boxes.length === 0) return 0;
  let [there, all] = [0, 0];
  for (const box of boxes) {
    const { left, top, right, bottom } = cellsOf(box);
    for (let x = left + 2; x < right - 2; x += 2) {
      there += line(flat, x, top, 0, 1) + line(flat, x, bottom, 0, 1);
      all += 2;
    }
    for (let y = top + 2; y < bottom - 2; y += 2) {
      there += line(flat, left, y, 1, 0) + line(flat, right, y, 1, 0);
      all += 2;
    }
  }
  return there / all;
}

function line({ dark, width }: Flat, x: number, y: number, dx: number, dy: number): number {
  for (let i = -2; i <= 1; i++) if ((dark[(y + i * dy) * width + x + i * dx] ?? 0) > 46) return 1;
  return 0;
}
