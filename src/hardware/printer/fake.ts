/** Printers in memory that run out of paper, jam, lie or vanish on demand: for tests of whatever prints. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { checkOrder } from './order.ts';
import {
  isOver,
  type FoundPrinter,
  type Printer,
  type PrinterAddress,
  type PrinterCondition,
  type Printers,
  type PrinterState,
  type PrintJob,
  type PrintJobState,
  type PrintOrder,
} from './port.ts';

/** Those that come in the middle of a job do so after half of its sheets. */
export type PrinterFault =
  /** In the middle: the job is held until `seenTo`. */
  | 'out-of-paper'
  | 'jam'
  /** The jam eats the second half, and the printer calls the job completed. */
  | 'jam-called-completed'
  | 'aborts'
  | 'busy'
  | 'refuses-format'
  /** In the middle: it does not answer until `back`, and goes on then. */
  | 'vanishes'
  /** In the middle: it does not answer until `back`, and knows of nothing then. */
  | 'power-cut'
  /** It takes the job, and nobody hears that it did. */
  | 'answer-lost';

interface FakeJob {
  readonly order: PrintOrder;
  readonly fault: PrinterFault | null;
  readonly sheets: number;
  state: PrintJobState;
  said: number;
  cameOut: number;
  met: boolean;
}

export class FakePrinter implements Printer {
  readonly address: PrinterAddress;
  readonly #sheetsPerCopy: number;
  readonly #jobs = new Map<string, FakeJob>();
  readonly #out = new Map<string, number>();
  #next: PrinterFault | null = null;
  #condition: PrinterCondition | null = null;
  #away: 'vanished' | 'without-power' | null = null;

  /** @param sheetsPerCopy how many sheets each copy of a job has. Each look at a job prints one. */
  constructor(name: string, sheetsPerCopy: number) {
    this.address = { way: 'ipp', url: `ipp://${name}/ipp/print`, pin: null };
    this.#sheetsPerCopy = sheetsPerCopy;
  }

  /** Of the next job. */
  failNext(fault: PrinterFault): void {
    this.#next = fault;
  }

  /** Paper was put in, the jam was cleared. */
  seenTo(): void {
    this.#condition = null;
    for (const job of this.#jobs.values()) if (job.state === 'held') job.state = 'printing';
  }

  back(): void {
    if (this.#away === 'without-power') this.#jobs.clear();
    this.#away = null;
  }

  /** Sheets that lie in the tray in truth, whatever the printer says. */
  cameOut(id: string): number {
    return this.#out.get(id) ?? 0;
  }

  async state(): Promise<Result<PrinterState>> {
    if (this.#away) return this.#unreachable();
    const busy = [...this.#jobs.values()].some((job) => !isOver(told(job)));
    return ok({
      standing: this.#condition ? 'stopped' : busy ? 'busy' : 'ready',
      conditions: this.#condition ? [this.#condition] : [],
      words: this.#condition ? [`fake: ${this.#condition}`] : [],
    });
  }

  async abilities() {
    return this.#away ? this.#unreachable() : ok({ duplex: true, mostCopies: 99 });
  }

  async print(order: PrintOrder): Promise<Result<PrintJob>> {
    const fits = checkOrder(order);
    if (!fits.ok) return fits;
    if (this.#away) return this.#unreachable();
    const before = this.#jobs.get(order.id);
    if (before) return ok(told(before));
    const fault = this.#next;
    this.#next = null;
    if (fault === 'busy') return refuse({ type: 'printer-busy', address: this.#name });
    if (fault === 'refuses-format') return refuse({ type: 'printer-no-pdf', takes: 'image/pwg-raster' });
    const sheets = order.copies * this.#sheetsPerCopy;
    const job: FakeJob = { order, fault, sheets, state: 'accepted', said: 0, cameOut: 0, met: false };
    this.#jobs.set(order.id, job);
    return fault === 'answer-lost'
      ? refuse({ type: 'print-uncertain', address: this.#name, id: order.id })
      : ok(told(job));
  }

  async findJob(id: string): Promise<Result<PrintJob | null>> {
    if (this.#away) return this.#unreachable();
    const job = this.#jobs.get(id);
    if (!job) return ok(null);
    this.#goOn(job);
    return this.#away ? this.#unreachable() : ok(told(job));
  }

  async cancel(id: string): Promise<Result<PrintJob>> {
    if (this.#away) return this.#unreachable();
    const job = this.#jobs.get(id);
    if (!job) return refuse({ type: 'print-job-unknown', id });
    if (!isOver(told(job))) job.state = 'cancelled';
    return ok(told(job));
  }

  get #name(): string {
    return this.address.way === 'ipp' ? this.address.url : '';
  }

  #unreachable(): Result<never> {
    return refuse({ type: 'device-unreachable', address: this.#name, code: 'ECONNREFUSED', sent: false });
  }

  #goOn(job: FakeJob): void {
    if (isOver(told(job)) || job.state === 'held') return;
    job.state = 'printing';
    if (!job.met && job.said >= Math.floor(job.sheets / 2) && this.#meets(job)) return;
    job.said++;
    if (!(job.met && job.fault === 'jam-called-completed')) job.cameOut++;
    this.#out.set(job.order.id, job.cameOut);
    if (job.said >= job.sheets) job.state = 'completed';
  }

  /** @returns whether it stands still for now */
  #meets(job: FakeJob): boolean {
    job.met = true;
    switch (job.fault) {
      case 'out-of-paper':
      case 'jam':
        this.#condition = job.fault;
        job.state = 'held';
        return true;
      case 'aborts':
        job.state = 'aborted';
        return true;
      case 'vanishes':
        this.#away = 'vanished';
        return true;
      case 'power-cut':
        this.#away = 'without-power';
        return true;
      default:
        return false;
    }
  }
}

export class FakePrinters implements Printers {
  /** What a search finds. */
  inNetwork: readonly FoundPrinter[] = [];
  readonly #printers = new Map<string, { readonly printer: FakePrinter; readonly about: string }>();

  create(name: string, sheetsPerCopy = 4, about = 'Fake'): FakePrinter {
    const printer = new FakePrinter(name, sheetsPerCopy);
    this.#printers.set(name, { printer, about });
    return printer;
  }

  async list(): Promise<Result<readonly FoundPrinter[]>> {
    return ok(
      [...this.#printers].map(([name, { printer, about }]) => ({ address: printer.address, name, about })),
    );
  }

  async search(): Promise<readonly FoundPrinter[]> {
    return this.inNetwork;
  }

  open(address: PrinterAddress): Result<Printer> {
    const found = [...this.#printers.values()].find(
      ({ printer }) => JSON.stringify(printer.address) === JSON.stringify(address),
    );
    return found
      ? ok(found.printer)
      : refuse({ type: 'printer-address-unusable', address: JSON.stringify(address) });
  }
}

function told({ order, state, said, fault }: FakeJob): PrintJob {
  const words = state === 'held' || state === 'aborted' ? [`fake: ${fault}`] : [];
  return { id: order.id, state, sheets: said, impressions: null, words };
}
