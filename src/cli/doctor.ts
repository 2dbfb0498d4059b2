/** `invigil doctor`: the status bar of a running centre, site or room in a terminal, with what to do about it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { frameSchema, type FrameView, type IndicatorView } from '../node/contract.ts';
import { doctorFile, doctorPath, doctorWaySchema } from '../node/doctor.ts';
import type { Refusal } from '../base/result.ts';
import { fillText } from '../ui/format.ts';
import { en } from '../ui/strings/en/index.ts';
import { ru } from '../ui/strings/ru/index.ts';
import { zh } from '../ui/strings/zh/index.ts';
import { cannotBeChecked } from './say.ts';

const texts = { en, zh, ru };
type Language = keyof typeof texts;
const shapes = { passed: '✓', warning: '▲', failed: '✕' } as const;

interface Given {
  readonly data?: string;
  readonly language: Language;
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command('doctor')
    .description(
      'how the centre, site or room of this computer is: the status bar, with reasons and remedies',
    )
    .option('--data <folder>', 'its data folder (data/centre, data/site or data/room, whichever runs)')
    .addOption(
      new Option('--language <language>', "the system's, else English")
        .choices(Object.keys(texts))
        .default(systemLanguage()),
    )
    .option('--json', 'for programs')
    .addHelpText('after', '\nExit codes: 0 everything passed; 1 something did not; 2 nothing runs there.')
    .action(async ({ data, language, json }: Given) => {
      const folder = data ?? usualFolder();
      const frame = await ask(folder);
      if (frame === null) return cannotBeChecked({ type: 'not-running', path: folder }, json);
      if (json) console.log(JSON.stringify(frame, null, 2));
      else for (const line of lines(frame, language)) console.log(line);
      process.exitCode = frame.indicators.every(({ state }) => state === 'passed') ? 0 : 1;
      return undefined;
    });
}

function systemLanguage(): Language {
  const [language] = new Intl.DateTimeFormat().resolvedOptions().locale.split('-');
  return language === 'zh' || language === 'ru' ? language : 'en';
}

function usualFolder(): string {
  const folders = ['centre', 'site', 'room'].map((role) => join('data', role));
  return folders.find((folder) => existsSync(join(folder, doctorFile))) ?? (folders[1] as string);
}

async function ask(folder: string): Promise<FrameView | null> {
  try {
    const way = doctorWaySchema.parse(JSON.parse(readFileSync(join(folder, doctorFile), 'utf8')));
    const answer = await fetch(`http://127.0.0.1:${way.port}${doctorPath}`, {
      headers: { authorization: `Bearer ${way.token}` },
      signal: AbortSignal.timeout(10_000),
    });
    return answer.ok ? (frameSchema.safeParse(await answer.json()).data ?? null) : null;
  } catch {
    // No file, no right to read it, nobody at that port: it does not run, for whoever asks.
    return null;
  }
}

function lines(frame: FrameView, language: Language): string[] {
  const dictionary: Readonly<Record<string, string>> = texts[language];
  const text = (key: string, values: Readonly<Record<string, unknown>> = {}): string | null =>
    dictionary[key] === undefined ? null : fillText(dictionary[key], values, language);
  const refusal = (one: Refusal): string =>
    (text(`refusal.${one.type}`, one) ?? one.type).replaceAll('|', ' ');
  const names = frame.indicators.map(({ id }) => text(`indicator.${id}`) ?? id);
  const width = Math.max(...names.map(wide));
  const shown = (indicator: IndicatorView, i: number): string[] => {
    const { id, state, values, reason, remedy } = indicator;
    const known = Object.values(values).some((value) => value !== null);
    const value = known ? (text(`indicator.${id}.value`, values) ?? '') : '';
    const name = names[i] as string;
    const head = `${shapes[state]} ${name}${' '.repeat(width - wide(name) + 2)}${value}`.trimEnd();
    const more = [
      ...(reason ? [refusal(reason)] : []),
      ...(remedy ? [`${text('frame.remedy') ?? ''} ${refusal(remedy)}`] : []),
    ];
    return [head, ...more.map((line) => `    ${line}`)];
  };
  const { role, code, name, mode } = frame;
  const title = [text(`console.${role}`), code, name, mode && text(`mode.${mode}`)]
    .filter(Boolean)
    .join(' · ');
  return [title, ...frame.indicators.flatMap(shown)];
}

/** Columns of a terminal: a Chinese character takes two. */
function wide(text: string): number {
  return [...text].reduce((sum, letter) => sum + (/\p{Script=Han}/u.test(letter) ? 2 : 1), 0);
}
