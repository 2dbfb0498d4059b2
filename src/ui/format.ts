import type { Language } from './language.ts';

const dash = '–';
const two = (n: number): string => String(n).padStart(2, '0');

/** `HH:mm:ss` of the console's own time zone. */
export function clockTime(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return dash;
  const d = new Date(ms);
  return `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
}

/** `YYYY-MM-DD HH:mm`. */
export function dateTime(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return dash;
  const d = new Date(ms);
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** `h:mm:ss`, or `m:ss` under an hour; negative times count as 0. */
export function duration(ms: number): string {
  const s = Math.max(0, Math.ceil(ms / 1000));
  const h = Math.floor(s / 3600);
  const m = Math.floor((s % 3600) / 60);
  return h > 0 ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
}

const byteUnits: Record<Language, readonly string[]> = {
  en: ['B', 'KB', 'MB', 'GB', 'TB'],
  zh: ['B', 'KB', 'MB', 'GB', 'TB'],
  ru: ['Б', 'КБ', 'МБ', 'ГБ', 'ТБ'],
};

export function bytes(count: number | null | undefined, language: Language): string {
  if (count === null || count === undefined) return dash;
  const units = byteUnits[language];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = value >= 100 || unit === 0 ? 0 : 1;
  const figure = value.toFixed(digits);
  return `${language === 'ru' ? figure.replace('.', ',') : figure} ${units[unit]}`;
}

const localeOf: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN', ru: 'ru-RU' };

export function wholeNumber(count: number | null | undefined, language: Language): string {
  return count === null || count === undefined ? dash : count.toLocaleString(localeOf[language]);
}

/** Fills `{name}` and `{name:kind}` of a text; kinds are `time`, `clock`, `bytes`, `duration`. An absent value shows as a dash. */
export function fillText(
  template: string,
  values: Readonly<Record<string, unknown>>,
  language: Language,
): string {
  return template.replaceAll(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, kind: string | undefined) =>
    valueText(values[name], kind, language),
  );
}

function valueText(value: unknown, kind: string | undefined, language: Language): string {
  if (value === null || value === undefined) return dash;
  if (typeof value === 'number') {
    if (kind === 'time') return dateTime(value);
    if (kind === 'clock') return clockTime(value);
    if (kind === 'bytes') return bytes(value, language);
    if (kind === 'duration') return duration(value);
    return String(value);
  }
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((one) => valueText(one, kind, language)).join(', ');
  return JSON.stringify(value);
}
