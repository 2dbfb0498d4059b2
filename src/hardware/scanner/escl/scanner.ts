/** Scanners of the network that speak eSCL (AirScan): a job for each stack, whose pages are fetched one by one until there are no more. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { utf8 } from '../../../base/bytes.ts';
import { ok, refuse, type Refusal, type Result } from '../../../base/result.ts';
import { askDevice, type DeviceAddress, type DeviceAnswer } from '../../network-device/ask.ts';
import { asPage } from '../page-image.ts';
import {
  whyNotScan,
  type Scanner,
  type ScannerAbilities,
  type ScannerAddress,
  type ScanRequest,
  type ScanStep,
} from '../port.ts';
import { Staging } from '../staging.ts';
import { ended, failed } from '../steps.ts';
import { abilitiesOf, scanSettings, statusOf, type EsclAbilities, type ScannerStatus } from './words.ts';
import { readXml, type Element } from './xml.ts';

const mostXmlBytes = 1024 * 1024;
/** An A4 page at 600 dpi in colour, hardly compressed. */
const mostPageBytes = 128 * 1024 * 1024;
const retryMs = 250;
/** How often a page that is not ready yet is asked for: together some minutes. */
const mostRetries = 1200;
/** A sheet takes its time. */
const pagePatienceMs = 120_000;

export class EsclScanner implements Scanner {
  readonly address: ScannerAddress;
  readonly #device: DeviceAddress;
  readonly #staging: Staging;
  readonly #jobFile: string;

  constructor(address: ScannerAddress, device: DeviceAddress, staging: string) {
    this.address = address;
    this.#device = device;
    this.#staging = new Staging(staging);
    this.#jobFile = join(staging, 'job');
  }

  async abilities(): Promise<Result<ScannerAbilities>> {
    const found = await this.#abilities();
    if (!found.ok) return found;
    const { sources, duplex, dpi, grey } = found.value;
    return ok({ sources, duplex, dpi, grey });
  }

  async *scan(request: ScanRequest): AsyncGenerator<ScanStep, void, undefined> {
    const run = yield* this.#staging.begin(request.isKept);
    const job = run.ok ? await this.#start(request) : run;
    if (!run.ok || !job.ok) {
      yield failed((job as { refusal: Refusal }).refusal);
      return;
    }
    if (typeof job.value !== 'string') {
      yield job.value;
      return;
    }
    try {
      yield* this.#pages(request, run.value, job.value);
    } finally {
      // A job that nobody ends keeps the scanner from others.
      await this.#ask(job.value, { method: 'DELETE', mostBytes: mostXmlBytes });
      await rm(this.#jobFile, { force: true });
    }
  }

  /** @returns the path of the job, or how the scan ended before it began */
  async #start(request: ScanRequest): Promise<Result<string | ScanStep>> {
    const able = await this.#abilities();
    if (!able.ok) return able;
    const unable = whyNotScan(able.value, request);
    if (unable) return refuse(unable);
    await this.#endFormerJob();
    const status = await this.#status();
    if (!status.ok) return status;
    if (status.value.state === 'Processing') return refuse({ type: 'scanner-busy', address: this.#name });
    if (request.source === 'feeder') {
      if (status.value.fault) return ok(ended(status.value.fault, status.value.words));
      if (status.value.empty) return ok(ended('empty', status.value.words));
    }
    const answer = await this.#ask(`${this.#root}/ScanJobs`, {
      method: 'POST',
      type: 'text/xml',
      body: [utf8(scanSettings(able.value, request))],
      mostBytes: mostXmlBytes,
    });
    if (!answer.ok) return answer;
    if (answer.value.status === 503) return refuse({ type: 'scanner-busy', address: this.#name });
    const location = answer.value.headers['location'];
    if (answer.value.status !== 201 || location === undefined) return this.#unusable(answer.value);
    const job = this.#ownPath(location);
    if (job === null) return refuse({ type: 'scanner-unusable', address: this.#name, problem: 'Location' });
    try {
      await writeFile(this.#jobFile, job);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      await this.#ask(job, { method: 'DELETE', mostBytes: mostXmlBytes });
      return refuse({ type: 'scan-page-not-written', path: this.#jobFile, code });
    }
    return ok(job);
  }

  async *#pages(request: ScanRequest, run: string, job: string): AsyncGenerator<ScanStep, void, undefined> {
    const cancelled = (): boolean => request.signal?.aborted === true;
    let retries = 0;
    for (let position = 1; ;) {
      if (cancelled()) {
        yield ended('cancelled');
        return;
      }
      const answer = await this.#ask(`${job}/NextDocument`, {
        method: 'GET',
        mostBytes: mostPageBytes,
        patienceMs: pagePatienceMs,
        ...(request.signal && { signal: request.signal }),
      });
      if (!answer.ok) {
        yield cancelled() ? ended('cancelled') : failed(answer.refusal);
        return;
      }
      if (answer.value.status === 503 && retries++ < mostRetries) {
        await wait(retryMs, undefined, request.signal && { signal: request.signal }).catch(() => undefined);
        continue;
      }
      if (answer.value.status !== 200) {
        yield await this.#end(job, answer.value, request, position - 1);
        return;
      }
      retries = 0;
      const image = await asPage(answer.value.body, request);
      const page = image.ok ? await this.#staging.add(run, position, image.value, []) : null;
      if (page && !page.ok) {
        yield failed(page.refusal);
        return;
      }
      position++;
      if (page?.ok === true) yield { step: 'page', page: page.value };
      else if (!image.ok) yield { step: 'passed-over', refusal: image.refusal };
    }
  }

  /** No further page: whether that is because there are none, the status tells. */
  async #end(job: string, answer: DeviceAnswer, request: ScanRequest, pages: number): Promise<ScanStep> {
    const status = await this.#status();
    if (!status.ok) return failed(status.refusal);
    const { fault, words, job: jobNamed } = status.value;
    const said = jobNamed(job);
    if (request.source === 'feeder' && fault) return ended(fault, [...words, ...(said?.words ?? [])]);
    if (said?.state === 'Canceled') return ended('cancelled', said.words);
    if (said?.state === 'Aborted') return ended('error', [...said.words, ...words]);
    if (answer.status !== 404) {
      const refused = this.#unusable(answer);
      return failed(refused.ok ? { type: 'scanner-gone', name: this.#name } : refused.refusal, words);
    }
    // The glass always has something to scan.
    return request.source === 'flatbed' && pages === 0 ? ended('error', words) : ended('empty');
  }

  /** One that a kill left behind: its pages are gone with the answers that nobody read. */
  async #endFormerJob(): Promise<void> {
    const former = await readFile(this.#jobFile, 'utf8').catch(() => null);
    if (former === null || this.#ownPath(former) === null) return;
    await this.#ask(former, { method: 'DELETE', mostBytes: mostXmlBytes });
    await rm(this.#jobFile, { force: true });
  }

  get #name(): string {
    return new URL(this.#device.url).host;
  }

  get #root(): string {
    return new URL(this.#device.url).pathname.replace(/\/$/, '');
  }

  /** Scanners say a whole address, often with another name of theirs: only the path counts, and only one below their own. */
  #ownPath(location: string): string | null {
    if (!URL.canParse(location, this.#device.url)) return null;
    const { pathname } = new URL(location, this.#device.url);
    return pathname.startsWith(`${this.#root}/ScanJobs/`) ? pathname.replace(/\/$/, '') : null;
  }

  async #abilities(): Promise<Result<EsclAbilities>> {
    const found = await this.#document('ScannerCapabilities');
    return found.ok ? ok(abilitiesOf(found.value)) : found;
  }

  async #status(): Promise<Result<ScannerStatus>> {
    const found = await this.#document('ScannerStatus');
    return found.ok ? ok(statusOf(found.value)) : found;
  }

  async #document(name: string): Promise<Result<Element>> {
    const answer = await this.#ask(`${this.#root}/${name}`, { method: 'GET', mostBytes: mostXmlBytes });
    if (!answer.ok) return answer;
    if (answer.value.status !== 200) return this.#unusable(answer.value);
    const read = readXml(answer.value.body);
    return read.ok && read.value.name === name
      ? read
      : refuse({ type: 'scanner-unusable', address: this.#name, problem: name });
  }

  #unusable({ status }: DeviceAnswer): Result<never> {
    const address = this.#name;
    if (status === 401 || status === 403) return refuse({ type: 'scanner-asks-for-password', address });
    if (status === 503) return refuse({ type: 'scanner-busy', address });
    return status >= 500 || status === 409
      ? refuse({ type: 'scanner-refuses', address, problem: `HTTP ${status}` })
      : refuse({ type: 'scanner-unusable', address, problem: `HTTP ${status}` });
  }

  #ask(path: string, asked: Parameters<typeof askDevice>[2]): Promise<Result<DeviceAnswer>> {
    return askDevice(this.#device, path, asked);
  }
}

/** Refusal: `scanner-address-unusable`. */
export function openEscl(url: string, pin: string | null, staging: string): Result<Scanner> {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.search !== '')
    return refuse({ type: 'scanner-address-unusable', address: url });
  if (parsed.pathname === '/') parsed.pathname = '/eSCL';
  return ok(
    new EsclScanner(
      { way: 'escl', url, pin },
      { url: parsed.href, pin: parsed.protocol === 'https:' ? pin : null },
      staging,
    ),
  );
}
