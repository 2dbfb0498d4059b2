/** Takes each change of a screen once: one that comes again is answered as before, one that a newer change has overtaken changes nothing. */
import type { Result } from '../../base/result.ts';
import type { KeptChange } from '../contract.ts';

export interface ScreenChange {
  /** The candidate's work that the page shows. A page may stay open when the next candidate sits down. */
  readonly work: string;
  /** A page that a browser has opened. */
  readonly screen: string;
  /** Counts the page's changes of an item. */
  readonly number: number;
}

interface Taken {
  readonly number: number;
  readonly kept: Promise<Result<KeptChange>>;
}

/** Pages that are remembered: a candidate has one or two open. */
const screensLimit = 20;

export class ScreenChanges {
  readonly #screens = new Map<string, Map<string, Taken>>();
  #work: string | null = null;

  async once(
    item: string,
    from: ScreenChange | undefined,
    keep: () => Promise<Result<KeptChange>>,
  ): Promise<Result<KeptChange>> {
    if (!from) return keep();
    if (from.work !== this.#work) {
      // The page counts from the beginning again: what was counted before is no earlier change of this work.
      this.#work = from.work;
      this.#screens.clear();
    }
    const items = this.#itemsOf(from.screen);
    const taken = items.get(item);
    if (taken && taken.number >= from.number) return taken.kept;
    const kept = keep();
    items.set(item, { number: from.number, kept });
    const done = await kept;
    // Not kept: the same change may come again.
    if (!done.ok && items.get(item)?.kept === kept) items.delete(item);
    return done;
  }

  #itemsOf(screen: string): Map<string, Taken> {
    const known = this.#screens.get(screen) ?? new Map<string, Taken>();
    // The page that was heard of last stands last.
    this.#screens.delete(screen);
    this.#screens.set(screen, known);
    const [oldest] = this.#screens.keys();
    if (this.#screens.size > screensLimit && oldest !== undefined) this.#screens.delete(oldest);
    return known;
  }
}
