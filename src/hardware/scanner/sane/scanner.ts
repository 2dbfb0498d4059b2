/** Scanners of this computer, through SANE's `scanimage`: a process for each stack, whose pages are picked up as they are finished. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ok, refuse, type Refusal, type Result } from '../../../base/result.ts';
import { runProgram, type Ran } from '../../run-program.ts';
import { asPage } from '../page-image.ts';
import {
  whyNotScan,
  type FoundScanner,
  type Scanner,
  type ScannerAbilities,
  type ScanEnd,
  type ScanRequest,
  type ScanStep,
} from '../port.ts';
import { Staging } from '../staging.ts';
import { ended, failed } from '../steps.ts';
import { abilitiesOf, readOptions, scanParameters } from './options.ts';

const program = 'scanimage';
/** As `scanimage` names a page that is whole; until then it has `.part` behind it. */
const rawName = /^p(\d+)\.tiff$/;
/** Some backends ask the whole network for scanners. */
const listPatienceMs = 60_000;
/** A cancelled scanner lets the sheet out first. */
const cancelPatienceMs = 10_000;

/** `SANE_Status`, which is also the exit code. */
const statuses: Readonly<Record<number, ScanEnd>> = { 2: 'cancelled', 6: 'jam', 7: 'empty', 8: 'cover-open' };
const deviceBusy = 3;
const saidEnds: readonly (readonly [RegExp, ScanEnd])[] = [
  [/double.?feed|multi.?(feed|pick)/i, 'double-feed'],
  [/jammed/i, 'jam'],
  [/cover is open/i, 'cover-open'],
  [/out of documents/i, 'empty'],
];
/** Of a raw A4 page, for each dot of an inch by an inch. */
const rawPage = (210 / 25.4) * (297 / 25.4);
/** While one is picked up the next are on their way: `scanimage` does not notice a full disk. */
const spareForPages = 4;
/** Between its last word and its end; some backends never come to that. */
const endPatienceMs = 3000;

/** Refusals: as of `Scanners`. */
export async function saneScanners(): Promise<Result<readonly FoundScanner[]>> {
  const ran = await runProgram(program, ['-f', '%d\u001f%v %m%n'], { patienceMs: listPatienceMs });
  if (!ran.ok) return ran;
  if (ran.value.status !== 0) return refuse(programFails(ran.value));
  return ok(
    ran.value.out.split('\n').flatMap((line) => {
      const [device, name] = line.split('\u001f');
      // Cameras are no scanners of paper.
      return device === undefined || name === undefined || device.startsWith('v4l:')
        ? []
        : { address: { way: 'sane', device }, name: name.replaceAll('_', ' ').trim(), about: '' };
    }),
  );
}

export class SaneScanner implements Scanner {
  readonly address;
  readonly #device: string;
  readonly #staging: Staging;
  readonly #more: readonly string[];

  /** @param more further options for `scanimage`, of this device */
  constructor(device: string, staging: string, more: readonly string[] = []) {
    this.address = { way: 'sane', device } as const;
    this.#device = device;
    this.#staging = new Staging(staging);
    this.#more = more;
  }

  async abilities(): Promise<Result<ScannerAbilities>> {
    const options = await this.#options([]);
    return options.ok ? ok(abilitiesOf(options.value)) : options;
  }

  async *scan(request: ScanRequest): AsyncGenerator<ScanStep, void, undefined> {
    const run = yield* this.#staging.begin(request.isKept);
    if (!run.ok) {
      yield failed(run.refusal);
      return;
    }
    // Options depend on the source: a feeder has other sizes of paper than the glass.
    const first = await this.#options([]);
    // It may still be at work for a station that was killed: what it is about to finish is not cleared away below it.
    if (!first.ok && first.refusal.type === 'scanner-busy') {
      yield failed(first.refusal);
      return;
    }
    const refused = yield* this.#leftOver(request);
    if (refused) {
      yield failed(refused);
      return;
    }
    const unable = first.ok ? whyNotScan(abilitiesOf(first.value), request) : first.refusal;
    if (!first.ok || unable) {
      yield failed(unable as Refusal);
      return;
    }
    const chosen = scanParameters(first.value, request).filter((one) => one.startsWith('--source='));
    const options = await this.#options(chosen);
    if (!options.ok) {
      yield failed(options.refusal);
      return;
    }
    yield* this.#stack(request, run.value, scanParameters(options.value, request));
  }

  /** Pages that were whole when the station was killed, and given to nobody yet. @returns why they could not be kept */
  async *#leftOver(request: ScanRequest): AsyncGenerator<ScanStep, Refusal | null, undefined> {
    const folder = this.#staging.unfinished;
    const runs: readonly string[] = await readdir(folder).catch(() => []);
    for (const run of runs.toSorted()) {
      const names = await readdir(join(folder, run));
      const positions = names.flatMap((name) => rawName.exec(name)?.[1] ?? []).map(Number);
      for (const position of positions.toSorted((a, b) => a - b)) {
        const refused = yield* this.#pickUp(request, run, position);
        if (refused) return refused;
      }
      await rm(join(folder, run), { recursive: true, force: true });
    }
    return null;
  }

  /** @returns why it could not be kept; it stays where it is then */
  async *#pickUp(
    request: ScanRequest,
    run: string,
    position: number,
  ): AsyncGenerator<ScanStep, Refusal | null, undefined> {
    const path = join(this.#staging.unfinished, run, `p${position}.tiff`);
    let step: ScanStep | null = null;
    if (!(await this.#staging.holds(run, position))) {
      const image = await asPage(new Uint8Array(await readFile(path)), request);
      const page = image.ok ? await this.#staging.add(run, position, image.value, []) : null;
      if (page && !page.ok) return page.refusal;
      if (page?.ok === true) step = { step: 'page', page: page.value };
      // By its place: of a torn stack each one is named.
      else if (!image.ok)
        step = {
          step: 'passed-over',
          refusal: {
            type: 'scan-page-of-stack-unreadable',
            page: position,
            problem: image.refusal['problem'],
          },
        };
    }
    await rm(path, { force: true });
    if (step) yield step;
    return null;
  }

  async *#stack(
    request: ScanRequest,
    run: string,
    parameters: readonly string[],
  ): AsyncGenerator<ScanStep, void, undefined> {
    const folder = join(this.#staging.unfinished, run);
    await mkdir(folder, { recursive: true });
    const spare = rawPage * request.dpi ** 2 * spareForPages;
    const noRoom = await this.#staging.noRoomFor(spare);
    if (noRoom) {
      yield failed(noRoom);
      return;
    }
    const scanning = new Scanimage(folder, [
      `--device-name=${this.#device}`,
      '--format=tiff',
      ...parameters,
      ...this.#more,
      '--batch=p%d.tiff',
      '--batch-print',
      ...(request.source === 'flatbed' ? ['--batch-count=1'] : []),
    ]);
    const cancel = (): void => scanning.cancel();
    request.signal?.addEventListener('abort', cancel, { once: true });
    if (request.signal?.aborted === true) cancel();
    let pages = 0;
    try {
      for await (const position of scanning.pages()) {
        const refused =
          (yield* this.#pickUp(request, run, position)) ?? (await this.#staging.noRoomFor(spare));
        if (refused) {
          yield failed(refused);
          return;
        }
        pages++;
      }
      yield this.#end(await scanning.ended, request.signal?.aborted === true, pages);
    } finally {
      request.signal?.removeEventListener('abort', cancel);
      scanning.cancel();
      await scanning.ended;
      // Whole pages that nobody took wait for the next scan.
      const names = await readdir(folder).catch(() => []);
      if (!names.some((name) => rawName.test(name))) await rm(folder, { recursive: true, force: true });
    }
  }

  #end(ran: Ran | Refusal, cancelled: boolean, pages: number): ScanStep {
    if ('type' in ran) return failed(ran);
    const words = ran.err
      .split('\n')
      .flatMap((line) => /^scanimage: (?:sane_(?:start|read): )?(.*)$/.exec(line)?.[1] ?? [])
      // What it says of being ended by us is no word of the scanner's.
      .filter((line) => !/^(received signal|trying to stop scanner|aborting)/.test(line));
    if (cancelled) return ended('cancelled', words);
    // Words first: a program that had to be ended has no exit code.
    for (const [form, end] of saidEnds)
      if (words.some((one) => form.test(one))) return ended(end, end === 'empty' && pages > 0 ? [] : words);
    if (ran.status === deviceBusy || words.some((one) => /device busy/i.test(one)))
      return failed({ type: 'scanner-busy', address: this.#device }, words);
    // Nothing came and nothing was said: that is no empty feeder.
    if (ran.status === 0) return ended(pages > 0 ? 'empty' : 'error', words);
    return ended(statuses[ran.status] ?? 'error', words);
  }

  async #options(chosen: readonly string[]): Promise<Result<ReturnType<typeof readOptions>>> {
    const ran = await runProgram(program, [`--device-name=${this.#device}`, ...chosen, '-A'], {
      patienceMs: listPatienceMs,
    });
    if (!ran.ok) return ran;
    if (ran.value.status === 0) return ok(readOptions(ran.value.out));
    if (/Device busy/.test(ran.value.err)) return refuse({ type: 'scanner-busy', address: this.#device });
    if (/open of device/.test(ran.value.err)) return refuse({ type: 'scanner-gone', name: this.#device });
    return refuse(programFails(ran.value));
  }
}

/** One run of the program; a page's file has its name when it is whole. */
class Scanimage {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterable<string>;
  /** Resolves, whatever happens. */
  readonly ended: Promise<Ran | Refusal>;

  constructor(folder: string, parameters: readonly string[]) {
    const child = spawn(program, [...parameters], {
      cwd: folder,
      env: { ...process.env, LC_ALL: 'C', LANGUAGE: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout });
    let err = '';
    let lastWord: NodeJS.Timeout | null = null;
    child.stderr.on('data', (part) => {
      // The last words are those that matter.
      err = `${err}${String(part)}`.slice(-20_000);
      lastWord ??= /^Batch terminated/m.test(err)
        ? setTimeout(() => child.kill('SIGKILL'), endPatienceMs)
        : null;
    });
    this.ended = new Promise((resolve) => {
      child.once('error', (error: NodeJS.ErrnoException) =>
        resolve(
          error.code === 'ENOENT'
            ? { type: 'device-program-missing', program }
            : { type: 'device-program-fails', program, words: error.code ?? '' },
        ),
      );
      child.once('close', (status, signal) => {
        if (lastWord) clearTimeout(lastWord);
        resolve(
          status === null && signal !== 'SIGINT' && lastWord === null
            ? { type: 'device-program-fails', program, words: signal ?? '' }
            : { status: status ?? 0, out: '', err },
        );
      });
    });
  }

  /** Of the stack, as they become whole. */
  async *pages(): AsyncGenerator<number, void, undefined> {
    for await (const line of this.#lines) {
      const position = rawName.exec(line)?.[1];
      if (position !== undefined) yield Number(position);
    }
  }

  /** Scanners want to let the sheet out; one that does not is ended. */
  cancel(): void {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    child.kill('SIGINT');
    const timer = setTimeout(() => child.kill('SIGKILL'), cancelPatienceMs);
    child.once('close', () => clearTimeout(timer));
  }
}

function programFails({ err }: Ran): Refusal {
  return { type: 'device-program-fails', program, words: err.trim().slice(-500) };
}
