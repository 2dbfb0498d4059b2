/**
 * Pictures of pages that are looked at now or next, decoded before they are shown. They lie in this window's memory alone, and the server
 * forbids to keep them anywhere else: nothing of a candidate stays on the disk.
 */
import type { Refusal } from '../../../../base/result.ts';

export interface PagePicture {
  readonly id: string;
  readonly image: HTMLImageElement;
}

/** A decoded page takes sixteen megabytes. */
const most = 8;

export class PageMemory {
  readonly #pages = new Map<string, Promise<PagePicture>>();

  /** Rejects with the server's `Refusal` as its cause. */
  get(id: string): Promise<PagePicture> {
    const known = this.#pages.get(id);
    const page = known ?? load(id);
    this.#pages.delete(id);
    this.#pages.set(id, page);
    if (!known) page.catch(() => this.#pages.delete(id));
    for (const [oldest, one] of this.#pages) {
      if (this.#pages.size <= most) break;
      this.#pages.delete(oldest);
      forget(one);
    }
    return page;
  }

  close(): void {
    for (const one of this.#pages.values()) forget(one);
    this.#pages.clear();
  }
}

async function load(id: string): Promise<PagePicture> {
  const answer = await fetch(addressOf(id, 'image'));
  if (!answer.ok) throw new Error('the picture was refused', { cause: (await answer.json()) as Refusal });
  const image = new Image();
  image.src = URL.createObjectURL(await answer.blob());
  await image.decode();
  return { id, image };
}

function forget(one: Promise<PagePicture>): void {
  void one.then(
    ({ image }) => URL.revokeObjectURL(image.src),
    () => undefined,
  );
}

export function addressOf(id: string, what: 'image' | 'thumbnail'): string {
  return `/scans/${encodeURIComponent(id)}/${what}`;
}
