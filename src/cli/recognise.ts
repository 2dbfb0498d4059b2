/** `invigil recognise`: what scanned pages say, without a centre. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { asResult } from '../base/refused.ts';
import { ok, refuse, type Refusal, type Result } from '../base/result.ts';
import { ofTheSystem, openScanArchive, type ArchivedFile } from '../recognise/archive.ts';
import { otherFormat } from '../recognise/image-file.ts';
import { badImage, type RecognisedPage } from '../recognise/recognised-page.ts';
import { cannotBeChecked, endWith, sayRefusal } from './say.ts';
import { startOf } from './start-of-file.ts';

type NamedFile = Pick<ArchivedFile, 'name' | 'content'>;

interface Options {
  readonly password?: string;
  readonly json?: boolean;
}

const passwordVariable = 'INVIGIL_ARCHIVE_PASSWORD';

export function register(program: Command): void {
  program
    .command('recognise')
    .argument('<path>', 'a scanned page (JPG, TIFF-LZW), a folder of them, or a ZIP')
    .option(
      '--password <password>',
      `of the ZIP; who lists the processes of this computer sees it: better in ${passwordVariable}, or typed when asked`,
    )
    .option('--json', 'print one JSON line per page, and a last one with the totals')
    .description('say of each page whose sheet it is, how it lies, and whether it is filled')
    .addHelpText(
      'after',
      '\nExit codes: 0 every page is recognised; 1 some are not, or the archive was refused; 2 there is nothing to read.',
    )
    .action(async (path: string, options: Options) => {
      if (!existsSync(path)) cannotBeChecked({ type: 'no-such-file', path }, options.json);
      const opened = await openPages(path, options);
      if (!opened.ok) endWith(opened.refusal, options.json);
      const { pages, warnings, close } = opened.value;
      for (const warning of warnings) console.error(sayRefusal(warning));
      const done = await asResult(() => readAll(pages, warnings, options.json === true));
      await close();
      if (!done.ok) endWith(done.refusal, options.json);
      if (!done.value) process.exitCode = 1;
    });
}

interface Pages {
  readonly pages: AsyncIterable<NamedFile>;
  readonly warnings: readonly Refusal[];
  close(): Promise<void>;
}

async function openPages(path: string, options: Options): Promise<Result<Pages>> {
  const nothing = { warnings: [], close: (): Promise<void> => Promise.resolve() };
  if (statSync(path).isDirectory()) return ok({ pages: filesBelow(path), ...nothing });
  const format = otherFormat(Buffer.from(startOf(path, 16), 'latin1'));
  const archive =
    /\.(zip|7z|rar|\d{3}|z\d{2})$/i.test(path) || ['ZIP', '7z', 'RAR', 'gzip'].includes(format ?? '');
  if (!archive) return ok({ pages: single(path), ...nothing });
  let password = options.password ?? process.env[passwordVariable];
  let opened = await openScanArchive(path, { password });
  if (!opened.ok && opened.refusal.type === 'archive-password-missing' && process.stdin.isTTY) {
    password = await asked();
    opened = await openScanArchive(path, { password });
  }
  if (!opened.ok) return opened;
  const { files, warnings, close } = opened.value;
  return ok({ pages: files(), warnings, close });
}

/** Typed unseen. */
async function asked(): Promise<string> {
  const terminal = createInterface({ input: process.stdin, terminal: true });
  process.stderr.write('Password of the archive: ');
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}

async function* single(path: string): AsyncGenerator<NamedFile> {
  yield { name: path, content: ok(await readFile(path)) };
}

/** Links are not followed: they could lead anywhere, and in a circle. */
async function* filesBelow(folder: string): AsyncGenerator<NamedFile> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  for (const path of names) {
    const name = relative(folder, path).split(sep).join('/');
    if (ofTheSystem(name)) continue;
    const format = otherFormat(Buffer.from(startOf(path, 16), 'latin1'));
    // As in an archive: what is an archive itself is named, and not opened.
    const inner = ['ZIP', '7z', 'RAR', 'gzip'].includes(format ?? '');
    yield {
      name,
      content: inner
        ? refuse({ type: 'image-other-format', format: format as string })
        : ok(await readFile(path)),
    };
  }
}

/** @returns whether every page was recognised */
async function readAll(
  pages: AsyncIterable<NamedFile>,
  warnings: readonly Refusal[],
  json: boolean,
): Promise<boolean> {
  // Not before it is needed: no other command starts threads.
  const { openPagePool, recogniseAll } = await import('../recognise/pool.ts');
  const pool = openPagePool();
  const totals: Record<RecognisedPage['class'], number> = {
    'recognised-filled': 0,
    'recognised-empty': 0,
    unrecognised: 0,
    'bad-image': 0,
  };
  const began = performance.now();
  let page = 0;
  try {
    const read = recogniseAll(pool, pages, ({ content }) =>
      content.ok ? pool.recognise(content.value) : Promise.resolve(badImage(content.refusal)),
    );
    if (!json) console.log(row('class', 'number', 'side', 'turn', 'ink', 'file'));
    for await (const { item, page: found } of read) {
      page++;
      totals[found.class]++;
      if (json) console.log(JSON.stringify(line(item.name, page, found)));
      else {
        const { sheet, rotation, ink } = found;
        console.log(
          row(
            found.class,
            sheet?.number ?? '–',
            String(sheet?.side ?? '–'),
            String(rotation ?? '–'),
            ink ? `${ink.mm2} mm²` : '–',
            item.name,
          ),
        );
        if (found.problem) console.log(`  ${sayRefusal(found.problem)}`);
      }
    }
  } finally {
    await pool.close();
  }
  const seconds = Math.round(performance.now() - began) / 1_000;
  if (json) console.log(JSON.stringify({ total: page, ...totals, warnings, seconds }));
  else
    console.log(
      `${page} pages in ${seconds} s: ${Object.entries(totals)
        .map(([name, count]) => `${count} ${name}`)
        .join(', ')}.`,
    );
  return totals.unrecognised === 0 && totals['bad-image'] === 0;
}

function row(kind: string, number: string, side: string, turn: string, ink: string, file: string): string {
  return `${kind.padEnd(18)} ${number.padEnd(18)} ${side.padEnd(4)} ${turn.padEnd(4)} ${ink.padEnd(12)} ${file}`;
}

function line(file: string, page: number, found: RecognisedPage): object {
  const { thumbnail: _, marks, ...rest } = found;
  return { file, page, ...rest, marks: marks.filter(({ state }) => state !== 'empty') };
}
