/** END_PRINT, END_VOICE, END_SCAN: proved entry by entry, and kept as they came, for the centre. The newest closing of a station counts. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { stationJournalAboutSchema } from '../../../exam/paper-day/parcels.ts';
import type { Opened } from '../../../parcel/parcel.ts';
import {
  keyUsesIn,
  readStationJournal,
  type KeyUse,
  type ReadJournal,
} from '../../../node/station-journal/read-station-journal.ts';
import { transaction } from '../../../store/sqlite.ts';
import { fileSha256Hex } from '../../../trust/digest.ts';
import { openOfExam } from '../../open-parcel.ts';
import type { Site } from '../../site.ts';
import { paperEvent, sameEvent } from '../events.ts';
import type { Taken } from '../intake/taken.ts';
import { stationOfParcel } from '../stations/of-other-console.ts';
import { journalName } from './journal-name.ts';
import { headOfSchema, journalsOfStation } from './journals.ts';

type About = z.infer<typeof stationJournalAboutSchema>;

/**
 * Refusals: `no-such-event-here`, `journal-of-another-day`, `untrusted-sender`, `station-not-known`, `journal-told-twice`,
 * `station-journal-not-whole`, `wrong-key`, those of `openOfExam`.
 */
export async function takeJournal(site: Site, file: string): Promise<Result<Taken>> {
  const opened = await openOfExam(site, file, 'station-journal', { forCentre: true });
  if (!opened.ok) return opened;
  try {
    const about = stationJournalAboutSchema.safeParse(opened.value.manifest.about);
    if (!about.success) return refuse({ type: 'not-a-parcel' });
    const fits = await ofThisSite(site, opened.value, about.data);
    if (!fits.ok) return fits;
    const digest = await fileSha256Hex(file);
    const { event, station, closing } = about.data;
    const taken = { kind: 'station-journal' as const, eventId: event.id, name: station.number };
    const before = journalsOfStation(site, event.id, station.id);
    if (before.some((one) => one.digest === digest)) return ok({ ...taken, known: true });
    const read = await readStationJournal(
      opened.value,
      about.data,
      before.find((one) => one.closing < closing)?.head ?? null,
      'station-journal-not-whole',
    );
    if (!read.ok) return read;
    // Killed between making and counting it, a station closes once more under the same number: with more in it. Two computers that work as one
    // station, or an older disk that was put back, say something else instead.
    const twin = before.find((one) => one.closing === closing);
    if (twin && !read.value.goesOnFrom(twin.head))
      return refuse({ type: 'journal-told-twice', closing, number: station.number });
    await keep(site, {
      file,
      digest,
      parcelId: opened.value.manifest.id,
      about: about.data,
      ...read.value,
      uses: keyUsesIn(read.value.lines, event.id),
    });
    return ok({ ...taken, known: false });
  } finally {
    await opened.value.dispose();
  }
}

async function ofThisSite(
  site: Site,
  { manifest, certificates }: Opened,
  { event, station, program, finishedAt }: About,
): Promise<Result<void>> {
  const same = sameEvent(manifest.session, event);
  if (!same.ok) return same;
  const here = paperEvent(site, event.id);
  if (!here.ok) return here;
  if (here.value.event.date !== event.date)
    return refuse({ type: 'journal-of-another-day', date: event.date, expected: here.value.event.date });
  const { id, kind, number, room } = station;
  const known = await stationOfParcel(site, certificates, {
    id,
    kind,
    number,
    room,
    program,
    at: finishedAt,
  });
  return known.ok ? ok() : known;
}

interface Read extends ReadJournal {
  readonly uses: readonly KeyUse[];
}

async function keep(
  site: Site,
  what: Read & {
    readonly file: string;
    readonly digest: string;
    readonly parcelId: string;
    readonly about: About;
  },
): Promise<void> {
  const { node } = site;
  const { about, digest } = what;
  const { event, station, closing } = about;
  await node.blobs.put(createReadStream(what.file, { highWaterMark: 1 << 20 }));
  const { size } = await stat(what.file);
  transaction(node.db, () => {
    node.db
      .prepare(
        `INSERT INTO paper_journal (digest, parcel_id, event_id, station_id, kind, closing, finished_at, file_name, bytes, about, fates, counts, head, taken_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(
        digest,
        what.parcelId,
        event.id,
        station.id,
        station.kind,
        closing,
        about.finishedAt,
        journalName(site, about.event, about.station),
        size,
        JSON.stringify(about),
        what.fates,
        JSON.stringify({ ...what.counts, entries: what.entries }),
        JSON.stringify(headOfSchema.parse(what.head)),
        node.clock.now(),
      );
    const use = node.db.prepare(
      'INSERT INTO paper_key_use (event_id, number, station, token, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    for (const { number, token, at } of what.uses) use.run(event.id, number, station.number, token, at);
  });
  await node.journal.append([
    {
      kind: 'station-journal-taken',
      subject: `event:${event.id}`,
      data: { station: station.id, kind: station.kind, number: station.number, closing, digest },
    },
  ]);
}
