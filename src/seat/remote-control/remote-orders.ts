/**
 * What the room has this computer do. Each order once: that it was begun is on the disk before anything happens, so that a computer that
 * restarts does not restart for ever. What became of it is told until the room knows.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import { mayObey, type SeatNow } from '../../exam/remote-control/may-obey.ts';
import {
  reasonOf,
  remoteActions,
  remoteAnswerSchema,
  remoteOrderSchema,
  remoteOrderType,
  type RemoteAction,
  type RemoteAnswer,
  type RemoteOrder,
} from '../../exam/remote-control/order.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Logger } from '../../node/logger.ts';
import type { Settings } from '../../node/settings.ts';
import { verifyJws } from '../../trust/jws.ts';

const retryMs = 1_000;
const setting = 'remote-order';

/** The newest order that this seat has begun. */
const begunSchema = z.object({
  id: z.string(),
  action: z.enum(remoteActions),
  at: z.number(),
  bootMark: z.string(),
  /** null: what became of it is not known. */
  answer: remoteAnswerSchema.nullable(),
  told: z.boolean(),
});
type Begun = z.infer<typeof begunSchema>;

export type Deeds = Readonly<Record<RemoteAction, () => Promise<Result<void>>>>;

export interface RemoteOrdersOptions {
  readonly seat: string;
  readonly settings: Pick<Settings, 'read' | 'write'>;
  readonly journal: Pick<Journal, 'append'>;
  readonly log: Pick<Logger, 'warn' | 'error' | 'info'>;
  /** Ed25519 public key of the paired room, base64url; null: there is none. */
  readonly roomKey: () => string | null;
  /** The room's wall clock by this seat's reckoning, ms. */
  readonly roomNow: () => number;
  readonly seatNow: () => Omit<SeatNow, 'insisted'>;
  readonly ask: (path: string, body: RemoteAnswer) => Promise<Result<unknown>>;
  readonly bootMark: () => Promise<string>;
  readonly deeds: Deeds;
  /** What an order ends with once the room knows that it was done, because nobody could say so afterwards. */
  readonly afterTold: Partial<Deeds>;
}

export class RemoteOrders {
  readonly #options: RemoteOrdersOptions;
  readonly #stop = new AbortController();
  /** As it was said last: it comes again with everything that the room says. */
  #said: string | null = null;
  #work: Promise<void> = Promise.resolve();

  constructor(options: RemoteOrdersOptions) {
    this.#options = options;
    this.#then(() => this.#goOn());
  }

  /** @param said the order as the room has signed it; null: none. */
  follow(said: string | null): void {
    if (said === this.#said) return;
    this.#said = said;
    if (said !== null) this.#then(() => this.#take(said));
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#work;
  }

  #then(step: () => Promise<void>): void {
    this.#work = this.#work
      .then(step)
      .catch((error: unknown) => this.#options.log.error({ err: error }, 'order not carried out'));
  }

  get #last(): Begun | null {
    return this.#options.settings.read(setting, begunSchema);
  }

  /** After a start: what was begun before it is known now, and the room may still have to be told. */
  async #goOn(): Promise<void> {
    const last = this.#last;
    if (!last || last.told) return;
    await this.#tell(last.answer === null ? { ...last, answer: await this.#afterwards(last) } : last);
  }

  async #afterwards({ id, action, bootMark }: Begun): Promise<RemoteAnswer> {
    const goesDown = action === 'restart' || action === 'shut-down';
    return goesDown && (await this.#options.bootMark()) !== bootMark
      ? { id, state: 'done' }
      : { id, state: 'failed', reason: { type: 'order-interrupted' } };
  }

  async #take(said: string): Promise<void> {
    const order = this.#read(said);
    if (!order.ok) return this.#options.log.warn({ refusal: order.refusal }, 'an order was not believed');
    const { id, action, at, insisted } = order.value;
    const { settings, journal, deeds, seatNow } = this.#options;
    const last = this.#last;
    if (last?.id === id) return;
    const may = mayObey(action, { ...seatNow(), insisted });
    const begun: Begun = {
      id,
      action,
      at,
      bootMark: await this.#options.bootMark(),
      answer: null,
      told: false,
    };
    settings.write(setting, begun);
    await journal.append([
      {
        kind: 'remote-order-taken',
        subject: 'seat',
        data: { order: id, action, refused: may.ok ? null : may.refusal.type },
      },
    ]);
    if (may.ok) await this.#say({ id, state: 'begun' });
    const done = may.ok ? await deeds[action]() : may;
    await this.#tell({
      ...begun,
      answer: done.ok ? { id, state: 'done' } : { id, state: 'failed', reason: reasonOf(done.refusal) },
    });
  }

  #read(said: string): Result<RemoteOrder> {
    const { roomKey, roomNow, seat } = this.#options;
    const key = roomKey();
    if (key === null) return refuse({ type: 'not-paired' });
    const signed = verifyJws(said, remoteOrderType, key);
    if (!signed.ok) return signed;
    const order = remoteOrderSchema.safeParse(signed.value);
    if (!order.success) return refuse({ type: 'parent-not-understood' });
    const value = order.data;
    if (value.seat !== seat) return refuse({ type: 'not-this-seat' });
    if (value.until < roomNow()) return refuse({ type: 'order-too-old' });
    const last = this.#last;
    return last && last.id !== value.id && value.at <= last.at
      ? refuse({ type: 'order-too-old' })
      : ok(value);
  }

  /** Until the room knows, or does not want to. */
  async #tell(begun: Begun): Promise<void> {
    const { settings, afterTold, log } = this.#options;
    settings.write(setting, begun);
    if (!begun.answer || !(await this.#say(begun.answer))) return;
    // First: what follows happens once, also on a computer on which it is installed anew with these data.
    settings.write(setting, { ...begun, told: true });
    const last = begun.answer.state === 'done' ? await afterTold[begun.action]?.() : undefined;
    if (last && !last.ok) log.error({ refusal: last.refusal }, 'the end of an order was not carried out');
  }

  /** @returns false: this program ends before the room could be told. */
  async #say(answer: RemoteAnswer): Promise<boolean> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const told = await this.#options.ask('/remote-control/answer', answer);
      if (told.ok || !['parent-unreachable', 'room-unreachable', 'parent-failed'].includes(told.refusal.type))
        return true;
      // That it was begun is said once: what was ordered does not wait for it.
      if (answer.state === 'begun') return false;
      await sleep(retryMs, undefined, { signal }).catch(() => undefined);
    }
    return false;
  }
}
