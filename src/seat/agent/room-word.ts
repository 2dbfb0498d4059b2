/** The room's last word, and the room's time by it: both hold without the room and over a restart. */
import { resumeClock } from '../../exam/session/resume-clock.ts';
import type { SeatOrder } from '../../exam/session/seat-order.ts';
import { failureRefusal, readStored } from '../../journal/journal.ts';
import type { Node } from '../../node/node.ts';
import { heardOrderSchema } from './stored.ts';

/** An order that says less than this before another was overtaken by it on the way; more, and the room's clock was set back. */
const overtakenMs = 5_000;

export class RoomWord {
  readonly #node: Node;
  #order: SeatOrder | null = null;
  /** Room time and own steady clock when the order was heard. */
  #heard: { readonly at: number; readonly monotonic: number } | null = null;
  /** Room time of the newest order of this run. */
  #saidAt = 0;
  /** It stands in memory only. */
  #unwritten = false;

  constructor(node: Node) {
    this.#node = node;
    const heard = node.settings.read('order', heardOrderSchema);
    if (!heard) return;
    this.#order = heard.order;
    const { at } = resumeClock({ lastEntryAt: lastOwnEntryAt(node), wall: node.clock.now(), site: null });
    this.#heard = { at: at + heard.offsetMs, monotonic: node.clock.monotonic() };
  }

  get order(): SeatOrder | null {
    return this.#order;
  }

  /** The room's wall clock by this seat's reckoning, ms; before the room's first word, the own one. */
  now(): number {
    const { clock } = this.#node;
    return this.#heard ? this.#heard.at + (clock.monotonic() - this.#heard.monotonic) : clock.now();
  }

  /**
   * What the room says now holds. Of the sitting that this seat holds, `claimed`, its last word stays when it does not mention it:
   * until the seat's next hello the room still speaks of nobody, or of who held the seat before.
   * @returns what holds, and whether that is another than before; null: another word overtook this one on its way.
   */
  take(
    said: SeatOrder,
    claimed: string | null,
  ): { readonly order: SeatOrder; readonly changed: boolean } | null {
    if (said.at < this.#saidAt && this.#saidAt - said.at < overtakenMs) return null;
    this.#saidAt = said.at;
    const before = this.#order?.sitting ?? null;
    const silent = before !== null && before.id === claimed && said.sitting?.id !== claimed;
    const order = silent ? { ...said, sitting: before } : said;
    const changed = !sameOrder(this.#order, order);
    this.#order = order;
    this.#heard = { at: said.at, monotonic: this.#node.clock.monotonic() };
    if (changed || this.#unwritten) this.remember(() => this.#keep());
    return { order, changed };
  }

  /** What the room orders holds on a full disk too; it is written down as soon as there is space, at the latest with a later order. */
  remember(write: () => void): void {
    try {
      write();
      this.#unwritten = false;
    } catch (error) {
      const refusal = failureRefusal(error);
      if (!refusal) throw error;
      this.#unwritten = true;
      this.#node.log.error({ refusal }, 'an order of the room could not be written down');
    }
  }

  /** For the next start. */
  #keep(): void {
    const { clock, settings } = this.#node;
    if (this.#order)
      settings.write('order', { order: this.#order, offsetMs: Math.round(this.now() - clock.now()) });
  }

  /** Another room's word does not hold here. */
  forget(): void {
    this.#order = null;
    this.#saidAt = 0;
  }
}

/** By this computer's clock, ms. */
function lastOwnEntryAt({ journal }: Node): number {
  const { origin, epoch } = journal.self;
  const head = journal.head(origin, epoch);
  const [last] = head ? journal.ofOrigin(origin, epoch, head.seq - 1, 1) : [];
  return last ? readStored(last).at : 0;
}

/** Alike but for the moment at which it was said. */
function sameOrder(a: SeatOrder | null, b: SeatOrder): boolean {
  return a !== null && JSON.stringify({ ...a, at: 0 }) === JSON.stringify({ ...b, at: 0 });
}
