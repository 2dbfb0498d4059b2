/** Stations that this site knows: those that it has admitted, and those whose readiness waits for somebody to look at it. */
import { readinessSchema, type DayEvent, type Readiness } from '../../../exam/paper-day/parcels.ts';
import type { StationKind } from '../../../exam/paper-day/site-day.ts';
import { stationKinds } from '../../../exam/paper-day/site-day.ts';
import type { Site } from '../../site.ts';

export interface KnownStation {
  readonly id: string;
  readonly kind: StationKind;
  readonly number: string;
  /** As the station says; null: a reserve. */
  readonly room: string | null;
  /** That a reserve has taken, as a person said. */
  readonly roomNow: string | null;
  readonly readiness: Readiness;
  readonly takenAt: number;
  readonly admittedAt: number | null;
  /** The other console of this site that has admitted it; null: this one. */
  readonly admittedBy: string | null;
  /** As its admission names it; '' where that was not known. */
  readonly region: string | null;
  readonly replacedBy: string | null;
  readonly replacedAt: number | null;
}

const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const timeIn = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function stationOfRow(row: Readonly<Record<string, unknown>>): KnownStation {
  return {
    id: String(row['id']),
    kind: row['kind'] as StationKind,
    number: String(row['number']),
    room: textIn(row['room']),
    roomNow: textIn(row['room_now']),
    readiness: readinessSchema.parse(JSON.parse(String(row['readiness']))),
    takenAt: Number(row['taken_at']),
    admittedAt: timeIn(row['admitted_at']),
    admittedBy: textIn(row['admitted_by']),
    region: textIn(row['region']),
    replacedBy: textIn(row['replaced_by']),
    replacedAt: timeIn(row['replaced_at']),
  };
}

/** By kind, room and number; reserves last. */
export function knownStations({ node }: Pick<Site, 'node'>): KnownStation[] {
  const order = ({ kind, room, number }: KnownStation) =>
    [stationKinds.indexOf(kind), room === null ? 1 : 0, room ?? '', number.padStart(16, '0')].join(' ');
  return node.db
    .prepare('SELECT * FROM paper_station')
    .all()
    .map(stationOfRow)
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
}

export function knownStation({ node }: Pick<Site, 'node'>, id: string): KnownStation | null {
  const row = node.db.prepare('SELECT * FROM paper_station WHERE id = ?').get(id);
  return row ? stationOfRow(row) : null;
}

/** Those that get the key, and whose work counts. */
export function stationsAtWork(site: Pick<Site, 'node'>): KnownStation[] {
  return knownStations(site).filter(
    ({ admittedAt, replacedBy }) => admittedAt !== null && replacedBy === null,
  );
}

/**
 * Is this station one of the event's? One that was replaced is, unless that was on a day before and no key of the event was ever given to it.
 * @param hadKey ids of the stations to which a key of the event was written
 */
export function takesPart(
  { id, kind, admittedAt, replacedAt }: KnownStation,
  event: DayEvent,
  hadKey: ReadonlySet<string>,
): boolean {
  if (admittedAt === null) return false;
  // Where nobody speaks, nobody records.
  if (kind === 'voice' && !event.speaking) return false;
  return replacedAt === null || hadKey.has(id) || dayOf(replacedAt) >= event.date;
}

/** `YYYY-MM-DD` at this computer. */
function dayOf(at: number): string {
  const day = new Date(at);
  const two = (figure: number): string => String(figure).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
