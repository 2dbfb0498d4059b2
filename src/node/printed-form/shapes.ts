/** A form's side as lines, boxes and words, in millimetres: the same for paper and for the screen. */
import { barsText, squareText, type SheetCode } from '../../exam/form/sheet-code.ts';
import { grouped } from '../../exam/form/sheet-number.ts';
import {
  anchors,
  characterBox,
  codePlaces,
  markBox,
  type Box,
  type Field,
  type Side,
  type Words,
} from '../../exam/form/template.ts';
import { barsOf, squareOf } from './codes.ts';

export type Shape =
  | { readonly type: 'fill'; readonly box: Box }
  /** Grey: where somebody writes; a scanner sees it, and knows where it is. */
  | { readonly type: 'frame'; readonly box: Box; readonly grey: boolean }
  | { readonly type: 'line'; readonly from: Point; readonly to: Point; readonly grey: boolean }
  /** Within the box, on one line or several; `size` is the height of the letters. */
  | {
      readonly type: 'words';
      readonly text: string;
      readonly box: Box;
      readonly size: number;
      readonly bold: boolean;
      readonly align: 'left' | 'centre';
    };
interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PrintedSheet {
  readonly code: SheetCode & { readonly more: NonNullable<SheetCode['more']> };
  /** What the machine prints into its fields, by their names. */
  readonly values: Readonly<Record<string, string>>;
  readonly language: keyof Words;
}

/** @param sheet null: the blank form, without codes and numbers */
export function shapesOf(side: Side, sheet: PrintedSheet | null, language: keyof Words): Shape[] {
  return [
    ...anchors.map((box): Shape => ({ type: 'fill', box })),
    words(side.heading[language], { x: 16, y: 8, width: 76, height: 10 }, 4.2, true),
    ...side.hints.map(({ at, text }) => words(text[language], at, 2.4)),
    ...side.fields.flatMap((field) => fieldShapes(field, sheet, language)),
    ...(sheet ? codeShapes(sheet.code) : []),
  ];
}

function words(text: string, box: Box, size: number, bold = false, align: 'left' | 'centre' = 'left'): Shape {
  return { type: 'words', text, box, size, bold, align };
}

function codeShapes(code: PrintedSheet['code']): Shape[] {
  const bars = barsOf(barsText(code));
  const square = squareOf(squareText(code));
  const { bars: barPlaces, squares: squarePlaces } = codePlaces;
  const [head] = barPlaces;
  return [
    ...barPlaces.flatMap((place) => barShapes(bars, place)),
    ...squarePlaces.flatMap((place) => squareShapes(square, place)),
    words(
      `${grouped(code.number)} · ${code.side}`,
      { x: head.x, y: head.y + head.height + 0.6, width: head.width, height: 4 },
      2.9,
      false,
      'centre',
    ),
    words(`№ ${code.more.kit}`, { x: 16, y: 18, width: 76, height: 6 }, 3.2, true),
  ];
}

function barShapes(bars: readonly number[], place: Box): Shape[] {
  const { module } = codePlaces;
  const width = bars.reduce((sum, one) => sum + one, 0) * module;
  let x = place.x + (place.width - width) / 2;
  return bars.flatMap((modules, i) => {
    const box = { x, y: place.y, width: modules * module, height: place.height };
    x += modules * module;
    return i % 2 === 0 ? [{ type: 'fill', box } as const] : [];
  });
}

/** White around it, as the standard asks for. */
const quiet = 1;

function squareShapes(square: readonly (readonly boolean[])[], place: Box): Shape[] {
  const module = (place.width - 2 * quiet) / square.length;
  return square.flatMap((row, y) => {
    const shapes: Shape[] = [];
    // Neighbours as one: between two boxes a printer may leave a white line.
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      let end = x;
      while (row[end + 1]) end++;
      const box = {
        x: place.x + quiet + x * module,
        y: place.y + quiet + y * module,
        width: (end - x + 1) * module,
        height: module,
      };
      shapes.push({ type: 'fill', box });
      x = end;
    }
    return shapes;
  });
}

const labelHeight = 3.4;
const above = (box: Box, width: number): Box => ({
  x: box.x,
  y: box.y - labelHeight - 0.4,
  width,
  height: labelHeight,
});

function fieldShapes(field: Field, sheet: PrintedSheet | null, language: keyof Words): Shape[] {
  const label = field.label?.[language];
  const named = (width: number): Shape[] =>
    label === undefined ? [] : [words(label, above(field.at, width), 2.4)];
  switch (field.type) {
    case 'printed': {
      const value = sheet?.values[field.name] ?? '';
      return [...named(field.at.width), words(value, field.at, 3.4, true)];
    }
    case 'area': {
      const rules: Shape[] = [];
      const { x, y, width, height } = field.at;
      if (field.lines > 0)
        for (let at = y + field.lines; at < y + height - 1; at += field.lines)
          rules.push({ type: 'line', from: { x, y: at }, to: { x: x + width, y: at }, grey: true });
      return [...named(width), { type: 'frame', box: field.at, grey: false }, ...rules];
    }
    case 'characters':
      return [
        ...named(field.count * (field.at.width + field.gap)),
        ...Array.from({ length: field.count }, (_, i): Shape => ({
          type: 'frame',
          box: characterBox(field, i),
          grey: true,
        })),
      ];
    case 'marks': {
      const labelled =
        label === undefined
          ? []
          : [words(label, { ...above(field.at, 70), x: field.at.x - 8, y: field.at.y - 9 }, 2.4)];
      const heads = field.columns.map((column, i) => {
        const box = markBox(field, 0, i);
        return words(column, { ...box, y: box.y - 3.6, height: 3 }, 2.4, false, 'centre');
      });
      const rows = field.rows.flatMap((row, r) => [
        words(row, { ...markBox(field, r, 0), x: field.at.x - 8, width: 7 }, 2.6, true),
        ...field.columns.map((_, c): Shape => ({ type: 'frame', box: markBox(field, r, c), grey: false })),
      ]);
      return [...labelled, ...heads, ...rows];
    }
  }
}
