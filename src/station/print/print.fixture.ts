/** A print station with papers of real pages and a fake printer, its materials open. */
import { expectOk } from '../../base/result.ts';
import type { Grant } from '../../exam/paper-day/grant.ts';
import type { Admission, Plan, PlannedKit } from '../../exam/paper-day/parcels.ts';
import type { FakePrinter } from '../../hardware/printer/fake.ts';
import type { PrintOrder } from '../../hardware/printer/port.ts';
import { activate, loadKey } from '../access-key/access-key.ts';
import { takeAdmission } from '../admission/take-admission.ts';
import { loadMaterials } from '../materials/load-materials.ts';
import { saveSettings } from '../settings/settings.ts';
import {
  makeAuthorities,
  memberPin,
  openTestStation,
  plannedKits,
  type Authorities,
  type TestStation,
} from '../station.fixture.ts';
import { PrintDesk } from './desk.ts';
import { choosePrinter } from './test-print.ts';

/** Pages that say which they are. */
export async function questionPaper(variant: number, pages: number): Promise<Uint8Array> {
  const { PDFDocument, StandardFonts } = await import('@cantoo/pdf-lib');
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (let i = 1; i <= pages; i++)
    document
      .addPage([595.28, 841.89])
      .drawText(`variant ${variant} question ${i}`, { x: 60, y: 700, size: 14, font });
  return document.save();
}

export interface PrintDay {
  readonly test: TestStation;
  readonly above: Authorities;
  readonly printer: FakePrinter;
  readonly desk: PrintDesk;
  /** What the printer took, in order. */
  readonly orders: readonly PrintOrder[];
  /** Opens the materials with this grant; `opens: 'token'`: a member does. */
  open(grant?: Partial<Grant>): Promise<void>;
  /** As if the program had been killed and started again; nobody has opened anything. */
  again(): Promise<void>;
  /** Waits until it holds. */
  until(holds: () => boolean): Promise<void>;
  close(): Promise<void>;
}

export interface PrintDayOptions {
  readonly kits?: readonly PlannedKit[];
  readonly plan?: Partial<Plan>;
  readonly admission?: Partial<Admission>;
  readonly room?: string | null;
}

const pace = { followEveryMs: 1, retryMs: 1 };

export async function openPrintDay(options: PrintDayOptions = {}): Promise<PrintDay> {
  const test = await openTestStation();
  const kits = options.kits ?? plannedKits('0001', 1, 4, 1);
  const papers = [await questionPaper(1, 3), await questionPaper(2, 3)];
  const above = await makeAuthorities(test.folder, kits, papers, options.plan);
  const { station } = test;
  const room = options.room === undefined ? '0001' : options.room;
  expectOk(await saveSettings(station, { siteCode: '0801', room, number: '3' }));
  expectOk(await takeAdmission(station, await above.admission(station, options.admission), above.root));
  expectOk(await loadMaterials(station, await above.materials()));
  const printer = test.printers.create('laser');
  const orders: PrintOrder[] = [];
  const print = printer.print.bind(printer);
  printer.print = async (order) => {
    const taken = await print(order);
    if (taken.ok && !orders.some(({ id }) => id === order.id)) orders.push(order);
    return taken;
  };
  let desk = new PrintDesk(station, pace);
  expectOk(await choosePrinter(station, desk, printer.address, 'Laser'));
  return {
    test,
    above,
    printer,
    get desk() {
      return desk;
    },
    orders,
    async open(grant = {}) {
      const opens = grant.opens ?? 'password';
      expectOk(await loadKey(test.station, await above.key(test.station, { ...grant, opens })));
      expectOk(await activate(test.station, opens === 'token' ? above.member : null, memberPin));
    },
    async again() {
      desk = new PrintDesk(await test.again(), pace);
    },
    async until(holds) {
      const end = performance.now() + 20_000;
      while (!holds()) {
        if (performance.now() > end) throw new Error('it never came to hold');
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    close: () => test.close(),
  };
}
