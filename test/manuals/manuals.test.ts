/** Manuals name what the product has: what is in italics or bold stands on a screen in that language, and commands with their options exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { Command } from 'commander';
import { beforeAll, expect, test } from 'vitest';
import * as doctor from '../../src/cli/doctor.ts';
import * as paper from '../../src/cli/paper.ts';
import * as parcel from '../../src/cli/parcel.ts';
import * as role from '../../src/cli/role.ts';
import * as verify from '../../src/cli/verify.ts';
import { roles } from '../../src/exam/distribution/listed.ts';
import { en as seatEn } from '../../src/seat/screens/strings/en.ts';
import { ru as seatRu } from '../../src/seat/screens/strings/ru.ts';
import { zh as seatZh } from '../../src/seat/screens/strings/zh.ts';
import { en } from '../../src/ui/strings/en/index.ts';
import { ru } from '../../src/ui/strings/ru/index.ts';
import { zh } from '../../src/ui/strings/zh/index.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'docs', 'manuals');
const languages = { en, zh, ru } as const;
type Language = keyof typeof languages;
const seatTexts: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: seatEn,
  zh: seatZh,
  ru: seatRu,
};

const folderOf = (language: Language): string => (language === 'en' ? folder : join(folder, language));
const read = (language: Language, name: string): string =>
  readFileSync(join(folderOf(language), `${name}.md`), 'utf8').replaceAll('\r\n', '\n');
const cases = (Object.keys(languages) as Language[]).flatMap((language) =>
  roles.map((name) => [language, name] as const),
);

/** Without commands and other code, in which a star is a star. */
function words(text: string): string {
  return text.replaceAll(/^ {4}.*$/gm, '').replaceAll(/`[^`\n]+`/g, '');
}

/** A full stop or colon at the end belongs to the manual's sentence as often as to the screen's. */
const bare = (text: string): string => text.trim().replace(/[.:。：]$/, '');
const quoted = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Whole texts, each of their sentences, and with anything where a value is filled in. */
function saidIn(language: Language): (name: string) => boolean {
  const texts = [...Object.values<string>(languages[language]), ...Object.values(seatTexts[language])];
  const said = texts
    .flatMap((text) => text.split('|'))
    .flatMap((text) => [text, ...text.split(/(?<=[.!?:。！？：])\s*/)])
    .map(bare);
  const whole = new Set(said);
  const withValues = said.filter((text) => {
    // What is hardly more than a value would fit everything.
    const rest = text.replaceAll(/\{[^}]+\}/g, '').replaceAll(/[^\p{L}]/gu, '');
    return text.includes('{') && rest.length >= (language === 'zh' ? 2 : 4);
  });
  const patterns = [...new Set(withValues)].map(
    (text) =>
      new RegExp(
        `^${text
          .split(/\{[^}]+\}/)
          .map(quoted)
          .join('.+')}$`,
      ),
  );
  return (name) => whole.has(bare(name)) || patterns.some((pattern) => pattern.test(bare(name)));
}
const said = new Map<Language, (name: string) => boolean>();
beforeAll(() => {
  for (const language of Object.keys(languages) as Language[]) said.set(language, saidIn(language));
});

test.each(cases)('%s: what the manual of the %s names stands on a screen', (language, name) => {
  const named = [...words(read(language, name)).matchAll(/\*\*(.+?)\*\*|\*([^*\s][^*]*?)\*/gs)];
  const names = named.map(([, bold, italic]) => (bold ?? italic ?? '').replaceAll(/\s+/g, ' '));
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((one) => said.get(language)?.(one) !== true)).toEqual([]);
});

/** Headings by their level and the numbers of steps: what somebody is told on the phone in another language. */
const outline = (text: string): string[] =>
  [...text.matchAll(/^(#+) |^ *(\d+)\. /gm)].map(([, level, step]) => level ?? step ?? '');
const codeOf = (text: string): string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? '').filter((code) => /^(npx|--)/.test(code));

test.each(cases.filter(([language]) => language !== 'en'))(
  '%s: the manual of the %s has the sections, steps, tables and commands of the English one',
  (language, name) => {
    const shape = (text: string) => ({
      outline: outline(text),
      rows: [...text.matchAll(/^ *\|/gm)].length,
      pictures: [...text.matchAll(/!\[/g)].length,
      commands: codeOf(text).length,
    });
    expect(shape(read(language, name))).toEqual(shape(read('en', name)));
  },
);

test.each(cases)('%s: links and pictures of the manual of the %s lead somewhere', (language, name) => {
  const here = join(folderOf(language), `${name}.md`);
  const text = read(language, name);
  for (const [, target = ''] of text.matchAll(/\]\(([^()\s]+)\)/g)) {
    if (/^https?:/.test(target)) continue;
    const [file = '', place] = target.split('#');
    const path = file === '' ? here : normalize(join(dirname(here), file));
    expect([target, existsSync(path)]).toEqual([target, true]);
    if (place === undefined || !path.endsWith('.md')) continue;
    expect([relative(root, path), anchors(readFileSync(path, 'utf8'))]).toEqual([
      relative(root, path),
      expect.arrayContaining([place]),
    ]);
  }
});

function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ +(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test('every command that a manual or the README gives exists, with its options', () => {
  const program = new Command('invigil');
  for (const { register } of [role, doctor, paper, parcel, verify]) register(program);
  // Theirs are loaded with what reads scans and tokens; which options they have their own tests say.
  for (const name of ['lock', 'recognise']) program.command(name);
  const files = [
    join(root, 'README.md'),
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  ];
  const scripts = Object.keys(
    (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }).scripts,
  );
  const wrong: string[] = [];
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const code = [
      ...[...text.matchAll(/`([^`\n]+)`/g)].map(([, one = '']) => one),
      ...[...text.matchAll(/^ {4}(\S.*)$/gm)].map(([, one = '']) => one),
    ];
    for (const one of code) {
      if (/^npx invigil\b/.test(one)) wrong.push(...unknownIn(program, one));
      const script = /^npm run (\S+)/.exec(one)?.[1];
      if (script !== undefined && !scripts.includes(script)) wrong.push(one);
    }
  }
  expect(wrong).toEqual([]);
});

function unknownIn(program: Command, call: string): string[] {
  const [, , ...parts] = call.split(/\s+/);
  let command = program;
  for (const part of parts) {
    // What stands behind is the role's, or written by whoever types it.
    if (part === '--') break;
    if (part.startsWith('[--')) continue;
    if (part.startsWith('--')) {
      if (['lock', 'recognise'].includes(command.name())) break;
      if (!command.options.some(({ long }) => long === part)) return [`${call}: ${part}`];
      continue;
    }
    // One for all: `ROLE`, `print|voice|scan`.
    const [named] = part === 'ROLE' ? role.names : part.split('|');
    const next = command.commands.find((one) => one.name() === named);
    if (next) command = next;
    else if (command === program) return [`${call}: ${part}`];
  }
  return [];
}
