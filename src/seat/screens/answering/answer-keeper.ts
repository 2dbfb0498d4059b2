/**
 * Holds what the candidate answers until the agent has it on disk. A choice goes at once; typed text after a rest, or at
 * the latest after ten seconds of typing. What the agent did not take is sent again until it does; nothing typed is dropped.
 */
import type { ItemResponses, ResponseValue } from '../../../exam/paper/response.ts';
import type { SeatState } from '../../contract.ts';

export type Kept = 'typed' | 'seat' | 'room';

export interface KeeperView {
  readonly responses: Readonly<Record<string, ItemResponses>>;
  /** Items whose newest change is not on this seat's disk yet. */
  readonly unsent: number;
  /** The agent has not taken a change for so long that the candidate should call for help. */
  readonly trouble: boolean;
}

export interface KeeperOptions {
  readonly send: (item: string, responses: ItemResponses) => Promise<{ kept: 'seat' | 'room' }>;
  readonly responses: Readonly<Record<string, ItemResponses>>;
  readonly restMs?: number;
  readonly mostMs?: number;
  readonly retryMs?: number;
  readonly troubleMs?: number;
  readonly now?: () => number;
}

interface Waiting {
  /** Since when the oldest change that is not kept waits. */
  since: number;
  version: number;
  sending: boolean;
  timer: ReturnType<typeof setTimeout> | null;
  failed: boolean;
}

export class AnswerKeeper {
  readonly #options: Required<KeeperOptions>;
  readonly #waiting = new Map<string, Waiting>();
  readonly #listeners = new Set<() => void>();
  /** Room acknowledgements are believed only from states after the newest change. */
  readonly #kept = new Map<string, { kept: 'seat' | 'room'; revision: number }>();
  #revision = 0;
  #view: KeeperView;

  constructor(options: KeeperOptions) {
    this.#options = {
      restMs: 2_000,
      mostMs: 10_000,
      retryMs: 1_000,
      troubleMs: 10_000,
      now: () => performance.now(),
      ...options,
    };
    this.#view = { responses: options.responses, unsent: 0, trouble: false };
  }

  readonly view = (): KeeperView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** @param pace `typed`: more is probably coming; `chosen`: keep it at once. */
  change(item: string, response: string, value: ResponseValue, pace: 'typed' | 'chosen'): void {
    const { now, restMs, mostMs } = this.#options;
    const responses = {
      ...this.#view.responses,
      [item]: { ...this.#view.responses[item], [response]: value },
    };
    const waiting = this.#waiting.get(item) ?? {
      since: now(),
      version: 0,
      sending: false,
      timer: null,
      failed: false,
    };
    waiting.version++;
    this.#waiting.set(item, waiting);
    this.#show({ responses });
    const delay = pace === 'chosen' ? 0 : Math.max(0, Math.min(restMs, waiting.since + mostMs - now()));
    if (!waiting.failed || pace === 'chosen') this.#schedule(item, waiting, delay);
  }

  /** Sends everything now. @returns whether all of it is kept at this seat. */
  async flush(): Promise<boolean> {
    await Promise.all([...this.#waiting.keys()].map((item) => this.#send(item)));
    // A change that came while an older one of its item was under way goes now.
    await Promise.all([...this.#waiting.keys()].map((item) => this.#send(item)));
    return this.#waiting.size === 0;
  }

  /** What is not kept yet, for a last request while the page goes away. */
  unsent(): { item: string; responses: ItemResponses }[] {
    return [...this.#waiting.keys()].map((item) => ({ item, responses: this.#view.responses[item] ?? {} }));
  }

  /** Takes what the agent says about what is kept. */
  takeState(state: Pick<SeatState, 'kept' | 'revision'>): void {
    this.#revision = state.revision;
    for (const [item, kept] of Object.entries(state.kept)) {
      const known = this.#kept.get(item);
      if (known && state.revision <= known.revision) continue;
      this.#kept.set(item, { kept, revision: state.revision });
    }
    this.#show({});
  }

  /** Where the newest change of an item is; undefined when it was never answered. */
  keptOf(item: string): Kept | undefined {
    return this.#waiting.has(item) ? 'typed' : this.#kept.get(item)?.kept;
  }

  /** The state of all answers together: that of the one which is kept least. */
  overall(): Kept | undefined {
    if (this.#waiting.size > 0) return 'typed';
    const all = [...this.#kept.values()];
    if (all.length === 0) return undefined;
    return all.some((one) => one.kept === 'seat') ? 'seat' : 'room';
  }

  #schedule(item: string, waiting: Waiting, delayMs: number): void {
    if (waiting.timer !== null) clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => void this.#send(item), delayMs);
  }

  async #send(item: string): Promise<void> {
    const waiting = this.#waiting.get(item);
    if (!waiting || waiting.sending) return;
    if (waiting.timer !== null) clearTimeout(waiting.timer);
    waiting.timer = null;
    waiting.sending = true;
    const { version } = waiting;
    const began = this.#options.now();
    try {
      const { kept } = await this.#options.send(item, this.#view.responses[item] ?? {});
      waiting.failed = false;
      this.#kept.set(item, { kept, revision: this.#revision });
      if (waiting.version === version) this.#waiting.delete(item);
      else waiting.since = began;
    } catch {
      // Not kept: shown as such, and sent again until it is.
      waiting.failed = true;
    }
    waiting.sending = false;
    if (this.#waiting.has(item))
      this.#schedule(item, waiting, waiting.failed ? this.#options.retryMs : this.#options.restMs);
    this.#show({});
  }

  #show(change: Partial<KeeperView>): void {
    const oldest = Math.min(
      ...[...this.#waiting.values()].filter((one) => one.failed).map((one) => one.since),
    );
    this.#view = {
      ...this.#view,
      ...change,
      unsent: this.#waiting.size,
      trouble: this.#options.now() - oldest > this.#options.troubleMs,
    };
    for (const listener of this.#listeners) listener();
  }
}
