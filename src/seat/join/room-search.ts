/** One look through the network at a time: who asks meanwhile gets the same answer. */
import { asksAt } from '../../courier/discovery/where.ts';
import { searchRooms, type FoundRoom } from '../../courier/discovery/search.ts';
import type { Logger } from '../../node/logger.ts';
import type { FoundRoomView } from './contract.ts';

export class RoomSearch {
  readonly #discovery: string;
  readonly #log: Logger;
  #looking: Promise<FoundRoom[]> | null = null;

  /** @param discovery `lan`, `off`, or an address with its port. */
  constructor(discovery: string, log: Logger) {
    this.#discovery = discovery;
    this.#log = log;
  }

  look(): Promise<FoundRoom[]> {
    this.#looking ??= searchRooms(asksAt(this.#discovery), {
      onError: (error) => this.#log.debug({ err: error }, 'a network was not asked for rooms'),
    }).finally(() => (this.#looking = null));
    return this.#looking;
  }

  /** For the person at the seat. */
  async rooms(): Promise<FoundRoomView[] | null> {
    if (this.#discovery === 'off') return null;
    return (await this.look()).map(({ code, name, address }) => ({ code, name, address }));
  }
}
