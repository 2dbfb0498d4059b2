/** What becomes of a kit that a printer gave out: its sheets are rendered as they look on paper, written on, and scanned. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownTemplates } from '../../src/exam/form/own-templates.ts';
import type { SheetKind } from '../../src/exam/form/sheet-code.ts';
import type { Raster } from '../../src/recognise/raster.ts';
import { Canvas } from '../scans/canvas.ts';
import { degrade, type Degradation } from '../scans/degrade.ts';
import { draws } from '../scans/draw.ts';
import { jpegOf } from '../scans/file.ts';
import { dpi, fillIn, type ScanRequest } from '../scans/scan.ts';

export interface SheetSide {
  readonly kind: SheetKind;
  readonly side: 1 | 2;
}

/** The sides of a kit that come back, in the order in which they are printed. */
export const kitSides: readonly SheetSide[] = [
  { kind: 'registration', side: 1 },
  { kind: 'answers-1', side: 1 },
  { kind: 'answers-2', side: 1 },
  { kind: 'answers-2', side: 2 },
];

export interface PrintedSide extends SheetSide {
  readonly raster: Raster;
}

export function hasRenderer(): boolean {
  try {
    execFileSync('pdftoppm', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The first pages of a printed PDF as grey pictures. @param sides what they are */
export function printedSides(pdf: string, sides: readonly SheetSide[]): PrintedSide[] {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-rendered-'));
  try {
    execFileSync('pdftoppm', [
      '-r',
      String(dpi),
      '-gray',
      '-l',
      String(sides.length),
      pdf,
      join(folder, 'p'),
    ]);
    const files = readdirSync(folder).toSorted();
    return sides.map((side, i) => ({ ...side, raster: greymap(readFileSync(join(folder, files[i] ?? ''))) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A binary portable greymap: `P5`, width, height, 255, and the pixels. */
function greymap(content: Buffer): Raster {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(content.subarray(0, 64).toString('latin1'));
  if (!head) throw new Error('no greymap came from pdftoppm');
  const [whole, width, height] = head;
  return {
    width: Number(width),
    height: Number(height),
    grey: new Uint8Array(content.subarray(whole.length)),
  };
}

/** Written on by a candidate, and as a scanner gives it. @param seed the same gives the same page */
export async function scannedSide(
  { kind, side, raster }: PrintedSide,
  seed: number,
  ink: ScanRequest['ink'],
  more: Degradation = {},
): Promise<Uint8Array> {
  const draw = draws(seed);
  const form = ownTemplates.find((one) => one.kind === kind)?.sides[side - 1];
  if (!form) throw new Error(`no side ${side} of ${kind}`);
  const canvas = new Canvas(raster, dpi);
  fillIn(canvas, form, draw, { ink });
  const usual: Degradation = {
    skewDegrees: draw.between(-1.2, 1.2),
    noise: 4,
    dirt: 4,
    brightness: draw.between(-8, 4),
    blur: 0.5,
    turned: draw.next() < 0.15 ? 180 : 0,
  };
  return jpegOf(degrade(canvas.raster(), { ...usual, ...more }, draw, dpi));
}
