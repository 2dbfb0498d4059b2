/**
 * Holds what the candidate answers until the agent has it on disk. A choice goes at once; typed text after a rest, or at
 * the latest after ten seconds of typing. What the agent did not take is sent again until it does; nothing typed is dropped.
 */
import type { Refusal } from '../../../base/result.ts';
import type { ItemResponses, ResponseValue } from '../../../exam/paper/response.ts';
import type { KeptChange } from '../../contract.ts';

/** `typed`: in this browser only; `seat`: kept on this computer; `room`: kept by the room. */
export type Kept = 'typed' | 'seat' | 'room';

export interface KeeperView {
  readonly responses: Readonly<Record<string, ItemResponses>>;
  /** Items whose newest change is not on this seat's disk yet. */
  readonly unsent: number;
  /** The state of all answers together: that of the one which is kept least; null: there is no answer yet. */
  readonly overall: Kept | null;
  /** Why the agent did not take a change for so long that the candidate should know; null: all is well. */
  readonly trouble: Refusal | null;
  /** A change came too late and will not be kept. */
  readonly tooLate: boolean;
}

/** One change as it is sent: all responses of its item, so that the last one that arrives is the whole answer. */
export interface Sending {
  readonly item: string;
  readonly responses: ItemResponses;
  /** Counts the changes of an item, so that the agent knows a late one from a new one. */
  readonly number: number;
}

export interface KeeperOptions {
  /** Rejects when the change is not kept. The signal ends a try that takes too long. */
  readonly send: (sending: Sending, signal: AbortSignal) => Promise<KeptChange>;
  readonly refusalOf: (error: unknown) => Refusal;
  readonly responses: Readonly<Record<string, ItemResponses>>;
  readonly restMs?: number;
  readonly mostMs?: number;
  readonly retryMs?: number;
  readonly troubleMs?: number;
  readonly patienceMs?: number;
  readonly now?: () => number;
}

interface Waiting {
  /** Since when the oldest change that is not kept waits. */
  since: number;
  sending: Promise<void> | null;
  timer: ReturnType<typeof setTimeout> | null;
  problem: Refusal | null;
}

/** With these the agent will never take the change: to ask again only keeps a busy page busy. */
const final = new Set(['time-over', 'moved-elsewhere', 'already-handed-in']);
/** The candidate can do something about these at once. */
const urgent = new Set(['answer-too-long', 'bad-response']);

export class AnswerKeeper {
  readonly #options: Required<KeeperOptions>;
  readonly #waiting = new Map<string, Waiting>();
  readonly #listeners = new Set<() => void>();
  /** Number of an item's newest change on this page. */
  readonly #numbers = new Map<string, number>();
  readonly #kept = new Map<string, KeptChange>();
  #hurried = false;
  #view: KeeperView;

  constructor(options: KeeperOptions) {
    this.#options = {
      restMs: 2_000,
      mostMs: 10_000,
      retryMs: 1_000,
      troubleMs: 10_000,
      patienceMs: 10_000,
      now: () => performance.now(),
      ...options,
    };
    this.#view = { responses: options.responses, unsent: 0, overall: null, trouble: null, tooLate: false };
  }

  readonly view = (): KeeperView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** @param pace `typed`: more is probably coming; `chosen`: keep it at once. */
  change(item: string, response: string, value: ResponseValue, pace: 'typed' | 'chosen'): void {
    const { now, restMs, mostMs } = this.#options;
    const before = this.#view.responses[item];
    const responses = { ...this.#view.responses, [item]: { ...before, [response]: value } };
    const waiting = this.#waiting.get(item) ?? { since: now(), sending: null, timer: null, problem: null };
    this.#waiting.set(item, waiting);
    this.#numbers.set(item, (this.#numbers.get(item) ?? 0) + 1);
    this.#show({ responses });
    const rest = pace === 'chosen' || this.#hurried ? 0 : restMs;
    // A change that was refused is tried again in its own time, not with every key.
    if (waiting.problem === null || pace === 'chosen')
      this.#schedule(item, waiting, Math.max(0, Math.min(rest, waiting.since + mostMs - now())));
  }

  /** The time is nearly over: from now on nothing waits for a rest. */
  hurry(): void {
    if (this.#hurried) return;
    this.#hurried = true;
    for (const item of this.#waiting.keys()) void this.#send(item);
  }

  /** Sends everything now. @returns whether all of it is kept at this seat. */
  async flush(): Promise<boolean> {
    const send = (): Promise<unknown> =>
      Promise.all([...this.#waiting.keys()].map((item) => this.#send(item)));
    await send();
    // A change that came while an older one of its item was under way goes now.
    await send();
    return this.#waiting.size === 0;
  }

  /** What is not kept yet, for a last request while the page goes away. */
  unsent(): Sending[] {
    return [...this.#waiting.keys()].map((item) => this.#sending(item));
  }

  /** Takes what the agent says about what is kept. @returns whether another screen of this seat has changed an answer since. */
  takeState({ kept }: { readonly kept: Readonly<Record<string, KeptChange>> }): boolean {
    let foreign = false;
    for (const [item, said] of Object.entries(kept)) {
      const known = this.#kept.get(item);
      // A word from before the newest change: it says nothing about that change.
      if (known && said.change < known.change) continue;
      foreign ||= known ? said.change > known.change : this.#options.responses[item] === undefined;
      if (!known || said.change === known.change) this.#kept.set(item, said);
    }
    this.#show({});
    // What is under way from here is told as kept here in a moment.
    return foreign && this.#waiting.size === 0;
  }

  /** Takes what another screen of this seat has answered, where nothing newer waits here. */
  adopt(
    responses: Readonly<Record<string, ItemResponses>>,
    kept: Readonly<Record<string, KeptChange>>,
  ): void {
    const taken = { ...this.#view.responses };
    for (const [item, answer] of Object.entries(responses)) {
      if (this.#waiting.has(item)) continue;
      taken[item] = answer;
      const said = kept[item];
      if (said) this.#kept.set(item, said);
    }
    this.#show({ responses: taken });
  }

  /** Where the newest change of an item is; undefined when it was never answered. */
  keptOf(item: string): Kept | undefined {
    return this.#waiting.has(item) ? 'typed' : this.#kept.get(item)?.kept;
  }

  #schedule(item: string, waiting: Waiting, delayMs: number): void {
    if (waiting.timer !== null) clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => void this.#send(item), delayMs);
  }

  #sending(item: string): Sending {
    return {
      item,
      responses: this.#view.responses[item] ?? {},
      number: this.#numbers.get(item) ?? 0,
    };
  }

  /** One at a time per item, so that the order is kept. */
  #send(item: string): Promise<void> {
    const waiting = this.#waiting.get(item);
    if (!waiting) return Promise.resolve();
    waiting.sending ??= this.#try(item, waiting).finally(() => (waiting.sending = null));
    return waiting.sending;
  }

  async #try(item: string, waiting: Waiting): Promise<void> {
    const { send, refusalOf, now, patienceMs, retryMs, restMs } = this.#options;
    if (waiting.timer !== null) clearTimeout(waiting.timer);
    waiting.timer = null;
    const sending = this.#sending(item);
    const began = now();
    try {
      this.#kept.set(item, await send(sending, AbortSignal.timeout(patienceMs)));
      waiting.problem = null;
      waiting.since = began;
    } catch (error) {
      // Not kept: shown as such, and sent again until it is.
      waiting.problem = refusalOf(error);
    }
    const newer = this.#numbers.get(item) !== sending.number;
    if (waiting.problem === null && !newer) this.#waiting.delete(item);
    else if (!final.has(waiting.problem?.type ?? ''))
      this.#schedule(item, waiting, waiting.problem ? retryMs : this.#hurried ? 0 : restMs);
    this.#show({});
  }

  #show(change: Partial<KeeperView>): void {
    this.#view = {
      ...this.#view,
      ...change,
      unsent: this.#waiting.size,
      overall: this.#overall(),
      trouble: this.#trouble(),
      tooLate: [...this.#waiting.values()].some(({ problem }) => final.has(problem?.type ?? '')),
    };
    for (const listener of this.#listeners) listener();
  }

  #overall(): Kept | null {
    if (this.#waiting.size > 0) return 'typed';
    const all = [...this.#kept.values()];
    if (all.length === 0) return null;
    return all.some((one) => one.kept === 'seat') ? 'seat' : 'room';
  }

  #trouble(): Refusal | null {
    const { now, troubleMs } = this.#options;
    for (const { problem, since } of this.#waiting.values())
      if (problem && (urgent.has(problem.type) || now() - since > troubleMs)) return problem;
    return null;
  }
}
