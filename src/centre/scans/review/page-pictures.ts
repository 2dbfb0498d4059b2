/**
 * Pictures of pages as browsers show them. JPEG goes out as it came; TIFF, which no browser knows, is turned into PNG once, and what was
 * turned lately is kept in memory: people look at the same pages again and go from one to the next.
 */
import sharp from 'sharp';
import { ok, refuse, type Result } from '../../../base/result.ts';
import type { BlobStore } from '../../../store/blobs.ts';

export interface Picture {
  readonly type: 'image/jpeg' | 'image/png';
  readonly content: Uint8Array<ArrayBuffer>;
}

/** A page of 200 dpi is half a megabyte as PNG: more than a hundred of them. */
const keptBytes = 64_000_000;
/** As the reading of pages allows. */
const mostPixels = 100_000_000;

export class PagePictures {
  readonly #blobs: Pick<BlobStore, 'read'>;
  readonly #keptBytes: number;
  /** The one that was asked for last at the end. */
  readonly #kept = new Map<string, Picture>();
  readonly #making = new Map<string, Promise<Result<Picture>>>();
  #bytes = 0;

  constructor(blobs: Pick<BlobStore, 'read'>, most = keptBytes) {
    this.#blobs = blobs;
    this.#keptBytes = most;
  }

  get bytes(): number {
    return this.#bytes;
  }

  async of(digest: string): Promise<Result<Picture>> {
    const kept = this.#kept.get(digest);
    if (kept) {
      this.#kept.delete(digest);
      this.#kept.set(digest, kept);
      return ok(kept);
    }
    // Two who open the same page at once wait for one and the same work.
    const making = this.#making.get(digest) ?? this.#make(digest);
    this.#making.set(digest, making);
    try {
      return await making;
    } finally {
      this.#making.delete(digest);
    }
  }

  async #make(digest: string): Promise<Result<Picture>> {
    const content = await this.#blobs.read(digest);
    if (content === null) return refuse({ type: 'scan-image-missing' });
    if (startsWith(content, [0xff, 0xd8, 0xff])) return ok({ type: 'image/jpeg', content: bytesOf(content) });
    if (!startsWith(content, [0x49, 0x49, 0x2a, 0]) && !startsWith(content, [0x4d, 0x4d, 0, 0x2a]))
      return refuse({ type: 'scan-cannot-be-shown' });
    try {
      const page = sharp(content, { limitInputPixels: mostPixels });
      const { space } = await page.metadata();
      // Grey stays grey, at a third of the size. Little compression: the way to the browser is shorter than the time that more would take.
      const png = await page
        .toColourspace(space === 'b-w' ? 'b-w' : 'srgb')
        .png({ compressionLevel: 1, adaptiveFiltering: false })
        .toBuffer();
      const picture = { type: 'image/png', content: bytesOf(png) } as const;
      this.#keep(digest, picture);
      return ok(picture);
    } catch {
      // What sharp says of a damaged file is for programmers; whoever looks is told what it means.
      return refuse({ type: 'scan-cannot-be-shown' });
    }
  }

  #keep(digest: string, picture: Picture): void {
    this.#kept.set(digest, picture);
    this.#bytes += picture.content.length;
    for (const [oldest, { content }] of this.#kept) {
      if (this.#bytes <= this.#keptBytes) break;
      this.#kept.delete(oldest);
      this.#bytes -= content.length;
    }
  }
}

function startsWith(content: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => content[i] === byte);
}

function bytesOf(content: Uint8Array): Uint8Array<ArrayBuffer> {
  return content.buffer instanceof ArrayBuffer
    ? (content as Uint8Array<ArrayBuffer>)
    : new Uint8Array(content);
}
