/**
 * A child's standing connection to its parent: a hello every few seconds, and the tails of its journals as soon as there is something to
 * ship. Nothing is lost by a cut: what the parent did not acknowledge is sent again, also when the parent acknowledges less than before.
 */
import type { Clock } from '../../base/clock.ts';
import { toHex } from '../../base/bytes.ts';
import { randomBytes } from '../../base/ids.ts';
import type { Refusal } from '../../base/result.ts';
import type { Head } from '../../journal/entry.ts';
import type { Journal } from '../../journal/journal.ts';
import { nextSegment, type Segment } from '../../journal/segment.ts';
import { readTimeStatement } from '../../trust/time-statement.ts';
import type { ExchangeClient } from './client.ts';
import { helloAnswerSchema, journalAnswerSchema } from './wire.ts';

export interface UplinkState {
  readonly online: boolean;
  /** Wall clock of the last answer, ms; null: none yet. */
  readonly lastContact: number | null;
  /** Parent's wall clock minus own, ms, with half the round trip taken off; null: not known. */
  readonly clockOffsetMs: number | null;
  /** Entries that the parent has not acknowledged. */
  readonly pending: number;
  readonly problem: Refusal | null;
}

export interface UplinkOptions {
  readonly client: ExchangeClient;
  readonly parentSigningKey: string;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly version: string;
  readonly intervalMs: number;
  /** Which chains go up. */
  readonly ships: (origin: string) => boolean;
  /** What becomes of a segment on its way: payloads taken out, or sealed. */
  readonly prepare?: (segment: Segment) => Promise<Segment>;
  readonly status: () => unknown;
  readonly onNotices: (notices: unknown) => void | Promise<void>;
  readonly onState: (state: UplinkState) => void;
  /** The parent durably has this now. */
  readonly onAcknowledged?: (head: Head) => void;
}

export class Uplink {
  readonly #options: UplinkOptions;
  readonly #acknowledged = new Map<string, Head>();
  readonly #unsubscribe: () => void;
  #state: UplinkState = { online: false, lastContact: null, clockOffsetMs: null, pending: 0, problem: null };
  #stopped = false;
  #running: Promise<void> | null = null;
  #again = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: UplinkOptions) {
    this.#options = options;
    this.#unsubscribe = options.journal.feed((entries) => {
      if (this.#state.online && entries.some(({ entry }) => options.ships(entry.place.origin)))
        this.#run(false);
    });
    this.#run(true);
  }

  get state(): UplinkState {
    return { ...this.#state, pending: this.#pending() };
  }

  acknowledged(origin: string, epoch: string): number {
    return this.#acknowledged.get(`${origin} ${epoch}`)?.seq ?? 0;
  }

  /** Says hello now, because something changed that the parent should know. */
  nudge(): void {
    this.#run(true);
  }

  /** Resolves when everything up to now is acknowledged, or when that fails. */
  async flush(): Promise<void> {
    for (;;) {
      const before = this.#pending();
      this.#run(false);
      while (this.#running) await this.#running;
      const now = this.#pending();
      if (now === 0 || now >= before || this.#stopped) return;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    if (this.#timer) clearTimeout(this.#timer);
    this.#options.client.close();
    await this.#running;
  }

  #hello = false;
  #run(hello: boolean): void {
    this.#hello ||= hello;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = this.#round().finally(() => {
      this.#running = null;
      if (this.#stopped) return;
      if (this.#again) {
        this.#again = false;
        this.#run(false);
        return;
      }
      if (this.#timer) clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#run(true), this.#options.intervalMs);
      this.#timer.unref();
    });
  }

  async #round(): Promise<void> {
    if (this.#hello || !this.#state.online) {
      this.#hello = false;
      if (!(await this.#sayHello())) return;
    }
    for (const head of this.#options.journal.heads()) {
      if (this.#stopped) return;
      if (this.#options.ships(head.origin) && !(await this.#ship(head))) return;
    }
  }

  async #sayHello(): Promise<boolean> {
    const { client, clock, journal } = this.#options;
    const nonce = toHex(randomBytes(12));
    const from = clock.monotonic();
    const heads = journal.heads().filter((head) => this.#options.ships(head.origin));
    const answer = await client.post<unknown>('/hello', {
      nonce,
      version: this.#options.version,
      heads,
      status: this.#options.status(),
    });
    const parsed = answer.ok ? helloAnswerSchema.safeParse(answer.value) : null;
    if (!answer.ok || !parsed?.success) {
      this.#set({ online: false, problem: answer.ok ? { type: 'parent-not-understood' } : answer.refusal });
      return false;
    }
    const now = clock.now();
    const time = readTimeStatement(parsed.data.time, nonce, this.#options.parentSigningKey);
    const offset = time.ok ? time.value + (clock.monotonic() - from) / 2 - now : null;
    for (const head of parsed.data.acknowledged) await this.#learn(head);
    this.#set({
      online: true,
      lastContact: now,
      clockOffsetMs: offset,
      problem: time.ok
        ? this.#state.problem?.type === 'journal-forked'
          ? this.#state.problem
          : null
        : time.refusal,
    });
    await this.#options.onNotices(parsed.data.notices);
    return true;
  }

  /** What the parent holds counts, also when it is less than it once had: then it is sent again. */
  async #learn(head: Head): Promise<void> {
    const { journal } = this.#options;
    const own = journal.head(head.origin, head.epoch);
    if (own && own.seq === head.seq && own.hash !== head.hash)
      this.#set({ problem: { type: 'journal-forked', origin: head.origin, seq: head.seq } });
    else if (
      head.origin === journal.self.origin &&
      head.epoch === journal.self.epoch &&
      head.seq > (own?.seq ?? 0)
    ) {
      // The parent knows more of us than we do: this disk was put back. What follows goes into an epoch of its own.
      await journal.openEpoch('rolled-back', [head]);
    }
    this.#acknowledged.set(`${head.origin} ${head.epoch}`, head);
    this.#options.onAcknowledged?.(head);
  }

  async #ship(target: Head): Promise<boolean> {
    const { journal, client } = this.#options;
    const { origin, epoch } = target;
    for (;;) {
      const from = this.acknowledged(origin, epoch);
      const segment = nextSegment((after, limit) => journal.ofOrigin(origin, epoch, after, limit), from);
      if (segment === null) return true;
      const answer = await client.post<unknown>(
        '/journal',
        this.#options.prepare ? await this.#options.prepare(segment) : segment,
      );
      const parsed = answer.ok ? journalAnswerSchema.safeParse(answer.value) : null;
      if (!answer.ok || !parsed?.success) {
        this.#set({ online: false, problem: answer.ok ? { type: 'parent-not-understood' } : answer.refusal });
        return false;
      }
      const { acknowledged, problem } = parsed.data;
      if (acknowledged) {
        this.#acknowledged.set(`${origin} ${epoch}`, acknowledged);
        this.#options.onAcknowledged?.(acknowledged);
      }
      if (problem === 'fork' || problem === 'broken') {
        this.#set({ problem: { type: 'journal-forked', origin, seq: from + 1 } });
        return true;
      }
      this.#set({ lastContact: this.#options.clock.now() });
      if ((acknowledged?.seq ?? 0) <= from) return true;
    }
  }

  #pending(): number {
    return this.#options.journal
      .heads()
      .filter((head) => this.#options.ships(head.origin))
      .reduce((sum, head) => sum + Math.max(0, head.seq - this.acknowledged(head.origin, head.epoch)), 0);
  }

  #set(change: Partial<UplinkState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onState(this.state);
  }
}
