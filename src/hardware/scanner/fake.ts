/** Scanners in memory that jam, feed two sheets at once or vanish on demand: for tests of whatever scans. */
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import {
  whyNotScan,
  type FoundScanner,
  type ScannedPage,
  type Scanner,
  type ScannerAbilities,
  type ScannerAddress,
  type Scanners,
  type ScanRequest,
  type ScanStep,
} from './port.ts';
import { ended, failed } from './steps.ts';

export type ScannerFault = 'jam' | 'double-feed' | 'cover-open' | 'error' | 'vanishes' | 'unreadable-page';

export class FakeScanner implements Scanner {
  readonly address: ScannerAddress;
  abilitiesSaid: ScannerAbilities = {
    sources: ['feeder', 'flatbed'],
    duplex: true,
    dpi: [200, 300],
    grey: true,
  };
  readonly #waiting = new Map<string, ScannedPage>();
  #stack: Uint8Array[] = [];
  #fault: { readonly fault: ScannerFault; readonly after: number } | null = null;
  #run = 0;
  #gone = false;

  constructor(name: string) {
    this.address = { way: 'escl', url: `http://${name}/eSCL`, pin: null };
  }

  /** Each as a JPEG or TIFF; they lie in the feeder, the first on top. */
  lay(pages: readonly Uint8Array[]): void {
    this.#stack.push(...pages);
  }

  /** In the next scan, when so many pages came. */
  failNext(fault: ScannerFault, after = 0): void {
    this.#fault = { fault, after };
  }

  back(): void {
    this.#gone = false;
  }

  /** Pages that were given and not kept. */
  get waiting(): number {
    return this.#waiting.size;
  }

  async abilities(): Promise<Result<ScannerAbilities>> {
    return this.#gone ? refuse(this.#unreachable()) : ok(this.abilitiesSaid);
  }

  async *scan(request: ScanRequest): AsyncGenerator<ScanStep, void, undefined> {
    for (const [id, page] of this.#waiting) {
      if (request.isKept?.(id) === true) await page.kept();
      else yield { step: 'page', page };
    }
    const unable = this.#gone ? null : whyNotScan(this.abilitiesSaid, request);
    if (this.#gone || unable) {
      yield failed(unable ?? this.#unreachable());
      return;
    }
    const run = ++this.#run;
    for (let position = 1; ; position++) {
      if (request.signal?.aborted === true) yield ended('cancelled');
      else if (this.#fault && position > this.#fault.after) {
        const { fault } = this.#fault;
        this.#fault = null;
        if (fault === 'unreadable-page') {
          this.#stack.shift();
          yield { step: 'passed-over', refusal: { type: 'scan-page-unreadable', problem: 'fake' } };
          continue;
        }
        this.#gone = fault === 'vanishes';
        yield fault === 'vanishes' ? failed(this.#unreachable()) : ended(fault, [`fake: ${fault}`]);
      } else {
        const bytes = this.#stack.shift();
        if (bytes) {
          yield { step: 'page', page: this.#page(`${run}-${position}`, position, bytes, request) };
          if (request.source === 'feeder') continue;
        }
        yield ended('empty');
      }
      return;
    }
  }

  #page(id: string, position: number, bytes: Uint8Array, { format }: ScanRequest): ScannedPage {
    const page: ScannedPage = {
      id,
      position,
      bytes,
      format: format === 'jpeg' ? 'jpeg' : 'tiff',
      name: null,
      words: [],
      kept: async () => {
        this.#waiting.delete(id);
        return ok();
      },
    };
    this.#waiting.set(id, page);
    return page;
  }

  #unreachable(): Refusal {
    const address = this.address.way === 'escl' ? this.address.url : '';
    return { type: 'device-unreachable', address, code: 'ECONNREFUSED', sent: false };
  }
}

export class FakeScanners implements Scanners {
  /** What a search finds. */
  inNetwork: readonly FoundScanner[] = [];
  readonly #scanners = new Map<string, FakeScanner>();

  create(name: string): FakeScanner {
    const scanner = new FakeScanner(name);
    this.#scanners.set(name, scanner);
    return scanner;
  }

  async list(): Promise<Result<readonly FoundScanner[]>> {
    return ok([...this.#scanners].map(([name, { address }]) => ({ address, name, about: '' })));
  }

  async search(): Promise<readonly FoundScanner[]> {
    return this.inNetwork;
  }

  open(address: ScannerAddress): Result<Scanner> {
    const found = [...this.#scanners.values()].find(
      (one) => JSON.stringify(one.address) === JSON.stringify(address),
    );
    return found ? ok(found) : refuse({ type: 'scanner-address-unusable', address: JSON.stringify(address) });
  }
}
