/**
 * A regular language as a nondeterministic automaton (Thompson 1968): all ways are walked at once, letter by letter, so that the time grows
 * with the length of the text times the size of the pattern and with nothing else. A backtracking matcher can be kept busy for years by one
 * careless pattern. Browser-safe.
 */

export type Part =
  | { readonly letter: (letter: string) => boolean }
  | { readonly inOrder: readonly Part[] }
  | { readonly oneOf: readonly Part[] }
  /** `most` may be Infinity. */
  | { readonly repeated: Part; readonly least: number; readonly most: number };

type State =
  | { readonly letter: (letter: string) => boolean; readonly next: number }
  | { readonly ways: number[] };

/** A counted repetition is as large as what it repeats times its count. */
const mostStates = 20_000;

export class TooLarge extends Error {}

export class Automaton {
  /** The first one is the end. */
  readonly #states: State[] = [{ ways: [] }];
  readonly #start: number;

  /** @throws TooLarge */
  constructor(part: Part) {
    this.#start = this.#add(part, 0);
  }

  /** Is the whole text in the language? */
  matches(text: string): boolean {
    let here = new Set<number>();
    this.#enter(this.#start, here);
    for (const letter of text) {
      const there = new Set<number>();
      for (const at of here) {
        const state = this.#states[at];
        if (state && 'letter' in state && state.letter(letter)) this.#enter(state.next, there);
      }
      if (there.size === 0) return false;
      here = there;
    }
    return here.has(0);
  }

  /** With everything that can be reached from it without a letter. */
  #enter(first: number, reached: Set<number>): void {
    const waiting = [first];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (reached.has(at)) continue;
      reached.add(at);
      const state = this.#states[at];
      if (state && 'ways' in state) waiting.push(...state.ways);
    }
  }

  /** @returns where the part begins that goes on at `next`. */
  #add(part: Part, next: number): number {
    if ('letter' in part) return this.#push({ letter: part.letter, next });
    if ('inOrder' in part) return part.inOrder.reduceRight((then, one) => this.#add(one, then), next);
    if ('oneOf' in part) return this.#push({ ways: part.oneOf.map((one) => this.#add(one, next)) });
    const { repeated, least, most } = part;
    let at = next;
    if (most === Infinity) {
      const ways: number[] = [next];
      at = this.#push({ ways });
      ways.push(this.#add(repeated, at));
    } else
      for (let i = least; i < most; i++) {
        // Entered or not, nothing after it is skipped: those behind it are optional by themselves.
        const before = this.#add(repeated, at);
        at = this.#push({ ways: [next, before] });
      }
    for (let i = 0; i < least; i++) at = this.#add(repeated, at);
    return at;
  }

  #push(state: State): number {
    if (this.#states.length >= mostStates) throw new TooLarge();
    return this.#states.push(state) - 1;
  }
}
