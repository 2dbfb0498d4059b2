/** Stations' journals that lie here. */
import * as z from 'zod';
import { stationKinds, type StationKind } from '../../../exam/paper-day/site-day.ts';
import type { Site } from '../../site.ts';

export const headOfSchema = z.object({
  origin: z.string(),
  epoch: z.string(),
  seq: z.number().int(),
  hash: z.string(),
});
const countsSchema = z.record(z.string(), z.number().int());

export interface KeptJournal {
  readonly digest: string;
  readonly stationId: string;
  readonly kind: StationKind;
  readonly closing: number;
  readonly finishedAt: number;
  readonly fileName: string;
  readonly bytes: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly head: z.infer<typeof headOfSchema>;
  readonly takenAt: number;
  readonly handedUpAt: number | null;
  readonly writtenAt: number | null;
}

/** The newest closing of a station first. */
export function journalsOf({ node }: Pick<Site, 'node'>, eventId: string): KeptJournal[] {
  return node.db
    .prepare(
      `SELECT digest, station_id, kind, closing, finished_at, file_name, bytes, counts, head, taken_at, handed_up_at, written_at FROM paper_journal
       WHERE event_id = ? ORDER BY station_id, closing DESC, json_extract(head, '$.seq') DESC`,
    )
    .all(eventId)
    .map((row) => ({
      digest: String(row['digest']),
      stationId: String(row['station_id']),
      kind: z.enum(stationKinds).parse(row['kind']),
      closing: Number(row['closing']),
      finishedAt: Number(row['finished_at']),
      fileName: String(row['file_name']),
      bytes: Number(row['bytes']),
      counts: countsSchema.parse(JSON.parse(String(row['counts']))),
      head: headOfSchema.parse(JSON.parse(String(row['head']))),
      takenAt: Number(row['taken_at']),
      handedUpAt: row['handed_up_at'] === null ? null : Number(row['handed_up_at']),
      writtenAt: row['written_at'] === null ? null : Number(row['written_at']),
    }));
}

export function journalsOfStation(
  site: Pick<Site, 'node'>,
  eventId: string,
  stationId: string,
): KeptJournal[] {
  return journalsOf(site, eventId).filter((one) => one.stationId === stationId);
}

/** Of each station the one that counts. */
export function newestJournals(site: Pick<Site, 'node'>, eventId: string): Map<string, KeptJournal> {
  const newest = new Map<string, KeptJournal>();
  for (const one of journalsOf(site, eventId)) if (!newest.has(one.stationId)) newest.set(one.stationId, one);
  return newest;
}
