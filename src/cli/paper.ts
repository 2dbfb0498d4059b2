/** `invigil paper check` and `invigil paper score`: authors try papers without an exam. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Command } from 'commander';
import { refuse, type Result } from '../base/result.ts';
import {
  importFiles,
  importPaper,
  type ImportedPaper,
  type ImportOptions,
} from '../exam/paper/import-paper.ts';
import { resolvePath } from '../exam/paper/package-path.ts';
import { reportText } from '../exam/paper/report-text.ts';
import { endWith } from './say.ts';
import { scoreRequest } from './score-paper.ts';

export function register(program: Command): void {
  const paper = program.command('paper').description('try papers without an exam');
  paper
    .command('check')
    .argument('<package>', 'a QTI package (ZIP or folder), or one item')
    .option('--json', 'print the import report as one JSON line')
    .description('say of each item whether it is supported, shown but not scored, or refused, and why')
    .action(async (path: string, options: { json?: boolean }) => {
      const imported = await readPaper(path);
      if (!imported.ok) endWith(imported.refusal, options.json);
      const { report, paper: made } = imported.value;
      if (options.json) console.log(JSON.stringify({ ok: true, title: made.title, ...report }));
      else {
        for (const item of report.items)
          console.log(
            `${item.verdict.padEnd(17)} ${item.identifier}  ${item.title}${item.reasons.map((reason) => `\n${' '.repeat(18)}${reportText(reason)}`).join('')}`,
          );
        for (const note of report.notes) console.log(`note: ${reportText(note)}`);
      }
      if (report.items.some((item) => item.verdict === 'refused')) process.exitCode = 1;
    });
  paper
    .command('score')
    .argument('<package>', 'an item, or a package')
    .option('--item <identifier>', 'which item of a package')
    .requiredOption('--response <json>', 'responses by identifier; without --item of a package: by item')
    .option('--seed <seed>', "the candidate's copy: template values, selection and order", '')
    .option('--json', 'print one JSON line')
    .description('score a response')
    .action(
      async (path: string, options: { item?: string; response: string; seed: string; json?: boolean }) => {
        const imported = await readPaper(path, { withRefused: true });
        if (!imported.ok) endWith(imported.refusal, options.json);
        const scored = scoreRequest(imported.value, options);
        if (!scored.ok) endWith(scored.refusal, options.json);
        console.log(options.json ? JSON.stringify(scored.value) : JSON.stringify(scored.value, null, 2));
      },
    );
}

/** A package, an unpacked one, or a single item with what it shows. */
export async function readPaper(path: string, options: ImportOptions = {}): Promise<Result<ImportedPaper>> {
  if (!existsSync(path)) return refuse({ type: 'no-such-file', path });
  if (statSync(path).isDirectory()) return importFiles(filesBelow(path), options);
  const content = new Uint8Array(readFileSync(path));
  if (!/\.xml$/i.test(path)) return importPaper(content, options);
  const text = new TextDecoder().decode(content);
  const named = filesBeside(path, text);
  return importFiles(new Map([[basename(path), content], ...named]), options);
}

/** What an item by itself refers to in its own folder: pictures, stimuli, templates. */
function filesBeside(path: string, text: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const [, reference = ''] of text.matchAll(
    /(?:src|data|href|poster|template|template-location)\s*=\s*["']([^"']+)["']/gi,
  )) {
    const name = resolvePath('', decoded(reference));
    const file = join(dirname(path), name);
    if (name !== '' && name !== basename(path) && existsSync(file) && statSync(file).isFile())
      files.set(name, new Uint8Array(readFileSync(file)));
  }
  return files;
}

function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}

function filesBelow(folder: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, name);
    if (statSync(file).isFile())
      files.set(relative(folder, file).split(sep).join('/'), new Uint8Array(readFileSync(file)));
  }
  return files;
}
