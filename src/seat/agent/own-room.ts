/** The room that this seat belongs to: what their pairing gave, the connection to it, and what is asked of it. */
import type { UplinkState } from '../../courier/https/uplink.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { RoomLink, type RoomLinkOptions } from './room-link.ts';
import { seatMembershipSchema, type SeatMembership } from './stored.ts';

export class OwnRoom {
  readonly #options: Omit<RoomLinkOptions, 'membership'>;
  #link: RoomLink | null = null;

  constructor(options: Omit<RoomLinkOptions, 'membership'>) {
    this.#options = options;
  }

  /** null: not paired yet. */
  get membership(): SeatMembership | null {
    return this.#options.node.settings.read('membership', seatMembershipSchema);
  }

  /** How the connection is; null: not paired. */
  get link(): UplinkState | null {
    return this.#link?.state ?? null;
  }

  get online(): boolean {
    return this.#link?.online ?? false;
  }

  /** Changes, files and recordings that the room does not have yet. */
  get pending(): number {
    return this.#link?.pending ?? 0;
  }

  /** How far the room has the own journal of that epoch. */
  acknowledged(epoch: string): number {
    return this.#link?.acknowledged(epoch) ?? 0;
  }

  /** The room is told now what changed here. */
  nudge(): void {
    this.#link?.nudge();
  }

  /** In the background. */
  sendFiles(): void {
    this.#link?.sendFiles();
  }

  ask<T>(question: (link: RoomLink) => Promise<Result<T>>): Promise<Result<T>> {
    return this.#link ? question(this.#link) : Promise.resolve(refuse({ type: 'room-unreachable' }));
  }

  /** Asks the room for something, and does what then holds. */
  async command(path: string, body: unknown): Promise<Result<void>> {
    const told = await this.ask((link) => link.command(path, body));
    if (!told.ok) return told;
    await this.#options.onOrder(told.value);
    return ok();
  }

  /** Does nothing before the pairing. */
  connect(): void {
    const { membership } = this;
    if (membership && !this.#link) this.#link = new RoomLink({ ...this.#options, membership });
  }

  /** From now on this is the room. */
  joined(membership: SeatMembership): void {
    this.#options.node.settings.write('membership', membership);
    this.connect();
  }

  /** The room answers at another address now: it proved itself there by its certificate. */
  async moved(roomAddress: string): Promise<void> {
    const { membership } = this;
    const before = this.#link;
    if (!membership || !before) return;
    // In one go: without any connection the screen would say that this seat has no room.
    this.#link = null;
    this.joined({ ...membership, roomAddress });
    this.#options.onState();
    await before.close();
  }

  async close(): Promise<void> {
    const link = this.#link;
    this.#link = null;
    await link?.close();
  }
}
