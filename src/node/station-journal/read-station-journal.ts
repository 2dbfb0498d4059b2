/** What a station's journal holds, for the site that takes it and the centre that keeps it: proved entry by entry. */
import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod';
import { fromUtf8 } from '../../base/bytes.ts';
import { jsonIn } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { countFates } from '../../exam/paper-day/count-fates.ts';
import { stationJournalParts, type stationJournalAboutSchema } from '../../exam/paper-day/parcels.ts';
import type { Head } from '../../journal/entry.ts';
import { verifyEntries } from '../../journal/verify-entries.ts';
import type { Opened } from '../../parcel/parcel.ts';
import { sha256Hex } from '../../trust/digest.ts';

/** Bytes of a journal's entries: a print station of a large site writes a few megabytes. */
const entriesLimit = 256 * 1024 * 1024;
/** Of everything that became of a site's kits, in one place. */
const fatesLimit = 64 * 1024 * 1024;
const headLimit = 64 * 1024;

export interface ReadJournal {
  readonly fates: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly head: Head;
  readonly entries: number;
  /** As they travelled, one entry each. */
  readonly lines: readonly string[];
  /** It says more than one that ended so, and all that the other said. */
  goesOnFrom(head: Head): boolean;
}

/**
 * @param earlier with which the newest journal of the same station ended that is here
 * @param notWhole refusal of a journal whose entries do not prove each other
 * @returns also `not-a-parcel`, `wrong-key`, `file-too-large`.
 */
export async function readStationJournal(
  { parts, certificates }: Opened,
  { station }: Pick<z.infer<typeof stationJournalAboutSchema>, 'station'>,
  earlier: Head | null,
  notWhole: 'day-journal-not-whole' | 'station-journal-not-whole',
): Promise<Result<ReadJournal>> {
  const [entriesPart, headPart, fatesPart] = [
    stationJournalParts.entries,
    stationJournalParts.head,
    stationJournalParts.fates,
  ].map((name) => parts.get(name));
  if (!entriesPart || !headPart || !fatesPart) return refuse({ type: 'not-a-parcel' });
  if (entriesPart.sealed || headPart.sealed || fatesPart.sealed) return refuse({ type: 'wrong-key' });
  for (const [{ file }, limit] of [
    [entriesPart, entriesLimit],
    [headPart, headLimit],
    [fatesPart, fatesLimit],
  ] as const)
    if ((await stat(file)).size > limit) return refuse({ type: 'file-too-large', limit });
  const lines = (await readFile(entriesPart.file, 'utf8')).split('\n').filter((line) => line !== '');
  const whole = verifyEntries(lines, {
    // What an earlier journal of this station ended with is in this one: nobody has told the day anew.
    heads: earlier ? [earlier] : [],
    signedHeads: [(await readFile(headPart.file, 'utf8')).trim()],
    signingKeys: new Map([[station.id, certificates[0]?.signingKey ?? '']]),
  });
  if (!whole.ok)
    return refuse({
      type: notWhole,
      what: String(whole.refusal['what'] ?? whole.refusal.type),
      seq: Number(whole.refusal['seq'] ?? whole.refusal['line'] ?? 0),
    });
  const head = whole.value.heads.at(-1);
  if (!head || whole.value.heads.some(({ origin }) => origin !== station.id))
    return refuse({ type: notWhole, what: 'misplaced', seq: 0 });
  const fates = fromUtf8(new Uint8Array(await readFile(fatesPart.file)));
  const counts = countFates(station.kind, jsonIn(fates));
  return counts === null
    ? refuse({ type: 'not-a-parcel' })
    : ok({
        fates,
        counts,
        head,
        entries: whole.value.entries,
        lines,
        goesOnFrom: ({ epoch, seq, hash }) =>
          head.seq > seq && lines.some((line) => isEntry(line, { epoch, seq, hash })),
      });
}

const lineSchema = z.object({ header: z.string() });
const headerSchema = z.object({ epoch: z.string(), seq: z.number() });

function isEntry(line: string, { epoch, seq, hash }: Pick<Head, 'epoch' | 'seq' | 'hash'>): boolean {
  const { header } = lineSchema.parse(JSON.parse(line));
  const said = headerSchema.parse(JSON.parse(header));
  return said.epoch === epoch && said.seq === seq && sha256Hex(header) === hash;
}

export interface KeyUse {
  readonly number: number;
  readonly token: string | null;
  readonly at: number;
}

const activatedSchema = z.object({
  kind: z.literal('key-activated'),
  subject: z.string(),
  at: z.number().int(),
  // As the centre takes them: a number that no key has is no use of one.
  data: z.object({ number: z.number().int().min(1).max(999), token: z.string().max(64).nullable() }),
});

/** Which keys were opened at this station, by its own entries, and when. */
export function keyUsesIn(lines: readonly string[], eventId: string): KeyUse[] {
  return lines.flatMap((line) => {
    const { header } = z.object({ header: z.string() }).parse(JSON.parse(line));
    const said = activatedSchema.safeParse(jsonIn(header));
    return said.success && said.data.subject === `event:${eventId}`
      ? [{ ...said.data.data, at: said.data.at }]
      : [];
  });
}
