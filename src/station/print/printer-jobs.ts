/** What the printer has and says of it. All of it may be lost at any moment, and is asked for again at the printer. */
import { refuse, type Refusal, type Result } from '../../base/result.ts';
import { followJob } from '../../hardware/printer/follow.ts';
import { isOver, type Printer, type PrinterState, type PrintJob } from '../../hardware/printer/port.ts';
import type { Station } from '../station.ts';
import { printSettings } from './print-settings.ts';

export interface JobNow {
  readonly name: string;
  readonly kit: string | null;
  /** Sheets of paper that it has to give; null: not known any more. */
  readonly papers: number | null;
  readonly said: PrintJob | null;
  /** Why nothing is known of it now. */
  readonly refusal: Refusal | null;
}

interface Word {
  readonly says: 'out' | 'unsure' | 'nothing';
  readonly words: string;
}

interface Listener {
  /** The last word on a job. */
  says(job: string, word: Word): Promise<void>;
  failed(error: unknown): void;
  /** The printer has one job less. */
  free(): void;
}

const lookEveryMs = 3_000;

export class PrinterJobs {
  readonly #station: Station;
  readonly #pace: { readonly followEveryMs?: number };
  readonly #listener: Listener;
  readonly #jobs = new Map<string, JobNow>();
  readonly #following = new Map<string, AbortController>();
  #looked: { readonly at: number; readonly state: Result<PrinterState> | null } = { at: 0, state: null };

  constructor(station: Station, pace: { readonly followEveryMs?: number }, listener: Listener) {
    this.#station = station;
    this.#pace = pace;
    this.#listener = listener;
  }

  jobs(): ReadonlyMap<string, JobNow> {
    return this.#jobs;
  }

  /** Kits that it has and of which it has not said the last word. */
  get kits(): number {
    return [...this.#following.keys()].filter((id) => this.#jobs.get(id)?.kit !== null).length;
  }

  isFollowed(id: string): boolean {
    return this.#following.has(id);
  }

  /** Refusals: `printer-not-chosen`, those of opening one. */
  printer(): Result<Printer> {
    const { printer } = printSettings(this.#station);
    return printer ? this.#station.printers.open(printer.address) : refuse({ type: 'printer-not-chosen' });
  }

  /** As it was when it was asked last; asks again, and tells when it knows. */
  state(): Result<PrinterState> | null {
    const { at, state } = this.#looked;
    if (performance.now() - at > lookEveryMs || at === 0) {
      this.#looked = { at: performance.now(), state };
      void this.#look();
    }
    return state;
  }

  forgetState(): void {
    this.#looked = { at: 0, state: null };
  }

  note(id: string, job: JobNow): void {
    this.#jobs.set(id, job);
  }

  follow(id: string, job: JobNow, printer: Printer): void {
    this.note(id, job);
    void this.#follow(id, printer);
  }

  /** It is not asked for any more. */
  leave(id: string): void {
    this.#following.get(id)?.abort();
  }

  async #look(): Promise<void> {
    const printer = this.printer();
    const state = printer.ok ? await printer.value.state() : printer;
    const before = JSON.stringify(this.#looked.state);
    this.#looked = { at: performance.now(), state };
    if (JSON.stringify(state) !== before && !this.#station.ended.aborted) this.#station.changed.notify();
  }

  async #follow(id: string, printer: Printer): Promise<void> {
    const stop = new AbortController();
    this.#following.set(id, stop);
    const signal = AbortSignal.any([stop.signal, this.#station.ended]);
    const { followEveryMs: everyMs } = this.#pace;
    try {
      for await (const now of followJob(printer, id, { signal, ...(everyMs !== undefined && { everyMs }) })) {
        if (signal.aborted) return;
        const job = this.#jobs.get(id);
        if (job)
          this.#jobs.set(id, {
            ...job,
            said: now.ok ? now.value : job.said,
            refusal: now.ok ? null : now.refusal,
          });
        this.#looked = { ...this.#looked, at: 0 };
        this.#station.changed.notify();
        const word = wordOf(now);
        if (word) await this.#listener.says(id, word);
      }
    } catch (error) {
      this.#listener.failed(error);
    } finally {
      this.#following.delete(id);
      if (!this.#station.ended.aborted) this.#listener.free();
    }
  }
}

/** What is entered of a job; null: it goes on. */
function wordOf(now: Result<PrintJob>): Word | null {
  if (!now.ok)
    return now.refusal.type === 'print-job-unknown' ? { says: 'unsure', words: now.refusal.type } : null;
  if (!isOver(now.value)) return null;
  const words = [now.value.state, ...now.value.words].join(' · ').slice(0, 400);
  return { says: now.value.state === 'completed' ? 'out' : 'nothing', words };
}
