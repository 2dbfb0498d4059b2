/**
 * Printers, and what they say of a job. The port promises nothing beyond that: `completed` is the printer's word, and printers say it of jobs
 * that a jam ate. Whether a sheet came out, and is good, is the verdict of the person who stands beside it, and is kept apart from this.
 */
import type { Result } from '../../base/result.ts';

/** How a printer is reached; kept with a station's settings. */
export type PrinterAddress =
  /** In the network, by IPP. `url`: `ipp:`, `ipps:`, `http:` or `https:`; `pin`: SHA-256 of its certificate, hex, for the two with TLS. */
  | { readonly way: 'ipp'; readonly url: string; readonly pin: string | null }
  /** A queue of CUPS on this computer. */
  | { readonly way: 'cups'; readonly queue: string }
  /** A printer that Windows knows by this name. */
  | { readonly way: 'windows'; readonly name: string }
  /** No printer: each job becomes PDF files in a folder, for a dry run. */
  | { readonly way: 'folder'; readonly path: string };

export interface FoundPrinter {
  readonly address: PrinterAddress;
  readonly name: string;
  /** Maker, model or place, as it says itself; empty: it says nothing. */
  readonly about: string;
}

/** What a person can see to, or has to know. `other`: something that has no name here; the printer's words say it. */
export type PrinterCondition =
  | 'out-of-paper'
  | 'paper-low'
  | 'jam'
  | 'cover-open'
  | 'toner-empty'
  | 'toner-low'
  | 'output-full'
  | 'tray-missing'
  | 'paused'
  | 'not-accepting'
  /** Papers in the clear lie on this computer and cannot be removed; `words` begins with where. */
  | 'papers-left'
  | 'other';

export interface PrinterState {
  /** `stopped`: it stands still until somebody does something; `offline`: whoever stands for it (a queue, Windows) cannot reach it. */
  readonly standing: 'ready' | 'busy' | 'stopped' | 'offline';
  /** The most pressing first. */
  readonly conditions: readonly PrinterCondition[];
  /** What it said, as it said it. */
  readonly words: readonly string[];
}

/** What a printer can do, as far as it matters to whoever orders. */
export interface PrinterAbilities {
  /** Prints both sides. */
  readonly duplex: boolean;
  /** Of one job; null: it does not say. */
  readonly mostCopies: number | null;
}

export type Sides = 'one-sided' | 'two-sided-long-edge' | 'two-sided-short-edge';

export interface PrintOrder {
  /** The caller's own, unique for ever (`newId`): by it the job is found again after the station was killed. */
  readonly id: string;
  /** What people see at the printer. */
  readonly name: string;
  readonly pdf: Uint8Array;
  readonly copies: number;
  readonly sides: Sides;
}

/**
 * `accepted` → `printing` → `completed`, with `held` in between as often as it stands still until somebody does something (paper, a jam, a release
 * at its panel); `aborted` and `cancelled` end it from everywhere.
 */
export type PrintJobState = 'accepted' | 'printing' | 'held' | 'completed' | 'aborted' | 'cancelled';

export interface PrintJob {
  readonly id: string;
  readonly state: PrintJobState;
  /** Sheets of paper, all copies together, that it says it printed; null: it does not count them. */
  readonly sheets: number | null;
  /** Printed sides, likewise. Many printers count only these, some neither. */
  readonly impressions: number | null;
  readonly words: readonly string[];
}

export function isOver({ state }: PrintJob): boolean {
  return state === 'completed' || state === 'aborted' || state === 'cancelled';
}

/**
 * Refusals of all that asks one: `printer-gone` (a queue, a folder or a printer of Windows that is no longer there), `printer-unusable` (what answers is no
 * printer that is understood), `printer-refuses` (with its words), `printer-asks-for-password`, `printer-wants-tls`, and those of
 * `network-device/ask.ts` and `run-program.ts`.
 */
export interface Printer {
  readonly address: PrinterAddress;
  state(): Promise<Result<PrinterState>>;
  abilities(): Promise<Result<PrinterAbilities>>;
  /**
   * Resolves when the printer has taken it. A job of this id that the printer still knows is not sent again: its state is the answer.
   * Also: `printer-no-pdf` (with what it takes), `printer-no-duplex`, `printer-too-many-copies`, `printer-busy`, `printer-not-accepting`,
   * `print-no-pdf` (the bytes are none), `print-too-large`, `print-folder-full`, `print-folder-not-writable`, and
   * `print-uncertain`: nobody knows whether it was taken, only `findJob` can tell.
   */
  print(order: PrintOrder): Promise<Result<PrintJob>>;
  /** @returns null: the printer knows of no such job, or no longer; printers forget those that are over within minutes. */
  findJob(id: string): Promise<Result<PrintJob | null>>;
  /** What is over stays as it is. Sheets that are on their way still come out. Also: `print-job-unknown`. */
  cancel(id: string): Promise<Result<PrintJob>>;
}

export interface Printers {
  /**
   * Those that this computer knows. A printer of the network that it does not know is opened by its address.
   * Refusals: those of all that asks a printer.
   */
  list(): Promise<Result<readonly FoundPrinter[]>>;
  /** Those that answer in this computer's networks, after some seconds; none of them is believed. */
  search(): Promise<readonly FoundPrinter[]>;
  /** Asks nothing yet. Refusals: `printer-address-unusable`, `printer-not-on-this-system`. */
  open(address: PrinterAddress): Result<Printer>;
}
