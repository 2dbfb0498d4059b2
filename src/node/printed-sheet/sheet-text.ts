/** The texts of printed sheets, from the string tables of the screens. */
import { fillText } from '../../ui/format.ts';
import { frame as frameEn } from '../../ui/strings/en/frame.ts';
import { sheet as sheetEn } from '../../ui/strings/en/sheet.ts';
import { frame as frameRu } from '../../ui/strings/ru/frame.ts';
import { sheet as sheetRu } from '../../ui/strings/ru/sheet.ts';
import { frame as frameZh } from '../../ui/strings/zh/frame.ts';
import { sheet as sheetZh } from '../../ui/strings/zh/sheet.ts';

const texts = {
  en: { ...frameEn, ...sheetEn },
  zh: { ...frameZh, ...sheetZh },
  ru: { ...frameRu, ...sheetRu },
};
type Key = keyof typeof texts.en;

export interface SheetText {
  (key: Key, values?: Readonly<Record<string, unknown>>): string;
  readonly language: keyof typeof texts;
}

export function sheetText(language: keyof typeof texts): SheetText {
  return Object.assign(
    (key: Key, values: Readonly<Record<string, unknown>> = {}) =>
      fillText(texts[language][key], values, language),
    { language },
  );
}

/** Times on paper are read far from the computer that printed them: which clock they are of. For example `UTC+05:00`. */
export function zoneAt(time: number): string {
  const minutes = -new Date(time).getTimezoneOffset();
  const two = (n: number): string => String(n).padStart(2, '0');
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

/** Of all these times: more than one where the clocks are changed in between. */
export function zonesOf(times: readonly number[]): string {
  return [...new Set(times.map(zoneAt))].join(', ');
}
