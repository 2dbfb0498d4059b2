/** The texts of printed sheets, from the string tables of the screens. */
import { fillText } from '../../ui/format.ts';
import { accommodation as accommodationEn } from '../../ui/strings/en/accommodation.ts';
import { answerPackage as answerPackageEn } from '../../ui/strings/en/answer-package.ts';
import { code as codeEn } from '../../ui/strings/en/code.ts';
import { dossier as dossierEn } from '../../ui/strings/en/dossier.ts';
import { frame as frameEn } from '../../ui/strings/en/frame.ts';
import { room as roomEn } from '../../ui/strings/en/room.ts';
import { sheet as sheetEn } from '../../ui/strings/en/sheet.ts';
import { stationPrint as stationPrintEn } from '../../ui/strings/en/station-print.ts';
import { accommodation as accommodationRu } from '../../ui/strings/ru/accommodation.ts';
import { answerPackage as answerPackageRu } from '../../ui/strings/ru/answer-package.ts';
import { code as codeRu } from '../../ui/strings/ru/code.ts';
import { dossier as dossierRu } from '../../ui/strings/ru/dossier.ts';
import { frame as frameRu } from '../../ui/strings/ru/frame.ts';
import { room as roomRu } from '../../ui/strings/ru/room.ts';
import { sheet as sheetRu } from '../../ui/strings/ru/sheet.ts';
import { stationPrint as stationPrintRu } from '../../ui/strings/ru/station-print.ts';
import { accommodation as accommodationZh } from '../../ui/strings/zh/accommodation.ts';
import { answerPackage as answerPackageZh } from '../../ui/strings/zh/answer-package.ts';
import { code as codeZh } from '../../ui/strings/zh/code.ts';
import { dossier as dossierZh } from '../../ui/strings/zh/dossier.ts';
import { frame as frameZh } from '../../ui/strings/zh/frame.ts';
import { room as roomZh } from '../../ui/strings/zh/room.ts';
import { sheet as sheetZh } from '../../ui/strings/zh/sheet.ts';
import { stationPrint as stationPrintZh } from '../../ui/strings/zh/station-print.ts';

const texts = {
  en: {
    ...accommodationEn,
    ...answerPackageEn,
    ...codeEn,
    ...dossierEn,
    ...roomEn,
    ...frameEn,
    ...sheetEn,
    ...stationPrintEn,
  },
  zh: {
    ...accommodationZh,
    ...answerPackageZh,
    ...codeZh,
    ...dossierZh,
    ...roomZh,
    ...frameZh,
    ...sheetZh,
    ...stationPrintZh,
  },
  ru: {
    ...accommodationRu,
    ...answerPackageRu,
    ...codeRu,
    ...dossierRu,
    ...roomRu,
    ...frameRu,
    ...sheetRu,
    ...stationPrintRu,
  },
};
type Key = keyof typeof texts.en;

export interface SheetText {
  (key: Key, values?: Readonly<Record<string, unknown>>): string;
  /** A text whose key is made from data; null when there is none. */
  readonly find: (key: string, values?: Readonly<Record<string, unknown>>) => string | null;
  readonly language: keyof typeof texts;
}

export function sheetText(language: keyof typeof texts): SheetText {
  const text = (key: Key, values: Readonly<Record<string, unknown>> = {}): string =>
    fillText(texts[language][key], values, language);
  return Object.assign(text, {
    find: (key: string, values: Readonly<Record<string, unknown>> = {}) =>
      Object.hasOwn(texts.en, key) ? text(key as Key, values) : null,
    language,
  });
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
