/**
 * Takes a package of answers: proved whole and of the right site, and kept as it came, sealed. Whoever sent it is told no earlier. It is opened
 * afterwards, see `package-opener.ts`. By identity: the same one again, by whichever way, changes nothing.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { newId } from '../../../base/ids.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { answerSheetsAboutSchema, type PackageWord } from '../../../exam/paper-day/parcels.ts';
import { fileSha256Hex } from '../../../trust/digest.ts';
import type { Centre } from '../../centre.ts';
import { openOfDay, siteOfParcel, type Carried } from '../receiving/verify-of-site.ts';
import { wordOf } from './words.ts';

/** Recordings have no pages, and nobody asks for them again. */
const aboutSchema = answerSheetsAboutSchema.extend({
  pages: answerSheetsAboutSchema.shape.pages.nullable().default(null),
  replaces: answerSheetsAboutSchema.shape.replaces.default(null),
});

export interface TakenPackage {
  readonly id: string;
  readonly known: boolean;
  readonly siteCode: string;
  readonly word: PackageWord;
}

/** Refusals: those of verifying, of `siteOfParcel`; `day-package-differs`. */
export async function receivePackage(
  centre: Centre,
  file: string,
  kind: 'answer-sheets' | 'voice-answers',
  carried: Carried,
): Promise<Result<TakenPackage>> {
  const { db, node, blobs } = centre;
  const verified = await openOfDay(centre, file, kind, carried);
  if (!verified.ok) return verified;
  await verified.value.dispose();
  const { manifest } = verified.value;
  const about = aboutSchema.safeParse(manifest.about);
  if (!about.success || (kind === 'answer-sheets' && about.data.pages === null))
    return refuse({ type: 'not-a-parcel' });
  const { event, station, room, part, parts, pages, replaces } = about.data;
  const site = await siteOfParcel(centre, verified.value, { event, stationId: station.id }, carried);
  if (!site.ok) return site;
  const digest = await fileSha256Hex(file);
  const before = await knownPackage(centre, carried.projectId, manifest.id);
  if (before)
    return before.digest === digest
      ? ok({ id: manifest.id, known: true, siteCode: site.value, word: wordOf(before) })
      : refuse({ type: 'day-package-differs', room, part });
  await blobs.put(createReadStream(file, { highWaterMark: 1 << 20 }));
  const { size } = await stat(file);
  const at = node.clock.now();
  // The entry before the row: of what was killed in between there is an entry more than a package, and it comes again.
  await node.journal.append([
    {
      kind: 'day-package-received',
      subject: `event:${event.id}`,
      data: {
        site: site.value,
        package: manifest.id,
        kind,
        station: station.id,
        room,
        part,
        parts,
        pages,
        replaces,
        digest,
        way: carried.way,
        by: carried.by,
      },
    },
  ]);
  await db
    .insertInto('day_package')
    .values({
      project_id: carried.projectId,
      id: manifest.id,
      event_id: event.id,
      site_code: site.value,
      kind,
      digest,
      size,
      station_id: station.id,
      station: station.number,
      room,
      part,
      parts,
      pages,
      replaces,
      way: carried.way,
      by_account: carried.by,
      made_at: manifest.createdAt,
      received_at: at,
      upload_id: newId(),
      contents_json: null,
      opened_at: null,
      state: 'received',
      quality: 'checking',
      rescan_json: '[]',
      reason_json: null,
      note: '',
      said_at: at,
    })
    .onConflict((conflict) => conflict.columns(['project_id', 'id']).doNothing())
    .execute();
  const kept = await knownPackage(centre, carried.projectId, manifest.id);
  // Of two different ones that came at once, one is here.
  if (kept?.digest !== digest) return refuse({ type: 'day-package-differs', room, part });
  centre.packages.wake();
  return ok({ id: manifest.id, known: false, siteCode: site.value, word: wordOf(kept) });
}

async function knownPackage({ db }: Pick<Centre, 'db'>, projectId: string, id: string) {
  return db
    .selectFrom('day_package')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
}
