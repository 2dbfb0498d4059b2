/** What the room's features share. */
import * as z from 'zod';
import type { ExchangeClient } from '../courier/https/client.ts';
import type { Uplink } from '../courier/https/uplink.ts';
import type { ChangeSignal } from '../node/change-signal.ts';
import type { Node } from '../node/node.ts';
import type { Result } from '../base/result.ts';
import type { SeatReport } from '../exam/session/seat-order.ts';
import type { EnvironmentCheck } from './environment/environment-check.ts';
import type { RemoteControl } from './remote-control/room-remote-control.ts';
import type { OwnSite } from './own-site/own-site.ts';
import type { SiteExam } from './register/site-exam.ts';
import type { SeatRegister } from './seats/seat-register.ts';
import type { RoomState } from './state/room-state.ts';

export const roomSettingsStored = z.object({
  roomCode: z.string(),
  siteAddress: z.string(),
  ownAddress: z.string(),
  siteMode: z.boolean(),
});
export type StoredSettings = z.infer<typeof roomSettingsStored>;

/** What registration at the site gave. */
export const roomMembershipSchema = z.object({
  siteAddress: z.string(),
  certPem: z.string(),
  siteSigningKey: z.string(),
  siteSealingKey: z.string(),
  chain: z.array(z.string()),
  centreSigningKey: z.string(),
  centreCode: z.string(),
  siteCode: z.string(),
  mode: z.enum(['formal', 'mock']),
  projectId: z.string(),
  registeredAt: z.number().int(),
  /** With it this room and its site find each other again, once, when the site was restored; null: registered before there were any. */
  returnCode: z.string().nullable().default(null),
});
export type RoomMembership = z.infer<typeof roomMembershipSchema>;

/** What the room hears from a seat; gone with the process, heard again within seconds. */
export interface HeardSeat {
  readonly at: number;
  readonly report: SeatReport;
}

export interface Room {
  readonly node: Node;
  readonly state: RoomState;
  readonly changed: ChangeSignal;
  readonly seats: SeatRegister;
  readonly environment: EnvironmentCheck;
  readonly remoteControl: RemoteControl;
  readonly heard: Map<string, HeardSeat>;
  /** Sessions for which the site can give the keys. */
  readonly calibrated: Set<string>;
  settings(): StoredSettings | null;
  membership(): RoomMembership | null;
  /** Runs in this room when it works without a site; null: it has one. */
  ownSite: OwnSite | null;
  /** Opens or closes it as the settings say. */
  useOwnSite(): Promise<Result<void>>;
  link: { client: ExchangeClient; uplink: Uplink } | null;
  /** As the site has last said since the start; null: it has said nothing. */
  siteExam: SiteExam | null;
  /** Version of a room's program that the centre gives out, as the site said last; null: not known, or none. */
  newestProgram: string | null;
  connect(): void;
  /** The session that the console has chosen. */
  chosen(): string | null;
}

export function roomCodeOf(room: Room): string {
  return room.settings()?.roomCode ?? '';
}
