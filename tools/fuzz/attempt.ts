/** What must hold for every file that is handed to an import, whatever is in it. */
import type { Refusal } from '../../src/base/result.ts';
import { sayRefusal } from '../../src/cli/say.ts';
import { en } from '../../src/ui/strings/en/index.ts';
import { ru } from '../../src/ui/strings/ru/index.ts';
import { zh } from '../../src/ui/strings/zh/index.ts';
import type { Target } from './import.ts';
import { difference, type Watch } from './watch.ts';

/** A file is worked through in a moment; what is not done by then has stopped. */
const patienceMs = 60_000;

export class Broken extends Error {}
/** It does not answer any more: nothing else can be tried with it. */
export class Hangs extends Broken {}

export async function attempt(
  { take, said }: Pick<Target, 'take' | 'said'>,
  file: Uint8Array,
  watch: Watch | null,
): Promise<'taken' | 'refused'> {
  const before = watch?.look();
  const refusal = await inTime(
    take(file).catch((error: unknown) => {
      throw error instanceof Broken ? error : new Broken(`unexpected error: ${describe(error)}`);
    }),
  );
  if (refusal === null) return 'taken';
  const silent = said === 'command line' ? untoldThere(refusal) : untold(refusal);
  if (silent !== null) throw new Broken(`refused as ${refusal.type}, without a text ${silent}`);
  const changed = before && watch ? difference(before, watch.look()) : null;
  if (before && watch && changed !== null) {
    // Others work beside it: what is in passing is gone a moment later.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const still = difference(before, watch.look());
    if (still !== null) throw new Broken(`refused as ${refusal.type}, and ${still}`);
  }
  return 'refused';
}

function untold({ type }: Refusal): string | null {
  const languages = Object.entries({ en, ru, zh }).filter(
    ([, texts]) => !Object.hasOwn(texts, `refusal.${type}`),
  );
  return languages.length === 0 ? null : `in ${languages.map(([name]) => name).join(', ')}`;
}

/** Without a sentence of its own a refusal is shown as data. */
function untoldThere(refusal: Refusal): string | null {
  return sayRefusal(refusal).startsWith('Refused: {') ? 'on the command line' : null;
}

function describe(error: unknown): string {
  const { code, data, message } = error as { code?: unknown; data?: unknown; message?: string };
  return (
    [code, message, data === undefined ? '' : JSON.stringify(data)].filter(Boolean).join(' ') || String(error)
  );
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Hangs(`no answer within ${patienceMs / 1000} s`)), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
