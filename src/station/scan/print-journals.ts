/** END_PRINT journals of the site's print stations: which kits came out of a printer, and which of them are spoiled. */
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonIn } from '../../base/json.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import {
  printFatesSchema,
  stationJournalAboutSchema,
  stationJournalParts,
  type PrintFates,
} from '../../exam/paper-day/parcels.ts';
import { copyFromStick } from '../../node/stick/copy-from-stick.ts';
import { verifyParcel, type Verified } from '../../parcel/parcel.ts';
import { fileSha256Hex } from '../../trust/digest.ts';
import type { OpenDay, Station } from '../station.ts';

export interface LoadedJournal {
  readonly stationId: string;
  readonly number: string;
  readonly room: string | null;
  readonly closing: number;
  /** In the data folder; sealed as it came. */
  readonly file: string;
  /** false: that station has never opened the materials, and printed nothing. */
  readonly opened: boolean;
  readonly finishedAt: number;
  readonly loadedAt: number;
}

const folderOf = ({ node }: Station): string => join(node.data, 'print-journals');

export function loadedJournals({ node }: Station, eventId: string): LoadedJournal[] {
  return node.db
    .prepare('SELECT * FROM print_journal WHERE event_id = ? ORDER BY room, number')
    .all(eventId)
    .map((row) => ({
      stationId: String(row['station_id']),
      number: String(row['number']),
      room: row['room'] === null ? null : String(row['room']),
      closing: Number(row['closing']),
      file: String(row['file']),
      opened: row['sealed_here'] === 1,
      finishedAt: Number(row['finished_at']),
      loadedAt: Number(row['loaded_at']),
    }));
}

/**
 * Takes a journal from a stick. An older one of the same station takes no newer one's place.
 * @returns refusals `station-not-admitted`, `materials-missing`, `materials-closed`, `wrong-kind`, `untrusted-sender`, `wrong-project`,
 *          `wrong-mode`, `journal-of-another-event`, `journal-older`, `print-journal-told-twice`, `not-a-parcel`, `stick-pulled-out`, `disk-full`, those of `verifyParcel`.
 */
export async function loadPrintJournal(station: Station, path: string): Promise<Result<LoadedJournal>> {
  const [admission, materials, day] = [station.admission(), station.materials(), station.day()];
  if (!admission) return refuse({ type: 'station-not-admitted' });
  if (!materials) return refuse({ type: 'materials-missing' });
  if (!day) return refuse({ type: 'materials-closed' });
  const { node } = station;
  const file = `${newId()}.dat`;
  const copy = join(folderOf(station), file);
  await mkdir(folderOf(station), { recursive: true });
  const copied = await copyFromStick(path, copy);
  if (!copied.ok) return copied;
  const judged = await judge(station, copy, day);
  const before = judged.ok
    ? loadedJournals(station, materials.event.id).find(
        ({ stationId }) => stationId === judged.value.stationId,
      )
    : undefined;
  if (!judged.ok || (before && before.closing > judged.value.closing)) {
    await rm(copy, { force: true });
    return judged.ok
      ? refuse({ type: 'journal-older', closing: judged.value.closing, here: before?.closing })
      : judged;
  }
  if (before?.closing === judged.value.closing && existsSync(join(folderOf(station), before.file))) {
    const same = (await fileSha256Hex(copy)) === (await fileSha256Hex(join(folderOf(station), before.file)));
    await rm(copy, { force: true });
    // Two that are one station by their keys: its data folder was copied, or an older one was put back.
    return same
      ? ok(before)
      : refuse({ type: 'print-journal-told-twice', closing: before.closing, number: before.number });
  }
  const loaded: LoadedJournal = { ...judged.value, file, loadedAt: node.clock.now() };
  node.db
    .prepare(
      `INSERT OR REPLACE INTO print_journal (event_id, station_id, number, room, closing, file, sealed_here, finished_at, loaded_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      materials.event.id,
      loaded.stationId,
      loaded.number,
      loaded.room,
      loaded.closing,
      file,
      loaded.opened ? 1 : 0,
      loaded.finishedAt,
      loaded.loadedAt,
    );
  if (before) await rm(join(folderOf(station), before.file), { force: true });
  await node.journal.append([
    {
      kind: 'print-journal-loaded',
      subject: `event:${materials.event.id}`,
      data: {
        station: loaded.stationId,
        number: loaded.number,
        room: loaded.room,
        closing: loaded.closing,
        opened: loaded.opened,
      },
    },
  ]);
  return ok(loaded);
}

async function judge(
  station: Station,
  path: string,
  day: OpenDay,
): Promise<Result<Omit<LoadedJournal, 'file' | 'loadedAt'>>> {
  const [admission, materials] = [station.admission(), station.materials()];
  if (!admission || !materials) return refuse({ type: 'station-not-admitted' });
  const verified = await verifyParcel(path, { roots: [admission.root], at: null });
  if (!verified.ok) return verified;
  const { manifest, certificates } = verified.value;
  if (manifest.kind !== 'station-journal')
    return refuse({ type: 'wrong-kind', found: manifest.kind, expected: 'station-journal' });
  const [leaf, site] = certificates;
  // A station of this site, admitted by it: what stations of other sites printed is not here.
  if (
    leaf?.subject.role !== 'station' ||
    site?.subject.role !== 'site' ||
    site.subject.code !== admission.siteCode
  )
    return refuse({ type: 'untrusted-sender', code: manifest.from.code });
  if (manifest.project !== admission.project.id) return refuse({ type: 'wrong-project' });
  if (manifest.mode !== admission.project.mode) return refuse({ type: 'wrong-mode', found: manifest.mode });
  const about = stationJournalAboutSchema.safeParse(manifest.about);
  if (!about.success || about.data.station.id !== leaf.subject.id) return refuse({ type: 'not-a-parcel' });
  const { event, station: from, closing, finishedAt } = about.data;
  if (from.kind !== 'print')
    return refuse({ type: 'wrong-kind', found: `END_${from.kind.toUpperCase()}`, expected: 'END_PRINT' });
  if (event.id !== materials.event.id)
    return refuse({ type: 'journal-of-another-event', subject: event.subjectName, date: event.date });
  const opened = isOpenable(verified.value);
  if (opened) {
    // Read once now: one that cannot be read later would be missed when it is too late.
    const fates = await readFates(path, verified.value, day);
    if (!fates.ok) return fates;
  }
  return ok({ stationId: from.id, number: from.number, room: from.room, closing, opened, finishedAt });
}

/** Sealed to more than centre and site: to the event's key, by a station that has opened it. */
function isOpenable({ manifest }: Verified): boolean {
  const to = (name: string): number =>
    manifest.parts.find((part) => part.name === name)?.sealedTo.length ?? 0;
  return to(stationJournalParts.fates) > to(stationJournalParts.entries);
}

async function readFates(path: string, verified: Verified, day: OpenDay): Promise<Result<PrintFates>> {
  const content = await day.unseal(path, verified, stationJournalParts.fates);
  if (!content.ok) return content;
  const fates = printFatesSchema.safeParse(jsonIn(content.value));
  return fates.success ? ok(fates.data) : refuse({ type: 'altered', part: stationJournalParts.fates });
}

/** What a loaded journal says; of a station that never opened the materials: nothing. Refusals: `print-journal-gone`, those of `verifyParcel`, `altered`. */
export async function fatesOf(
  station: Station,
  { file, opened, number }: LoadedJournal,
  day: OpenDay,
): Promise<Result<Pick<PrintFates, 'kits' | 'additional'>>> {
  if (!opened) return ok({ kits: [], additional: [] });
  const path = join(folderOf(station), file);
  if (!existsSync(path)) return refuse({ type: 'print-journal-gone', number });
  const verified = await verifyParcel(path, { roots: [station.admission()?.root ?? ''], at: null });
  return verified.ok ? readFates(path, verified.value, day) : verified;
}
