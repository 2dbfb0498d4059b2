/** Candidates' photos in a PDF: JPEG goes in as it is, PNG and WebP are decoded. */
import type { PDFDocument, PDFRef } from '@cantoo/pdf-lib';

/** A picture that lies in the document. */
export interface Picture {
  readonly ref: PDFRef;
  /** Its own, in its own units: only their ratio counts. */
  readonly width: number;
  readonly height: number;
}

export interface PhotoFile {
  readonly mediaType: string;
  readonly content: Uint8Array;
}

/** A small file can hold a picture that fills the memory: of what is decoded, points. */
const mostPoints = 4_096 * 4_096;
/** Points of a WebP's longer side: 40 mm at 190 points an inch. */
const longestSide = 300;

/** @returns null when it is damaged or too large to print. */
export async function embedPhoto(document: PDFDocument, photo: PhotoFile): Promise<Picture | null> {
  const { mediaType, content } = photo;
  const size = mediaType === 'image/jpeg' ? null : sizeOf(mediaType, content);
  if (mediaType !== 'image/jpeg' && (size === null || size.width * size.height > mostPoints)) return null;
  try {
    if (mediaType === 'image/webp') return await embedWebp(document, content);
    const image = await (mediaType === 'image/png' ? document.embedPng(content) : document.embedJpg(content));
    return { ref: image.ref, width: image.width, height: image.height };
  } catch {
    // The library says of a damaged picture only that it is one.
    return null;
  }
}

async function embedWebp(document: PDFDocument, content: Uint8Array): Promise<Picture> {
  const { default: webp } = await import('@cwasm/webp');
  const picture = smaller(webp.decode(content));
  const stream = document.context.flateStream(picture.points, {
    Type: 'XObject',
    Subtype: 'Image',
    Width: picture.width,
    Height: picture.height,
    ColorSpace: 'DeviceRGB',
    BitsPerComponent: 8,
  });
  return { ref: document.context.register(stream), width: picture.width, height: picture.height };
}

/** Each point is the mean of those that it stands for, on white. */
function smaller(from: { width: number; height: number; data: Uint8ClampedArray }): {
  width: number;
  height: number;
  points: Uint8Array;
} {
  const step = Math.max(1, Math.ceil(Math.max(from.width, from.height) / longestSide));
  const [width, height] = [Math.ceil(from.width / step), Math.ceil(from.height / step)];
  const points = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let colour = 0; colour < 3; colour++) {
        let [sum, count] = [0, 0];
        for (let v = y * step; v < Math.min((y + 1) * step, from.height); v++)
          for (let u = x * step; u < Math.min((x + 1) * step, from.width); u++) {
            const at = (v * from.width + u) * 4;
            const opacity = (from.data[at + 3] ?? 255) / 255;
            sum += (from.data[at + colour] ?? 0) * opacity + 255 * (1 - opacity);
            count++;
          }
        points[(y * width + x) * 3 + colour] = Math.round(sum / count);
      }
  return { width, height, points };
}

/** What the file says at its beginning; null: it is cut short, or none of these. */
function sizeOf(mediaType: string, content: Uint8Array): { width: number; height: number } | null {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (content.length < 30) return null;
  if (mediaType === 'image/png') return { width: view.getUint32(16), height: view.getUint32(20) };
  if (mediaType !== 'image/webp') return null;
  const three = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  switch (Buffer.from(content.subarray(12, 16)).toString('latin1')) {
    case 'VP8X':
      return { width: three(24) + 1, height: three(27) + 1 };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    default:
      return null;
  }
}
