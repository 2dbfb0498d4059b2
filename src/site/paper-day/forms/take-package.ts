/** Packages come from the scan and voice stations' sticks. What is inside is the centre's: verified whole, and not opened. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { namedDay, packageName } from '../../../exam/paper-day/file-names.ts';
import { answerSheetsAboutSchema } from '../../../exam/paper-day/parcels.ts';
import type { Opened } from '../../../parcel/parcel.ts';
import { fileSha256Hex } from '../../../trust/digest.ts';
import { openOfExam } from '../../open-parcel.ts';
import type { Site } from '../../site.ts';
import { paperEvent, sameEvent } from '../events.ts';
import type { Taken } from '../intake/taken.ts';
import { regionOf } from '../materials/materials.ts';
import { stationOfParcel } from '../stations/of-other-console.ts';

/** Recordings have no pages. */
const aboutSchema = answerSheetsAboutSchema.extend({
  pages: answerSheetsAboutSchema.shape.pages.nullable().default(null),
  replaces: answerSheetsAboutSchema.shape.replaces.default(null),
});
type About = z.infer<typeof aboutSchema>;

/** Refusals: `no-such-event-here`, `package-differs`, `station-of-another-site`, `station-not-known`, `untrusted-sender`, those of `openOfExam`. */
export async function takePackage(
  site: Site,
  file: string,
  kind: 'answer-sheets' | 'voice-answers',
): Promise<Result<Taken>> {
  const verified = await openOfExam(site, file, kind, { forCentre: true, only: () => false });
  if (!verified.ok) return verified;
  await verified.value.dispose();
  const { manifest } = verified.value;
  const about = aboutSchema.safeParse(manifest.about);
  if (!about.success) return refuse({ type: 'not-a-parcel' });
  const fits = await ofThisSite(site, verified.value, about.data);
  if (!fits.ok) return fits;
  const { event, station, room, part, parts, pages, replaces } = about.data;
  const taken = { kind, eventId: event.id, name: `${room} ${part}/${parts}` };
  const { node } = site;
  const digest = await fileSha256Hex(file);
  const before = node.db.prepare('SELECT digest FROM paper_package WHERE id = ?').get(manifest.id);
  if (before)
    return before['digest'] === digest ? ok({ ...taken, known: true }) : refuse({ type: 'package-differs' });
  await node.blobs.put(createReadStream(file, { highWaterMark: 1 << 20 }));
  const { size } = await stat(file);
  const day = namedDay(event, regionOf(site) ?? '', site.setup()?.siteCode ?? '');
  node.db
    .prepare(
      `INSERT INTO paper_package (id, digest, event_id, kind, station_id, station, room, part, parts, pages, replaces, file_name, bytes, made_at, taken_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    )
    .run(
      manifest.id,
      digest,
      event.id,
      kind,
      station.id,
      station.number,
      room,
      part,
      parts,
      pages,
      replaces,
      packageName(kind, day, room, part, manifest.id),
      size,
      manifest.createdAt,
      node.clock.now(),
    );
  await node.journal.append([
    {
      kind: 'package-taken',
      subject: `event:${event.id}`,
      data: { package: manifest.id, kind, station: station.id, room, part, parts, replaces, digest },
    },
  ]);
  return ok({ ...taken, known: false });
}

async function ofThisSite(
  site: Site,
  { manifest, certificates }: Opened,
  { event, station, room }: About,
): Promise<Result<void>> {
  const same = sameEvent(manifest.session, event);
  if (!same.ok) return same;
  const here = paperEvent(site, event.id);
  if (!here.ok) return here;
  const speaks = manifest.kind === 'voice-answers';
  const known = await stationOfParcel(site, certificates, {
    ...station,
    kind: speaks ? 'voice' : 'scan',
    // A scan station is in no room; `0000` is how a reserve names itself.
    room: speaks && room !== '0000' ? room : null,
    program: '',
    at: manifest.createdAt,
  });
  return known.ok ? ok() : known;
}
