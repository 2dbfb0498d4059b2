/** What happens when a candidate's time is over: what is still on its way from the screen is taken, then what was recorded without an end becomes the answer. */
import { systemTimers } from '../../base/clock.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Node } from '../../node/node.ts';
import type { SpokenAnswers } from '../recording/spoken-answers.ts';
import type { CurrentPage, PageTurn } from './current-page.ts';
import type { OwnRoom } from './own-room.ts';
import { deadlineOf } from './seat-view.ts';

/** What was typed before the time was over, or before the screen was locked, is still on its way for a moment: it is taken so long, ms. */
const graceMs = 5_000;

export interface TimeOverOptions {
  readonly node: Node;
  readonly room: OwnRoom;
  readonly page: CurrentPage;
  readonly spoken: SpokenAnswers;
}

export class TimeOver {
  readonly #options: TimeOverOptions;
  /** Own steady clock until which what is on its way from the screen is taken, although the candidate no longer works. */
  #graceUntil = 0;
  #cancelSettling: () => void = () => undefined;

  constructor(options: TimeOverOptions) {
    this.#options = options;
  }

  /** What a candidate at work has sent a moment ago may still arrive. */
  get stillTakes(): boolean {
    return this.#options.node.clock.monotonic() < this.#graceUntil;
  }

  /** A locked screen ends the work for a while. */
  follow({ before, phase }: PageTurn): void {
    if (before === 'answering' && (phase === 'ended' || phase === 'locked')) this.#over(graceMs);
  }

  /** The time may have ended while the seat was off. */
  resume(): void {
    const { knows } = this.#options.page;
    const over = knows.roomNow - (deadlineOf(knows) ?? Infinity);
    if (over >= 0) this.#over(graceMs - over);
  }

  /** Everything that was recorded becomes the answer. */
  async settleSpoken(): Promise<Result<void>> {
    const { node, room, page, spoken } = this.#options;
    if (spoken.unsettled === 0) return ok();
    const settled = await spoken.settle();
    if (settled.ok) page.show();
    else node.log.error({ refusal: settled.refusal }, 'a recording is not the answer yet');
    room.sendFiles();
    return settled;
  }

  close(): void {
    this.#cancelSettling();
  }

  #over(forMs: number): void {
    const { node, page } = this.#options;
    this.#graceUntil = node.clock.monotonic() + forMs;
    this.#cancelSettling();
    this.#cancelSettling = systemTimers.after(Math.max(0, forMs), () => {
      if (page.shownPhase !== 'ended') return;
      this.settleSpoken().then(
        (settled) => {
          // A full disk may have space again.
          if (!settled.ok) this.#over(graceMs);
        },
        (error: unknown) => node.log.error({ err: error }, 'recordings not settled'),
      );
    });
  }
}
