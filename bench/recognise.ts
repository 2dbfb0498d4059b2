/**
 * Scanned pages from their archive to what they say and to where they are kept: unzipping, checks, decoding, codes, position, ink, marks,
 * thumbnail, storage. What is on each page is known. The same pages through `zbarimg`, where it is installed.
 */
import { fork, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { Piscina } from 'piscina';
import { expectOk } from '../src/base/result.ts';
import { openScanArchive } from '../src/recognise/archive.ts';
import { openPagePool, recogniseAll } from '../src/recognise/pool.ts';
import { badImage, type RecognisedPage } from '../src/recognise/recognised-page.ts';
import { openBlobs } from '../src/store/blobs.ts';
import { levelOf, stepOf, type MadeScan, type ScanTask } from './recognise-scan.ts';

const threads = 2;
type Read = Pick<RecognisedPage, 'sheet' | 'class' | 'rotation' | 'ink' | 'marks' | 'problem'>;
interface Measured {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly peakMB: number;
  readonly pages: readonly Read[];
}

export async function run(): Promise<object> {
  const asked = process.argv.find((one) => one.startsWith('--pages='))?.slice('--pages='.length);
  const pages = Math.max(12, Number(asked ?? 360) || 360);
  const folder = await mkdtemp(join(tmpdir(), 'invigil-bench-'));
  try {
    const tasks = Array.from({ length: pages }, (_, i): ScanTask => ({
      serial: i + 1,
      level: levelOf(i),
    }));
    console.error(`making ${pages} pages`);
    const scans = await makeAll(tasks);
    const all = tasks.map((task, i): Page => ({ task, scan: scans[i] as MadeScan }));
    const must = all.filter(({ task }) => task.level !== 'beyond');
    const beyond = all.filter(({ task }) => task.level === 'beyond');
    const files = must.map((_, i) => join(folder, 'pages', `${i}.jpg`));
    await mkdir(join(folder, 'pages'));
    for (const [i, { scan }] of must.entries()) await writeFile(files[i] as string, scan.jpeg);
    // One half before and one after: a machine that grows slower or quicker meanwhile does so for both.
    const half = must.length >> 1;
    console.error('half of it with zbarimg');
    const before = await zbarimg(files.slice(0, half));
    const measured = await read(must, folder, 'must');
    console.error('the other half with zbarimg');
    const after = await zbarimg(files.slice(half));
    console.error('the same at a centre');
    const atCentre = await inProcess(join(folder, 'must.zip'), 'centre');
    const unreadable = await read(beyond, folder, 'beyond');
    return {
      ...speed(measured, must.length),
      /** From the archive's last byte to its row, with images, sums and standing of each page on the disk. */
      atCentre: speed(atCentre, must.length),
      ...ratios(measured, before && after && both(before, after)),
      ...judge(must, measured.pages),
      steps: judgeSteps(must, measured.pages),
      unreadable: judgeBeyond(beyond, unreadable),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Page {
  readonly task: ScanTask;
  readonly scan: MadeScan;
}

async function read(pages: readonly Page[], folder: string, name: string): Promise<Measured> {
  console.error(`reading ${pages.length} pages: ${name}`);
  const archive = join(folder, `${name}.zip`);
  await writeFile(archive, await zipOf(pages.map(({ scan }) => scan)));
  return inProcess(archive, join(folder, `${name}-blobs`));
}

async function makeAll(tasks: readonly ScanTask[]): Promise<MadeScan[]> {
  const pool = new Piscina<ScanTask, MadeScan>({
    filename: new URL('./recognise-scan.ts', import.meta.url).href,
    maxThreads: threads,
  });
  try {
    return await Promise.all(tasks.map((task) => pool.run(task)));
  } finally {
    await pool.destroy();
  }
}

async function zipOf(scans: readonly MadeScan[]): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [i, { jpeg }] of scans.entries())
    await writer.add(`room/${String(i).padStart(4, '0')}.jpg`, new Uint8ArrayReader(jpeg));
  return writer.close();
}

/** In a process of its own: its memory and processor time are those of the pages alone. */
function inProcess(archive: string, blobs: string): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [archive, blobs], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('message', (measured) => resolve(measured as Measured));
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`the measurement ended with ${code}`));
    });
  });
}

async function measure(path: string, folder: string): Promise<Measured> {
  const blobs = openBlobs(folder);
  const pool = openPagePool({ threads });
  const pages: Read[] = [];
  const began = performance.now();
  const archive = expectOk(await openScanArchive(path));
  for await (const { item, page } of recogniseAll(pool, archive.files(), ({ content }) =>
    content.ok ? pool.recognise(content.value) : Promise.resolve(badImage(content.refusal)),
  )) {
    if (item.content.ok) await blobs.put(item.content.value);
    if (page.thumbnail) await blobs.put(page.thumbnail);
    const { sheet, class: kind, rotation, ink, marks, problem } = page;
    pages.push({ sheet, class: kind, rotation, ink, marks, problem });
  }
  const seconds = (performance.now() - began) / 1_000;
  await archive.close();
  await pool.close();
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    seconds,
    processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMB: Math.round(maxRSS / 1_000),
    pages,
  };
}

/** As an archive that came: everything that the centre does with it. */
async function measureCentre(path: string): Promise<Measured> {
  const { openTestCentre, makeProject } = await import('../src/centre/centre.fixture.ts');
  const { takeArchive } = await import('../src/centre/scans/uploads/uploads.ts');
  const { makeEvent, registerKits } = await import('../src/centre/scans/scans.fixture.ts');
  const here = await openTestCentre('file');
  try {
    const { projectId } = await makeProject(here);
    const event = await makeEvent(here.centre, projectId);
    await registerKits(here.centre, event, { site: 'S1', room: 'S1-R1', from: 1, to: 200 });
    const before = process.resourceUsage();
    const began = performance.now();
    const sender = { way: 'package', account: 'bench', limit: null } as const;
    expectOk(await takeArchive(here.centre, { projectId, path, fileName: 'room.zip', ...sender }));
    await here.centre.scanReader.idle();
    const seconds = (performance.now() - began) / 1_000;
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const processor = userCPUTime + systemCPUTime - before.userCPUTime - before.systemCPUTime;
    return { seconds, processorSeconds: processor / 1e6, peakMB: Math.round(maxRSS / 1_000), pages: [] };
  } finally {
    await here.close();
  }
}

interface Zbar {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly found: number;
}

/** Two at a time, with the codes that both know. null: not installed. */
async function zbarimg(files: readonly string[]): Promise<Zbar | null> {
  const script = 'zbarimg -q --raw -Sdisable -Scode128.enable -Sqrcode.enable "$@" | sort -u; times';
  const halves = [files.slice(0, files.length >> 1), files.slice(files.length >> 1)];
  const began = performance.now();
  const said = await Promise.all(
    halves.map(
      (half) =>
        new Promise<string>((resolve, reject) => {
          const child = spawn('sh', ['-c', script, 'sh', ...half], { stdio: ['ignore', 'pipe', 'pipe'] });
          let out = '';
          child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
          child.once('error', reject);
          child.once('close', () => resolve(out));
        }),
    ),
  );
  const seconds = (performance.now() - began) / 1_000;
  const processorSeconds = said.reduce((sum, out) => sum + timesOf(out), 0);
  const found = said.flatMap((out) => out.split('\n').filter((line) => /^\d{18}$/.test(line))).length;
  return found === 0 ? null : { seconds, processorSeconds, found };
}

function both(one: Zbar, other: Zbar): Zbar {
  return {
    seconds: one.seconds + other.seconds,
    processorSeconds: one.processorSeconds + other.processorSeconds,
    found: one.found + other.found,
  };
}

/** Of its children: the last line of `times`. */
function timesOf(out: string): number {
  const last = out.trim().split('\n').at(-1) ?? '';
  return [...last.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + Number(m) * 60 + Number(s),
    0,
  );
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

function speed({ seconds, processorSeconds, peakMB }: Measured, pages: number): object {
  return {
    pages,
    processors: cpus().length,
    pagesPerS: tenth(pages / seconds),
    processorMsPerPage: Math.round((processorSeconds * 1_000) / pages),
    // What two processors do that have nothing else to do: this machine may be shared.
    pagesPerSOfTwoProcessors: tenth((2 * pages) / processorSeconds),
    peakMB,
  };
}

function ratios(measured: Measured, zbar: Zbar | null): object {
  if (!zbar) return { zbarimg: 'not installed' };
  return {
    zbarimg: {
      seconds: tenth(zbar.seconds),
      processorSeconds: tenth(zbar.processorSeconds),
      numbers: zbar.found,
    },
    timesAsFastAsZbarimg: tenth(zbar.seconds / measured.seconds),
    timesAsFastAsZbarimgByProcessor: tenth(zbar.processorSeconds / measured.processorSeconds),
  };
}

function isRight(page: Read, { code }: MadeScan['truth']): boolean {
  return page.sheet?.number === code.number && page.sheet.side === code.side;
}

/** What must be read. */
function judge(made: readonly Page[], pages: readonly Read[]): object {
  const sheets = { identified: 0, wrongNumbers: 0, upright: 0 };
  const ink = { filled: 0, filledCalledEmpty: 0, empty: 0, emptyCalledFilled: 0, review: 0 };
  const marks = { boxes: 0, wrong: 0, review: 0 };
  for (const [i, page] of pages.entries()) {
    const { task, scan } = made[i] as Page;
    const { filled, rotation } = scan.truth;
    const told = (what: string): void =>
      console.error(`page ${task.serial} (${task.level}, ${scan.truth.code.more.kind}): ${what}`);
    if (isRight(page, scan.truth)) sheets.identified++;
    else {
      told(`not identified: ${JSON.stringify(page.problem)}`);
      if (page.sheet !== null) sheets.wrongNumbers++;
    }
    if (page.rotation === rotation) sheets.upright++;
    ink[filled ? 'filled' : 'empty']++;
    if (page.ink?.review) ink.review++;
    const called = page.class === 'recognised-empty' ? 'empty' : 'filled';
    if (called !== (filled ? 'filled' : 'empty')) {
      ink[filled ? 'filledCalledEmpty' : 'emptyCalledFilled']++;
      told(`called ${called}: ${JSON.stringify(page.ink)}`);
    }
    for (const mark of scan.truth.marks) {
      const found = page.marks.find(
        (one) => one.field === mark.field && one.row === mark.row && one.column === mark.column,
      );
      const meant = mark.kind === 'none' ? 'empty' : mark.kind === 'taken-back' ? 'taken-back' : 'marked';
      marks.boxes++;
      if (found?.state === 'review') marks.review++;
      else if (found?.state !== meant) {
        marks.wrong++;
        told(`${mark.kind} read as ${found?.state} ${found?.score}`);
      }
    }
  }
  return { sheets, ink, marks };
}

/** Rates of marks by what was done to the page: of boxes without a mark those read as marked, of marks those read as none, of all those for a person. */
function judgeSteps(made: readonly Page[], pages: readonly Read[]): object {
  const steps = Map.groupBy(made.keys(), (i) => stepOf((made[i] as Page).task, (made[i] as Page).scan));
  return Object.fromEntries(
    [...steps]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([step, of]) => {
        const sums = {
          pages: of.length,
          identified: 0,
          marks: 0,
          missed: 0,
          boxes: 0,
          falseMarks: 0,
          review: 0,
        };
        for (const i of of) {
          const [{ scan }, page] = [made[i] as Page, pages[i] as Read];
          if (isRight(page, scan.truth)) sums.identified++;
          for (const mark of scan.truth.marks) {
            const state = page.marks.find(
              (one) => one.field === mark.field && one.row === mark.row && one.column === mark.column,
            )?.state;
            const meant = mark.kind !== 'none' && mark.kind !== 'taken-back';
            sums[meant ? 'marks' : 'boxes']++;
            if (state === 'review') sums.review++;
            else if (meant && state !== 'marked') sums.missed++;
            else if (!meant && state === 'marked') sums.falseMarks++;
          }
        }
        const percent = (part: number, whole: number): number =>
          whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
        return [
          step,
          {
            ...sums,
            missedPercent: percent(sums.missed, sums.marks),
            falsePercent: percent(sums.falseMarks, sums.boxes),
            reviewPercent: percent(sums.review, sums.marks + sums.boxes),
          },
        ];
      }),
  );
}

/** What nobody can demand: nothing wrong may be said of it. */
function judgeBeyond(made: readonly Page[], { pages, processorSeconds }: Measured): object {
  const said = { pages: pages.length, identified: 0, wrongNumbers: 0, filledCalledEmpty: 0 };
  for (const [i, page] of pages.entries()) {
    const { truth } = (made[i] as Page).scan;
    if (isRight(page, truth)) said.identified++;
    else if (page.sheet !== null) said.wrongNumbers++;
    if (page.class === 'recognised-empty' && truth.filled) said.filledCalledEmpty++;
  }
  return { ...said, processorMsPerPage: Math.round((processorSeconds * 1_000) / pages.length) };
}

if (import.meta.main) {
  const [, , archive = '', blobs = ''] = process.argv;
  process.send?.(blobs === 'centre' ? await measureCentre(archive) : await measure(archive, blobs));
}
