/**
 * The scanner at work for one room. A page is a blob and a row before the scanner hears that it is kept: what was not kept when the program
 * was killed comes again from the scanner's side, and what was kept is known by its id.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type {
  ScanEnd,
  ScannedPage,
  Scanner,
  ScannerAddress,
  ScanRequest,
  ScanStep,
} from '../../hardware/scanner/port.ts';
import { diskRefusal } from '../../store/disk-refusal.ts';
import type { ScanDesk } from './desk.ts';
import type { ScannedPages } from './pages.ts';
import { chosenScanner, openScanner } from './scanner-choice.ts';

/** What pages are scanned with: more makes them larger and not better to read. */
const dpi = 200;
/** How long a watched folder is left alone after a look that found nothing new. */
const lookEveryMs = 500;

export interface ScanRun {
  readonly room: string;
  readonly startedAt: number;
  /** null: it is at work. */
  readonly end: ScanEnd | null;
  /** New pages that are here. */
  readonly pages: number;
  /** Pages that the scanner gave again, and that were here. */
  readonly again: number;
  /** Of a folder: what was left where it is. */
  readonly passedOver: readonly Refusal[];
  /** What the scanner said. */
  readonly words: readonly string[];
  readonly refusal: Refusal | null;
}

interface ScanPlace {
  readonly room: string;
  readonly pages: ScannedPages;
}

export class Scanning {
  readonly #desk: ScanDesk;
  #run: ScanRun | null = null;
  #work: Promise<void> = Promise.resolve();
  #stop = new AbortController();

  constructor(desk: ScanDesk) {
    this.#desk = desk;
  }

  /** The last one, or the one that is at work; null: there was none since the start. */
  get run(): ScanRun | null {
    return this.#run;
  }

  isAtWorkFor(room: string): boolean {
    return this.#run !== null && this.#run.end === null && this.#run.room === room;
  }

  /**
   * In turn with what people do with rooms: a room that is being closed gets no page that its package has not.
   * Refusals: `materials-missing`, `scan-under-way`, `scanner-not-chosen`, `scan-room-not-open`, those of `Scanners.open`.
   */
  start(room: string): Promise<Result<void>> {
    return this.#desk.inTurn(async ({ pages }) => this.#begin(room, pages));
  }

  #begin(room: string, pages: ScannedPages): Result<void> {
    if (this.#run && this.#run.end === null) return refuse({ type: 'scan-under-way', room: this.#run.room });
    if (this.#desk.room(room)?.open !== true) return refuse({ type: 'scan-room-not-open', room });
    const chosen = chosenScanner(this.#desk.station);
    if (!chosen) return refuse({ type: 'scanner-not-chosen' });
    const scanner = openScanner(this.#desk, chosen.address);
    if (!scanner.ok) return scanner;
    const { node } = this.#desk.station;
    this.#stop = new AbortController();
    this.#run = {
      room,
      startedAt: node.clock.now(),
      end: null,
      pages: 0,
      again: 0,
      passedOver: [],
      words: [],
      refusal: null,
    };
    const request: ScanRequest = {
      dpi,
      source: chosen.source,
      duplex: chosen.duplex,
      format: 'jpeg',
      signal: this.#stop.signal,
      isKept: (id) => this.#isKept({ room, pages }, chosen.address, id),
    };
    // Of the event for which it was begun, whatever materials are loaded meanwhile.
    this.#work = this.#scan({ room, pages }, scanner.value, request).catch((error: unknown) => {
      node.log.error({ err: error }, 'scanning ended by an error');
      this.#end('error', [], diskRefusal(error) ?? { type: 'scan-broke-off' });
    });
    this.#desk.told();
    return ok();
  }

  stop(): void {
    this.#stop.abort();
  }

  async close(): Promise<void> {
    this.stop();
    await this.#work;
  }

  /** When the scan that is under way has ended. */
  ended(): Promise<void> {
    return this.#work;
  }

  async #scan(place: ScanPlace, scanner: Scanner, request: ScanRequest): Promise<void> {
    const isFolder = scanner.address.way === 'folder';
    for (;;) {
      let last: Extract<ScanStep, { step: 'end' }> | null = null;
      for await (const step of scanner.scan(request)) {
        if (step.step === 'end') last = step;
        else if (step.step === 'passed-over') this.#passOver(step.refusal);
        else {
          const refusal = await this.#keep(place, scanner.address, step.page);
          if (refusal) {
            this.#end('error', [], refusal);
            return;
          }
        }
      }
      // A folder is watched: another program fills it as long as there are sheets.
      if (isFolder && last?.end === 'empty' && request.signal?.aborted !== true) {
        await wait(lookEveryMs, undefined, request.signal && { signal: request.signal }).catch(
          () => undefined,
        );
        continue;
      }
      this.#end(last?.end ?? 'error', last?.words ?? [], last?.refusal ?? null);
      return;
    }
  }

  /** @returns why it cannot be kept: the scanner has it still, and gives it again */
  async #keep(
    { room, pages }: ScanPlace,
    address: ScannerAddress,
    page: ScannedPage,
  ): Promise<Refusal | null> {
    const desk = this.#desk;
    const { node } = desk.station;
    try {
      const kept = await node.blobs.put(page.bytes);
      const row = pages.add({
        room,
        source: sourceOf(address, page.id),
        digest: kept.digest,
        bytes: kept.size,
        format: page.format,
        name: (page.name ?? '').normalize('NFC').slice(0, 200),
        words: page.words,
        at: node.clock.now(),
      });
      this.#tell((run) => ({
        ...run,
        pages: run.pages + 1,
        words: page.words.length > 0 ? page.words : run.words,
      }));
      if (row.reading === null) desk.reader.wake();
    } catch (error) {
      const refusal = diskRefusal(error);
      if (!refusal) throw error;
      return { ...refusal, path: node.data };
    }
    const done = await page.kept();
    // It is here: where it lay before is a matter for a person, and no reason to stop.
    if (!done.ok) this.#passOver(done.refusal);
    return null;
  }

  #isKept({ room, pages }: ScanPlace, address: ScannerAddress, id: string): boolean {
    const source = sourceOf(address, id);
    // Ids of devices are theirs alone: what was kept for the room before a kill is not the next room's. Files people move from room to room.
    const kept = address.way === 'folder' ? pages.ofSource(room, source) !== null : pages.hasSource(source);
    if (kept) this.#tell((run) => ({ ...run, again: run.again + 1 }));
    return kept;
  }

  #passOver(refusal: Refusal): void {
    // A folder that is watched says it again with each look.
    const said = JSON.stringify(refusal);
    if (this.#run?.passedOver.some((one) => JSON.stringify(one) === said)) return;
    this.#tell((run) => ({ ...run, passedOver: [...run.passedOver, refusal].slice(-50) }));
  }

  #end(end: ScanEnd, words: readonly string[], refusal: Refusal | null): void {
    this.#tell((run) => ({ ...run, end, words, refusal }));
  }

  #tell(change: (run: ScanRun) => ScanRun): void {
    if (this.#run) this.#run = change(this.#run);
    this.#desk.told();
  }
}

/** A scanner's ids are its own: another scanner may have the same. */
function sourceOf(address: ScannerAddress, id: string): string {
  return `${address.way} ${id}`;
}
