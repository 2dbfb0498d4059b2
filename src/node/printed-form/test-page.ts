/**
 * What a print station prints before anything else: corner squares and codes as forms have them, bars of known length for a ruler, steps of grey.
 * Scanned, it is read as any form is.
 */
import { ownNumber } from '../../exam/form/sheet-number.ts';
import type { SheetCode } from '../../exam/form/sheet-code.ts';
import { page, type Side, type Words } from '../../exam/form/template.ts';
import { FormDocument, type FormDocumentOptions } from './form-document.ts';
import { noKit } from './code-shapes.ts';
import { words, type Shape } from './shape.ts';

/** Of no event: a register of forms knows no such number. */
export const testCode = {
  number: ownNumber('000000', 1),
  side: 1,
  more: { kit: noKit, kind: 'protocol', copy: 1 },
} as const satisfies SheetCode;

/** Lengths of the bars, mm. */
export const testBars = { across: 150, down: 180 } as const;
const greySteps = 8;

const heading: Words = { en: 'Test print', zh: '测试打印', ru: 'Тестовая печать' };
const howTo: Words = {
  en: 'Good when: all four corner squares are whole and black; the bars measure what is written beside them; every step of grey differs from its neighbours; codes and letters are sharp.',
  zh: '合格标准：四角黑色方块完整；两条测量线的长度与标注一致；每级灰度与相邻级有区别；条码和文字清晰。',
  ru: 'Печать хорошая, если: все четыре квадрата по углам целые и чёрные; длина полос такая, как указано рядом; каждая ступень серого отличается от соседних; коды и буквы чёткие.',
};

/** @param about printer and computer, so that pages of several are not mixed up */
export async function testPagePdf(options: FormDocumentOptions, about: string): Promise<Uint8Array> {
  const { language } = options;
  const side: Side = { heading, hints: [], fields: [] };
  const document = await FormDocument.open(options);
  await document.add(side, { code: testCode, values: {}, language }, shapes(language, about));
  return document.save();
}

function shapes(language: keyof Words, about: string): Shape[] {
  const [left, top] = [40, 64];
  const step = testBars.across / greySteps;
  return [
    words(about, { x: 16, y: 32, width: 178, height: 8 }, 3.2, true),
    words(howTo[language], { x: 16, y: 42, width: 178, height: 16 }, 3),
    { type: 'fill', box: { x: left, y: top, width: testBars.across, height: 1 } },
    ...[0, testBars.across].map((x): Shape => ({
      type: 'fill',
      box: { x: left + x - (x === 0 ? 0 : 0.3), y: top - 3, width: 0.3, height: 7 },
    })),
    words(`${testBars.across} mm`, { x: left + 60, y: top + 2, width: 40, height: 5 }, 3.2),
    { type: 'fill', box: { x: 26, y: top + 10, width: 1, height: testBars.down } },
    ...[0, testBars.down].map((y): Shape => ({
      type: 'fill',
      box: { x: 23, y: top + 10 + y - (y === 0 ? 0 : 0.3), width: 7, height: 0.3 },
    })),
    words(`${testBars.down} mm`, { x: 30, y: top + 100, width: 30, height: 5 }, 3.2),
    ...Array.from({ length: greySteps }, (_, i): Shape => ({
      type: 'tint',
      box: { x: left + i * step, y: top + 24, width: step, height: 24 },
      grey: i / (greySteps - 1),
    })),
    {
      type: 'frame',
      box: { x: left, y: top + 24, width: testBars.across, height: 24 },
      grey: false,
    },
    // Lines from thin to thick: what is lost of them is lost of a form's frames, too.
    ...[0.1, 0.15, 0.25, 0.35, 0.5, 0.75].map((width, i): Shape => ({
      type: 'fill',
      box: { x: left + 30, y: top + 62 + i * 8, width: 110, height: width },
    })),
    ...Array.from({ length: 4 }, (_, i) =>
      words(
        'ABCDEFG абвгдежз 0123456789 考试',
        { x: left + 30, y: top + 116 + i * 12, width: 110, height: 10 },
        2 + i,
      ),
    ),
    { type: 'frame', box: { x: 16, y: 58, width: page.width - 32, height: 208 }, grey: true },
  ];
}
