/** Packages that lie here: sealed to the centre, opened by nobody on the way. */
import * as z from 'zod';
import { sheetNumberSchema } from '../../../exam/paper-day/parcels.ts';
import type { PackageQuality, PackageState } from '../../../exam/paper-day/site-day.ts';
import type { Site } from '../../site.ts';

const rescanSchema = z.array(
  z.object({ number: sheetNumberSchema, side: z.union([z.literal(1), z.literal(2)]) }),
);
const stateSchema = z.enum(['received', 'confirmed', 'rejected']);
const qualitySchema = z.enum(['checking', 'good', 'rescan']);
const waySchema = z.enum(['online', 'stick', 'folder']);

export interface KeptPackage {
  readonly id: string;
  readonly digest: string;
  readonly kind: 'answer-sheets' | 'voice-answers';
  readonly stationId: string;
  /** Number, as it stands on the station. */
  readonly station: string;
  readonly room: string;
  readonly part: number;
  readonly parts: number;
  readonly pages: number | null;
  readonly replaces: string | null;
  /** A newer one that says so. */
  readonly replacedBy: string | null;
  readonly fileName: string;
  readonly bytes: number;
  readonly madeAt: number;
  readonly takenAt: number;
  /** Somebody wants it sent by network, and that has not happened yet. */
  readonly waits: boolean;
  readonly sentAt: number | null;
  readonly sentWay: 'online' | 'stick' | 'folder' | null;
  readonly state: PackageState;
  readonly quality: PackageQuality;
  readonly rescan: readonly { readonly number: string; readonly side: 1 | 2 }[];
  readonly reason: string;
  /** Of the centre's newest word. */
  readonly saidAt: number | null;
}

type Row = Readonly<Record<string, unknown>>;
const timeIn = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function stateOf(row: Row): PackageState {
  const said = stateSchema.safeParse(row['state']);
  if (said.success) return said.data;
  return row['sent_at'] !== null || row['wanted_at'] !== null ? 'sending' : 'made';
}

function packageOfRow(row: Row): KeptPackage {
  return {
    id: String(row['id']),
    digest: String(row['digest']),
    kind: row['kind'] === 'voice-answers' ? 'voice-answers' : 'answer-sheets',
    stationId: String(row['station_id']),
    station: String(row['station']),
    room: String(row['room']),
    part: Number(row['part']),
    parts: Number(row['parts']),
    pages: timeIn(row['pages']),
    replaces: textIn(row['replaces']),
    replacedBy: textIn(row['replaced_by']),
    fileName: String(row['file_name']),
    bytes: Number(row['bytes']),
    madeAt: Number(row['made_at']),
    takenAt: Number(row['taken_at']),
    waits: row['wanted_at'] !== null,
    sentAt: timeIn(row['sent_at']),
    sentWay: waySchema.nullable().parse(row['sent_way']),
    state: stateOf(row),
    quality: qualitySchema.safeParse(row['quality']).data ?? 'checking',
    rescan: rescanSchema.parse(JSON.parse(String(row['rescan']))),
    reason: String(row['reason']),
    saidAt: timeIn(row['said_at']),
  };
}

const selection = `SELECT paper_package.*,
  (SELECT newer.id FROM paper_package AS newer WHERE newer.replaces = paper_package.id ORDER BY newer.made_at DESC LIMIT 1) AS replaced_by
  FROM paper_package`;

/** By room and part. */
export function packagesOf({ node }: Pick<Site, 'node'>, eventId: string): KeptPackage[] {
  return node.db
    .prepare(`${selection} WHERE event_id = ? ORDER BY room, part, made_at`)
    .all(eventId)
    .map(packageOfRow);
}

/** Of all events, in the order in which they came: those that wait for the network. */
export function waitingPackages({ node }: Pick<Site, 'node'>): KeptPackage[] {
  return node.db
    .prepare(`${selection} WHERE wanted_at IS NOT NULL ORDER BY taken_at, id`)
    .all()
    .map(packageOfRow);
}

/** Packages that the centre has not confirmed and that no other replaces. Until then this may be the only copy. */
export function unconfirmedPackages({ node }: Pick<Site, 'node'>): KeptPackage[] {
  return node.db
    .prepare(`${selection} WHERE state IS NOT 'confirmed' ORDER BY room, part`)
    .all()
    .map(packageOfRow)
    .filter(({ replacedBy }) => replacedBy === null);
}
