/** Answer packages that were exported at the screen: kept in the data folder, and given to the browser once each. */
import { createReadStream, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { toHex } from '../../base/bytes.ts';
import { randomBytes } from '../../base/ids.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Node } from '../../node/node.ts';
import type { ExportedPackage } from '../contract.ts';
import { exportAnswerPackage, packageFileName, readyToExport, type PackageSource } from './answer-package.ts';
import { SeatCode } from './seat-code.ts';

/** Long enough for the browser to come for it, ms. */
const offeredMs = 120_000;
const offersLimit = 20;

export class PackageShelf {
  readonly #node: Node;
  readonly #source: () => Promise<PackageSource>;
  readonly #code: SeatCode;
  readonly #offers = new Map<string, { readonly path: string; readonly until: number }>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(node: Node, source: () => Promise<PackageSource>) {
    this.#node = node;
    this.#source = source;
    this.#code = new SeatCode(node.clock);
  }

  async export(seatCode: string): Promise<Result<ExportedPackage>> {
    const ready = readyToExport(await this.#source());
    if (!ready.ok) return ready;
    const allowed = await this.#code.check(seatCode, ready.value.order.answerPackage.seatCode);
    if (!allowed.ok) return allowed;
    // One after the other: two would write the same file.
    const made = this.#last.then(() => this.#make());
    this.#last = made.catch(() => undefined);
    return made;
  }

  async #make(): Promise<Result<ExportedPackage>> {
    // Judged anew: the candidate may have left while the one before was made.
    const ready = readyToExport(await this.#source());
    if (!ready.ok) return ready;
    const folder = join(this.#node.data, 'answer-packages');
    await mkdir(folder, { recursive: true });
    const path = join(folder, packageFileName(ready.value));
    const made = await exportAnswerPackage(this.#node, ready.value, path);
    if (!made.ok) return made;
    this.#node.log.info({ path, id: made.value.manifest.id }, 'answer package exported');
    return ok({ ticket: this.#offer(path), fileName: basename(path), size: made.value.size, path });
  }

  #offer(path: string): string {
    const now = this.#node.clock.monotonic();
    for (const [ticket, { until }] of this.#offers) if (until <= now) this.#offers.delete(ticket);
    const [oldest] = this.#offers.keys();
    if (this.#offers.size >= offersLimit && oldest !== undefined) this.#offers.delete(oldest);
    const ticket = toHex(randomBytes(16));
    this.#offers.set(ticket, { path, until: now + offeredMs });
    return ticket;
  }

  /** @returns null: nothing is offered under that ticket, or not any more. */
  take(ticket: string): { fileName: string; size: number; body: ReadableStream } | null {
    const offer = this.#offers.get(ticket);
    this.#offers.delete(ticket);
    if (!offer || offer.until <= this.#node.clock.monotonic()) return null;
    const size = statSync(offer.path, { throwIfNoEntry: false })?.size;
    if (size === undefined) return null;
    const body = Readable.toWeb(createReadStream(offer.path)) as ReadableStream;
    return { fileName: basename(offer.path), size, body };
  }
}
