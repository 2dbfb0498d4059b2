/** The end of a station's work as one signed file: everything that it entered, and in one place what became of every kit, take or page. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import * as z from 'zod';
import { utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { programVersion } from '../../node/indicators.ts';
import {
  namedDay,
  printJournalName,
  scanJournalName,
  voiceJournalName,
  type NamedDay,
} from '../../exam/paper-day/file-names.ts';
import { stationJournalParts } from '../../exam/paper-day/parcels.ts';
import { makeParcel } from '../../parcel/parcel.ts';
import { loadedKey } from '../access-key/access-key.ts';
import { eventRecipientsSchema, notReady, settingNames, type Station } from '../station.ts';

const closingSchema = z.object({ count: z.number().int() });

/**
 * @param fates what `printFatesSchema`, `scanFatesSchema` or the voice station's own says
 * @param tokenSerial of the member who opened the materials, where they are closed already
 * @returns a file in staging and its name as the handbooks have it. Refusals: `station-not-admitted`, `materials-missing`.
 */
export async function makeJournal(
  station: Station,
  fates: JsonValue,
  tokenSerial: string | null = station.day()?.token ?? null,
): Promise<Result<{ file: string; fileName: string; closing: number }>> {
  const missing = notReady(station);
  const [settings, admission, materials] = [station.settings(), station.admission(), station.materials()];
  if (missing || !settings || !admission) return refuse(missing ?? { type: 'station-not-admitted' });
  if (!materials) return refuse({ type: 'materials-missing' });
  const { node, kind } = station;
  const closing = (node.settings.read(settingNames.closing, closingSchema)?.count ?? 0) + 1;
  const { event } = materials;
  await node.journal.append([
    { kind: 'station-closed', subject: `event:${event.id}`, data: { closing, station: settings.number } },
  ]);
  const entries = join(node.staging, `${newId()}.jsonl`);
  await writeEntries(station, entries);
  const head = node.journal.signedHead();
  if (head === null) throw new Error('a journal with an entry has a signed head');
  const file = join(node.staging, newId());
  const key = loadedKey(station);
  const recipients = [admission.centreRecipient, admission.siteRecipient];
  // Where it was never opened nothing was printed: there is nothing that a scan station would have to know.
  const ofEvent = node.settings.read(settingNames.eventRecipients, eventRecipientsSchema);
  const scanStations = ofEvent?.eventId === event.id ? ofEvent.recipients : [];
  const at = node.clock.now();
  const made = await makeParcel(
    file,
    {
      kind: 'station-journal',
      id: `station-journal:${node.id}:${event.id}:${closing}`,
      to: { role: 'centre', code: admission.centreCode },
      project: admission.project.id,
      session: event.id,
      mode: admission.project.mode,
      createdAt: at,
      about: {
        event,
        station: { id: node.id, kind, number: settings.number, room: settings.room },
        program: programVersion,
        keyNumber: key?.eventId === event.id ? key.grant.number : null,
        tokenSerial,
        closing,
        finishedAt: at,
      },
    },
    [
      { name: stationJournalParts.entries, content: { file: entries }, recipients },
      { name: stationJournalParts.head, content: utf8(head), recipients },
      {
        name: stationJournalParts.fates,
        content: utf8(JSON.stringify(fates)),
        recipients: [...recipients, ...scanStations],
      },
    ],
    { name: { role: 'station', code: node.id, id: node.id }, key: node.keys.signing, chain: admission.chain },
  );
  await rm(entries, { force: true });
  if (!made.ok) return made;
  node.settings.write(settingNames.closing, { count: closing });
  return ok({
    file,
    fileName: nameOf(station, namedDay(event, admission.region, admission.siteCode)),
    closing,
  });
}

function nameOf(station: Station, day: NamedDay): string {
  const { room, number } = station.settings() ?? { room: null, number: '1' };
  if (station.kind === 'print') return printJournalName(day, room, number);
  if (station.kind === 'voice') return voiceJournalName(day, room, number);
  return scanJournalName(day, number);
}

/** Rows of the store's own look-ups. */
const batch = 2_000;

async function writeEntries({ node }: Station, file: string): Promise<void> {
  const { origin, epoch } = node.journal.self;
  const out = createWriteStream(file);
  // A chain counts from 1 without a gap.
  let after = 0;
  for (;;) {
    const rows = node.journal.ofOrigin(origin, epoch, after, batch);
    for (const { header, salt, payload } of rows)
      if (!out.write(`${JSON.stringify({ header, salt, payload })}\n`))
        await new Promise((resolve) => out.once('drain', resolve));
    after += rows.length;
    if (rows.length < batch) break;
  }
  out.end();
  await finished(out);
}
