/**
 * Rows of a queue, one after the other: what one has to wait for, and which were put aside until the next start because waiting does not
 * help. What becomes of a row is its own state in the database.
 */
import type { Refusal, Result } from '../../base/result.ts';
import { patiently } from './patience.ts';
import { Turns } from './turns.ts';

export class Attempts {
  readonly turns = new Turns();
  readonly #problems = new Map<string, Refusal>();
  readonly #aside = new Set<string>();
  readonly #onChange: () => void;
  readonly #failure: (error: unknown) => Refusal;

  /** @param failure what nobody expected, as a person is told it */
  constructor(onChange: () => void, failure: (error: unknown) => Refusal) {
    this.#onChange = onChange;
    this.#failure = failure;
  }

  /** Why a row does not go on just now; null: it does, or has ended. */
  problemOf(id: string): Refusal | null {
    return this.#problems.get(id) ?? null;
  }

  get aside(): ReadonlySet<string> {
    return this.#aside;
  }

  /** Never rejects. @param id of the row; null: of none, as when the next one is looked for */
  async make<T>(id: string | null, work: () => Promise<T>): Promise<Result<T>> {
    const made = await patiently(work, {
      turns: this.turns,
      onWait: (away) => this.#say(id, away),
      failure: this.#failure,
    });
    if (id !== null && !made.ok && this.turns.stopped === null) {
      this.#aside.add(id);
      this.#say(id, made.refusal);
    }
    return made;
  }

  #say(id: string | null, problem: Refusal | null): void {
    if (id === null) return;
    if (problem === null) this.#problems.delete(id);
    else {
      this.#problems.set(id, problem);
      this.#onChange();
    }
  }
}
