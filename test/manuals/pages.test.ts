/** The pages that *Help* opens and that are given out: whole by themselves, for every console, in every language. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manualPage } from '../../src/ui/manuals/manual-page.ts';
import { manualFile, manualsOfConsole, type ManualName } from '../../src/ui/manuals/manuals.ts';
import { readManuals } from '../../src/ui/manuals/read-manuals.ts';

const all = readManuals(join(import.meta.dirname, '..', '..'));
const languages = ['en', 'zh', 'ru'] as const;
const consoles = Object.entries<readonly ManualName[]>(manualsOfConsole);

test('there is a manual of every role in every language', () => {
  const there = all.map(({ name, language }) => manualFile(name, language)).toSorted();
  const wanted = manualsOfConsole.centre.flatMap((name) => languages.map((one) => manualFile(name, one)));
  expect(there).toEqual(wanted.toSorted());
});

test.each(consoles)(
  'pages of the %s need no network and no script, and every link of theirs leads somewhere',
  (_, names) => {
    const here = all.filter(({ name }) => names.includes(name));
    const pages = new Map(
      here.map((one) => [
        manualFile(one.name, one.language),
        manualPage(one, here, (other) => manualFile(other.name, other.language)),
      ]),
    );
    for (const [file, page] of pages) {
      expect([file, page.match(/<script|\son\w+=|src="(?!data:)/g)]).toEqual([file, null]);
      const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect([file, ids.length]).toEqual([file, new Set(ids).size]);
      for (const [, target = ''] of page.matchAll(/ href="([^"]+)"/g)) {
        const [other = '', place] = target.split('#');
        const text = other === '' ? page : pages.get(other);
        expect([file, target, text !== undefined]).toEqual([file, target, true]);
        if (place !== undefined)
          expect([file, target, text?.includes(` id="${place}"`)]).toEqual([file, target, true]);
      }
    }
  },
);

test('what stands in a manual as text stays text', () => {
  const text =
    '# A <b>\n\n## On & *on*\n\n`<script>` and <script>alert(1)</script> [x](javascript:alert(1))\n';
  const manual = { language: 'en', name: 'site', file: '/nowhere/site.md', text, title: 'A <b>' } as const;
  const page = manualPage(manual, [manual], () => 'site.en.html');
  expect(page).not.toContain('<script');
  expect(page).not.toContain('href="javascript');
  expect(page).toContain('<h1>A &lt;b&gt;</h1>');
  expect(page).toContain('<a href="#on--on">On &amp; <em>on</em></a>');
});
