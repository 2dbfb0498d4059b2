/**
 * 考点模式 off: the room works without a site. It runs one for itself, in this process, with its data in `site/` of the data folder. Nothing
 * else differs: the room is registered at it and speaks to it as to any other, and the centre sees a site with one room.
 */
import { join } from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { OperationContext } from '../../node/operations.ts';
import type { siteContract } from '../../site/contract.ts';
import type { LockChoice } from '../../site/setup/contract.ts';
import type { RoomSettings } from '../contract.ts';
import { roomCodeOf, type Room } from '../room.ts';

/** A site's consoles' operations, called within the process. A refusal is thrown as `Refused`. */
export type SiteOperations = ContractRouterClient<typeof siteContract>;

export interface OwnSite {
  /** `host:port` of its exchange, another one after each start. */
  readonly address: string;
  /** @param context of whoever asks; without: nobody does, it is only looked at. */
  operations(context?: OperationContext): SiteOperations;
  /** Who it is and where its lock lies; refused once the centre has admitted it. */
  name(name: {
    readonly siteCode: string;
    readonly mode: 'formal' | 'mock';
    readonly lock: LockChoice;
  }): Promise<Result<void>>;
  /** It is as before it was named; its journal stays. */
  initialise(by: string): Promise<void>;
  /** The centre's clock minus this computer's, ms; null: not heard. */
  centreOffsetMs(): number | null;
  subscribe(listener: () => void): () => void;
  /** Its journal cannot be written. */
  failing(): boolean;
  close(): Promise<void>;
}

/** Given by whoever starts the room: roles know no code of each other. */
export type OpenOwnSite = (options: {
  readonly data: string;
  readonly logLevel: string;
  readonly room: () => string;
}) => Promise<Result<OwnSite>>;

/** Opens or closes the room's site as its settings say. */
export function ownSiteKeeper(open: OpenOwnSite, logLevel: string): (room: Room) => Promise<Result<void>> {
  let last: Promise<unknown> = Promise.resolve();
  const use = async (room: Room): Promise<Result<void>> => {
    const wanted = room.settings()?.siteMode === false;
    if (wanted === (room.ownSite !== null)) return ok();
    if (room.ownSite) {
      const { close } = room.ownSite;
      room.ownSite = null;
      await close();
      return ok();
    }
    const opened = await open({
      data: join(room.node.data, 'site'),
      logLevel,
      room: () => roomCodeOf(room),
    });
    if (!opened.ok) return opened;
    opened.value.subscribe(() => room.changed.notify());
    room.ownSite = opened.value;
    return ok();
  };
  // Two at once would open one folder twice.
  return (room) => {
    const done = last.then(() => use(room));
    last = done.catch(() => undefined);
    return done;
  };
}

/** Where the room finds its site: its own one, or the one of the registration. */
export function siteAddressOf(room: Room, registered: { readonly siteAddress: string }): string {
  return room.ownSite?.address ?? registered.siteAddress;
}

/** With a site or without can be chosen until an exam is loaded: what is loaded is of that site. */
export async function keepSettings(room: Room, input: RoomSettings): Promise<Result<void>> {
  const { settings } = room.node;
  const [before, membership] = [room.settings(), room.membership()];
  if (membership !== null && input.roomCode !== before?.roomCode) return refuse({ type: 'room-code-fixed' });
  const changes = input.siteMode !== (before?.siteMode ?? true);
  if (changes && room.state.package !== null) return refuse({ type: 'site-mode-fixed' });
  // First of all: killed here, the room has to be registered again, and is not bound to a site that it does not have.
  if (changes) settings.remove('membership');
  settings.write('settings', input);
  if (changes) {
    const used = await room.useOwnSite();
    if (!used.ok) {
      settings.write('settings', before ?? { ...input, siteMode: true });
      if (membership) settings.write('membership', membership);
      return refuse({ type: 'own-site-does-not-open', problem: used.refusal.type });
    }
    await room.link?.uplink.stop();
    room.link = null;
  }
  room.changed.notify();
  return ok();
}
