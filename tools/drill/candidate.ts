/** A virtual candidate: does at a real seat agent what a person does at its screen, and records what it was told is kept. */
import type { ItemResponses } from '../../src/exam/paper/response.ts';
import type { InstanceItem } from '../../src/exam/paper/model.ts';
import { openConsole, until, type Console, type Contracts } from '../exam-day/process.ts';
import { answersTo } from './answers-to.ts';

export interface Recorded {
  readonly admissionNumber: string;
  /** The newest change per item that the seat said is kept. */
  readonly answers: Map<string, ItemResponses>;
  /** A change whose answer never came: kept or not, both are right. */
  readonly unsure: Map<string, ItemResponses>;
  changes: number;
  readonly saveMs: number[];
  /** Wall clock, ms, at which the seat began to count down to, by its own reckoning of the room's time; null: it saw no countdown. */
  startExpectedAt: number | null;
  /** Wall clock, ms, at which the seat had the start and its paper open. */
  startedAt: number | null;
  signedIn: boolean;
  handedIn: boolean;
  recoveries: number;
}

export class VirtualCandidate {
  readonly record: Recorded;
  readonly #portOf: () => number;
  readonly #random: () => number;
  #seat: Console<Contracts['seat']> | null = null;

  constructor(admissionNumber: string, portOf: () => number, random: () => number) {
    this.#portOf = portOf;
    this.#random = random;
    this.record = {
      admissionNumber,
      answers: new Map(),
      unsure: new Map(),
      changes: 0,
      saveMs: [],
      startExpectedAt: null,
      startedAt: null,
      signedIn: false,
      handedIn: false,
      recoveries: 0,
    };
  }

  async signIn(): Promise<void> {
    await this.#persist(async (seat) => {
      const { phase, confirmed } = await until('a ready seat', async () => {
        const state = await seat.call.state.get();
        return ['unpaired', 'announced'].includes(state.phase) ? null : state;
      });
      if (phase === 'ready') await seat.call.sitting.signIn({ admissionNumber: this.record.admissionNumber });
      if (phase === 'ready' || (phase === 'signed-in' && !confirmed))
        await seat.call.sitting.confirm({ confirmed: true });
      const state = await seat.call.state.get();
      if (state.phase === 'signed-in') await seat.call.sitting.rulesRead();
    });
    this.record.signedIn = true;
  }

  /** Waits for the start, then answers, changes, goes back, until `untilMs`. */
  async work(minutes: number): Promise<void> {
    await this.#persist((seat) => this.#followToStart(seat));
    const { instance } = await this.#persist((seat) => seat.call.sitting.paper());
    const { items } = instance;
    let at = 0;
    const endAt = (this.record.startedAt ?? Date.now()) + minutes * 60_000;
    while (Date.now() < endAt) {
      const item = items[at];
      if (!item) break;
      await this.#persist((seat) => seat.call.sitting.view({ item: item.identifier }));
      await this.#answer(item);
      // Mostly on to the next, sometimes back to change something.
      at = this.#random() < 0.25 ? Math.floor(this.#random() * items.length) : (at + 1) % items.length;
      await pause(300 + this.#random() * 1_200);
    }
  }

  /** The seat tells by itself, as it tells its screen: nobody asks it again and again. */
  async #followToStart(seat: Console<Contracts['seat']>): Promise<void> {
    const stop = new AbortController();
    const { record } = this;
    for await (const state of await seat.call.state.live(undefined, { signal: stop.signal })) {
      if (state.startsInMs !== null) record.startExpectedAt ??= Date.now() + state.startsInMs;
      if (state.phase !== 'answering') continue;
      record.startedAt = Date.now();
      stop.abort();
      return;
    }
    throw new Error('the seat ended its stream before the start');
  }

  async handIn(): Promise<void> {
    await this.#persist(async (seat) => {
      const { handInOpensInMs } = await seat.call.state.get();
      if (handInOpensInMs !== null) await pause(handInOpensInMs);
    });
    await this.#persist(async (seat) => {
      const state = await seat.call.state.get();
      if (state.phase !== 'handed-in') await seat.call.sitting.handIn();
    });
    this.record.handedIn = true;
  }

  async #answer(item: InstanceItem): Promise<void> {
    const responses = answersTo(item.item, this.#random);
    if (Object.keys(responses).length === 0) return;
    this.record.unsure.set(item.identifier, responses);
    await this.#persist(async (seat) => {
      const begun = performance.now();
      await seat.call.sitting.answer({ item: item.identifier, responses });
      this.record.saveMs.push(performance.now() - begun);
    });
    this.record.answers.set(item.identifier, responses);
    this.record.unsure.delete(item.identifier);
    this.record.changes++;
  }

  /** Does it again until it is done: a browser does the same when its agent is away for a moment. */
  async #persist<T>(act: (seat: Console<Contracts['seat']>) => Promise<T>): Promise<T> {
    let failingSince: number | null = null;
    for (;;) {
      try {
        this.#seat ??= await openConsole('seat', this.#portOf());
        const done = await act(this.#seat);
        if (failingSince !== null) this.record.recoveries++;
        return done;
      } catch (error) {
        this.#seat = null;
        failingSince ??= Date.now();
        if (Date.now() - failingSince > 120_000) throw error;
        await pause(200 + this.#random() * 400);
      }
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
