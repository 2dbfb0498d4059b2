/** Which printer, and whether what comes out of it is good: tried before the site admits the station. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Words } from '../../exam/form/template.ts';
import type { Readiness } from '../../exam/paper-day/parcels.ts';
import type { PrinterAddress } from '../../hardware/printer/port.ts';
import { testPagePdf } from '../../node/printed-form/test-page.ts';
import { sheetText } from '../../node/printed-sheet/sheet-text.ts';
import type { Station } from '../station.ts';
import type { PrintDesk } from './desk.ts';
import { changePrintSettings, printSettings } from './print-settings.ts';

/**
 * Asks it once: what does not answer is not chosen. With another printer, what was tested before says nothing.
 * @returns refusals `printing-under-way`, those of opening a printer and of asking it; `device-certificate-new` names the pin to take over.
 */
export async function choosePrinter(
  station: Station,
  desk: PrintDesk,
  address: PrinterAddress,
  name: string,
): Promise<Result<void>> {
  if (desk.busy) return refuse({ type: 'printing-under-way', kits: desk.queue.length });
  const printer = station.printers.open(address);
  if (!printer.ok) return printer;
  const able = await printer.value.abilities();
  if (!able.ok) return able;
  const before = printSettings(station).printer;
  const same = before !== null && JSON.stringify(before.address) === JSON.stringify(address);
  const canTwoSided = able.value.duplex;
  changePrintSettings(station, {
    printer: { address, name, canTwoSided, twoSided: canTwoSided && (same ? before.twoSided : true) },
    ...(same ? {} : { test: null }),
  });
  tellSteps(station, desk);
  desk.atPrinter.forgetState();
  desk.recover();
  return ok();
}

/** Refusals: `printer-not-chosen`, `printer-no-duplex`. */
export function setTwoSided(station: Station, twoSided: boolean): Result<void> {
  const { printer } = printSettings(station);
  if (!printer) return refuse({ type: 'printer-not-chosen' });
  if (twoSided && !printer.canTwoSided) return refuse({ type: 'printer-no-duplex' });
  changePrintSettings(station, { printer: { ...printer, twoSided } });
  return ok();
}

/** Refusals: `printer-not-chosen`, those of the printer. */
export async function printTest(
  station: Station,
  desk: PrintDesk,
  language: keyof Words,
): Promise<Result<void>> {
  const { printer } = printSettings(station);
  const settings = station.settings();
  if (!printer) return refuse({ type: 'printer-not-chosen' });
  const at = station.node.clock.now();
  const place = settings ? [settings.siteCode, settings.room ?? '–', `№ ${settings.number}`] : [];
  const title = sheetText(language)('stationPrint.test');
  const pdf = await testPagePdf({ title, language, at }, [printer.name, ...place].join(' · '));
  const given = await desk.printPlain(title, pdf);
  if (!given.ok) return given;
  changePrintSettings(station, { test: { printedAt: at, good: null, words: '', measured: null } });
  tellSteps(station, desk);
  return ok();
}

/** The organiser's word. Refusals: `test-not-printed`, `run-finished`. */
export async function judgeTest(
  station: Station,
  desk: PrintDesk,
  good: boolean,
  words: string,
): Promise<Result<void>> {
  const { test } = printSettings(station);
  if (!test) return refuse({ type: 'test-not-printed' });
  const entered = await desk.book.do({ do: 'test', good, measured: plain(test.measured) });
  if (!entered.ok) return entered;
  changePrintSettings(station, { test: { ...test, good, words } });
  tellSteps(station, desk);
  return ok();
}

/** For the site, before it admits the station. */
export function readinessChecks(station: Station): Readiness['checks'] {
  const { printer, test } = printSettings(station);
  const { measured } = test ?? { measured: null };
  return [
    { name: 'printer', good: printer !== null, words: printer?.name ?? '' },
    { name: 'test-print', good: test?.good === true, words: test?.words ?? '' },
    ...(measured
      ? [
          {
            name: 'test-print-measured',
            good: measured.good,
            words: `${measured.across ?? '–'} × ${measured.down ?? '–'} %, ${measured.codes}/4, ${measured.squares}/4`,
          },
        ]
      : []),
  ];
}

export function tellSteps(station: Station, desk: PrintDesk): void {
  const { printer, test } = printSettings(station);
  const run = desk.book.run();
  const done: Readonly<Record<string, boolean>> = {
    printer: printer !== null && test?.good === true,
    print: run.finished,
  };
  for (const [step, is] of Object.entries(done))
    if (is) station.stepsDone.add(step);
    else station.stepsDone.delete(step);
  station.changed.notify();
}

function plain(measured: object | null) {
  return measured === null ? null : (JSON.parse(JSON.stringify(measured)) as Record<string, never>);
}
