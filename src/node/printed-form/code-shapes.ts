/** Bars and squares of a sheet at their places, with its number in digits. */
import { barsText, squareText, type SheetCode } from '../../exam/form/sheet-code.ts';
import { grouped } from '../../exam/form/sheet-number.ts';
import { codePlaces, type Box, type Words } from '../../exam/form/template.ts';
import { barsOf, squareOf } from './codes.ts';
import { words, type Shape } from './shape.ts';

type FullCode = SheetCode & { readonly more: NonNullable<SheetCode['more']> };

/** As readers of pages and machines that print agree on it. */
export const noKit = '0';

const copyWords: Words = { en: 'copy', zh: '重印', ru: 'копия' };

export function codeShapes(code: FullCode, language: keyof Words): Shape[] {
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
    ...(code.more.kit === noKit
      ? []
      : [
          words(
            `№ ${code.more.kit}${code.more.copy === 1 ? '' : ` · ${copyWords[language]} ${code.more.copy}`}`,
            { x: 16, y: 18, width: 76, height: 6 },
            3.2,
            true,
          ),
        ]),
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

export function squareShapes(square: readonly (readonly boolean[])[], place: Box): Shape[] {
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
