/** The paper of the candidate who holds this seat: fetched ahead of the start, opened in memory with the start key or the words of the start phrase. */
import { fromHex, toHex } from '../../base/bytes.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { Node } from '../../node/node.ts';
import { parseStartPhrase, startKeyFromPhrase } from '../../trust/release.ts';
import type { PaperForScreen } from '../contract.ts';
import type { CandidateWork } from './candidate-work.ts';
import type { CurrentPage } from './current-page.ts';
import type { OwnRoom } from './own-room.ts';
import type { OpenPaper, PaperShelf } from './paper.ts';
import type { RoomWord } from './room-word.ts';

export interface CandidatePaperOptions {
  readonly node: Node;
  readonly shelf: PaperShelf;
  readonly work: CandidateWork;
  readonly word: RoomWord;
  readonly room: OwnRoom;
  readonly page: CurrentPage;
}

export class CandidatePaper {
  readonly #options: CandidatePaperOptions;
  #paper: OpenPaper | null = null;
  #opening: Promise<void> | null = null;
  #notice: Refusal | null = null;

  constructor(options: CandidatePaperOptions) {
    this.#options = options;
  }

  /** null: none is open. It may be another candidate's who held the seat before. */
  get open(): OpenPaper | null {
    return this.#paper;
  }

  /** Why the paper does not open. */
  get notice(): Refusal | null {
    return this.#notice;
  }

  /** Opens it as soon as it and its key are here; else nothing happens. */
  openWhenReady(): Promise<void> {
    this.#opening ??= this.#open().finally(() => (this.#opening = null));
    return this.#opening;
  }

  /** The words that the invigilator reads out open the paper on a seat that was cut off at the start. */
  async openByPhrase(text: string): Promise<Result<void>> {
    const { work, word, shelf, page } = this.#options;
    const claim = work.claim;
    if (!claim?.confirmed) return refuse({ type: 'not-signed-in' });
    const words = parseStartPhrase(text);
    if (!words.ok) return words;
    const startKey = await startKeyFromPhrase(words.value, claim.sessionId);
    const opened = await shelf.open(claim, startKey);
    if (!opened.ok)
      return opened.refusal.type === 'paper-not-here' ? opened : refuse({ type: 'wrong-start-phrase' });
    const now = work.claim;
    if (now?.sittingId !== claim.sittingId) return refuse({ type: 'not-signed-in' });
    this.#paper = opened.value;
    work.hold({ ...now, startKey: toHex(startKey), openedAt: now.openedAt ?? word.now() });
    page.show();
    return ok();
  }

  /** In the background, unless it is here. */
  fetch(sessionId: string): void {
    const { node, shelf } = this.#options;
    if (shelf.holds(sessionId)) return;
    this.#fetch(sessionId).catch((error: unknown) =>
      node.log.error({ err: error, sessionId }, 'paper not fetched'),
    );
  }

  /** With what the candidate did to it so far. */
  forScreen(): Result<PaperForScreen> {
    const { work, page } = this.#options;
    const { phase } = page.state();
    const open = phase === 'answering' || phase === 'locked' ? this.#paper : null;
    const shown = open && work.onPaper(open);
    return shown ? ok(shown) : refuse({ type: 'not-started' });
  }

  /** A file of the open paper; null when there is none, or the paper is not open to the candidate. */
  file(digest: string): { mediaType: string; content: Uint8Array } | null {
    if (this.#options.page.state().phase !== 'answering') return null;
    const found = this.#paper?.files.get(digest);
    return found ? { mediaType: found.file.mediaType, content: found.content } : null;
  }

  close(): void {
    this.#paper = null;
  }

  async #fetch(sessionId: string): Promise<void> {
    const { node, room, page } = this.#options;
    const fetched = await room.ask((link) => link.fetchPaper(sessionId));
    if (!fetched.ok) {
      node.log.warn({ refusal: fetched.refusal }, 'paper not fetched yet');
      return;
    }
    await this.openWhenReady();
    page.show();
  }

  async #open(): Promise<void> {
    const { node, shelf, work, word, page } = this.#options;
    const claim = work.claim;
    if (!claim?.startKey || !claim.confirmed || claim.receipt !== null) return;
    if (this.#paper?.sittingId === claim.sittingId || !shelf.holds(claim.sessionId)) return;
    const opened = await shelf.open(claim, fromHex(claim.startKey));
    if (!opened.ok) {
      this.#notice = opened.refusal;
      node.log.error({ refusal: opened.refusal }, 'the paper does not open; it is fetched again');
      await shelf.discard(claim.sessionId);
      return;
    }
    this.#notice = null;
    this.#paper = opened.value;
    const now = work.claim;
    if (now?.sittingId === claim.sittingId && now.openedAt === null)
      word.remember(() => work.hold({ ...now, openedAt: word.now() }));
    page.show();
  }
}
