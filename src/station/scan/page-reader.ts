/** Reads pages while the scanner goes on: as many at once as there are threads, and those that a kill left unread when it is started again. */
import { Refused } from '../../base/refused.ts';
import type { Refusal } from '../../base/result.ts';
import { readingSchema } from '../../exam/scan/reading.ts';
import type { PagePool } from '../../recognise/pool.ts';
import { badImage, type RecognisedPage } from '../../recognise/recognised-page.ts';
import type { RecogniseOptions } from '../../recognise/recognise-page.ts';
import type { BlobStore } from '../../store/blobs.ts';
import { diskRefusal } from '../../store/disk-refusal.ts';
import type { ScannedPages } from './pages.ts';

export interface ReaderParts {
  readonly pool: Pick<PagePool, 'threads' | 'recognise'>;
  readonly blobs: Pick<BlobStore, 'read'>;
  readonly pages: () => ScannedPages | null;
  /** null: what forms and numbers there are is not known before a member has come. */
  readonly options: () => RecogniseOptions | null;
  readonly onRead: () => void;
}

export class PageReader {
  readonly #parts: ReaderParts;
  readonly #under = new Map<string, Promise<void>>();
  #closed = false;
  #failing: Refusal | null = null;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /** Why what was read cannot be kept; null: it can. */
  get failing(): Refusal | null {
    return this.#failing;
  }

  /** Something is to be read, or can be read now. */
  wake(): void {
    this.#failing = null;
    this.#go();
  }

  /** Resolves when nothing is being read. */
  async settled(): Promise<void> {
    while (this.#under.size > 0) await Promise.all(this.#under.values());
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#under.values());
  }

  #go(): void {
    const [pages, options] = [this.#parts.pages(), this.#parts.options()];
    if (this.#closed || !pages || !options || this.#failing) return;
    // One more than there are threads: its image is in memory when a thread is free.
    const most = this.#parts.pool.threads + 1;
    for (const { id, digest, reading } of pages.all()) {
      if (this.#under.size >= most) return;
      if (reading !== null || this.#under.has(id)) continue;
      const work = this.#read(pages, id, digest, options).finally(() => {
        this.#under.delete(id);
        this.#parts.onRead();
        this.#go();
      });
      this.#under.set(id, work);
    }
  }

  async #read(pages: ScannedPages, id: string, digest: string, options: RecogniseOptions): Promise<void> {
    const { thumbnail, ...read } = await this.#recognise(digest, options);
    if (this.#closed) return;
    try {
      pages.read(id, readingSchema.parse(read), thumbnail);
    } catch (error) {
      const refusal = diskRefusal(error);
      if (!refusal) throw error;
      // It is read again when there is room.
      this.#failing = refusal;
    }
  }

  async #recognise(digest: string, options: RecogniseOptions): Promise<RecognisedPage> {
    try {
      const bytes = await this.#parts.blobs.read(digest);
      return bytes === null
        ? badImage({ type: 'scan-image-missing' })
        : await this.#parts.pool.recognise(bytes, options);
    } catch (error) {
      if (error instanceof Refused) return badImage(error.refusal);
      throw error;
    }
  }
}
