/** The seat's side of the environment check: does what the room orders once for each run, and takes what a person does at the screen. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import {
  type EnvironmentOrder,
  type EnvironmentReport,
  type Measured,
  type PersonalCheck,
} from '../../exam/environment/measured.ts';
import { keysToType } from '../../exam/environment/keys-to-type.ts';
import type { Node } from '../../node/node.ts';
import { seatMembershipSchema } from '../agent/stored.ts';
import { measureSteps, type PageFacts } from './measure.ts';
import type { RoomQuestions } from './measure-network.ts';

/** A page that is being opened tells of itself within so long. */
const screenComesMs = 3_000;
const lookAgainMs = 100;
const retryMs = 1_000;
/** The last run whose results the room has. */
const setting = 'environment-answered';

export interface SeatEnvironmentOptions {
  readonly node: Node;
  readonly room: RoomQuestions;
  readonly screenOpen: () => boolean;
  readonly onChange: () => void;
}

export class SeatEnvironment {
  readonly #options: SeatEnvironmentOptions;
  #order: EnvironmentOrder | null = null;
  #page: PageFacts | null = null;
  #answering: string | null = null;
  #stop = new AbortController();
  #work: Promise<void> = Promise.resolve();

  constructor(options: SeatEnvironmentOptions) {
    this.#options = options;
  }

  /** What a person has to do at this screen. */
  get asks(): readonly PersonalCheck[] {
    return this.#order?.asks ?? [];
  }

  /** Does what the room says now; null: nothing, also when something was under way. */
  follow(order: EnvironmentOrder | null): void {
    this.#order = order;
    if (order === null || order.run !== this.#answering) this.#stop.abort();
    if (order === null || order.run === this.#answering || order.run === this.#answered()) return;
    this.#answering = order.run;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const { log } = this.#options.node;
    this.#work = this.#work
      .then(() => this.#answer(order, signal))
      .catch((error: unknown) => log.error({ err: error }, 'environment check failed'))
      .finally(() => {
        // With the room's next word it begins again, unless the room has the results.
        if (this.#answering === order.run) this.#answering = null;
      });
  }

  /** The page tells which browser it runs in, and how large its screen is. */
  takePage(page: PageFacts): void {
    this.#page = page;
  }

  typed(text: string): Promise<Result<void>> {
    return this.#personal('keyboard', { keyboard: { value: { asked: keysToType, typed: text } } });
  }

  microphone(level: number, problem: string | null): Promise<Result<void>> {
    return this.#personal('microphone', { microphone: { value: { level, problem } } });
  }

  playback(heard: boolean): Promise<Result<void>> {
    return this.#personal('playback', { playback: { value: { heard } } });
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#order = null;
    await this.#work;
  }

  #answered(): string | null {
    return this.#options.node.settings.read(setting, z.string());
  }

  async #answer(order: EnvironmentOrder, stop: AbortSignal): Promise<void> {
    const { node, room } = this.#options;
    const membership = node.settings.read('membership', seatMembershipSchema);
    const steps = measureSteps(
      {
        data: node.data,
        clock: node.clock,
        room,
        pairedRoom: membership && {
          roomCode: membership.roomCode.slice(0, 64),
          signingKey: membership.roomSigningKey,
        },
        page: () => this.#pageSoon(stop),
        stop,
      },
      order,
    );
    for await (const measured of steps) {
      if (stop.aborted) return;
      if (!(await this.#report(order.run, measured, false, stop))) return;
    }
    if (await this.#report(order.run, {}, true, stop)) node.settings.write(setting, order.run);
  }

  /** Whoever opens the screens and checks at once need not wait for each of them. null: there is none. */
  async #pageSoon(stop: AbortSignal): Promise<PageFacts | null> {
    const { screenOpen } = this.#options;
    const open = (): boolean => screenOpen() && this.#page !== null;
    for (let waited = 0; !open() && waited < screenComesMs && !stop.aborted; waited += lookAgainMs)
      await sleep(lookAgainMs, undefined, { signal: stop }).catch(() => undefined);
    return open() ? this.#page : null;
  }

  /** Until the room has it. @returns false when the room does not want it any more. */
  async #report(run: string, measured: Measured, done: boolean, stop: AbortSignal): Promise<boolean> {
    const { log } = this.#options.node;
    while (!stop.aborted) {
      const told = await this.#send(run, measured, done);
      if (told.ok) return true;
      log.warn({ refusal: told.refusal }, 'environment not reported');
      if (!['parent-unreachable', 'room-unreachable', 'parent-failed'].includes(told.refusal.type))
        return false;
      await sleep(retryMs, undefined, { signal: stop }).catch(() => undefined);
    }
    return false;
  }

  #send(run: string, measured: Measured, done: boolean): Promise<Result<unknown>> {
    const report: EnvironmentReport = { run, seat: this.#options.node.id, measured, done };
    return this.#options.room.ask('/environment/report', report);
  }

  async #personal(id: PersonalCheck, measured: Measured): Promise<Result<void>> {
    const order = this.#order;
    if (!order?.asks.includes(id)) return refuse({ type: 'environment-check-over' });
    const told = await this.#send(order.run, measured, false);
    if (!told.ok) return told;
    // The room's next word says so, too; the screen does not wait for it.
    if (this.#order?.run === order.run)
      this.#order = { ...this.#order, asks: this.#order.asks.filter((one) => one !== id) };
    this.#options.onChange();
    return ok();
  }
}
