import type { Language } from './language.tsx';

const units = {
  en: { kilo: 'KB', mega: 'MB', giga: 'GB' },
  zh: { kilo: 'KB', mega: 'MB', giga: 'GB' },
  ru: { kilo: 'КБ', mega: 'МБ', giga: 'ГБ' },
} as const satisfies Record<Language, unknown>;

function figure(value: number, language: Language): string {
  return value.toLocaleString(language, { maximumFractionDigits: 1 });
}

/** As file managers write it: rounded up, so that a file that is there never has 0 KB. */
export function fileSize(bytes: number, language: Language): string {
  const { kilo, mega } = units[language];
  return bytes < 1024 ** 2
    ? `${Math.ceil(bytes / 1024)} ${kilo}`
    : `${figure(bytes / 1024 ** 2, language)} ${mega}`;
}

/** As disks are sold: in thousands of millions. */
export function diskSize(bytes: number, language: Language): string {
  return `${figure(bytes / 1e9, language)} ${units[language].giga}`;
}
