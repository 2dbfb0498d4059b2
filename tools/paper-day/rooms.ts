/** What happens in a room between print station and scanner: kits come out, get their verdict, and are written on. */
import { join } from 'node:path';
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import type { KitView } from '../../src/station/print/contract.ts';
import { until } from '../exam-day/process.ts';
import { kitSides, printedSides, scannedSide, type PrintedSide } from './answered-sheets.ts';
import type { Station } from './cast.ts';
import { printedFiles } from './site.ts';

/** Waits until `count` kits have come out and wait for somebody who looks at them. */
export async function outOfPrinter(station: Station, count: number): Promise<KitView[]> {
  return until(`${count} kits from ${station.name}`, async () => {
    const { kits, halted } = await station.screen.call.print.get();
    if (halted) throw new Error(`${station.name} halted: ${JSON.stringify(halted)}`);
    const out = kits.filter(({ fate }) => fate === 'out');
    return out.length >= count ? out : null;
  });
}

export function printedKits(station: Station): string[] {
  return printedFiles(station)
    .flatMap((file) => /^(\d+)(?:-\d+)? /.exec(file.split(/[/\\]/).at(-1) ?? '')?.[1] ?? [])
    .toSorted();
}

function pdfOf(station: Station, kit: string): string {
  const name = readdirSync(station.tray).find(
    (one) => one.startsWith(`${kit} `) || one.startsWith(`${kit}-`),
  );
  if (name === undefined) throw new Error(`${station.name} never gave out kit ${kit}`);
  return join(station.tray, name);
}

export interface AnsweredSheet {
  readonly kit: string;
  readonly side: PrintedSide;
  readonly seed: number;
  /** How much is written on it. */
  readonly ink: 'none' | 'little' | 'much';
}

/** The pile of a room: the sheets of each candidate in their order. */
export function answeredKits(station: Station, kits: readonly string[]): AnsweredSheet[] {
  const pile: AnsweredSheet[] = [];
  for (const [i, kit] of kits.entries())
    for (const [n, side] of printedSides(pdfOf(station, kit), kitSides).entries()) {
      // Not everybody needs the back of answer form 2.
      const ink = side.side === 2 && i % 2 === 1 ? 'none' : 'much';
      pile.push({ kit, side, seed: Number(kit) * 10 + n, ink });
    }
  return pile;
}

/** The first additional sheets that came out of the room's printer. */
export function additionalFile(station: Station): string | undefined {
  return printedFiles(station).find((one) => /(?:^|[/\\])\+\d/.test(one));
}

export function answeredAdditional(station: Station, kit: string): AnsweredSheet {
  const file = additionalFile(station);
  if (file === undefined) throw new Error(`${station.name} never gave out an additional sheet`);
  const [side] = printedSides(file, [{ kind: 'additional', side: 1 }]);
  if (!side) throw new Error('an additional sheet without a side');
  return { kit, side, seed: Number(kit) * 10 + 9, ink: 'much' };
}

/** As a scanning program does it: whole under its name, or not there. */
export async function feed(
  scanner: Station,
  name: string,
  sheets: readonly AnsweredSheet[],
  how: Parameters<typeof scannedSide>[3] = {},
): Promise<void> {
  for (const [i, { side, seed, ink }] of sheets.entries()) {
    const jpeg = await scannedSide(side, seed, ink, how);
    const file = join(scanner.tray, `${name}-${String(i + 1).padStart(4, '0')}.jpg`);
    writeFileSync(`${file}.part`, jpeg);
    renameSync(`${file}.part`, file);
  }
}
