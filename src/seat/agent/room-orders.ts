/** Does what the room says, each time it says something: the start and the receipt for whoever holds this seat, and what other parts of the seat follow. */
import type { SeatOrder } from '../../exam/session/seat-order.ts';
import { receiptCode } from '../../exam/sitting/receipt-code.ts';
import type { SeatEnvironment } from '../environment/seat-environment.ts';
import type { ExamBrowserGuard } from '../exam-browser/guard.ts';
import type { AnswerFiles } from './answer-files.ts';
import type { CandidatePaper } from './candidate-paper.ts';
import type { CandidateWork } from './candidate-work.ts';
import type { CurrentPage } from './current-page.ts';
import type { OwnRoom } from './own-room.ts';
import type { RoomWord } from './room-word.ts';

export interface RoomOrdersOptions {
  readonly word: RoomWord;
  readonly work: CandidateWork;
  readonly room: OwnRoom;
  readonly page: CurrentPage;
  readonly paper: CandidatePaper;
  readonly files: AnswerFiles;
  readonly environment: SeatEnvironment;
  readonly examBrowser: ExamBrowserGuard;
}

export class RoomOrders {
  readonly #options: RoomOrdersOptions;

  constructor(options: RoomOrdersOptions) {
    this.#options = options;
  }

  async take(said: SeatOrder): Promise<void> {
    const { word, work, room, page, paper, files, environment, examBrowser } = this.#options;
    const taken = word.take(said, work.claim?.sittingId ?? null);
    if (!taken) return;
    const { order, changed } = taken;
    environment.follow(order.approved ? order.environment : null);
    examBrowser.follow(order.examBrowser);
    files.wanted(order.wantedFiles, said.at);
    room.sendFiles();
    this.#follow(order);
    await paper.openWhenReady();
    const { session, approved } = order;
    if (session && approved && (session.signInOpen || session.startsAt !== null) && !session.ended)
      paper.fetch(session.id);
    if (changed) page.show();
  }

  /** What an order means for the sitting that this seat holds: the start, and the receipt of what was handed in. */
  #follow(order: SeatOrder): void {
    const { word, work } = this.#options;
    const claim = work.claim;
    if (!claim?.confirmed || claim.sessionId !== order.session?.id) return;
    const startKey = claim.startKey ?? order.startKey;
    const { sitting } = order;
    const handedIn =
      sitting?.status === 'handed-in' && sitting.id === claim.sittingId && sitting.lease === claim.lease;
    const receipt =
      claim.receipt ?? (handedIn && claim.handInHead !== null ? receiptCode(claim.handInHead) : null);
    if (startKey !== claim.startKey || receipt !== claim.receipt)
      word.remember(() => work.hold({ ...claim, startKey, receipt }));
  }
}
