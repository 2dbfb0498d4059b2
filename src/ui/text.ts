/** Texts in the user's language. A key that is missing in one language does not compile. */
import { useMemo } from 'react';
import { fillText } from './format.ts';
import { useLanguage, type Language } from './language.ts';
import { en } from './strings/en/index.ts';
import { ru } from './strings/ru/index.ts';
import { zh } from './strings/zh/index.ts';

export type TextKey = keyof typeof en;
export type Values = Readonly<Record<string, unknown>>;

const texts: Record<Language, Record<TextKey, string>> = { en, zh, ru };

function isKey(key: string): key is TextKey {
  return Object.hasOwn(en, key);
}

export interface Text {
  (key: TextKey, values?: Values): string;
  /** A text whose key is made from data of the server; null when there is none. */
  readonly find: (key: string, values?: Values) => string | null;
  readonly language: Language;
}

export function textIn(language: Language): Text {
  const dictionary = texts[language];
  const text = (key: TextKey, values: Values = {}): string => fillText(dictionary[key], values, language);
  return Object.assign(text, {
    find: (key: string, values: Values = {}) => (isKey(key) ? text(key, values) : null),
    language,
  });
}

export function useText(): Text {
  const language = useLanguage();
  return useMemo(() => textIn(language), [language]);
}
