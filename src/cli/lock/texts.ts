/** The lock helper's texts, in the language of whoever looks at its page. */
import * as z from 'zod';
import type { Refusal } from '../../base/result.ts';
import { fillText } from '../../ui/format.ts';
import { en } from '../../ui/strings/en/index.ts';
import { ru } from '../../ui/strings/ru/index.ts';
import { zh } from '../../ui/strings/zh/index.ts';

export const languageSchema = z.enum(['en', 'zh', 'ru']);
export type Language = z.infer<typeof languageSchema>;
const all: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, zh, ru };

/** Those of the page itself, not filled in. */
export function textsIn(language: Language): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all[language]).filter(([key]) => /^(helper|lock\.(serial|kind))\b/.test(key)),
  );
}

export interface SaidRefusal {
  readonly type: string;
  readonly what: string;
  readonly remedy: string | null;
}

/** What happened and what to do; a type without a text shows its name and data. */
export function refusalIn(language: Language, refusal: Refusal): SaidRefusal {
  const { type, ...data } = refusal;
  const text = all[language][`refusal.${type}`];
  if (text === undefined) return { type, what: [type, JSON.stringify(data)].join(' '), remedy: null };
  const [what = '', remedy] = fillText(text, refusal, language).split('|');
  return { type, what, remedy: remedy ?? null };
}
