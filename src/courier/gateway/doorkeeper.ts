/** Counts connections, and holds them so that all can be ended. */
import type { Socket } from 'node:net';
import type { GatewayLimits } from './limits.ts';

export class Doorkeeper {
  readonly #limits: GatewayLimits;
  readonly #inside = new Set<Socket>();
  readonly #byAddress = new Map<string, number>();

  constructor(limits: GatewayLimits) {
    this.#limits = limits;
  }

  /** @returns false: there are too many, and this one is for the caller to turn away. */
  admit(socket: Socket): boolean {
    const address = addressOf(socket);
    const here = this.#byAddress.get(address) ?? 0;
    if (this.#inside.size >= this.#limits.connections || here >= this.#limits.connectionsPerAddress)
      return false;
    this.#inside.add(socket);
    this.#byAddress.set(address, here + 1);
    socket.once('close', () => {
      this.#inside.delete(socket);
      const left = (this.#byAddress.get(address) ?? 1) - 1;
      if (left === 0) this.#byAddress.delete(address);
      else this.#byAddress.set(address, left);
    });
    return true;
  }

  endAll(): void {
    for (const socket of this.#inside) socket.destroy();
  }
}

/** IPv4 as such, also where the system says it in an IPv6 address. */
export function addressOf({ remoteAddress = '' }: Pick<Socket, 'remoteAddress'>): string {
  return remoteAddress.replace(/^::ffff:/i, '');
}
