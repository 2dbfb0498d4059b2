/**
 * `node tools/scans/write-test-set.ts FOLDER [--pages=N]`: the pages that `npm run bench -- recognise` measures with, as files, with what is
 * on each of them: whoever has another reader can measure it with the same pages. The same number gives the same pages.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { barsText, squareText } from '../../src/exam/form/sheet-code.ts';
import { ownTemplates } from '../../src/exam/form/own-templates.ts';
import makeScan, { levelOf, stepOf } from '../../bench/recognise-scan.ts';

/** What a page of the set is: an entry of `truth.json`. */
export interface TruthOfPage {
  readonly file: string;
  /** `readable`, `limits`: must be read. `beyond`: need not, and nothing wrong may be said of it. */
  readonly level: string;
  readonly step: string;
  /** Of the sheet, and what its codes hold. */
  readonly number: string;
  readonly side: 1 | 2;
  readonly kind: string;
  readonly kit: string;
  readonly bars: string;
  readonly square: string;
  /** Degrees clockwise to set it upright. */
  readonly rotation: number;
  readonly filled: boolean;
  /** Boxes that bear something; all others are empty. */
  readonly marks: readonly { field: string; row: number; column: number; kind: string }[];
  readonly degradation: object;
}

export async function writeTestSet(folder: string, pages: number): Promise<TruthOfPage[]> {
  await mkdir(join(folder, 'pages'), { recursive: true });
  const all: TruthOfPage[] = [];
  for (let i = 0; i < pages; i++) {
    const task = { serial: i + 1, level: levelOf(i) };
    const scan = await makeScan(task);
    const { code, rotation, filled, marks } = scan.truth;
    const file = `pages/${String(i + 1).padStart(4, '0')}.jpg`;
    await writeFile(join(folder, file), scan.jpeg);
    all.push({
      file,
      level: task.level,
      step: stepOf(task, scan),
      number: code.number,
      side: code.side,
      kind: code.more.kind,
      kit: code.more.kit,
      bars: barsText(code),
      square: squareText(code),
      rotation,
      filled,
      marks: marks.filter(({ kind }) => kind !== 'none'),
      degradation: scan.degradation,
    });
  }
  await writeFile(join(folder, 'truth.json'), `${JSON.stringify(all, null, 1)}\n`);
  // Where the boxes stand, in millimetres.
  await writeFile(join(folder, 'forms.json'), `${JSON.stringify(ownTemplates, null, 1)}\n`);
  return all;
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { pages: { type: 'string', default: '360' } },
    allowPositionals: true,
  });
  const [folder] = positionals;
  const pages = Number(values.pages);
  if (folder === undefined || !Number.isInteger(pages) || pages < 1) {
    console.error('node tools/scans/write-test-set.ts FOLDER [--pages=N]');
    process.exitCode = 2;
  } else {
    const made = await writeTestSet(folder, pages);
    console.log(`${made.length} pages, truth.json, forms.json → ${folder}`);
  }
}
