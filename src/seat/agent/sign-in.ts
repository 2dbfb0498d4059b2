/** Who holds this seat: a candidate is looked up, says "this is me", has read the rules, and leaves the seat for the next one. The room agrees to each step. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { foundSchema, type SeatOrder } from '../../exam/session/seat-order.ts';
import type { SpokenAnswers } from '../recording/spoken-answers.ts';
import type { CandidatePaper } from './candidate-paper.ts';
import type { CandidateWork } from './candidate-work.ts';
import type { CurrentPage } from './current-page.ts';
import type { OwnRoom } from './own-room.ts';
import type { RoomWord } from './room-word.ts';

export interface SignInOptions {
  readonly work: CandidateWork;
  readonly word: RoomWord;
  readonly room: OwnRoom;
  readonly page: CurrentPage;
  readonly paper: CandidatePaper;
  readonly spoken: SpokenAnswers;
  readonly takeOrder: (order: SeatOrder) => Promise<void>;
}

export class SignIn {
  readonly #options: SignInOptions;
  #photo: string | null = null;

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  /** Of the candidate who is about to confirm the name, as a data URL; only in memory. */
  get photo(): string | null {
    return this.#photo;
  }

  async lookUp(admissionNumber: string): Promise<Result<void>> {
    const { work, word, room, page } = this.#options;
    const { phase } = page.state();
    if (phase !== 'ready' && !(phase === 'signed-in' && !work.claim?.confirmed))
      return refuse({ type: 'seat-in-use' });
    const session = word.order?.session;
    if (!session) return refuse({ type: 'sign-in-not-open' });
    const answer = await room.ask((link) => link.ask('/sitting/look-up', { admissionNumber }));
    if (!answer.ok) return answer;
    const found = foundSchema.safeParse(answer.value);
    if (!found.success) return refuse({ type: 'parent-not-understood' });
    const { photo, ...person } = found.data;
    this.#photo = photo;
    work.hold({
      ...person,
      projectId: session.projectId,
      sessionId: session.id,
      confirmed: false,
      lease: 0,
      attempt: 1,
      startKey: null,
      openedAt: null,
      carried: [],
      handInHead: null,
      receipt: null,
    });
    page.show();
    return ok();
  }

  async confirm(confirmed: boolean): Promise<Result<void>> {
    const { work, room, page, takeOrder } = this.#options;
    const claim = work.claim;
    if (!claim || claim.confirmed) return refuse({ type: 'nobody-to-confirm' });
    if (!confirmed) {
      work.hold(null);
      page.show();
      return ok();
    }
    const { sittingId } = claim;
    const told = await room.ask((link) => link.command('/sitting/sign-in', { sittingId, lease: 0 }));
    if (!told.ok) return told;
    const { sitting } = told.value;
    if (!sitting || sitting.id !== sittingId) return refuse({ type: 'parent-not-understood' });
    const carried = await room.ask((link) => link.carriedAnswers(sittingId));
    if (!carried.ok) return carried;
    work.hold({
      ...claim,
      confirmed: true,
      lease: sitting.lease,
      attempt: sitting.attempt,
      carried: carried.value,
    });
    room.nudge();
    await takeOrder(told.value);
    // Somebody who goes on after an interruption has read the rules already.
    return sitting.rulesRead ? this.rulesRead() : ok();
  }

  async rulesRead(): Promise<Result<void>> {
    const { work, room } = this.#options;
    const claim = work.claim;
    if (!claim?.confirmed) return refuse({ type: 'not-signed-in' });
    const { sittingId, lease } = claim;
    return room.command('/sitting/rules-read', { sittingId, lease });
  }

  /** Frees the seat for the next candidate. */
  leave(): Result<void> {
    const { room, page, spoken } = this.#options;
    const { phase } = page.state();
    if (!['handed-in', 'moved', 'ended', 'absent'].includes(phase)) return refuse({ type: 'seat-in-use' });
    if (phase !== 'moved' && room.pending > 0) return refuse({ type: 'answers-still-on-their-way' });
    spoken.forget();
    this.#options.work.hold(null);
    this.#options.paper.close();
    room.nudge();
    page.show();
    return ok();
  }

  /** Nobody holds the seat any more, whatever state it is in. */
  forget(): void {
    const { work, paper, page } = this.#options;
    work.hold(null);
    paper.close();
    this.#photo = null;
    page.show();
  }
}
