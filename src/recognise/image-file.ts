/**
 * What a scanned file is, told by its first bytes and its own directory, before anything decodes it: a name proves nothing, and a decoder is
 * no place to find out that a page has a hundred megapixels. Reads a few bytes here and there of a buffer; never throws.
 */
import { ok, refuse, type Result } from '../base/result.ts';

export interface ImageFile {
  readonly format: 'jpeg' | 'tiff';
  readonly widthPx: number;
  readonly heightPx: number;
  /** Grey or colour channels. */
  readonly channels: number;
  readonly bitsPerSample: number;
  /** As the file says; null: it does not. */
  readonly dpi: { readonly x: number; readonly y: number } | null;
}

/** Of a page: twice an A4 page at 600 dpi. Beyond that it is no page, and would fill the memory. */
export const mostPixels = 70_000_000;

/** Formats that people send by mistake, by how their files begin. */
const others: readonly (readonly [name: string, at: number, bytes: readonly number[] | string])[] = [
  ['PDF', 0, '%PDF'],
  ['PNG', 0, [0x89, 0x50, 0x4e, 0x47]],
  ['GIF', 0, 'GIF8'],
  ['BMP', 0, 'BM'],
  ['WebP', 8, 'WEBP'],
  ['HEIC', 4, 'ftyphei'],
  ['HEIC', 4, 'ftypmif'],
  ['AVIF', 4, 'ftypavi'],
  ['JPEG 2000', 4, [0x6a, 0x50, 0x20, 0x20]],
  ['JPEG XL', 0, [0xff, 0x0a]],
  ['DjVu', 0, 'AT&TFORM'],
  ['ZIP', 0, [0x50, 0x4b, 0x03, 0x04]],
  ['ZIP', 0, [0x50, 0x4b, 0x05, 0x06]],
  ['RAR', 0, 'Rar!'],
  ['7z', 0, [0x37, 0x7a, 0xbc, 0xaf]],
  ['gzip', 0, [0x1f, 0x8b]],
  ['Office', 0, [0xd0, 0xcf, 0x11, 0xe0]],
];

/** @returns the name of a format that is known and is no page; null: anything else */
export function otherFormat(bytes: Uint8Array): string | null {
  for (const [name, at, start] of others)
    if (begins(bytes, at, typeof start === 'string' ? [...start].map((one) => one.charCodeAt(0)) : start))
      return name;
  return null;
}

/**
 * Refusals: `image-empty`, `image-other-format` (with its name), `image-unknown-format`, `image-cut-short`, `image-damaged`, `image-several-pages`,
 * `image-compression` (a TIFF that is not LZW, with its compression), `image-colours` (CMYK and the like), `image-depth`, `image-too-large`.
 */
export function readImageFile(bytes: Uint8Array): Result<ImageFile> {
  if (bytes.length === 0) return refuse({ type: 'image-empty' });
  const read = begins(bytes, 0, [0xff, 0xd8, 0xff])
    ? readJpeg(bytes)
    : begins(bytes, 0, [0x49, 0x49, 0x2a, 0]) || begins(bytes, 0, [0x4d, 0x4d, 0, 0x2a])
      ? readTiff(bytes)
      : unreadable(bytes);
  if (!read.ok) return read;
  const { widthPx, heightPx } = read.value;
  if (widthPx === 0 || heightPx === 0) return refuse({ type: 'image-damaged' });
  if (widthPx * heightPx > mostPixels)
    return refuse({ type: 'image-too-large', megapixels: Math.round((widthPx * heightPx) / 1e6) });
  return read;
}

function unreadable(bytes: Uint8Array): Result<never> {
  const format = otherFormat(bytes);
  return format === null
    ? refuse({ type: 'image-unknown-format' })
    : refuse({ type: 'image-other-format', format });
}

function begins(bytes: Uint8Array, at: number, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[at + i] === byte);
}

/** Segments up to the first frame. ITU-T T.81; JFIF and Exif for the resolution. */
function readJpeg(bytes: Uint8Array): Result<ImageFile> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let dpi: ImageFile['dpi'] = null;
  let cmyk = false;
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return refuse({ type: 'image-damaged' });
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (length < 2) return refuse({ type: 'image-damaged' });
    if (end > bytes.length) return refuse({ type: 'image-cut-short' });
    const content = bytes.subarray(at + 4, end);
    if (marker === 0xe0 && content.length >= 12 && begins(content, 0, [0x4a, 0x46, 0x49, 0x46, 0]))
      dpi = inInches(
        content[7] === 2 ? 'cm' : 'inch',
        view.getUint16(at + 12),
        view.getUint16(at + 14),
        content[7] !== 0,
      );
    if (marker === 0xe1 && dpi === null && begins(content, 0, [0x45, 0x78, 0x69, 0x66, 0, 0]))
      dpi = exifDpi(content.subarray(6));
    if (marker === 0xee && begins(content, 0, [0x41, 0x64, 0x6f, 0x62, 0x65])) cmyk = true;
    // SOF0 to SOF15 without the tables and extensions that lie between them.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (content.length < 6) return refuse({ type: 'image-damaged' });
      const channels = content[5] as number;
      const bitsPerSample = content[0] as number;
      if (channels === 4 || (channels !== 1 && channels !== 3))
        return refuse({ type: 'image-colours', found: cmyk || channels === 4 ? 'CMYK' : String(channels) });
      if (bitsPerSample !== 8) return refuse({ type: 'image-depth', bits: bitsPerSample });
      const heightPx = view.getUint16(at + 5);
      const widthPx = view.getUint16(at + 7);
      return ok({ format: 'jpeg', widthPx, heightPx, channels, bitsPerSample, dpi });
    }
    // The picture's data without a frame before it.
    if (marker === 0xda || marker === 0xd9) return refuse({ type: 'image-damaged' });
    at = end;
  }
  return refuse({ type: 'image-cut-short' });
}

function inInches(unit: 'inch' | 'cm', x: number, y: number, known: boolean): ImageFile['dpi'] {
  if (!known || x === 0 || y === 0) return null;
  const factor = unit === 'cm' ? 2.54 : 1;
  return { x: x * factor, y: y * factor };
}

function exifDpi(bytes: Uint8Array): ImageFile['dpi'] {
  const directory = readDirectory(bytes);
  return directory.ok ? dpiOf(directory.value) : null;
}

interface Directory {
  /** Of a tag that is there. */
  values(tag: number): readonly number[] | null;
  readonly next: number;
}

const tiffTags = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  samples: 277,
  stripBytes: 279,
  xResolution: 282,
  yResolution: 283,
  unit: 296,
  tileOffsets: 324,
  tileBytes: 325,
} as const;

const compressions: Readonly<Record<number, string>> = {
  1: 'none',
  2: 'CCITT',
  3: 'G3',
  4: 'G4',
  6: 'JPEG',
  7: 'JPEG',
  8: 'Deflate',
  32_773: 'PackBits',
  32_946: 'Deflate',
  34_712: 'JPEG 2000',
};
const lzw = 5;

/** The first page's directory. TIFF 6.0. */
function readTiff(bytes: Uint8Array): Result<ImageFile> {
  const directory = readDirectory(bytes);
  if (!directory.ok) return directory;
  const one = (tag: number): number | null => directory.value.values(tag)?.[0] ?? null;
  const [widthPx, heightPx] = [one(tiffTags.width), one(tiffTags.height)];
  if (widthPx === null || heightPx === null) return refuse({ type: 'image-damaged' });
  if (directory.value.next !== 0) return refuse({ type: 'image-several-pages' });
  const compression = one(tiffTags.compression) ?? 1;
  if (compression !== lzw)
    return refuse({ type: 'image-compression', found: compressions[compression] ?? String(compression) });
  const channels = one(tiffTags.samples) ?? 1;
  const photometric = one(tiffTags.photometric);
  if (photometric === 5) return refuse({ type: 'image-colours', found: 'CMYK' });
  if (photometric === null || photometric > 3 || channels < 1 || channels > 4)
    return refuse({ type: 'image-colours', found: String(photometric) });
  const bits = directory.value.values(tiffTags.bits) ?? [1];
  const bitsPerSample = Math.max(...bits);
  if (![1, 4, 8].includes(bitsPerSample)) return refuse({ type: 'image-depth', bits: bitsPerSample });
  // A file that was cut off has a directory that speaks of more than there is.
  const offsets =
    directory.value.values(tiffTags.stripOffsets) ?? directory.value.values(tiffTags.tileOffsets);
  const lengths = directory.value.values(tiffTags.stripBytes) ?? directory.value.values(tiffTags.tileBytes);
  if (offsets === null || lengths === null || offsets.length !== lengths.length)
    return refuse({ type: 'image-damaged' });
  if (offsets.some((offset, i) => offset + (lengths[i] ?? 0) > bytes.length))
    return refuse({ type: 'image-cut-short' });
  return ok({ format: 'tiff', widthPx, heightPx, channels, bitsPerSample, dpi: dpiOf(directory.value) });
}

function dpiOf(directory: Directory): ImageFile['dpi'] {
  const x = directory.values(tiffTags.xResolution)?.[0] ?? 0;
  const y = directory.values(tiffTags.yResolution)?.[0] ?? 0;
  const unit = directory.values(tiffTags.unit)?.[0] ?? 2;
  return inInches(unit === 3 ? 'cm' : 'inch', x, y, unit === 2 || unit === 3);
}

/** Bytes of a value: byte, text, short, long, rational. Others are passed over. */
const sizes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8 };
/** Strips of a page: one a line at most. */
const mostValues = 70_000;

function readDirectory(bytes: Uint8Array): Result<Directory> {
  const cut = refuse({ type: 'image-cut-short' });
  if (bytes.length < 8) return cut;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const start = view.getUint32(4, little);
  if (start + 2 > bytes.length) return cut;
  const count = view.getUint16(start, little);
  const end = start + 2 + count * 12;
  if (end + 4 > bytes.length) return cut;
  const values = (tag: number): readonly number[] | null => {
    for (let i = 0; i < count; i++) {
      const at = start + 2 + i * 12;
      if (view.getUint16(at, little) !== tag) continue;
      const type = view.getUint16(at + 2, little);
      const number = view.getUint32(at + 4, little);
      const size = sizes[type];
      if (size === undefined || number === 0 || number > mostValues) return null;
      const from = number * size <= 4 ? at + 8 : view.getUint32(at + 8, little);
      if (from + number * size > bytes.length) return null;
      return Array.from({ length: number }, (_, n) => valueAt(view, from + n * size, type, little));
    }
    return null;
  };
  return ok({ values, next: view.getUint32(end, little) });
}

function valueAt(view: DataView, at: number, type: number, little: boolean): number {
  if (type === 3) return view.getUint16(at, little);
  if (type === 4) return view.getUint32(at, little);
  if (type === 5) return view.getUint32(at, little) / Math.max(1, view.getUint32(at + 4, little));
  return view.getUint8(at);
}
