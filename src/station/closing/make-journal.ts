/** The end of a station's work as one signed file: everything that it entered, and in one place what became of every kit, take or page. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
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
import { writeEntries } from '../../journal/entries-file.ts';
import { makeParcel, type ParcelHeading, type ParcelSender, type PartSource } from '../../parcel/parcel.ts';
import { loadedKey } from '../access-key/access-key.ts';
import { eventRecipientsSchema, notReady, settingNames, type Station } from '../station.ts';

const closingSchema = z.object({
  count: z.number().int(),
  /** Of the newest; absent: made before it was kept. */
  eventId: z.string().optional(),
});

/** Was this station's work for the event ever closed? */
export function closedFor({ node }: Station, eventId: string): boolean {
  return node.settings.read(settingNames.closing, closingSchema)?.eventId === eventId;
}

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
  const { origin, epoch } = node.journal.self;
  const head = node.journal.head(origin, epoch);
  const signed = node.journal.signedHead();
  if (head === null || signed === null) throw new Error('a journal with an entry has a signed head');
  const key = loadedKey(station);
  const consoles = node.settings.read(settingNames.consoles, z.array(z.string())) ?? [];
  const { centreRecipient, siteRecipient } = admission;
  const recipients = [
    ...new Set([centreRecipient, siteRecipient, ...(admission.consoles ?? []), ...consoles]),
  ];
  // Where it was never opened nothing was printed: there is nothing that a scan station would have to know.
  const ofEvent = node.settings.read(settingNames.eventRecipients, eventRecipientsSchema);
  const scanStations = ofEvent?.eventId === event.id ? ofEvent.recipients : [];
  const at = node.clock.now();
  const heading: ParcelHeading = {
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
  };
  const name = { role: 'station' as const, code: node.id, id: node.id };
  const sender: ParcelSender = { name, key: node.keys.signing, chain: admission.chain };
  const [file, entries] = [join(node.staging, newId()), join(node.staging, `${newId()}.jsonl`)];
  try {
    await writeEntries(node.journal, [head], entries);
    const parts: PartSource[] = [
      { name: stationJournalParts.entries, content: { file: entries }, recipients },
      { name: stationJournalParts.head, content: utf8(signed), recipients },
      {
        name: stationJournalParts.fates,
        content: utf8(JSON.stringify(fates)),
        recipients: [...recipients, ...scanStations],
      },
    ];
    const made = await makeParcel(file, heading, parts, sender);
    if (!made.ok) return made;
  } finally {
    // Also on a disk that is full: it holds what is sealed elsewhere.
    await rm(entries, { force: true });
  }
  node.settings.write(settingNames.closing, { count: closing, eventId: event.id });
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
