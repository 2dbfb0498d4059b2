/** Whole chains as a file of lines, JSON `{header, salt, payload}`: in a room's result and in a seat's answer package. */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { ok, refuse, type Result } from '../base/result.ts';
import type { Head, StoredEntry } from './entry.ts';
import type { Journal } from './journal.ts';
import { segmentLimits, storedEntrySchema } from './segment.ts';
import type { PositionedRow } from './sqlite-entry-store.ts';

/**
 * Each chain from its first entry up to its head: whoever opens it can follow every link.
 * @param onEntry hears of each as it is written
 */
export async function writeEntries(
  journal: Pick<Journal, 'ofOrigin'>,
  heads: readonly Head[],
  file: string,
  onEntry: (entry: PositionedRow) => void = () => undefined,
): Promise<void> {
  const out = createWriteStream(file);
  const done = finished(out);
  // Whoever waits for it below hears of a failure; until then it must not be one that nobody hears.
  done.catch(() => undefined);
  for (const { origin, epoch, seq } of heads) {
    for (let after = 0; after < seq;) {
      const rows = journal.ofOrigin(origin, epoch, after, Math.min(1_000, seq - after));
      for (const row of rows) {
        onEntry(row);
        const { header, salt, payload } = row;
        if (!out.write(`${JSON.stringify({ header, salt, payload })}\n`))
          await Promise.race([once(out, 'drain'), done]);
      }
      after += rows.length;
      if (rows.length === 0) throw new Error('journal shorter than its head');
    }
  }
  out.end();
  await done;
}

/** The longest line that an entry can be: every character of its texts may be escaped. */
const lineLimit = 6 * (segmentLimits.header + segmentLimits.payload) + 1_024;

/**
 * Reads such a file without believing it, and without holding more of it than one line.
 * @returns refusal `entries-unreadable` with the line; what `onEntry` refuses ends it, too.
 */
export async function readEntries(
  file: string,
  onEntry: (entry: StoredEntry) => Promise<Result<void>> | Result<void>,
): Promise<Result<void>> {
  let line = 0;
  let rest = '';
  const take = async (text: string): Promise<Result<void>> => {
    line++;
    const entry = entryIn(text);
    return entry ? onEntry(entry) : refuse({ type: 'entries-unreadable', line });
  };
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    // Only what is new is looked through: a long line would be, again with every piece of it.
    const [first = '', ...more] = String(chunk).split('\n');
    rest += first;
    for (const next of more) {
      const taken = await take(rest);
      if (!taken.ok) return taken;
      rest = next;
    }
    if (rest.length > lineLimit) return refuse({ type: 'entries-unreadable', line: line + 1 });
  }
  return rest === '' ? ok() : take(rest);
}

function entryIn(text: string): StoredEntry | null {
  try {
    const parsed = storedEntrySchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
