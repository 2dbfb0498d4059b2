/** The manuals of the sources, for whoever makes pages of them. Runs when something is built, never in a browser. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { roles } from '../../exam/distribution/listed.ts';
import type { Language } from '../language.ts';
import type { ManualName } from './manuals.ts';

export interface Manual {
  readonly language: Language;
  readonly name: ManualName;
  /** Where its Markdown lies. */
  readonly file: string;
  /** The Markdown. */
  readonly text: string;
  readonly title: string;
}

/** English ones lie in `docs/manuals` itself, others in a folder named after their language. In the order of the roles. */
export function readManuals(root: string): Manual[] {
  const folder = join(root, 'docs', 'manuals');
  return (['en', 'zh', 'ru'] as const).flatMap((language) => {
    const lies = language === 'en' ? folder : join(folder, language);
    if (!existsSync(lies)) return [];
    const there = new Set(readdirSync(lies));
    return roles
      .filter((name) => there.has(`${name}.md`))
      .map((name) => {
        const file = join(lies, `${name}.md`);
        const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
        const title = (/^# (.+)$/m.exec(text)?.[1] ?? name).replaceAll(/[*`]/g, '');
        return { language, name, file, text, title };
      });
  });
}
