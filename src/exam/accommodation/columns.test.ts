import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { readRoster } from '../roster/roster.ts';
import { contrast, hasAny } from './accommodations.ts';

const plain = ['场次', '考点代码', '考场代码', '准考证号', '姓名'];
const candidate = ['1', 'S1', 'R1', '1001', '王小明'];

function read(columns: Record<string, string>) {
  return expectOk(
    readRoster(
      [
        [...plain, ...Object.keys(columns)],
        [...candidate, ...Object.values(columns)],
      ],
      [1],
    ),
  );
}

test('a row says what its candidate has, in any of the languages', () => {
  const { rows, errors, columns } = read({
    补时比例: '25%',
    'доп. время, мин': '10',
    'Text size': '200',
    颜色: '黑底黄字',
    'в один столбец': 'да',
    'Large controls': 'yes',
    朗读: '是',
    其他便利: '手语翻译；单独考场',
  });
  expect(errors).toEqual([]);
  expect(columns.every((one) => one.field !== null)).toBe(true);
  expect(rows[0]?.accommodations).toEqual({
    timePercent: 25,
    timeMinutes: 10,
    timeUnlimited: false,
    textPercent: 200,
    colours: { text: '#ffff00', background: '#000000' },
    singleColumn: true,
    largeControls: true,
    readAloud: true,
    others: ['手语翻译', '单独考场'],
  });
});

test('empty cells ask for nothing, and a time can be without limit', () => {
  const none = read({ 'Text size': '', Colours: '', 'Large controls': 'no' }).rows[0];
  expect(none && hasAny(none.accommodations)).toBe(false);
  expect(read({ 'extra time minutes': 'unlimited' }).rows[0]?.accommodations).toMatchObject({
    timeUnlimited: true,
    timeMinutes: 0,
  });
});

test.each([
  ['补时比例', '301', 'not-a-percentage'],
  ['补时比例', 'half', 'not-a-percentage'],
  ['extra time minutes', '601', 'not-a-number-between'],
  ['extra time minutes', '1.5', 'not-a-number-between'],
  ['Text size', '401', 'not-a-number-between'],
  ['Text size', '99', 'not-a-number-between'],
  ['Colours', 'pretty', 'not-colours'],
  ['Colours', '#fff on #000', 'not-colours'],
  ['Colours', '#777777 on #888888', 'colours-too-alike'],
  ['Single column', 'maybe', 'not-yes-or-no'],
  ['Other accommodations', 'x'.repeat(201), 'too-long'],
  ['Other accommodations', 'a;'.repeat(21), 'too-many-accommodations'],
])('%s "%s" is refused with its line', (column, value, type) => {
  const { errors } = read({ [column]: value });
  expect(errors.map((one) => [one.line, one.column, one.reason.type])).toEqual([[2, column, type]]);
});

test('contrast is that of WCAG', () => {
  expect(contrast({ text: '#000000', background: '#ffffff' })).toBeCloseTo(21, 5);
  expect(contrast({ text: '#777777', background: '#ffffff' })).toBeCloseTo(4.48, 2);
});
