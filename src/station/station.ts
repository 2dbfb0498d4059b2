/** What the features of a station share: the node, what it was told, and, between a member's PIN and the end, the open event. */
import * as z from 'zod';
import type { Refusal, Result } from '../base/result.ts';
import {
  admissionSchema,
  materialsAboutSchema,
  type Admission,
  type Plan,
} from '../exam/paper-day/parcels.ts';
import type { Grant } from '../exam/paper-day/grant.ts';
import type { StationKind } from '../exam/paper-day/site-day.ts';
import type { Printers } from '../hardware/printer/port.ts';
import type { Drives } from '../hardware/removable-drive/port.ts';
import type { Tokens } from '../hardware/token/port.ts';
import type { Backups } from '../node/backup/backup.ts';
import type { ChangeSignal } from '../node/change-signal.ts';
import type { Node } from '../node/node.ts';
import type { Inspected } from '../parcel/parcel.ts';

/** As the technician types it; part of every journal's name. */
export const stationSettingsSchema = z.object({
  siteCode: z.string().trim().min(1).max(64),
  /** null: a reserve station, which belongs to no room yet. */
  room: z.string().trim().min(1).max(64).nullable(),
  number: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}-]{1,16}$/u),
});
export type StationSettings = z.infer<typeof stationSettingsSchema>;

/** Materials that lie here, sealed. */
export const loadedMaterialsSchema = materialsAboutSchema.extend({
  /** In the data folder. */
  file: z.string(),
  parcelId: z.string(),
  loadedAt: z.number().int(),
  /** The exam is over here, and the sealed papers were removed: nobody can open them any more. */
  removedAt: z.number().int().optional(),
});
export type LoadedMaterials = z.infer<typeof loadedMaterialsSchema>;

/** What a member's token has opened. In memory only: a station that is started again needs the member again. */
export interface OpenDay {
  readonly grant: Grant;
  readonly plan: Plan;
  /** Kits that this station may print. */
  readonly kits: number;
  /** Serial of the token; null: the project opens with the key alone. */
  readonly token: string | null;
  /** The question paper of a variant, PDF. */
  variant(variant: number): Promise<Result<Uint8Array>>;
  /** A part of another parcel of the event that is sealed to its key: a print journal, the centre's words. Refusals: those of `readPart`. */
  unseal(
    path: string,
    inspected: Pick<Inspected, 'manifest' | 'entries'>,
    part: string,
  ): Promise<Result<Uint8Array>>;
}

/** Public, and kept: what is sealed to the event's key can be made after the key was forgotten. */
export const eventRecipientsSchema = z.object({ eventId: z.string(), recipients: z.array(z.string()) });

export interface Station {
  readonly node: Node;
  readonly kind: StationKind;
  readonly changed: ChangeSignal;
  readonly drives: Drives;
  readonly sticks: Backups;
  readonly tokens: Tokens;
  readonly printers: Printers;
  /** Steps of this kind's own that are done, as the page names them. */
  readonly stepsDone: Set<string>;
  /** The program ends: whatever goes on by itself stops, and enters nothing any more. */
  readonly ended: AbortSignal;
  end(): void;
  settings(): StationSettings | null;
  admission(): Admission | null;
  materials(): LoadedMaterials | null;
  day(): OpenDay | null;
  /** null: forgets what was opened. */
  openDay(day: OpenDay | null): void;
}

export const settingNames = {
  settings: 'station-settings',
  readiness: 'station-readiness',
  admission: 'station-admission',
  materials: 'station-materials',
  key: 'station-key',
  closing: 'station-closing',
  consoles: 'station-consoles',
  eventRecipients: 'station-event-recipients',
  packageWords: 'station-package-words',
  removal: 'station-removal',
  print: 'station-print',
  printClosing: 'station-print-closing',
} as const;

export function createStation(
  parts: Pick<Station, 'node' | 'kind' | 'changed' | 'drives' | 'sticks' | 'tokens' | 'printers'>,
): Station {
  let open: OpenDay | null = null;
  const ending = new AbortController();
  // Pieces of what was spoken and thumbnails of what was written: what SQLite frees would otherwise stay readable in its file.
  parts.node.db.exec('PRAGMA secure_delete = ON');
  const { settings } = parts.node;
  return {
    ...parts,
    stepsDone: new Set(),
    ended: ending.signal,
    end: () => ending.abort(),
    settings: () => settings.read(settingNames.settings, stationSettingsSchema),
    admission: () => settings.read(settingNames.admission, admissionSchema),
    materials: () => settings.read(settingNames.materials, loadedMaterialsSchema),
    day: () => open,
    openDay: (day) => {
      open = day;
      parts.changed.notify();
    },
  };
}

/** What has to be there before anything of an event can be done here; null: it is. */
export function notReady(station: Station): Refusal | null {
  if (station.settings() === null) return { type: 'station-not-set' };
  if (station.admission() === null) return { type: 'station-not-admitted' };
  return null;
}
