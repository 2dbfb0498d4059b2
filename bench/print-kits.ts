/**
 * A room's kits at its print station: 25 kits of 12 pages, forms and question paper with stamps, made and given to a printer that speaks IPP in this
 * process; and how long 500 MB of materials take to open.
 */
import { expectOk } from '../src/base/result.ts';
import { ServedPrinter } from '../src/hardware/printer/ipp/server.fixture.ts';
import { openIpp } from '../src/hardware/printer/ipp/open-ipp.ts';
import { activate, loadKey } from '../src/station/access-key/access-key.ts';
import { takeAdmission } from '../src/station/admission/take-admission.ts';
import { loadMaterials } from '../src/station/materials/load-materials.ts';
import { PrintDesk } from '../src/station/print/desk.ts';
import { questionPaper } from '../src/station/print/print.fixture.ts';
import { choosePrinter, setTwoSided } from '../src/station/print/test-print.ts';
import { saveSettings } from '../src/station/settings/settings.ts';
import {
  makeAuthorities,
  openTestStation,
  plannedKits,
  type TestStation,
} from '../src/station/station.fixture.ts';
import { say } from './load/figures.ts';

const kits = 25;
/** With three forms of four sides and the control sheet it makes twelve pages. */
const paperPages = 7;
const materialsMB = 500;

interface Figures {
  kits: number;
  pages: number;
  /** Until the printer has the first kit, and the last one; from the order on. */
  firstMs: number;
  lastMs: number;
  materialsMB: number;
  openMs: number;
}

export async function run(): Promise<Figures> {
  const printed = await print();
  say(`${printed.kits} kits: ${printed.lastMs} ms; opening ${materialsMB} MB …`);
  return { ...printed, materialsMB, openMs: await open() };
}

async function admitted(test: TestStation, papers: readonly Uint8Array[]): Promise<() => Promise<void>> {
  const { station } = test;
  const above = await makeAuthorities(test.folder, plannedKits('0001', 1, kits, 0), papers);
  expectOk(await saveSettings(station, { siteCode: '0801', room: '0001', number: '1' }));
  expectOk(await takeAdmission(station, await above.admission(station), above.root));
  expectOk(await loadMaterials(station, await above.materials()));
  const rooms = [{ room: '0001', kits }];
  expectOk(await loadKey(station, await above.key(station, { opens: 'password', rooms })));
  return async () => void expectOk(await activate(station, null, ''));
}

async function print(): Promise<Omit<Figures, 'materialsMB' | 'openMs'>> {
  const test = await openTestStation();
  const sink = new ServedPrinter();
  try {
    const activated = await admitted(test, [
      await questionPaper(1, paperPages),
      await questionPaper(2, paperPages),
    ]);
    await activated();
    const url = await sink.start();
    const { station } = test;
    station.printers.open = (address) =>
      address.way === 'ipp' ? openIpp(address.url, null) : { ok: false, refusal: { type: 'none' } };
    const desk = new PrintDesk(station, { followEveryMs: 10 });
    expectOk(await choosePrinter(station, desk, { way: 'ipp', url, pin: null }, 'sink'));
    expectOk(setTwoSided(station, false));
    const began = performance.now();
    expectOk(desk.start(kits, null, 'ru'));
    let firstMs = 0;
    while (sink.documents.length < kits) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (firstMs === 0 && sink.documents.length > 0) firstMs = Math.round(performance.now() - began);
      // It gives what it took at once.
      for (const job of sink.jobs.values()) job.state = 9;
      if (desk.halted) throw new Error(JSON.stringify(desk.halted));
    }
    const lastMs = Math.round(performance.now() - began);
    const { PDFDocument } = await import('@cantoo/pdf-lib');
    const first = await PDFDocument.load(sink.documents[0] ?? new Uint8Array());
    return { kits, pages: first.getPageCount() * kits, firstMs, lastMs };
  } finally {
    await test.close();
    await sink.end();
  }
}

async function open(): Promise<number> {
  const test = await openTestStation();
  try {
    // Opening asks nothing of a paper but that it is the one that was sealed.
    const paper = new Uint8Array((materialsMB / 4) * 1024 * 1024);
    const activated = await admitted(test, [paper, paper, paper, paper]);
    const began = performance.now();
    await activated();
    return Math.round(performance.now() - began);
  } finally {
    await test.close();
  }
}
