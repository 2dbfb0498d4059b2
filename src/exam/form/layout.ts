/** Whether a form can be printed and read: nothing lies over something else or beside the page. Browser-safe. */
import { anchors, answerBoxes, codePlaces, page, type Box, type Field, type Template } from './template.ts';

/** Where the heading, the number in digits and the kit stand on every form. */
const printedByAll: readonly Box[] = [
  { x: 16, y: 8, width: 76, height: 10 },
  { x: 16, y: 18, width: 76, height: 6 },
  { x: 96, y: 20.6, width: 78, height: 4 },
];

export type LayoutProblem =
  | { readonly type: 'template-beside-page'; readonly side: number; readonly field: string }
  | {
      readonly type: 'template-overlaps';
      readonly side: number;
      readonly field: string;
      readonly other: string;
    };

interface Placed {
  readonly name: string;
  readonly box: Box;
}

/** The first thing that is wrong; null: nothing is. */
export function layoutProblem({ sides }: Template): LayoutProblem | null {
  for (const [i, side] of sides.entries()) {
    const fixed = [...anchors, ...codePlaces.bars, ...codePlaces.squares, ...printedByAll].map(
      (box): Placed => ({ name: '▮', box }),
    );
    const placed = side.fields.flatMap((field) =>
      boxesOf(field).map((box): Placed => ({ name: field.name, box })),
    );
    const all = [...fixed, ...placed].toSorted((a, b) => a.box.y - b.box.y);
    const beside = placed.find(({ box }) => !liesOnPage(box));
    if (beside) return { type: 'template-beside-page', side: i + 1, field: beside.name };
    for (const [n, one] of all.entries()) {
      for (const other of all.slice(n + 1)) {
        // In the order of their upper edges: nothing further down lies over this one.
        if (other.box.y >= one.box.y + one.box.height - tolerance) break;
        if (overlap(one.box, other.box) && !(one.name === '▮' && other.name === '▮')) {
          const [field, second] = one.name === '▮' ? [other.name, one.name] : [one.name, other.name];
          return { type: 'template-overlaps', side: i + 1, field, other: second };
        }
      }
    }
  }
  return null;
}

/** Boxes that only touch are no mistake of whoever reckons in binary fractions. */
const tolerance = 0.001;

function boxesOf(field: Field): Box[] {
  if (field.type === 'printed') return [field.at];
  return answerBoxes({ heading: { en: '', zh: '', ru: '' }, hints: [], fields: [field] });
}

function liesOnPage({ x, y, width, height }: Box): boolean {
  return width > 0 && height > 0 && x + width <= page.width && y + height <= page.height;
}

function overlap(a: Box, b: Box): boolean {
  return (
    a.x + tolerance < b.x + b.width &&
    b.x + tolerance < a.x + a.width &&
    a.y + tolerance < b.y + b.height &&
    b.y + tolerance < a.y + a.height
  );
}
