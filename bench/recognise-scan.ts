/** Makes one page of which everything is known, in a thread: what is done to it is drawn from its number. */
import { ownNumber } from '../src/exam/form/sheet-number.ts';
import { rotations } from '../src/recognise/raster.ts';
import type { Degradation } from '../tools/scans/degrade.ts';
import { draws } from '../tools/scans/draw.ts';
import { jpegOf } from '../tools/scans/file.ts';
import { makeScan, type Scan } from '../tools/scans/scan.ts';

export interface ScanTask {
  readonly serial: number;
  /** Within what must be read, at its limits, or beyond. */
  readonly level: 'readable' | 'limits' | 'beyond';
}

export interface MadeScan {
  readonly jpeg: Uint8Array;
  readonly truth: Scan['truth'];
  readonly degradation: Degradation;
}

/** Four of six within, one at the limits, one beyond; by groups, so that every form and every ink is in each. */
export function levelOf(i: number): ScanTask['level'] {
  return (
    (['readable', 'readable', 'limits', 'readable', 'readable', 'beyond'] as const)[(i * 7 + (i >> 5)) % 6] ??
    'readable'
  );
}

/** How hard a page is to read, by the worst that was done to it. */
export function stepOf({ level }: ScanTask, { degradation }: MadeScan): string {
  if (level !== 'readable') return level;
  const { blur = 0, contrast = 1, showThrough = 0, foldedCorner } = degradation;
  if (showThrough > 0 || foldedCorner !== undefined) return 'handled';
  if (blur > 0.8) return 'blurred';
  return contrast < 0.6 ? 'pale' : 'clear';
}

const forms = [
  ['answers-1', 1],
  ['answers-2', 1],
  ['answers-1', 1],
  ['answers-2', 2],
  ['registration', 1],
  ['additional', 1],
] as const;

export default async function make({ serial, level }: ScanTask): Promise<MadeScan> {
  const draw = draws(serial * 31 + 7);
  const [kind, side] = forms[serial % forms.length] as (typeof forms)[number];
  const ink = (['much', 'none', 'little', 'none'] as const)[Math.floor(serial / forms.length) % 4] ?? 'none';
  const code = {
    number: ownNumber('204117', serial),
    side,
    more: { kit: String(100_000 + (serial >> 2)), kind, copy: 1 },
  };
  const degradation = degradationOf(level, draw, serial);
  const quality = { readable: 40 + draw.below(50), limits: 40, beyond: 5 + draw.below(40) }[level];
  const scan = await makeScan({ code, seed: serial, ink, pencil: serial % 5 === 0, degradation });
  return { jpeg: await jpegOf(scan.raster, quality), truth: scan.truth, degradation };
}

function degradationOf(
  level: ScanTask['level'],
  draw: ReturnType<typeof draws>,
  serial: number,
): Degradation {
  const some = (part: number): boolean => draw.next() < part;
  const common = {
    turned: rotations[serial % 4] ?? 0,
    skewDegrees: draw.between(-3, 3),
    scale: draw.between(0.98, 1.02),
    shiftMm: { x: draw.between(-1.5, 1.5), y: draw.between(-1.5, 1.5) },
  };
  if (level === 'limits')
    return { ...common, skewDegrees: some(0.5) ? 3 : -3, blur: 1.1, contrast: 0.35, noise: 3, gradient: 10 };
  if (level === 'beyond')
    return {
      ...common,
      skewDegrees: draw.between(-12, 12),
      blur: draw.between(1.2, 4),
      contrast: draw.between(0.1, 0.8),
      noise: draw.between(5, 30),
      dirt: draw.below(400),
    };
  return {
    ...common,
    ...(some(0.6) ? { blur: draw.between(0.3, 1.1) } : {}),
    contrast: draw.between(0.35, 1),
    noise: draw.between(0, 6),
    gradient: draw.between(0, 25),
    brightness: draw.between(-15, 10),
    holes: some(0.3),
    dirt: some(0.4) ? draw.below(30) : 0,
    ...(some(0.15) ? { foldedCorner: draw.below(4) as 0 | 1 | 2 | 3 } : {}),
    ...(some(0.2) ? { showThrough: draw.between(0.04, 0.12) } : {}),
  };
}
