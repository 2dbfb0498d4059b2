/**
 * Kits on their way to the printer: what waits, what the printer has, what it says of it. Only what is entered in the journal counts; all that is here
 * may be lost at any moment, and is asked for again at the printer.
 *
 * Order of each kit: its PDF in memory → `print-sent` entered → the printer gets it → what the printer says entered → the organiser's verdict.
 */
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { Words } from '../../exam/form/template.ts';
import { mayUse } from '../../exam/paper-day/grant.ts';
import { nextReserve, openJobs, usedUp, type PrintRun } from '../../exam/paper-day/print-run.ts';
import type { Printer } from '../../hardware/printer/port.ts';
import { failureRefusal } from '../../journal/journal.ts';
import type { OpenDay, Station } from '../station.ts';
import { additionalFor, kitsFor, PrintBook, reserveOrder } from './book.ts';
import { additionalDocument, kitDocument, Papers, type PrintPlace } from './kit-document.ts';
import { printSettings, roomHere, type ChosenPrinter } from './print-settings.ts';
import { PrinterJobs, type JobNow } from './printer-jobs.ts';
import { PrintedLists } from './printed-lists.ts';

/** What the printer may hold at once: when it jams, no more than these are in doubt. */
export const mostAtPrinter = 3;

interface Wish {
  readonly kit: string;
  readonly replaces: string | null;
  readonly language: keyof Words;
}

interface Sending {
  readonly id: string;
  readonly name: string;
  readonly kit: string | null;
  readonly pdf: Uint8Array;
  readonly papers: number;
  readonly twoSided: boolean;
}

export interface DeskPace {
  /** How often the printer is asked for a job. */
  readonly followEveryMs?: number;
  /** After how long a busy printer is tried again. */
  readonly retryMs?: number;
}

export class PrintDesk {
  readonly book: PrintBook;
  readonly lists: PrintedLists;
  readonly #station: Station;
  readonly #pace: DeskPace;
  readonly #papers = new Papers();
  readonly atPrinter: PrinterJobs;
  /** Entered as sent, and refused by a printer that surely took nothing: they go there again under the same id. */
  #unsent: Sending[] = [];
  #queue: Wish[] = [];
  #halted: Refusal | null = null;
  #working = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(station: Station, pace: DeskPace = {}) {
    this.#station = station;
    this.#pace = pace;
    this.book = new PrintBook(station);
    this.lists = new PrintedLists(station, this.book);
    this.atPrinter = new PrinterJobs(station, pace, {
      // Test pages and the like are nobody's kit.
      says: async (job, word) => {
        if (openJobs(this.book.run()).includes(job)) await this.book.do({ do: 'told', job, ...word });
      },
      failed: (error) => this.#fail(error),
      free: () => void this.#work(),
    });
    // A day that was closed takes its papers with it.
    station.changed.subscribe(() => {
      if (station.day() === null) this.#papers.forget();
    });
    this.recover();
  }

  get queue(): readonly string[] {
    return this.#queue.map(({ kit }) => kit);
  }

  get halted(): Refusal | null {
    return this.#halted;
  }

  /** Something of it is still to go to the printer. */
  get busy(): boolean {
    return this.#queue.length > 0 || this.#unsent.length > 0 || this.#working;
  }

  /** One after the other: two at once would make two ends. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** After the start, or with another printer: jobs of which nobody knows what came are looked up. */
  recover(): void {
    const printer = this.atPrinter.printer();
    if (!printer.ok) return;
    for (const id of openJobs(this.book.run())) {
      if (this.atPrinter.isFollowed(id) || this.#unsent.some((one) => one.id === id)) continue;
      const kit = [...this.book.run().kits.values()].find(({ job }) => job === id)?.kit ?? null;
      this.atPrinter.follow(
        id,
        { name: kit ?? id, kit, papers: null, said: null, refusal: null },
        printer.value,
      );
    }
  }

  /**
   * The next kits that are planned, as many, in their order.
   * @param from the first of them; null: the first that is free
   * @returns refusals of `#ready`, `kit-unknown`, `kits-beyond-key`, `no-kits-left`.
   */
  start(count: number, from: string | null, language: keyof Words): Result<number> {
    const ready = this.#ready();
    if (!ready.ok) return ready;
    const { run, day } = ready.value;
    const waiting = new Set(this.queue);
    const free = [...run.kits.values()].filter(
      ({ kit, reserve, fate }) => !reserve && fate === 'planned' && !waiting.has(kit),
    );
    const at = from === null ? 0 : free.findIndex(({ kit }) => kit === from);
    if (at === -1) return refuse({ type: 'kit-unknown', kit: from });
    const chosen = free.slice(at, at + count);
    if (chosen.length === 0) return refuse({ type: 'no-kits-left' });
    const used = usedUp(run) + waiting.size;
    if (used + chosen.length > day.kits) return refuse({ type: 'kits-beyond-key', allowed: day.kits, used });
    this.#queue.push(...chosen.map(({ kit }) => ({ kit, replaces: null, language })));
    this.resume();
    return ok(chosen.length);
  }

  /** A reserve kit in the place of a spoiled one. Refusals: of `#ready`, `kit-not-spoiled`, `kit-replaced-already`, `no-reserve-left`, `kits-beyond-key`. */
  replace(kit: string, language: keyof Words): Result<string> {
    const ready = this.#ready();
    if (!ready.ok) return ready;
    const { run, day } = ready.value;
    if (run.kits.get(kit)?.fate !== 'spoiled') return refuse({ type: 'kit-not-spoiled', kit });
    const by =
      [...run.kits.values()].find(({ replaces }) => replaces === kit)?.kit ??
      this.#queue.find(({ replaces }) => replaces === kit)?.kit;
    if (by !== undefined) return refuse({ type: 'kit-replaced-already', kit, by });
    const waiting = new Set(this.queue);
    const kits = new Map([...run.kits].filter(([name]) => !waiting.has(name)));
    const reserve = nextReserve({ ...run, kits }, reserveOrder(this.#station));
    if (reserve === null) return refuse({ type: 'no-reserve-left' });
    if (usedUp(run) + waiting.size + 1 > day.kits)
      return refuse({ type: 'kits-beyond-key', allowed: day.kits, used: usedUp(run) + waiting.size });
    this.#queue.push({ kit: reserve, replaces: kit, language });
    this.resume();
    return ok(reserve);
  }

  /** Sheets that are handed out one by one. Refusals: of `#ready`, `no-additional-left`, those of the run and of the printer. */
  async additional(count: number, language: keyof Words): Promise<Result<readonly string[]>> {
    const ready = this.#ready();
    if (!ready.ok) return ready;
    const { run, day, room, printer, chosen } = ready.value;
    const free = additionalFor(this.#station, day.plan, room)
      .map(({ number }) => number)
      .filter((number) => run.additional.get(number) === null);
    if (free.length < count) return refuse({ type: 'no-additional-left', left: free.length });
    const numbers = reserveOrder(this.#station) === 'start' ? free.slice(0, count) : free.slice(-count);
    const made = await additionalDocument(this.#place(day, room, chosen, language), numbers);
    if (!made.ok) return made;
    const opened = await this.#opened(day);
    if (!opened.ok) return opened;
    const id = newId();
    const entered = await this.book.do({ do: 'additional', sheets: numbers, job: id, room });
    if (!entered.ok) return entered;
    const twoSided = made.value.twoSided && chosen.canTwoSided;
    const papers = twoSided ? made.value.pages / 2 : made.value.pages;
    const name = `+${numbers.length}`;
    const sent = await this.#give(printer, {
      id,
      name,
      kit: null,
      pdf: made.value.content,
      papers,
      twoSided,
    });
    if (!sent.ok) return sent;
    return ok(numbers);
  }

  /** Something that is no kit: a test page, a protocol. Nothing is entered. */
  async printPlain(name: string, pdf: Uint8Array): Promise<Result<string>> {
    const printer = this.atPrinter.printer();
    if (!printer.ok) return printer;
    const id = newId();
    const taken = await printer.value.print({ id, name, pdf, copies: 1, sides: 'one-sided' });
    if (!taken.ok) return taken;
    const job = { name, kit: null, papers: null, said: taken.value, refusal: null };
    this.atPrinter.follow(id, job, printer.value);
    return ok(id);
  }

  /** Tries again what stands still. */
  resume(): void {
    this.#halted = null;
    this.#station.changed.notify();
    void this.#work();
  }

  /** What has not gone to the printer stays here. */
  stop(): void {
    this.#queue = [];
    this.#halted = null;
    this.#station.changed.notify();
  }

  /** Asks the printer to leave it. What it says then is followed as before. Refusals: `job-unknown`, those of the printer. */
  async cancel(id: string): Promise<Result<void>> {
    if (!this.atPrinter.jobs().has(id)) return refuse({ type: 'job-unknown', job: id });
    const printer = this.atPrinter.printer();
    if (!printer.ok) return printer;
    const cancelled = await printer.value.cancel(id);
    return cancelled.ok ? ok() : cancelled;
  }

  /** The printer will not say any more: the organiser looks what came out. Refusals: `job-unknown`. */
  async askNoMore(id: string): Promise<Result<void>> {
    this.#unsent = this.#unsent.filter((one) => one.id !== id);
    const told = await this.book.do({ do: 'told', job: id, says: 'unsure', words: '' });
    this.atPrinter.leave(id);
    if (!told.ok) return told;
    if (this.#unsent.length === 0) this.resume();
    return ok();
  }

  /** Refusals: `run-finished`, `station-disk-older`, `key-not-activated`, those of `mayUse`, `print-room-not-chosen`, `printer-not-chosen`, `folder-printer-formal`. */
  #ready(): Result<{
    run: PrintRun;
    day: OpenDay;
    room: string;
    printer: Printer;
    chosen: ChosenPrinter;
  }> {
    const station = this.#station;
    const run = this.book.run();
    if (run.finished) return refuse({ type: 'run-finished' });
    const older = this.lists.problem();
    if (older) return refuse(older);
    const [day, settings, room] = [station.day(), station.settings(), roomHere(station)];
    if (!day || !settings) return refuse({ type: 'key-not-activated' });
    const use = mayUse(day.grant, { ...settings, station: settings.number }, station.node.clock.now());
    if (!use.ok) return use;
    if (room === null) return refuse({ type: 'print-room-not-chosen' });
    const { printer: chosen } = printSettings(station);
    const printer = this.atPrinter.printer();
    if (!chosen || !printer.ok) return printer.ok ? refuse({ type: 'printer-not-chosen' }) : printer;
    // Whoever can read the folder has the papers of an exam that counts.
    if (chosen.address.way === 'folder' && station.admission()?.project.mode !== 'mock')
      return refuse({ type: 'folder-printer-formal' });
    return ok({ run, day, room, printer: printer.value, chosen });
  }

  #place(day: OpenDay, room: string, { twoSided }: ChosenPrinter, language: keyof Words): PrintPlace {
    const event = this.#station.materials()?.event;
    if (!event) throw new Error('a day is open without materials');
    return { day, event, room, language, twoSided, at: this.#station.node.clock.now() };
  }

  /** That this key opened the day here is entered before the first kit that it allows. */
  async #opened(day: OpenDay): Promise<Result<void>> {
    const said = { grant: day.grant.number, kits: day.kits, token: day.token };
    const before = this.book.opened();
    if (before && JSON.stringify({ ...before }) === JSON.stringify(said)) return ok();
    const entered = await this.book.do({ do: 'open', ...said });
    return entered.ok ? ok() : entered;
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      while (!this.#station.ended.aborted && this.#halted === null) {
        const [unsent] = this.#unsent;
        const [wish] = this.#queue;
        if (this.atPrinter.kits >= mostAtPrinter || (!unsent && !wish)) break;
        const sent = unsent ? await this.#giveAgain(unsent) : await this.#sendKit(wish as Wish);
        if (!sent.ok) this.#halt(sent.refusal);
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#working = false;
      if (!this.#station.ended.aborted) this.#station.changed.notify();
    }
  }

  async #sendKit({ kit: name, replaces, language }: Wish): Promise<Result<void>> {
    const ready = this.#ready();
    if (!ready.ok) return ready;
    const { run, day, room, printer, chosen } = ready.value;
    const planned = kitsFor(this.#station, day.plan, room).find(({ kit }) => kit === name);
    if (!planned) return refuse({ type: 'kit-unknown', kit: name });
    const copy = replaces === null ? 1 : (run.kits.get(replaces)?.copy ?? 0) + 1;
    const made = await kitDocument(this.#place(day, room, chosen, language), planned, copy, this.#papers);
    if (!made.ok) return made;
    // Nothing is used up for a printer that is not there.
    const there = await printer.state();
    if (!there.ok) return there;
    const opened = await this.#opened(day);
    if (!opened.ok) return opened;
    // Taken back, or the program told to end, while the PDF was made.
    if (this.#station.ended.aborted || !this.queue.includes(name)) return ok();
    const id = newId();
    const entered = await this.book.do({
      do: 'send',
      kits: [name],
      job: id,
      room,
      ...(replaces !== null && { replaces }),
    });
    this.#queue = this.#queue.filter(({ kit }) => kit !== name);
    if (!entered.ok) return entered;
    const { content, papers } = made.value;
    const given = await this.#give(printer, {
      id,
      name: `${planned.kit}${copy === 1 ? '' : `-${copy}`}`,
      kit: name,
      pdf: content,
      papers,
      twoSided: chosen.twoSided,
    });
    return given;
  }

  async #giveAgain(sending: Sending): Promise<Result<void>> {
    const printer = this.atPrinter.printer();
    if (!printer.ok) return printer;
    this.#unsent = this.#unsent.filter(({ id }) => id !== sending.id);
    return this.#give(printer.value, sending);
  }

  /** The printer gets it; the same id a second time is the same job. */
  async #give(printer: Printer, sending: Sending): Promise<Result<void>> {
    const { id, name, kit, pdf, papers, twoSided } = sending;
    // Killed here: it was entered as sent, and the printer does not know it.
    if (this.#station.ended.aborted) return ok();
    const job: JobNow = { name, kit, papers, said: null, refusal: null };
    this.atPrinter.note(id, job);
    const taken = await printer.print({
      id,
      name,
      pdf,
      copies: 1,
      sides: twoSided ? 'two-sided-long-edge' : 'one-sided',
    });
    if (!taken.ok && taken.refusal.type !== 'print-uncertain') {
      this.#unsent.push(sending);
      this.atPrinter.note(id, { ...job, refusal: taken.refusal });
      return taken;
    }
    this.atPrinter.follow(id, taken.ok ? { ...job, said: taken.value } : job, printer);
    return ok();
  }

  #halt(refusal: Refusal): void {
    this.#halted = refusal;
    if (refusal.type !== 'printer-busy') return;
    const timer = setTimeout(() => {
      if (this.#halted === refusal && !this.#station.ended.aborted) this.resume();
    }, this.#pace.retryMs ?? 5_000);
    timer.unref();
  }

  /** What goes on by itself has nobody to tell but the screen. */
  #fail(error: unknown): void {
    if (this.#station.ended.aborted) return;
    const refusal = failureRefusal(error);
    if (!refusal) this.#station.node.log.error({ error }, 'printing failed');
    this.#halt(refusal ?? { type: 'printing-failed', detail: String(error) });
    this.#station.changed.notify();
  }
}
