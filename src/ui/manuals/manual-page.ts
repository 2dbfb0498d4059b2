/**
 * A manual as one page that is read without a network: its pictures lie in it, its links lead to the pages of other manuals in the same folder.
 * Knows the Markdown in which `docs/manuals` is written (CommonMark 0.31 without HTML, and tables) and throws at what it does not know.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { en } from '../strings/en/index.ts';
import { ru } from '../strings/ru/index.ts';
import { zh } from '../strings/zh/index.ts';
import { manualStyle } from './manual-style.ts';
import type { Manual } from './read-manuals.ts';

const texts = { en, zh, ru } as const;
const htmlLanguage = { en: 'en', zh: 'zh-Hans', ru: 'ru' } as const;
const languageNames = { en: 'English', zh: '中文', ru: 'Русский' } as const;

const pictureTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
};

/**
 * @param together manuals whose pages lie in the same folder, this one among them
 * @param fileOf the name of a manual's page
 */
export function manualPage(
  manual: Manual,
  together: readonly Manual[],
  fileOf: (manual: Manual) => string,
): string {
  const t = texts[manual.language];
  const around: Around = {
    folder: dirname(manual.file),
    pageOf: (file) => {
      const other = together.find((one) => one.file === file);
      return other ? fileOf(other) : null;
    },
  };
  const lines = manual.text.split('\n');
  const body = blocks(lines[0]?.startsWith('# ') === true ? lines.slice(1) : lines, around);
  const languages = together.filter(({ name }) => name === manual.name);
  const others = together.filter((one) => one.language === manual.language && one.name !== manual.name);
  return `<!doctype html>
<html lang="${htmlLanguage[manual.language]}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(manual.title)} · Invigil</title>
<style>${manualStyle}</style>
<a class="skip" href="#page-text">${t['help.skip']}</a>
<header>
<span>Invigil</span>
<h1>${escape(manual.title)}</h1>
<nav aria-label="${t['language']}">
${languages.map((one) => languageLink(one, one === manual, fileOf(one))).join('\n')}
</nav>
</header>
<div class="beside">
<nav class="contents" aria-labelledby="page-contents">
<h2 id="page-contents">${t['help.contents']}</h2>
${contents(manual.text, around)}${otherManuals(others, t['help.others'], fileOf)}
</nav>
<main id="page-text" tabindex="-1">
${body}
</main>
</div>
</html>
`;
}

function languageLink({ language }: Manual, current: boolean, page: string): string {
  const lang = htmlLanguage[language];
  return `<a lang="${lang}" hreflang="${lang}" href="${escape(page)}"${current ? ' aria-current="page"' : ''}>${languageNames[language]}</a>`;
}

/** Sections, and what they are divided into. */
function contents(text: string, around: Around): string {
  const sections: { readonly link: string; readonly parts: string[] }[] = [];
  // Four blanks make code of a line that looks like a heading.
  for (const [line, level] of text.matchAll(/^(##|###) .+$/gm)) {
    const said = headingText(line);
    const link = `<a href="#${escape(anchor(said))}">${inline(said, around)}</a>`;
    if (level === '##') sections.push({ link, parts: [] });
    else sections.at(-1)?.parts.push(link);
  }
  const items = sections.map(({ link, parts }) =>
    parts.length === 0
      ? `<li>${link}</li>`
      : `<li>${link}\n<ol>${parts.map((part) => `<li>${part}</li>`).join('')}</ol></li>`,
  );
  return `<ol>\n${items.join('\n')}\n</ol>`;
}

function otherManuals(
  others: readonly Manual[],
  heading: string,
  fileOf: (manual: Manual) => string,
): string {
  if (others.length === 0) return '';
  const items = others.map((one) => `<li><a href="${escape(fileOf(one))}">${escape(one.title)}</a></li>`);
  return `\n<h2 class="others">${heading}</h2>\n<ul class="others">\n${items.join('\n')}\n</ul>`;
}

interface Around {
  readonly folder: string;
  readonly pageOf: (file: string) => string | null;
}

/** Something else than a paragraph begins here. */
const begins = /^(#{1,6} |[-*] |\d+\. |\||```|> |---+$)/;

function blocks(lines: readonly string[], around: Around): string {
  const made: string[] = [];
  for (let i = 0; i < lines.length;) {
    const rest = lines.slice(i);
    const first = rest[0] as string;
    const take = (block: { readonly html: string; readonly lines: number }): void => {
      made.push(block.html);
      i += block.lines;
    };
    if (first.trim() === '') i++;
    else if (/^#{1,6} /.test(first)) take(heading(first, around));
    else if (first.startsWith('    ')) take(indentedCode(rest));
    else if (first.startsWith('```')) take(fencedCode(rest));
    else if (/^---+$/.test(first)) take({ html: '<hr>', lines: 1 });
    else if (first.startsWith('|')) take(table(rest, around));
    else if (first.startsWith('> ')) take(quotation(rest, around));
    else if (/^([-*]|\d+\.) /.test(first)) take(list(rest, around));
    else take(paragraph(rest, around));
  }
  return made.join('\n');
}

/** With the name that links within the page and from other pages use (as on GitHub). */
function heading(line: string, around: Around): { html: string; lines: number } {
  const text = headingText(line);
  const level = line.indexOf(' ');
  return {
    html: `<h${level} id="${escape(anchor(text))}">${inline(text, around)}</h${level}>`,
    lines: 1,
  };
}

const headingText = (line: string): string => line.replace(/^#+ +/, '');
const anchor = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

function indentedCode(lines: readonly string[]): { html: string; lines: number } {
  const end = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('    '));
  const taken = lines.slice(0, end === -1 ? lines.length : end);
  const text = taken
    .map((line) => line.slice(4))
    .join('\n')
    .trimEnd();
  return { html: `<pre><code>${escape(text)}</code></pre>`, lines: taken.length };
}

function fencedCode(lines: readonly string[]): { html: string; lines: number } {
  const end = lines.findIndex((line, i) => i > 0 && line.startsWith('```'));
  if (end === -1) throw new Error(`code without an end: ${lines[0]}`);
  return { html: `<pre><code>${escape(lines.slice(1, end).join('\n'))}</code></pre>`, lines: end + 1 };
}

function table(lines: readonly string[], around: Around): { html: string; lines: number } {
  const end = lines.findIndex((line) => !line.startsWith('|'));
  const rows = lines.slice(0, end === -1 ? lines.length : end);
  const cells = (row: string): string[] =>
    row
      .trim()
      .replace(/^\||\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) => inline(cell.trim().replaceAll('\\|', '|'), around));
  if (!/^\|( *:?-+:? *\|)+$/.test((rows[1] ?? '').trim())) throw new Error(`no table: ${rows[0]}`);
  const line = (row: string, tag: 'th' | 'td'): string =>
    `<tr>${cells(row)
      .map((cell) => `<${tag}>${cell}</${tag}>`)
      .join('')}</tr>`;
  const [head, , ...body] = rows;
  // A table of two columns often has no heading.
  const named = cells(head as string).some((cell) => cell !== '');
  const heads = named ? [`<thead>${line(head as string, 'th')}</thead>`] : [];
  return {
    html: `<table>\n${[...heads, ...body.map((row) => line(row, 'td'))].join('\n')}\n</table>`,
    lines: rows.length,
  };
}

function quotation(lines: readonly string[], around: Around): { html: string; lines: number } {
  const end = lines.findIndex((line) => !line.startsWith('>'));
  const taken = lines.slice(0, end === -1 ? lines.length : end);
  const inner = blocks(
    taken.map((line) => line.replace(/^> ?/, '')),
    around,
  );
  return { html: `<blockquote>\n${inner}\n</blockquote>`, lines: taken.length };
}

function list(lines: readonly string[], around: Around): { html: string; lines: number } {
  const [start] = lines as [string];
  const number = /^(\d+)\. /.exec(start)?.[1];
  const mark = number === undefined ? /^([-*]) / : /^(\d+)\. /;
  const items: string[][] = [];
  let taken = 0;
  for (const line of lines) {
    const indent = mark.exec(line)?.[0].length;
    if (indent !== undefined) items.push([line.slice(indent)]);
    else if (line.trim() === '' || /^ {2,}/.test(line) || !begins.test(line)) {
      // After an empty line only what is indented goes on with the item.
      if (line.trim() !== '' && !line.startsWith('  ') && items.at(-1)?.at(-1) === '') break;
      items.at(-1)?.push(line.replace(/^ {2,3}/, '').trimEnd());
    } else break;
    taken++;
  }
  const made = items.map((item) => {
    const inner = blocks(item, around);
    // A paragraph of its own only where something else stands beside it.
    return `<li>${/^<p>((?!<\/p>).)*<\/p>$/s.test(inner) ? inner.slice(3, -4) : inner}</li>`;
  });
  const tag = number === undefined ? 'ul' : 'ol';
  const from = number === undefined || number === '1' ? '' : ` start="${number}"`;
  return { html: `<${tag}${from}>\n${made.join('\n')}\n</${tag}>`, lines: taken };
}

function paragraph(lines: readonly string[], around: Around): { html: string; lines: number } {
  const end = lines.findIndex((line, i) => line.trim() === '' || (i > 0 && begins.test(line)));
  const taken = lines.slice(0, end === -1 ? lines.length : end);
  return {
    html: `<p>${inline(joined(taken), around)}</p>`,
    lines: taken.length,
  };
}

/** Chinese has no blanks between its sentences: the end of a line is none either. */
const joined = (lines: readonly string[]): string =>
  lines
    .map((line) => line.trim())
    .join('\n')
    .replaceAll(/(?<=[\p{Script=Han}。；：，）])\n/gu, '');

/** Code first: nothing in it means anything. */
function inline(text: string, around: Around): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) =>
      /^`[^`]+`$/.test(part) ? `<code>${escape(part.slice(1, -1))}</code>` : withLinks(part, around),
    )
    .join('');
}

function withLinks(text: string, around: Around): string {
  return text
    .split(/(!?\[[^\]]*\]\([^()\s]+\))/)
    .map((part) => {
      const found = /^(!?)\[([^\]]*)\]\(([^()\s]+)\)$/.exec(part);
      if (!found) return emphasis(escape(part));
      const [, picture, words, target] = found as unknown as [string, string, string, string];
      return picture === '' ? link(words, target, around) : image(words, target, around);
    })
    .join('');
}

function emphasis(html: string): string {
  return html
    .replaceAll(/\*\*(.+?)\*\*/gs, '<strong>$1</strong>')
    .replaceAll(/\*([^*\s][^*]*?)\*/gs, '<em>$1</em>');
}

/** Where there is no page to lead to, the words alone stay: what is read from a stick has nothing else beside it. */
function link(words: string, target: string, { folder, pageOf }: Around): string {
  const said = emphasis(escape(words));
  if (/^(https?:|#)/.test(target)) return `<a href="${escape(target)}">${said}</a>`;
  const [file = '', place] = target.split('#');
  const page = pageOf(join(folder, file));
  return page === null
    ? said
    : `<a href="${escape(place === undefined ? page : `${page}#${place}`)}">${said}</a>`;
}

function image(words: string, target: string, { folder }: Around): string {
  const file = join(folder, target);
  const type = pictureTypes[extname(file).toLowerCase()];
  if (type === undefined || !existsSync(file)) throw new Error(`no picture: ${basename(target)}`);
  return `<img alt="${escape(words)}" src="data:${type};base64,${readFileSync(file).toString('base64')}">`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, (one) => entities[one] as string);
}
