import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDigit } from '../../base/check-digit.ts';
import { ownTemplates } from './own-templates.ts';
import { barsText, readSheetCode, sheetKinds, squareText, type SheetCode } from './sheet-code.ts';
import { mostSheets, numberProblem, ownNumber, ownNumbers } from './sheet-number.ts';
import { anchors, answerBoxes, codePlaces, page, templateSchema, type Box } from './template.ts';

test('the check digit is that of ISO 7064', () => {
  // The standard's own example.
  expect(checkDigit('0794')).toBe('5');
});

test('one wrong digit is always found', () => {
  const serial = fc.integer({ min: 1, max: mostSheets });
  const place = fc.nat(ownNumbers.length - 1);
  fc.assert(
    fc.property(serial, place, fc.integer({ min: 1, max: 9 }), (n, at, plus) => {
      const number = ownNumber('204117', n);
      expect(numberProblem(number, ownNumbers)).toBeNull();
      const digits = [...number];
      digits[at] = String((Number(digits[at]) + plus) % 10);
      expect(numberProblem(digits.join(''), ownNumbers)).toBe('wrong-check-digit');
    }),
  );
});

test('a number of another length or with letters is none', () => {
  expect(numberProblem('12', ownNumbers)).toBe('wrong-length');
  expect(numberProblem(`${ownNumber('204117', 1)}0`, ownNumbers)).toBe('wrong-length');
  expect(numberProblem('O0000000000000000', ownNumbers)).toBe('not-digits');
  expect(numberProblem('', ownNumbers)).toBe('not-digits');
});

const codes: fc.Arbitrary<SheetCode & { more: NonNullable<SheetCode['more']> }> = fc.record({
  number: fc.integer({ min: 1, max: mostSheets }).map((n) => ownNumber('204117', n)),
  side: fc.constantFrom(1 as const, 2 as const),
  more: fc.record({
    kit: fc.integer({ min: 1, max: 99_999_999 }).map(String),
    kind: fc.constantFrom(...sheetKinds),
    copy: fc.integer({ min: 1, max: 999 }),
  }),
});

test('what was written into a code is read from it', () => {
  fc.assert(
    fc.property(codes, (code) => {
      expect(readSheetCode(squareText(code))).toEqual(code);
      expect(readSheetCode(barsText(code))).toEqual({ number: code.number, side: code.side, more: null });
    }),
  );
});

test('other codes on a page are no sheets, whatever they say', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readSheetCode(text)).toBeNull();
    }),
  );
  expect(readSheetCode('4006381333931')).toBeNull();
  // Right in form, and with a digit that was read wrong.
  expect(readSheetCode('1,20411700000000011,1,100001,0,1')).toBeNull();
});

test('forms from elsewhere are read by their own rule, and by no other', () => {
  const rule = { length: 17, check: 'none' } as const;
  expect(readSheetCode('20031192413000035')).toBeNull();
  expect(readSheetCode('20031192413000035', [rule])).toEqual({
    number: '20031192413000035',
    side: 1,
    more: null,
  });
  expect(readSheetCode('2003119241300003', [rule])).toBeNull();
});

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test.each(ownTemplates.map((one) => [one.kind, one] as const))(
  'on the form %s nothing lies over something else or beside the page',
  (_, template) => {
    expect(templateSchema.parse(template)).toEqual(template);
    for (const side of template.sides) {
      const fixed = [...anchors, ...codePlaces.bars, ...codePlaces.squares];
      const printed = side.fields.flatMap((field) => (field.type === 'printed' ? [field.at] : []));
      const all = [...fixed, ...printed, ...answerBoxes(side)];
      for (const [i, one] of all.entries()) {
        expect(one.x >= 0 && one.y >= 0).toBe(true);
        expect(one.x + one.width <= page.width && one.y + one.height <= page.height).toBe(true);
        for (const other of all.slice(i + 1))
          expect([one, other, overlap(one, other)]).toEqual([one, other, false]);
      }
    }
  },
);
