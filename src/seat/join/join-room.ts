/**
 * Brings a seat to its room: joins the room that its configuration names as soon as that answers, and follows its own room to another address. Where a room is
 * to be found is a hint from the network; that it is the right one is proved by the pairing code or by the certificate of the pairing.
 */
import type { Timers } from '../../base/clock.ts';
import { ok, type Refusal, type Result } from '../../base/result.ts';
import type { FoundRoom } from '../../courier/discovery/search.ts';

export interface JoinRoomOptions {
  /** What the configuration names; null: a person at the seat says it. */
  readonly wanted: {
    readonly address: string;
    readonly pairingCode: string;
    /** Certificate of the room; null: whoever knows the code. */
    readonly pin: string | null;
  } | null;
  readonly seat: {
    /** The room of the pairing, and whether it answers; null: not paired. */
    room(): { readonly address: string; readonly certificate: string; readonly online: boolean } | null;
    pair(address: string, pairingCode: string, pin: string | null): Promise<Result<void>>;
    /** Does the room of the pairing answer there? Asked over a connection that accepts no other certificate. */
    answersAt(address: string): Promise<boolean>;
    roomMoved(address: string): Promise<void>;
  };
  readonly search: () => Promise<readonly FoundRoom[]>;
  readonly timers: Timers;
  readonly random: () => number;
  readonly log: {
    info(what: object, text: string): void;
    warn(what: object, text: string): void;
    error(what: object, text: string): void;
  };
}

/** Between two tries, ms; a room full of seats does not come in one moment. */
const retryMs = 5_000;
/** Looks without its room before the room is looked for elsewhere: it may just be starting again. */
const patienceTurns = 2;
/** Of what says that it is the room: each costs a connection. */
const mostTried = 3;

export class JoinRoom {
  readonly #options: JoinRoomOptions;
  #cancel: () => void = () => undefined;
  #closed = false;
  #turnsAway = 0;
  #working: Promise<void> = Promise.resolve();

  constructor(options: JoinRoomOptions) {
    this.#options = options;
  }

  /** @returns what a person has to put right; a room that does not answer is waited for. */
  async start(): Promise<Result<void>> {
    const first = await this.#join();
    if (!first.ok && !comesWithTime(first.refusal)) return first;
    this.#next();
    return ok();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel();
    await this.#working;
  }

  #next(): void {
    if (this.#closed) return;
    const { timers, random, log } = this.#options;
    this.#cancel = timers.after(retryMs * (0.75 + random() / 2), () => {
      this.#working = this.#turn()
        .catch((error: unknown) => log.error({ err: error }, 'looking for the room failed'))
        .then(() => this.#next());
    });
  }

  async #turn(): Promise<void> {
    const { seat, log } = this.#options;
    const room = seat.room();
    if (room === null) {
      const joined = await this.#join();
      if (!joined.ok) log.warn({ refusal: joined.refusal }, 'not joined yet');
      return;
    }
    this.#turnsAway = room.online ? 0 : this.#turnsAway + 1;
    if (this.#turnsAway > patienceTurns) await this.#follow(room);
  }

  /** Nothing to do where the seat is paired, or nobody has said with whom. */
  async #join(): Promise<Result<void>> {
    const { wanted, seat, search } = this.#options;
    if (wanted === null || seat.room() !== null) return ok();
    const { address, pairingCode, pin } = wanted;
    const joined = await seat.pair(address, pairingCode, pin);
    if (joined.ok || pin === null || !comesWithTime(joined.refusal)) return joined;
    for (const found of named(await search(), pin, address))
      if ((await seat.pair(found, pairingCode, pin)).ok) return ok();
    return joined;
  }

  async #follow({ address, certificate }: { address: string; certificate: string }): Promise<void> {
    const { seat, search, log } = this.#options;
    for (const found of named(await search(), certificate, address)) {
      if (this.#closed || seat.room()?.certificate !== certificate) return;
      if (!(await seat.answersAt(found))) continue;
      log.info({ from: address, to: found }, 'the room has another address');
      await seat.roomMoved(found);
      this.#turnsAway = 0;
      return;
    }
  }
}

/** Other addresses at which somebody says to be the room with this certificate. */
function named(found: readonly FoundRoom[], certificate: string, except: string): string[] {
  return found
    .filter((one) => one.certificate === certificate && one.address !== except)
    .map((one) => one.address)
    .slice(0, mostTried);
}

/** The room may be off still, or another computer may have its address for now. */
function comesWithTime({ type }: Refusal): boolean {
  return ['parent-unreachable', 'parent-failed', 'parent-is-another', 'too-many-tries'].includes(type);
}
