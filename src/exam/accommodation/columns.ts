/** The roster's columns of accommodations: one cell each, in any of the three languages. */
import type { Refusal } from '../../base/result.ts';
import {
  contrast,
  leastContrast,
  mostTextPercent,
  mostTimeMinutes,
  mostTimePercent,
  noAccommodations,
  type Accommodations,
  type Colours,
} from './accommodations.ts';

export const accommodationHeadings = {
  timePercent: ['extra time percent', 'extra time %', '补时比例', 'доп. время, %'],
  timeMinutes: ['extra time minutes', 'extra time, minutes', '补时分钟', 'доп. время, мин'],
  textPercent: ['text size', 'text size %', '文字大小', 'размер текста', 'размер текста, %'],
  colours: ['colours', 'colors', '颜色', 'цвета'],
  singleColumn: ['single column', '单栏显示', 'в один столбец'],
  largeControls: ['large controls', '大指针', 'крупные элементы'],
  readAloud: ['read aloud', '朗读', 'озвучивание'],
  others: ['other accommodations', '其他便利', 'другие условия'],
} as const satisfies Partial<Record<keyof Accommodations, readonly string[]>>;
export type AccommodationColumn = keyof typeof accommodationHeadings;

const named: readonly (readonly [names: readonly string[], colours: Colours])[] = [
  [
    ['black on white', '白底黑字', 'чёрным по белому', 'черным по белому'],
    { text: '#000000', background: '#ffffff' },
  ],
  [
    ['white on black', '黑底白字', 'белым по чёрному', 'белым по черному'],
    { text: '#ffffff', background: '#000000' },
  ],
  [
    ['yellow on black', '黑底黄字', 'жёлтым по чёрному', 'желтым по черному'],
    { text: '#ffff00', background: '#000000' },
  ],
  [
    ['black on yellow', '黄底黑字', 'чёрным по жёлтому', 'черным по желтому'],
    { text: '#000000', background: '#ffff66' },
  ],
  [['blue on cream', '米底蓝字', 'синим по кремовому'], { text: '#00005c', background: '#fdf6e3' }],
];
const yes = new Set(['yes', 'y', 'x', '1', 'true', '是', 'да', '+', '✓']);
const no = new Set(['', 'no', 'n', '0', 'false', '否', 'нет', '-']);
const unlimited = new Set(['unlimited', '不限', 'без ограничения', 'без ограничений']);

/** @param wrong says what is wrong with a cell. @returns null: the row asks for nothing. */
export function readAccommodationCells(
  cell: (column: AccommodationColumn) => string,
  wrong: (column: AccommodationColumn, value: string, reason: Refusal) => void,
): Accommodations {
  const number = (column: AccommodationColumn, least: number, most: number, usual: number): number => {
    const text = cell(column).replace('%', '').trim();
    const value = text === '' ? usual : Number(text);
    const fits = Number.isFinite(value) && value >= least && value <= most;
    if (!fits) wrong(column, cell(column), { type: 'not-a-number-between', least, most });
    return fits ? value : usual;
  };
  const whole = (column: AccommodationColumn, least: number, most: number, usual: number): number => {
    const value = number(column, least, most, usual);
    if (Number.isInteger(value)) return value;
    wrong(column, cell(column), { type: 'not-a-number-between', least, most });
    return usual;
  };
  const flag = (column: AccommodationColumn): boolean => {
    const text = cell(column).toLowerCase();
    if (!yes.has(text) && !no.has(text)) wrong(column, text, { type: 'not-yes-or-no' });
    return yes.has(text);
  };
  const timeUnlimited = unlimited.has(cell('timeMinutes').toLowerCase());
  return {
    ...noAccommodations,
    timePercent: timePercentOf(cell('timePercent'), (reason) =>
      wrong('timePercent', cell('timePercent'), reason),
    ),
    timeUnlimited,
    timeMinutes: timeUnlimited ? 0 : whole('timeMinutes', 0, mostTimeMinutes, 0),
    textPercent: whole('textPercent', 100, mostTextPercent, 100),
    colours: coloursOf(cell('colours'), (reason) => wrong('colours', cell('colours'), reason)),
    singleColumn: flag('singleColumn'),
    largeControls: flag('largeControls'),
    readAloud: flag('readAloud'),
    others: othersOf(cell('others'), (one, reason) => wrong('others', one, reason)),
  };
}

function timePercentOf(given: string, wrong: (reason: Refusal) => void): number {
  const text = given.replace('%', '').trim();
  const percent = text === '' ? 0 : Number(text);
  if (Number.isFinite(percent) && percent >= 0 && percent <= mostTimePercent) return percent;
  wrong({ type: 'not-a-percentage' });
  return 0;
}

/** `white on black`, or `#ffffff on #000000` (text, then background). */
function coloursOf(given: string, wrong: (reason: Refusal) => void): Colours | null {
  const text = given.toLowerCase();
  if (text === '') return null;
  const known = named.find(([names]) => names.includes(text));
  if (known) return known[1];
  const [, front, back] = /^(#[0-9a-f]{6})\s*(?:on|\/|,|;)?\s*(#[0-9a-f]{6})$/.exec(text) ?? [];
  if (front === undefined || back === undefined) {
    wrong({ type: 'not-colours', known: named.map(([names]) => names[0]) });
    return null;
  }
  const colours = { text: front, background: back };
  if (contrast(colours) >= leastContrast) return colours;
  wrong({ type: 'colours-too-alike', least: leastContrast });
  return null;
}

const othersInCell = 20;

function othersOf(given: string, wrong: (value: string, reason: Refusal) => void): string[] {
  const all = given
    .split(/[;；]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  for (const one of all) if (one.length > 200) wrong(one.slice(0, 40), { type: 'too-long', limit: 200 });
  if (all.length > othersInCell)
    wrong(given.slice(0, 40), { type: 'too-many-accommodations', limit: othersInCell });
  return all;
}
