/**
 * A child's standing connection to its parent: a hello every few seconds, and the tails of its journals as soon as there is something to
 * ship. Nothing is lost by a cut: what the parent did not acknowledge is sent again, also when the parent acknowledges less than before.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../base/clock.ts';
import { toHex } from '../../base/bytes.ts';
import { randomBytes } from '../../base/ids.ts';
import type { Refusal } from '../../base/result.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Head, StoredEntry } from '../../journal/entry.ts';
import { parentRolledBack } from '../../journal/epoch.ts';
import { heal, type Chain } from '../../journal/heal.ts';
import { failureRefusal, type Journal } from '../../journal/journal.ts';
import type { Segment } from '../../journal/segment.ts';
import { createShipper, type Shipper } from '../../journal/ship.ts';
import { readTimeStatement } from '../../trust/time-statement.ts';
import type { ExchangeClient } from './client.ts';
import { keptAnswerSchema } from './kept-journal.ts';
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
  /** This computer's own clock, where `clock` is held apart from it: what is compared with the parent's. */
  readonly wall?: () => number;
  readonly version: string;
  /** Between two hellos, unless the parent asks for longer. */
  readonly intervalMs: number;
  /**
   * Entries of this time go up together, ms; 0: every one at once, because somebody waits for the acknowledgement. A parent above a room
   * hears soon enough, and a thousand seats' changes one by one would cost the room more than keeping them.
   */
  readonly gatherMs: number;
  /** Pause after a push that was full, ms: a room's own seats come before its backlog. Not when somebody waits for everything to be shipped. */
  readonly restMs?: number;
  /** Which chains go up, as it stands when it is asked; for a site with thousands of seats it answers of each of them many times a second. */
  readonly ships: () => (origin: string) => boolean;
  /** What becomes of a segment on its way: payloads taken out, or sealed. */
  readonly prepare?: (segment: Segment) => Promise<Segment>;
  readonly status: () => unknown;
  readonly onNotices: (notices: unknown) => void | Promise<void>;
  readonly onState: (state: UplinkState) => void;
}

export class Uplink {
  readonly #options: UplinkOptions;
  readonly #shipper: Shipper;
  readonly #unsubscribe: () => void;
  #state: UplinkState = { online: false, lastContact: null, clockOffsetMs: null, pending: 0, problem: null };
  #forked: readonly Chain[] = [];
  #stopped = false;
  /** That the parent asked for, ms. */
  #helloEveryMs = 0;
  #flushing = 0;
  #running: Promise<void> | null = null;
  #again = false;
  #timer: NodeJS.Timeout | null = null;
  #gathering: NodeJS.Timeout | null = null;

  constructor(options: UplinkOptions) {
    this.#options = options;
    const { journal } = options;
    this.#shipper = createShipper({
      heads: () => this.#heads(),
      ofOrigin: (...place) => journal.ofOrigin(...place),
    });
    this.#unsubscribe = options.journal.feed((entries) => {
      const ships = options.ships();
      if (this.#state.online && entries.some(({ entry }) => ships(entry.place.origin))) this.#shipSoon();
    });
    this.#run(true);
  }

  #shipSoon(): void {
    const { gatherMs } = this.#options;
    if (gatherMs === 0) return this.#run(false);
    this.#gathering ??= setTimeout(() => {
      this.#gathering = null;
      this.#run(false);
    }, gatherMs);
  }

  get state(): UplinkState {
    return { ...this.#state, pending: this.#shipper.pending() };
  }

  acknowledged(origin: string, epoch: string): number {
    return this.#shipper.acknowledgedSeq(origin, epoch);
  }

  /** Chains of which the parent, or somebody above it, holds another copy; as of the last hello. */
  get forked(): readonly Chain[] {
    return this.#forked;
  }

  /** Says hello now, because something changed that the parent should know. */
  nudge(): void {
    this.#run(true);
  }

  /** Says hello now. @returns whether the parent answered, once everything that there was to ship is shipped */
  async reach(): Promise<boolean> {
    this.#run(true);
    while (this.#running) await this.#running;
    return this.#state.online;
  }

  /** Resolves when everything up to now is acknowledged, or when that fails. */
  async flush(): Promise<void> {
    this.#flushing++;
    try {
      for (;;) {
        const before = this.#shipper.pending();
        this.#run(false);
        while (this.#running) await this.#running;
        const now = this.#shipper.pending();
        if (now === 0 || now >= before || this.#stopped) return;
      }
    } finally {
      this.#flushing--;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#gathering) clearTimeout(this.#gathering);
    this.#options.client.close();
    await this.#running;
  }

  #hello = false;
  /** Own steady clock. */
  #saidHelloAt = -Infinity;
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
      this.#timer = setTimeout(() => this.#run(true), this.#untilHello());
      this.#timer.unref();
    });
  }

  async #round(): Promise<void> {
    try {
      await this.#talk();
    } catch (error) {
      const problem = failureRefusal(error);
      if (!problem) throw error;
      // What the parent said could not be kept. The next round asks again.
      this.#set({ online: false, problem });
    }
  }

  async #talk(): Promise<void> {
    let shipping = true;
    while (shipping && !this.#stopped) {
      // Also in the middle of a long backlog: who ships all the while is not silent.
      if (this.#hello || !this.#state.online || this.#untilHello() === 0) {
        this.#hello = false;
        const said = this.#sayHello().finally(() => {
          this.#saidHelloAt = this.#options.clock.monotonic();
        });
        if (!(await said)) return;
      }
      shipping = await this.#shipNext();
      if (shipping && !this.#hello && !this.#flushing) await pause(this.#options.restMs ?? 0);
    }
  }

  #heads(): Head[] {
    const { journal, ships } = this.#options;
    const goesUp = ships();
    return journal.heads().filter(({ origin }) => goesUp(origin));
  }

  /** Milliseconds until the next hello is due, whatever is shipped meanwhile. */
  #untilHello(): number {
    const { clock, intervalMs } = this.#options;
    return Math.max(0, this.#saidHelloAt + Math.max(intervalMs, this.#helloEveryMs) - clock.monotonic());
  }

  async #sayHello(): Promise<boolean> {
    const { client, clock } = this.#options;
    const nonce = toHex(randomBytes(12));
    const from = clock.monotonic();
    const heads = this.#heads();
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
    this.#helloEveryMs = parsed.data.helloEveryMs;
    const now = clock.now();
    const time = readTimeStatement(parsed.data.time, nonce, this.#options.parentSigningKey);
    const wall = this.#options.wall?.() ?? now;
    const offset = time.ok ? time.value + (clock.monotonic() - from) / 2 - wall : null;
    const learned = await this.#learn(parsed.data.acknowledged, parsed.data.forked);
    if (!learned.ok) {
      this.#set({ online: false, problem: learned.refusal });
      return false;
    }
    this.#set({
      online: true,
      lastContact: now,
      clockOffsetMs: offset,
      problem: time.ok ? learned.value : time.refusal,
    });
    await this.#options.onNotices(parsed.data.notices);
    return true;
  }

  /**
   * What the parent holds counts, also when it is less than it once had (it is sent again) or more than this disk has (it comes back).
   * @returns what stays wrong: a chain of which the parent holds another copy.
   */
  async #learn(holds: readonly Head[], told: readonly Chain[]): Promise<Result<Refusal | null>> {
    const { journal } = this.#options;
    await this.#enterLost(this.#shipper.told(), holds);
    const healed = await heal(journal, holds, told, (chain, afterSeq) => this.#fetchKept(chain, afterSeq));
    if (!healed.ok) return healed;
    this.#shipper.acknowledgedAll(holds);
    const { forked } = healed.value;
    for (const chain of forked) this.#shipper.forked(chain);
    this.#forked = [...forked, ...told];
    const [first] = forked;
    return ok(first ? { type: 'journal-forked', origin: first.origin } : null);
  }

  /** An entry says so, for good, when the parent has less than it once acknowledged. */
  async #enterLost(
    told: readonly (Chain & { readonly seq: number })[],
    holds: readonly Head[],
  ): Promise<void> {
    const lost = parentRolledBack(told, holds);
    if (lost.length === 0) return;
    await this.#options.journal.append([
      {
        kind: 'parent-rolled-back',
        subject: 'journal',
        // A room has a thousand chains, and an entry a limit.
        data: {
          chains: lost.length,
          first: lost.slice(0, 50).map(({ origin, epoch, seq }) => ({ origin, epoch, seq })),
        },
      },
    ]);
  }

  async #fetchKept(chain: Chain, afterSeq: number): Promise<Result<StoredEntry[]>> {
    const entries: StoredEntry[] = [];
    for (;;) {
      const answer = await this.#options.client.post<unknown>('/journal/kept', {
        ...chain,
        afterSeq: afterSeq + entries.length,
      });
      if (!answer.ok) return answer;
      const parsed = keptAnswerSchema.safeParse(answer.value);
      if (!parsed.success) return refuse({ type: 'parent-not-understood' });
      if (parsed.data.entries.length === 0) return ok(entries);
      entries.push(...parsed.data.entries);
    }
  }

  /** @returns whether there may be more to ship now. */
  async #shipNext(): Promise<boolean> {
    const { client, clock, prepare } = this.#options;
    const next = this.#shipper.next();
    if (!next) return false;
    const { chains, segment } = next;
    const before = chains.map(({ origin, epoch }) => this.acknowledged(origin, epoch));
    const answer = await client.post<unknown>('/journal', prepare ? await prepare(segment) : segment);
    const parsed = answer.ok ? journalAnswerSchema.safeParse(answer.value) : null;
    if (!answer.ok || !parsed?.success) {
      this.#set({ online: false, problem: answer.ok ? { type: 'parent-not-understood' } : answer.refusal });
      return false;
    }
    // A parent that was away for less than a hello's interval tells it here first.
    await this.#enterLost(
      parsed.data.chains.map(({ origin, epoch }) => ({
        origin,
        epoch,
        seq: this.acknowledged(origin, epoch),
      })),
      parsed.data.chains.flatMap(({ acknowledged }) => acknowledged ?? []),
    );
    for (const { origin, epoch, acknowledged, problem } of parsed.data.chains) {
      this.#shipper.acknowledged({ origin, epoch }, acknowledged);
      if (problem !== 'fork' && problem !== 'broken') continue;
      this.#shipper.forked({ origin, epoch });
      this.#set({ problem: { type: 'journal-forked', origin } });
      // The next hello brings the parent's heads, and with them what there is to heal.
      this.#hello = true;
    }
    this.#set({ lastContact: clock.now() });
    if (this.#hello) return true;
    // What came meanwhile is being gathered.
    if (this.#options.gatherMs > 0 && !next.full) return false;
    // A parent that stays where it is would be asked without end: the next hello tries again.
    return chains.some(({ origin, epoch }, i) => this.acknowledged(origin, epoch) !== before[i]);
  }

  #set(change: Partial<UplinkState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onState(this.state);
  }
}
