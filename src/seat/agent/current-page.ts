/** The page that the candidate's screen shows now: made anew whenever something changes, and when a moment comes at which it turns by itself. */
import { systemTimers, type Timers } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { changeSignal } from '../../node/change-signal.ts';
import type { SeatState } from '../contract.ts';
import { nextTurn, seatView, type SeatKnowledge } from './seat-view.ts';

export interface PageTurn {
  readonly knows: SeatKnowledge;
  readonly before: SeatState['phase'];
  readonly phase: SeatState['phase'];
}

export class CurrentPage {
  readonly changed = changeSignal();
  readonly #knowledge: () => Omit<SeatKnowledge, 'run' | 'revision'>;
  readonly #onTurn: (turn: PageTurn) => void;
  readonly #timers: Timers;
  #closed = false;
  readonly #run = newId();
  #revision = 0;
  #shown: SeatState['phase'] = 'unpaired';
  #cancelTurn: () => void = () => undefined;

  /** @param onTurn called with every page before a screen hears of it. */
  constructor(
    knowledge: () => Omit<SeatKnowledge, 'run' | 'revision'>,
    onTurn: (turn: PageTurn) => void,
    timers: Timers = systemTimers,
  ) {
    this.#knowledge = knowledge;
    this.#onTurn = onTurn;
    this.#timers = timers;
  }

  get knows(): SeatKnowledge {
    return { ...this.#knowledge(), run: this.#run, revision: this.#revision };
  }

  state(): SeatState {
    return seatView(this.knows);
  }

  /** Of the page that was shown last. */
  get shownPhase(): SeatState['phase'] {
    return this.#shown;
  }

  show(): void {
    // What ends beside it still says so; whoever turned the page later would look into a data folder that is closed.
    if (this.#closed) return;
    this.#revision++;
    const { knows } = this;
    const { phase } = seatView(knows);
    const before = this.#shown;
    this.#shown = phase;
    this.#onTurn({ knows, before, phase });
    this.#cancelTurn();
    const turn = nextTurn(knows);
    // Without this a screen would learn of the end of its time only with the room's next word.
    if (turn !== null) this.#cancelTurn = this.#timers.after(turn - knows.roomNow, () => this.show());
    this.changed.notify();
  }

  /** For good. */
  close(): void {
    this.#closed = true;
    this.#cancelTurn();
  }
}
