import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from './en/index.ts';
import { ru } from './ru/index.ts';
import { zh } from './zh/index.ts';

const others: Record<string, Readonly<Record<string, string>>> = { zh, ru };
const source = join(import.meta.dirname, '..', '..');

/** `{name}` and `{name:kind}` of a text, each once, in alphabetical order. */
function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\w+(?::\w+)?\}/g))].toSorted();
}

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (/\.tsx?$/.test(entry.name) && !/\.test\.|fixture|fake/.test(entry.name)) yield path;
  }
}

test.each(Object.entries(others))('%s has every text that English has, and no other', (_, texts) => {
  expect(Object.keys(texts).toSorted()).toEqual(Object.keys(en).toSorted());
});

test.each(Object.entries(others))(
  '%s fills in the same values as English, and keeps the remedies',
  (_, texts) => {
    const shape = (text: string) => ({ values: placeholders(text), parts: text.split('|').length });
    for (const [key, text] of Object.entries(en))
      expect([key, shape(texts[key] ?? '')]).toEqual([key, shape(text)]);
  },
);

test.each(['en', 'zh', 'ru'])(
  'a text of %s stands in one file alone: of two the last would be shown everywhere',
  async (of) => {
    const folder = join(import.meta.dirname, of);
    const where = new Map<string, string[]>();
    for (const file of readdirSync(folder).filter((name) => name !== 'index.ts')) {
      const module = (await import(join(folder, file))) as Record<string, Readonly<Record<string, string>>>;
      for (const key of Object.values(module).flatMap((texts) => Object.keys(texts)))
        where.set(key, [...(where.get(key) ?? []), file]);
    }
    expect(where.size).toBeGreaterThan(1_000);
    expect([...where].filter(([, inFiles]) => inFiles.length > 1)).toEqual([]);
  },
);

test('no text is empty, and every value has a kind that can be shown', () => {
  for (const [key, text] of Object.entries(en)) {
    expect([key, text.trim()]).not.toEqual([key, '']);
    for (const one of placeholders(text)) expect(one).toMatch(/^\{\w+(:(time|clock|bytes|duration))?\}$/);
  }
});

/** Those that only the command line or the candidate's screen can meet: they say them with their own texts. */
const notOnConsoles = /^(seat|cli|store|journal)$/;

/** Said at the start on the command line, or by the seat. */
const neverOnConsoles = new Set([
  'address-not-here',
  'bad-configuration-file',
  'bad-option',
  'cannot-read-file',
  'cannot-write-file',
  'damaged-file',
  'data-folder-in-use',
  'data-of-another-role',
  'database-cannot-be-opened',
  'database-of-newer-version',
  'no-permission',
  'no-room-here',
  'no-site-here',
  'no-such-number',
  'not-a-folder',
  'port-in-use',
  'port-not-permitted',
  'site-does-not-answer',
  'site-not-running',
  'wrong-start-key',
]);

test('every refusal that a console can meet has its text', () => {
  const missing = new Set<string>();
  for (const file of files(source)) {
    const [folder = ''] = file.slice(source.length + 1).split(/[\\/]/);
    if (notOnConsoles.test(folder) || folder === 'ui') continue;
    for (const found of readFileSync(file, 'utf8').matchAll(
      /\b(?:refuse|unwrap\(refuse|no)\(\{\s*type: '([\w-]+)'/g,
    ))
      if (!neverOnConsoles.has(found[1] ?? '') && !Object.hasOwn(en, `refusal.${found[1]}`))
        missing.add(`${found[1]} (${folder})`);
  }
  expect([...missing].toSorted()).toEqual([]);
});

/** Texts whose keys are made from data of the server. */
const madeKeys =
  /^(refusal|indicator|sealCheck|session|stage|step|check|sitting|count|role|mode|next|log|policy|timeline|verdict|authorisation|package|phase|console|closeReason|account\.role|room\.after|interaction|permit|environment|users\.may|examBrowser\.screen|accommodation\.colours|publication\.(phase|way)|roster\.(field|kind)|remote|desk|board\.(state|stage|alarm)|due\.(state|said|remedy|now)|dossier\.(tier|form)|oneRoster\.seats|apiKeys\.(right|state)|distribution\.(role|system|language|state)|release\.(what|way)|confirm\.(act|standing|proof)|code\.(kind|standing)|dayPlan\.(span|remark)|lock\.(state|kind)|helper\.registered|scans\.part|station\.kind|stationScan\.(way|state|count|end|page|problem|remedy|form|differs|word|quality)|siteDay\.(status|check|stage|package|quality|kind|way|count|tab|now)|scanReview\.(group|short|class|foreign|kind|state|residual|contrastIs|what)|marks\.(of|empty|doubt|boxState)|completeness\.(show|kitShow|order|side|kind)|protocols\.(state|show|difference|field)|paperDay\.(state|opens|what|way)|forms\.(kind|next|now|from|reserve|rule|state)|scanUpload\.(state|way|show)|stationPrint\.(standing|condition|fate|said|why)|receiving\.(status|state|quality|show|way|stage|station|difference|remedy|what|counted|count|by|sum)|voice\.(verdict|cause))\./;

test('no text is left over that nothing shows', () => {
  const code = [...files(source)]
    .filter((file) => !file.includes('strings'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  expect(Object.keys(en).filter((key) => !madeKeys.test(key) && !code.includes(`'${key}'`))).toEqual([]);
});
