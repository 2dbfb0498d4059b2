/** A printer of the network that speaks IPP and lays what it prints into a folder: one page of paper after the other, at its own pace. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { ServedPrinter } from '../../src/hardware/printer/ipp/server.fixture.ts';

const completed = 9;
/** A kit takes a real one half a minute. */
const perKitMs = 200;

export class OfficePrinter {
  readonly #served = new ServedPrinter();
  readonly #tray: string;
  #timer: NodeJS.Timeout | null = null;
  #printing = false;
  #hasPaper = true;

  /** @param tray the folder */
  constructor(tray: string) {
    this.#tray = tray;
  }

  /** @returns its address */
  async start(): Promise<string> {
    const url = await this.#served.start();
    this.#timer = setInterval(() => void this.#printNext(), perKitMs);
    return url;
  }

  /** Jobs that it was given. */
  get received(): number {
    return this.#served.documents.length;
  }

  /** It takes jobs and prints none. */
  takePaperOut(): void {
    this.#hasPaper = false;
  }

  putPaperIn(): void {
    this.#hasPaper = true;
  }

  /** Its lamp is out: whatever it was given has come out. */
  get atRest(): boolean {
    return [...this.#served.jobs.values()].every(({ state }) => state >= completed);
  }

  async end(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#served.end();
  }

  async #printNext(): Promise<void> {
    if (this.#printing || !this.#hasPaper) return;
    const [next] = [...this.#served.jobs.values()].filter(({ state }) => state < completed);
    if (!next) return;
    this.#printing = true;
    const document = this.#served.documents[next.id - 1];
    if (!document) throw new Error(`job ${next.id} without a document`);
    const pdf = await PDFDocument.load(document, { updateMetadata: false });
    // The job's own id stands first: it would sort the tray by chance.
    const [id = '', ...name] = next.name.split(' ');
    writeFileSync(join(this.#tray, `${name.join(' ')} ${id}.pdf`.replaceAll(/[\\/:*?"<>|]/g, ' ')), document);
    next.sheets = pdf.getPageCount();
    next.state = completed;
    this.#printing = false;
  }
}
