/** The user's language: chosen once, kept in this browser. */
import { useSyncExternalStore } from 'react';

export const languages = ['en', 'zh', 'ru'] as const;
export type Language = (typeof languages)[number];
export const languageNames: Record<Language, string> = { en: 'English', zh: '中文', ru: 'Русский' };

const storageKey = 'invigil-language';
const listeners = new Set<() => void>();
let current: Language = firstLanguage();

function isLanguage(text: string | null | undefined): text is Language {
  return languages.some((one) => one === text);
}

function firstLanguage(): Language {
  const kept = localStorage.getItem(storageKey);
  if (isLanguage(kept)) return kept;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => isLanguage(tag));
  return isLanguage(wanted) ? wanted : 'en';
}

export function setLanguage(language: Language): void {
  current = language;
  localStorage.setItem(storageKey, language);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => current);
}
