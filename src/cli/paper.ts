/** `invigil paper check` and `invigil paper score`: authors try papers without an exam. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import { ok, refuse, type Result } from '../base/result.ts';
import { importFiles, importPaper, type ImportedPaper } from '../exam/paper/import-paper.ts';
import { instantiatePaper } from '../exam/paper/instance.ts';
import { reportText } from '../exam/paper/report-text.ts';
import type { ItemResponses } from '../exam/paper/response.ts';
import { scoreItem } from '../exam/scoring/score-item.ts';
import { scorePaper } from '../exam/scoring/score-test.ts';
import { endWith } from './say.ts';

const responseSchema = z.union([
  z.null(),
  z.string(),
  z.array(z.string()),
  z.record(z.string(), z.union([z.string(), z.null()])),
]);
const itemResponsesSchema = z.record(z.string(), responseSchema);

export function register(program: Command): void {
  const paper = program.command('paper').description('try papers without an exam');
  paper
    .command('check')
    .argument('<package>', 'a QTI package (ZIP or folder), or one item')
    .option('--json', 'print the import report as one JSON line')
    .description('say of each item whether it is supported, shown but not scored, or refused, and why')
    .action(async (path: string, options: { json?: boolean }) => {
      const imported = await read(path);
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
        const imported = await read(path);
        if (!imported.ok) endWith(imported.refusal, options.json);
        const scored = score(imported.value, options);
        if (!scored.ok) endWith(scored.refusal, options.json);
        console.log(options.json ? JSON.stringify(scored.value) : JSON.stringify(scored.value, null, 2));
      },
    );
}

function score(
  imported: ImportedPaper,
  options: { item?: string; response: string; seed: string },
): Result<object> {
  const parsed = parseJson(options.response);
  if (!parsed.ok) return parsed;
  const { key, paper } = imported;
  const wanted =
    options.item ??
    (key.items.length === 1 && key.test === null ? key.items[0]?.identifier : undefined) ??
    singleItem(imported, parsed.value);
  if (wanted !== undefined) {
    const item = allItems(imported).find(({ identifier }) => identifier === wanted);
    if (!item) return refuse({ type: 'no-such-item', item: wanted });
    const responses = itemResponsesSchema.safeParse(parsed.value);
    if (!responses.success)
      return refuse({ type: 'response-unreadable', problem: responses.error.issues[0]?.message ?? '' });
    const { outcomes, maxScore, needsMarking, warnings } = scoreItem(
      item.element,
      responses.data as ItemResponses,
      options.seed,
    );
    return ok({ outcomes, maxScore, needsMarking, warnings });
  }
  const responses = z.record(z.string(), itemResponsesSchema).safeParse(parsed.value);
  if (!responses.success)
    return refuse({ type: 'response-unreadable', problem: responses.error.issues[0]?.message ?? '' });
  const result = scorePaper(
    paper,
    key,
    instantiatePaper(paper, options.seed),
    responses.data as Record<string, ItemResponses>,
  );
  return ok({
    outcomes: result.outcomes,
    maxScore: result.maxScore,
    items: Object.fromEntries([...result.items].map(([name, item]) => [name, item.outcomes])),
    warnings: result.warnings,
  });
}

function allItems({ key, refusedItems }: ImportedPaper): ImportedPaper['key']['items'] {
  return [...key.items, ...refusedItems];
}

function singleItem(imported: ImportedPaper, value: unknown): string | undefined {
  const items = allItems(imported);
  return items.length === 1 && imported.key.test === null && itemResponsesSchema.safeParse(value).success
    ? items[0]?.identifier
    : undefined;
}

function parseJson(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch (error) {
    return refuse({ type: 'response-unreadable', problem: (error as Error).message });
  }
}

async function read(path: string): Promise<Result<ImportedPaper>> {
  if (!existsSync(path)) return refuse({ type: 'no-such-file', path });
  if (!statSync(path).isDirectory()) return importPaper(new Uint8Array(readFileSync(path)));
  const files = new Map<string, Uint8Array>();
  for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' })) {
    const file = join(path, name);
    if (statSync(file).isFile())
      files.set(relative(path, file).split(sep).join('/'), new Uint8Array(readFileSync(file)));
  }
  return importFiles(files);
}
