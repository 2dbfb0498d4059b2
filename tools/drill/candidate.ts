/** A virtual candidate: does at a real seat agent what a person does at its screen, and records what it was told is kept. */
import type { ItemResponses } from '../../src/exam/paper/response.ts';
import type { InstanceItem } from '../../src/exam/paper/model.ts';
import { openConsole, until, type Console, type Contracts } from '../exam-day/process.ts';
import type { SeatState } from '../../src/seat/contract.ts';
import { answersTo } from './answers-to.ts';

export interface Saved {
  /** `performance.now()`, when the change was given to the seat. */
  readonly begun: number;
  /** Until the seat said that it is kept. */
  readonly ms: number;
  readonly item: string;
  /** Its number at the seat. */
  readonly change: number;
}

/** A candidate goes on at another seat. */
export interface Resumed {
  /** From the room's operation to the answers at the new seat. */
  readonly ms: number;
  /** Answers that are there differently, or not at all. */
  readonly different: number;
}

export interface Recorded {
  readonly admissionNumber: string;
  /** The newest change per item that the seat said is kept. */
  readonly answers: Map<string, ItemResponses>;
  /** A change whose answer never came: kept or not, both are right. */
  readonly unsure: Map<string, ItemResponses>;
  changes: number;
  readonly saves: Saved[];
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
  /** Where the candidate sits. */
  seat: `seat-${number}`;
  readonly #portOf: (seat: `seat-${number}`) => number;
  readonly #random: () => number;
  #seat: Console<Contracts['seat']> | null = null;
  #asked: (() => Promise<void>) | null = null;
  #cannotMove: () => void = () => undefined;
  #atWork = false;

  constructor(
    admissionNumber: string,
    seat: `seat-${number}`,
    portOf: (seat: `seat-${number}`) => number,
    random: () => number,
  ) {
    this.seat = seat;
    this.#portOf = portOf;
    this.#random = random;
    this.record = {
      admissionNumber,
      answers: new Map(),
      unsure: new Map(),
      changes: 0,
      saves: [],
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

  /** Waits for the start, then reads and answers, changes, goes back, for so long. @param paceS how long one question takes, in the middle */
  async work(minutes: number, paceS: number): Promise<void> {
    await this.#persist((seat) => this.#followToStart(seat));
    const { instance } = await this.#persist((seat) => seat.call.sitting.paper());
    const { items } = instance;
    let at = 0;
    const endAt = (this.record.startedAt ?? Date.now()) + minutes * 60_000;
    this.#atWork = true;
    while (Date.now() < endAt) {
      const asked = this.#asked;
      this.#asked = null;
      await asked?.();
      const item = items[at];
      if (!item) break;
      await this.#persist((seat) => seat.call.sitting.view({ item: item.identifier }));
      await pause((0.3 + this.#random() * 1.4) * paceS * 1_000);
      if (Date.now() >= endAt) break;
      await this.#answer(item);
      // Mostly on to the next, sometimes back to change something.
      at = this.#random() < 0.25 ? Math.floor(this.#random() * items.length) : (at + 1) % items.length;
    }
    this.#atWork = false;
    this.#cannotMove();
  }

  /**
   * Goes on at another seat, between two actions and when the room has everything of the seat so far.
   * @param resume the room's operation
   * @returns null: the candidate's work was over before
   */
  goOnAt(seat: `seat-${number}`, resume: () => Promise<void>): Promise<Resumed | null> {
    if (!this.#atWork) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      this.#cannotMove = () => resolve(null);
      this.#asked = () => this.#move(seat, resume).then(resolve, reject);
    });
  }

  async #move(seat: `seat-${number}`, resume: () => Promise<void>): Promise<Resumed> {
    const phaseIs = (phase: SeatState['phase']): Promise<unknown> =>
      until(`${phase} at ${this.seat}`, async () => (await this.state()).phase === phase);
    await until('everything in the room', async () => (await this.state()).pending === 0);
    const begun = performance.now();
    await resume();
    const before = await openConsole('seat', this.#portOf(this.seat));
    this.seat = seat;
    this.#seat = null;
    await this.signIn();
    await phaseIs('answering');
    const { responses } = await this.#persist((at) => at.call.sitting.paper());
    const ms = performance.now() - begun;
    const different = [...this.record.answers].filter(
      ([item, answer]) => JSON.stringify(responses[item]) !== JSON.stringify(answer),
    ).length;
    // For whoever comes next.
    await until('the seat before, left', async () => {
      if ((await before.call.state.get()).phase !== 'moved') return false;
      await before.call.sitting.leave();
      return true;
    });
    return { ms, different };
  }

  /** As the seat shows it now. @throws when it is away */
  async state(): Promise<SeatState> {
    this.#seat ??= await openConsole('seat', this.#portOf(this.seat));
    return this.#seat.call.state.get();
  }

  /** Changes that were given to the seat since then, `performance.now()`, and said to be kept. */
  savedSince(since: number): Saved[] {
    const { saves } = this.record;
    return saves.slice(saves.findLastIndex(({ begun }) => begun < since) + 1);
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
      const { change } = await seat.call.sitting.answer({ item: item.identifier, responses });
      const ms = performance.now() - begun;
      this.record.saves.push({ begun, ms, item: item.identifier, change });
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
        this.#seat ??= await openConsole('seat', this.#portOf(this.seat));
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
