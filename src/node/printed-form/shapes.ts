/** A form's side as lines, boxes and words, in millimetres: the same for paper and for the screen. */
import type { SheetCode } from '../../exam/form/sheet-code.ts';
import {
  anchors,
  characterBox,
  markBox,
  type Box,
  type Field,
  type Side,
  type Words,
} from '../../exam/form/template.ts';
import { codeShapes } from './code-shapes.ts';
import { kitShapes, type KitSheet } from './kit-numbers.ts';
import { words, type Shape } from './shape.ts';

export interface PrintedSheet {
  readonly code: SheetCode & { readonly more: NonNullable<SheetCode['more']> };
  /** What the machine prints into its fields, by their names. */
  readonly values: Readonly<Record<string, string>>;
  readonly language: keyof Words;
  /** Of its kit, in order: a control sheet names them in its field `numbers`. */
  readonly kitSheets?: readonly KitSheet[];
}

/** @param sheet null: the blank form, without codes and numbers */
export function shapesOf(side: Side, sheet: PrintedSheet | null, language: keyof Words): Shape[] {
  return [...blankShapes(side, language), ...(sheet ? sheetShapes(side, sheet) : [])];
}

/** What all sheets of a kind have in common. */
export function blankShapes(side: Side, language: keyof Words): Shape[] {
  return [
    ...anchors.map((box): Shape => ({ type: 'fill', box })),
    words(side.heading[language], { x: 18, y: 8, width: 74, height: 10 }, 4.2, true),
    ...side.hints.map(({ at, text }) => words(text[language], at, 2.4)),
    ...side.fields.flatMap((field) => fieldShapes(field, language)),
  ];
}

/** What is of this sheet alone: codes, numbers, what the machine prints. */
export function sheetShapes(side: Side, sheet: PrintedSheet): Shape[] {
  return [
    ...side.fields.flatMap((field): Shape[] => {
      if (field.type !== 'printed') return [];
      if (field.name === 'numbers' && sheet.kitSheets) return kitShapes(field.at, sheet.kitSheets);
      const value = sheet.values[field.name] ?? '';
      return value === '' ? [] : [words(value, field.at, 3.4, true)];
    }),
    ...codeShapes(sheet.code, sheet.language),
  ];
}

const labelHeight = 3.4;
const above = (box: Box, width: number): Box => ({
  x: box.x,
  y: box.y - labelHeight - 0.4,
  width,
  height: labelHeight,
});

function fieldShapes(field: Field, language: keyof Words): Shape[] {
  const label = field.label?.[language];
  const named = (width: number): Shape[] =>
    label === undefined ? [] : [words(label, above(field.at, width), 2.4)];
  switch (field.type) {
    case 'printed':
      return named(field.at.width);
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
