/**
 * What a scan station's journal says of its rooms and pages, put together entry by entry.
 *
 * ```
 * open ──close──▶ closed (packages made) ──reopen──▶ open …      each closing makes packages that take the place of those before
 * ```
 */
import * as z from 'zod';
import { packageWordSchema, roomCountsSchema, sheetNumberSchema, type PackageWord } from './parcels.ts';
import { decidePage, pageDecisionSchema, undecided, type DecidedPage } from './scan-decisions.ts';

export type RoomCounts = z.infer<typeof roomCountsSchema>;

const side = z.union([z.literal(1), z.literal(2)]);
const seq = z.number().int().min(0);

export const madePackageSchema = z.object({
  id: z.string().max(64),
  part: z.number().int().min(1),
  parts: z.number().int().min(1),
  pages: z.number().int().min(0),
  /** The package of the closing before whose place it takes. */
  replaces: z.string().max(64).nullable(),
});
export type MadePackage = z.infer<typeof madePackageSchema>;

/** Entries of a scan station, by kind. `room` is its number. */
export const scanEntrySchemas = {
  'scan-room-opened': z.object({ room: z.string() }),
  'scan-counts-declared': z.object({ room: z.string(), counts: roomCountsSchema }),
  'scan-page-decided': z.object({ page: z.string(), room: z.string(), decision: pageDecisionSchema }),
  'scan-room-closed': z.object({
    room: z.string(),
    closing: z.number().int().min(1),
    reason: z.string().nullable(),
    packages: z.array(madePackageSchema),
  }),
  'scan-room-reopened': z.object({
    room: z.string(),
    reason: z.string(),
    /** Sheets that the centre wants again; `after`: pages up to there are the old ones. */
    rescan: z.array(z.object({ number: sheetNumberSchema, side })),
    after: seq,
  }),
  'scan-package-written': z.object({ package: z.string(), room: z.string(), drive: z.string() }),
  'package-words-taken': z.object({ words: z.array(packageWordSchema) }),
} as const;
export type ScanEntryKind = keyof typeof scanEntrySchemas;
export type ScanEntryData<K extends ScanEntryKind> = z.infer<(typeof scanEntrySchemas)[K]>;

export interface RoomState {
  readonly room: string;
  readonly open: boolean;
  readonly counts: RoomCounts | null;
  /** Of the last closing. */
  readonly reason: string | null;
  readonly closings: number;
  /** Of the last closing. */
  readonly packages: readonly MadePackage[];
  /** Of all closings, each once. */
  readonly everMade: readonly string[];
  readonly rescans: readonly { readonly number: string; readonly side: 1 | 2; readonly after: number }[];
}

export interface ScanState {
  readonly rooms: ReadonlyMap<string, RoomState>;
  readonly decided: ReadonlyMap<string, DecidedPage>;
  /** The newest word on each package. */
  readonly words: ReadonlyMap<string, PackageWord>;
  /** How often each package was written to a stick. */
  readonly written: ReadonlyMap<string, number>;
}

/** Of one event. Applied in place: a site has thousands of pages, and each decision is one entry. */
export class ScanBook implements ScanState {
  readonly rooms = new Map<string, RoomState>();
  readonly decided = new Map<string, DecidedPage>();
  readonly words = new Map<string, PackageWord>();
  readonly written = new Map<string, number>();

  /** @returns whether it is an entry of this kind; others are not its business */
  apply(kind: string, data: unknown): boolean {
    switch (kind) {
      case 'scan-room-opened': {
        const { room } = scanEntrySchemas[kind].parse(data);
        if (!this.rooms.has(room)) this.rooms.set(room, newRoom(room));
        return true;
      }
      case 'scan-counts-declared': {
        const { room, counts } = scanEntrySchemas[kind].parse(data);
        this.#change(room, { counts });
        return true;
      }
      case 'scan-page-decided': {
        const { page, decision } = scanEntrySchemas[kind].parse(data);
        this.decided.set(page, decidePage(this.decided.get(page) ?? undecided, decision));
        return true;
      }
      case 'scan-room-closed': {
        const { room, closing, reason, packages } = scanEntrySchemas[kind].parse(data);
        const everMade = [
          ...new Set([...(this.rooms.get(room)?.everMade ?? []), ...packages.map(({ id }) => id)]),
        ];
        this.#change(room, { open: false, closings: closing, reason, packages, everMade });
        return true;
      }
      case 'scan-room-reopened': {
        const { room, rescan, after } = scanEntrySchemas[kind].parse(data);
        const rescans = [
          ...(this.rooms.get(room)?.rescans ?? []),
          ...rescan.map((one) => ({ ...one, after })),
        ];
        this.#change(room, { open: true, rescans });
        return true;
      }
      case 'scan-package-written': {
        const { package: id } = scanEntrySchemas[kind].parse(data);
        this.written.set(id, (this.written.get(id) ?? 0) + 1);
        return true;
      }
      case 'package-words-taken': {
        for (const word of scanEntrySchemas[kind].parse(data).words)
          if (isNewer(word, this.words.get(word.packageId))) this.words.set(word.packageId, word);
        return true;
      }
      default:
        return false;
    }
  }

  #change(room: string, change: Partial<RoomState>): void {
    this.rooms.set(room, { ...(this.rooms.get(room) ?? newRoom(room)), ...change });
  }
}

function newRoom(room: string): RoomState {
  return {
    room,
    open: true,
    counts: null,
    reason: null,
    closings: 0,
    packages: [],
    everMade: [],
    rescans: [],
  };
}

export function isNewer(word: PackageWord, before: PackageWord | undefined): boolean {
  return before === undefined || word.at > before.at;
}

/** Rooms that the centre's words open again: what it wants anew of packages that still stand. */
export function roomsToReopen(
  { rooms, words: before }: Pick<ScanState, 'rooms' | 'words'>,
  words: readonly PackageWord[],
): { readonly room: string; readonly reason: string; readonly rescan: PackageWord['rescan'] }[] {
  const newest = new Map<string, PackageWord>();
  for (const word of words)
    if (isNewer(word, newest.get(word.packageId) ?? before.get(word.packageId)))
      newest.set(word.packageId, word);
  return [...rooms.values()].flatMap(({ room, open, packages }) => {
    if (open) return [];
    const asked = packages.flatMap(({ id }) => {
      const word = newest.get(id);
      return word && (word.quality === 'rescan' || word.state === 'rejected') ? [word] : [];
    });
    if (asked.length === 0) return [];
    return [
      {
        room,
        reason: asked
          .map(({ reason }) => reason)
          .filter((reason) => reason !== '')
          .join(' · ')
          .slice(0, 500),
        rescan: asked.flatMap(({ rescan }) => rescan),
      },
    ];
  });
}
