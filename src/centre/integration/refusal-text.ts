/** The consoles' texts of refusals, for programs: they have no screen that would say them. */
import type { Refusal } from '../../base/result.ts';
import { fillText } from '../../ui/format.ts';
import type { Language } from '../../ui/language.ts';
import { en } from '../../ui/strings/en/index.ts';
import { ru } from '../../ui/strings/ru/index.ts';
import { zh } from '../../ui/strings/zh/index.ts';

const languages: readonly Language[] = ['en', 'zh', 'ru'];
const texts: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, zh, ru };

/** A type without a text shows its name: better raw than nothing. */
export function refusalText(language: Language, refusal: Refusal): { what: string; remedy: string | null } {
  const template = texts[language][`refusal.${refusal.type}`];
  if (template === undefined) return { what: refusal.type, remedy: null };
  const [what = '', remedy = null] = fillText(template, refusal, language).split('|');
  return { what, remedy };
}

/** The one that is wanted most of those that there are; English where none is. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const q = parameters.map((one) => /^\s*q=([\d.]+)/.exec(one)?.[1]).find((one) => one !== undefined);
      return { language: tag.split('-')[0], q: q === undefined ? 1 : Number(q) };
    })
    .filter(({ q }) => q > 0)
    .toSorted((a, b) => b.q - a.q);
  for (const { language } of wanted) {
    const found = languages.find((one) => one === language);
    if (found) return found;
  }
  return 'en';
}
