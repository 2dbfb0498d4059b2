/** END_PRINT, END_VOICE, END_SCAN at the centre: proved entry by entry, and kept as they came. Of each station the newest closing counts. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { stationJournalAboutSchema } from '../../../exam/paper-day/parcels.ts';
import {
  keyUsesIn,
  readStationJournal,
  type ReadJournal,
} from '../../../node/station-journal/read-station-journal.ts';
import { fileSha256Hex } from '../../../trust/digest.ts';
import type { Centre } from '../../centre.ts';
import { keepOpened } from '../serve-day.ts';
import { openOfDay, siteOfParcel, type Carried } from '../receiving/verify-of-site.ts';

type About = z.infer<typeof stationJournalAboutSchema>;

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
    const read = await readStationJournal(
      opened.value,
      about.data,
      heads.find((one) => one.closing < closing)?.head ?? null,
      'day-journal-not-whole',
    );
    if (!read.ok) return read;
    // Killed between making and counting it, a station closes once more under the same number: with more in it. Two computers that work as one
    // station, or an older disk that was put back, say something else instead.
    const twin = heads.find((one) => one.closing === closing);
    if (twin && !read.value.goesOnFrom(twin.head))
      return refuse({ type: 'day-journal-told-twice', closing, number: station.number });
    // Before the journal: what was killed in between comes again.
    await tellUses(centre, read.value, about.data, { ...carried, siteCode: site.value });
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

/** What the site's console tells as well, where there is one: a journal that came by a stick or a gateway is enough. */
async function tellUses(
  centre: Centre,
  { lines }: ReadJournal,
  { event, station }: About,
  of: Carried & { readonly siteCode: string },
): Promise<void> {
  for (const { number, token, at } of keyUsesIn(lines, event.id)) {
    const use = { eventId: event.id, number, station: station.number, tokenSerial: token, at };
    const told = await keepOpened(centre, of, use);
    if (!told.ok) centre.node.log.warn({ refusal: told.refusal, number }, 'a key was used that is not known');
  }
}

async function keep(
  { db, node, blobs, packages }: Centre,
  what: ReadJournal & {
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
