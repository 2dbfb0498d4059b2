/** Scanned pages of kits, archives of them, and a browser that sends archives in pieces. */
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, type ZipWriterAddDataOptions } from '@zip.js/zip.js';
import type { SheetKind } from '../../../exam/form/sheet-code.ts';
import { jpegOf } from '../../../../tools/scans/file.ts';
import { makeScan } from '../../../../tools/scans/scan.ts';
import { numbersOf } from '../scans.fixture.ts';

const sides = [
  ['registration', 0, 1],
  ['answers-1', 1, 1],
  ['answers-2', 2, 1],
  ['answers-2', 2, 2],
] as const satisfies readonly (readonly [SheetKind, number, 1 | 2])[];

export const pagesOfKit = sides.length;
const made = new Map<string, Promise<Uint8Array>>();

/** One of the four pages of a kit, as a scanner gives it. @param place from 0; @param seed other ink: another image of the same page */
export function pageOfKit(kit: number, place: number, seed = 1): Promise<Uint8Array> {
  const key = `${kit} ${place} ${seed}`;
  const known = made.get(key) ?? drawn(kit, place, seed);
  made.set(key, known);
  return known;
}

async function drawn(kit: number, place: number, seed: number): Promise<Uint8Array> {
  const [kind, sheet, side] = sides[place] ?? sides[0];
  const { raster } = await makeScan({
    code: {
      number: numbersOf(kit)[sheet],
      side,
      more: { kit: String(100_000 + kit), kind, copy: 1 },
    },
    seed,
    ink: place === 3 ? 'none' : 'much',
  });
  return jpegOf(raster);
}

export type Packed = readonly (readonly [
  name: string,
  content: Uint8Array,
  options?: ZipWriterAddDataOptions,
])[];

export async function zipOf(files: Packed): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [name, content, options] of files)
    await writer.add(name, new Uint8ArrayReader(content), { level: 0, ...options });
  return writer.close();
}

/** The folder of a room: all pages of these kits. */
export async function roomOf(
  kits: readonly number[],
  options: ZipWriterAddDataOptions = {},
): Promise<Uint8Array> {
  const files: [string, Uint8Array, ZipWriterAddDataOptions][] = [];
  for (const kit of kits)
    for (let place = 0; place < pagesOfKit; place++)
      files.push([`room/${kit}-${place}.jpg`, await pageOfKit(kit, place), options]);
  return zipOf(files);
}

/** With the cookies of somebody who signed in. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** How much of an upload the centre has; null: it says that there is none. */
export async function offsetOf(ask: Ask, uploadId: string): Promise<number | null> {
  const answer = await ask(`/scan-uploads/${uploadId}`, {
    method: 'HEAD',
    headers: { 'tus-resumable': '1.0.0' },
  });
  return answer.ok ? Number(answer.headers.get('upload-offset')) : null;
}

export function sendPiece(
  ask: Ask,
  uploadId: string,
  offset: number,
  piece: Uint8Array | ReadableStream<Uint8Array>,
): Promise<Response> {
  return ask(`/scan-uploads/${uploadId}`, {
    method: 'PATCH',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body: piece instanceof Uint8Array ? new Uint8Array(piece) : piece,
    ...(piece instanceof Uint8Array ? {} : { duplex: 'half' }),
  } as RequestInit);
}
