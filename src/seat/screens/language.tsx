/** The user's language: a choice that stays on this computer, English until someone chooses or the browser says otherwise. */
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { en, type StringKey, type Strings } from './strings/en.ts';
import { ru } from './strings/ru.ts';
import { zh } from './strings/zh.ts';

export const languages = { en: 'English', zh: '中文', ru: 'Русский' } as const;
export type Language = keyof typeof languages;
const texts: Record<Language, Strings> = { en, zh, ru };
const storageKey = 'invigil-language';

export type Say = (key: StringKey, values?: Readonly<Record<string, string | number>>) => string;

/** A text with `{name}` filled in. */
export function sayIn(language: Language): Say {
  return (key, values = {}) =>
    texts[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export interface LanguageChoice {
  readonly language: Language;
  readonly choose: (language: Language) => void;
  readonly say: Say;
}

const LanguageContext = createContext<LanguageChoice>({
  language: 'en',
  choose: () => undefined,
  say: sayIn('en'),
});

export function useLanguage(): LanguageChoice {
  return use(LanguageContext);
}

export function useSay(): Say {
  return use(LanguageContext).say;
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : language;
  }, [language]);
  const choice = useMemo<LanguageChoice>(
    () => ({
      language,
      choose: (next) => {
        localStorage.setItem(storageKey, next);
        setLanguage(next);
      },
      say: sayIn(language),
    }),
    [language],
  );
  return <LanguageContext value={choice}>{children}</LanguageContext>;
}

export function isStringKey(key: string): key is StringKey {
  return Object.hasOwn(en, key);
}

function firstLanguage(): Language {
  const wanted = [localStorage.getItem(storageKey), ...navigator.languages];
  for (const one of wanted) {
    const found = (Object.keys(languages) as Language[]).find((language) => one?.startsWith(language));
    if (found) return found;
  }
  return 'en';
}

export function ChooseLanguage(): ReactNode {
  const { say, language, choose } = useLanguage();
  return (
    <label>
      <span className="only-read">{say('language')}</span>
      <select value={language} onChange={(event) => choose(event.target.value as Language)}>
        {Object.entries(languages).map(([value, name]) => (
          <option key={value} value={value} lang={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
