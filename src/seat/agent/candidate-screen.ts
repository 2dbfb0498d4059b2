/** The candidate's screen, as the room hears of it: is a page open, and how does the browser do that this program has started? */
import type { ScreenProgram } from '../../exam/remote-control/order.ts';

export class CandidateScreen {
  readonly #onProgram: () => void;
  #pages = 0;
  #program: ScreenProgram = { state: 'closed', problem: null };

  /** @param onProgram the room is told at once. */
  constructor(onProgram: () => void) {
    this.#onProgram = onProgram;
  }

  /** The room shows a seat whose screen is gone as away. */
  get open(): boolean {
    return this.#pages > 0;
  }

  /** @returns call it when the page goes. */
  opened(): () => void {
    this.#pages++;
    return () => {
      this.#pages--;
    };
  }

  get program(): ScreenProgram {
    return this.#program;
  }

  tell(program: ScreenProgram): void {
    this.#program = program;
    this.#onProgram();
  }
}
