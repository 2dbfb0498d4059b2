/** A scanned test page: what the printer made of lengths, squares and codes. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ok, refuse, type Result } from '../../base/result.ts';
import { testCode } from '../../node/printed-form/test-page.ts';
import { stickFolder } from '../../node/stick/stick.ts';
import { openPagePool } from '../../recognise/pool.ts';
import type { RecognisedPage } from '../../recognise/recognised-page.ts';
import type { Station } from '../station.ts';
import { changePrintSettings, printSettings, type Measured } from './print-settings.ts';

/** Per cent by which lengths may differ. */
export const mostOff = 2;
/** Of one folder, and bytes of a page: a stick full of somebody's photos is looked through quickly. */
const mostFiles = 200;
const mostBytes = 40 * 1024 * 1024;

export interface FoundScan {
  readonly path: string;
  readonly name: string;
  readonly at: number;
}

/** Pictures on the sticks, newest first. */
export async function scansOnSticks({ drives }: Pick<Station, 'drives'>): Promise<FoundScan[]> {
  const found: FoundScan[] = [];
  for (const { path } of await drives.list())
    for (const folder of [path, join(path, stickFolder)]) {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      const pictures = entries.filter((entry) => entry.isFile() && /\.(jpe?g|tiff?)$/i.test(entry.name));
      for (const { name } of pictures.slice(0, mostFiles)) {
        const file = join(folder, name);
        const about = await stat(file).catch(() => null);
        if (about && about.size <= mostBytes) found.push({ path: file, name, at: Math.floor(about.mtimeMs) });
      }
    }
  return found.toSorted((a, b) => b.at - a.at);
}

/** Refusals: `file-not-on-stick`, `test-not-printed`. What is wrong with the page is in the answer. */
export async function measureTest(station: Station, path: string): Promise<Result<Measured>> {
  const { test } = printSettings(station);
  if (!test) return refuse({ type: 'test-not-printed' });
  const found = (await scansOnSticks(station)).find((one) => one.path === path);
  const bytes = found && (await readFile(found.path).catch(() => null));
  if (!bytes) return refuse({ type: 'file-not-on-stick' });
  const pool = openPagePool({ threads: 1 });
  try {
    const measured = measuredOf(basename(path), await pool.recognise(bytes, { templates: [] }));
    changePrintSettings(station, { test: { ...test, measured } });
    return ok(measured);
  } finally {
    await pool.close();
  }
}

/** @returns `problem`: why it is no test page, or nothing can be measured on it */
export function measuredOf(fileName: string, page: RecognisedPage): Measured {
  const { map, dpi, sheet } = page;
  const codes = page.codes.filter(({ text }) => text.includes(testCode.number)).length;
  const squares = page.quality?.anchors ?? 0;
  const perMm = (dpi ?? 0) / 25.4;
  const per = (a: number, b: number): number => Math.round((Math.hypot(a, b) / perMm) * 1_000) / 10;
  const [across, down] = map && dpi ? [per(map[0], map[3]), per(map[1], map[4])] : [null, null];
  const ours = sheet?.number === testCode.number;
  const fits = (one: number | null): boolean => one !== null && Math.abs(one - 100) <= mostOff;
  const problem = page.problem ?? (ours ? null : { type: 'no-test-page' });
  return {
    fileName: fileName.slice(0, 300),
    codes,
    squares,
    across,
    down,
    good: problem === null && codes === 4 && squares === 4 && fits(across) && fits(down),
    problem,
  };
}
