/** A question paper as an author's program writes it: text with fonts of its own, tables and drawings, in PDF. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PDFDocument, rgb } from '@cantoo/pdf-lib';
import fontkit from '@cantoo/fontkit';

const require = createRequire(import.meta.url);

const tasks = [
  'Найдите значение выражения 3,5 · 2 − 4,2 : 0,6.',
  'Поезд прошёл 324 км за 4,5 ч. С какой средней скоростью он ехал?',
  'Решите уравнение x² − 7x + 12 = 0. Если корней больше одного, запишите меньший.',
  'Стороны прямоугольника относятся как 3 : 4, диагональ равна 25. Найдите площадь.',
  'Сколько существует трёхзначных чисел, цифры которых идут по возрастанию?',
  'Постройте график y = |x − 2| − 3 и укажите, при каких x значение не больше нуля.',
];

export async function questionPaper(variant: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.registerFontkit(fontkit);
  const file = require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf');
  const font = await document.embedFont(await readFile(file), { subset: true });
  for (const [number, some] of [tasks.slice(0, 3), tasks.slice(3)].entries()) {
    const page = document.addPage([595.28, 841.89]);
    page.drawText(`Математика. Вариант ${variant}, страница ${number + 1}`, {
      x: 57,
      y: 780,
      size: 16,
      font,
    });
    for (const [i, text] of some.entries()) {
      const y = 730 - i * 220;
      page.drawText(`${number * 3 + i + 1}. ${text}`, { x: 57, y, size: 11, font });
      // A grid to work on.
      for (let x = 0; x <= 24; x++)
        page.drawLine({
          start: { x: 57 + x * 20, y: y - 20 },
          end: { x: 57 + x * 20, y: y - 180 },
          thickness: 0.3,
          color: rgb(0.7, 0.7, 0.8),
        });
      for (let row = 0; row <= 8; row++)
        page.drawLine({
          start: { x: 57, y: y - 20 - row * 20 },
          end: { x: 537, y: y - 20 - row * 20 },
          thickness: 0.3,
          color: rgb(0.7, 0.7, 0.8),
        });
    }
  }
  return document.save();
}
