/**
 * A manual as one page that is read without a network: its pictures lie in it, its links to other manuals lead to their pages in the same folder.
 * Knows the Markdown in which `docs/manuals` is written (CommonMark 0.31 without HTML, and tables) and throws at what it does not know.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

export interface Manual {
  readonly language: 'en' | 'zh' | 'ru';
  /** Name without ending: `site`. */
  readonly name: string;
  /** The Markdown. */
  readonly file: string;
}

const pictureTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
};

/** @param pageOf the page of another manual, by its Markdown file; null: it is not among them. */
export function manualPage(manual: Manual, pageOf: (file: string) => string | null): string {
  const text = readFileSync(manual.file, 'utf8').replaceAll('\r\n', '\n');
  const title = /^# (.+)$/m.exec(text)?.[1] ?? manual.name;
  const lang = manual.language === 'zh' ? 'zh-Hans' : manual.language;
  const body = blocks(text.split('\n'), { folder: dirname(manual.file), pageOf });
  return `<!doctype html>
<html lang="${lang}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(title.replaceAll(/[*`]/g, ''))}</title>
<style>${style}</style>
<main>
${body}
</main>
</html>
`;
}

const style = `
:root { color-scheme: light dark }
body { margin: 0; font: 1rem/1.6 system-ui, "Noto Sans", "Noto Sans SC", "Microsoft YaHei", sans-serif }
main { max-width: 50rem; margin: 0 auto; padding: 1.5rem }
h1, h2, h3 { line-height: 1.25; margin: 2rem 0 .75rem }
h1 { margin-top: .5rem }
p, li, td, th { overflow-wrap: anywhere }
li { margin: .35rem 0 }
code { font: .9em ui-monospace, Consolas, monospace; background: #8882; border-radius: 3px; padding: .1em .3em }
pre { background: #8882; border-radius: 6px; padding: .75rem 1rem; white-space: pre-wrap }
pre code { background: none; padding: 0 }
table { border-collapse: collapse; margin: 1rem 0 }
th, td { border: 1px solid #8886; padding: .4rem .7rem; text-align: start; vertical-align: top }
img { max-width: 100%; height: auto; border: 1px solid #8886; border-radius: 6px }
@media print { main { max-width: none; padding: 0 } a { color: inherit } h2, h3 { break-after: avoid } }
`;

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
  const [, marks, text] = /^(#+) +(.+)$/.exec(line) as unknown as [string, string, string];
  const name = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
  const level = marks.length;
  return { html: `<h${level} id="${escape(name)}">${inline(text, around)}</h${level}>`, lines: 1 };
}

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
  const heads = cells(head as string).every((cell) => cell === '') ? [] : [line(head as string, 'th')];
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
    html: `<p>${inline(taken.map((line) => line.trim()).join('\n'), around)}</p>`,
    lines: taken.length,
  };
}

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
