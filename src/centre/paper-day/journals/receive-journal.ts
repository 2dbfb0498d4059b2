/** END_PRINT, END_VOICE, END_SCAN at the centre: proved entry by entry, and kept as they came. Of each station the newest closing counts. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod';
import { fromUtf8 } from '../../../base/bytes.ts';
import { jsonIn } from '../../../base/json.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { countFates } from '../../../exam/paper-day/count-fates.ts';
import { stationJournalAboutSchema, stationJournalParts } from '../../../exam/paper-day/parcels.ts';
import type { Head } from '../../../journal/entry.ts';
import { verifyEntries } from '../../../journal/verify-entries.ts';
import type { Opened } from '../../../parcel/parcel.ts';
import { fileSha256Hex } from '../../../trust/digest.ts';
import type { Centre } from '../../centre.ts';
import { openOfDay, siteOfParcel, type Carried } from '../receiving/verify-of-site.ts';

type About = z.infer<typeof stationJournalAboutSchema>;

/** Bytes of a journal's entries: a print station of a large site writes a few megabytes. */
const entriesLimit = 256 * 1024 * 1024;

const headSchema = z.object({
  origin: z.string(),
  epoch: z.string(),
  seq: z.number().int(),
  hash: z.string(),
});

export interface TakenJournal {
  readonly siteCode: string;
  readonly known: boolean;
}

/** Refusals: those of verifying, of `siteOfParcel`; `day-journal-told-twice`, `day-journal-not-whole`, `wrong-key`, `file-too-large`. */
export async function receiveJournal(
  centre: Centre,
  file: string,
  carried: Carried,
): Promise<Result<TakenJournal>> {
  const { db } = centre;
  const opened = await openOfDay(centre, file, 'station-journal', carried, () => true);
  if (!opened.ok) return opened;
  try {
    const about = stationJournalAboutSchema.safeParse(opened.value.manifest.about);
    if (!about.success) return refuse({ type: 'not-a-parcel' });
    const { event, station, closing } = about.data;
    const site = await siteOfParcel(centre, opened.value, { event, stationId: station.id }, carried);
    if (!site.ok) return site;
    const digest = await fileSha256Hex(file);
    const before = await db
      .selectFrom('station_journal')
      .select(['digest', 'closing', 'head_json'])
      .where('event_id', '=', event.id)
      .where('site_code', '=', site.value)
      .where('station_id', '=', station.id)
      .orderBy('closing', 'desc')
      .execute();
    if (before.some((one) => one.digest === digest)) return ok({ siteCode: site.value, known: true });
    const heads = before.map((one) => ({
      closing: one.closing,
      head: headSchema.parse(JSON.parse(one.head_json)),
    }));
    const read = await readJournal(
      opened.value,
      about.data,
      heads.find((one) => one.closing < closing)?.head ?? null,
    );
    if (!read.ok) return read;
    // Killed between making and counting it, a station closes once more under the same number: with more in it.
    const twin = heads.find((one) => one.closing === closing);
    if (twin && twin.head.seq >= read.value.head.seq)
      return refuse({ type: 'day-journal-told-twice', closing, number: station.number });
    await keep(centre, {
      file,
      digest,
      siteCode: site.value,
      about: about.data,
      carried,
      ...read.value,
    });
    return ok({ siteCode: site.value, known: false });
  } finally {
    await opened.value.dispose();
  }
}

interface Read {
  readonly fates: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly head: Head;
  readonly entries: number;
}

async function readJournal(
  { parts, certificates }: Opened,
  { station }: About,
  earlier: Head | null,
): Promise<Result<Read>> {
  const [entriesPart, headPart, fatesPart] = [
    stationJournalParts.entries,
    stationJournalParts.head,
    stationJournalParts.fates,
  ].map((name) => parts.get(name));
  if (!entriesPart || !headPart || !fatesPart) return refuse({ type: 'not-a-parcel' });
  if (entriesPart.sealed || headPart.sealed || fatesPart.sealed) return refuse({ type: 'wrong-key' });
  if ((await stat(entriesPart.file)).size > entriesLimit)
    return refuse({ type: 'file-too-large', limit: entriesLimit });
  const lines = (await readFile(entriesPart.file, 'utf8')).split('\n').filter((line) => line !== '');
  const whole = verifyEntries(lines, {
    // What an earlier journal of this station ended with is in this one: nobody has told the day anew.
    heads: earlier ? [earlier] : [],
    signedHeads: [(await readFile(headPart.file, 'utf8')).trim()],
    signingKeys: new Map([[station.id, certificates[0]?.signingKey ?? '']]),
  });
  if (!whole.ok)
    return refuse({
      type: 'day-journal-not-whole',
      what: String(whole.refusal['what'] ?? whole.refusal.type),
      seq: Number(whole.refusal['seq'] ?? whole.refusal['line'] ?? 0),
    });
  const head = whole.value.heads.at(-1);
  if (!head || whole.value.heads.some(({ origin }) => origin !== station.id))
    return refuse({ type: 'day-journal-not-whole', what: 'misplaced', seq: 0 });
  const fates = fromUtf8(new Uint8Array(await readFile(fatesPart.file)));
  const counts = countFates(station.kind, jsonIn(fates));
  return counts === null
    ? refuse({ type: 'not-a-parcel' })
    : ok({ fates, counts, head, entries: whole.value.entries });
}

async function keep(
  { db, node, blobs, packages }: Centre,
  what: Read & {
    readonly file: string;
    readonly digest: string;
    readonly siteCode: string;
    readonly about: About;
    readonly carried: Carried;
  },
): Promise<void> {
  const { about, digest, siteCode, carried } = what;
  const { event, station, closing } = about;
  await blobs.put(createReadStream(what.file, { highWaterMark: 1 << 20 }));
  const { size } = await stat(what.file);
  // The entry before the row: what was killed in between comes again.
  await node.journal.append([
    {
      kind: 'station-journal-received',
      subject: `event:${event.id}`,
      data: {
        site: siteCode,
        station: station.id,
        kind: station.kind,
        number: station.number,
        closing,
        digest,
        way: carried.way,
        by: carried.by,
      },
    },
  ]);
  await db
    .insertInto('station_journal')
    .values({
      digest,
      project_id: carried.projectId,
      event_id: event.id,
      site_code: siteCode,
      station_id: station.id,
      kind: station.kind,
      number: station.number,
      room: station.room,
      closing,
      finished_at: about.finishedAt,
      program: about.program,
      key_number: about.keyNumber,
      token_serial: about.tokenSerial,
      size,
      entries: what.entries,
      head_json: JSON.stringify(headSchema.parse(what.head)),
      counts_json: JSON.stringify(what.counts),
      fates_json: what.fates,
      way: carried.way,
      by_account: carried.by,
      received_at: node.clock.now(),
    })
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .execute();
  packages.changed.notify();
}
