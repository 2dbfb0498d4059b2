/** What the candidate does while at work: answers, files and recordings are kept, and nothing from anybody who may not work now. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { FileReference } from '../../exam/paper/response.ts';
import type { Node } from '../../node/node.ts';
import type { KeptChange } from '../contract.ts';
import type { SpokenAnswers } from '../recording/spoken-answers.ts';
import type { AnswerFiles } from './answer-files.ts';
import type { CandidatePaper } from './candidate-paper.ts';
import type { AnswerChange, CandidateWork } from './candidate-work.ts';
import type { CurrentPage } from './current-page.ts';
import type { OwnRoom } from './own-room.ts';
import type { TimeOver } from './time-over.ts';

export interface AnsweringOptions {
  readonly node: Node;
  readonly files: AnswerFiles;
  readonly work: CandidateWork;
  readonly room: OwnRoom;
  readonly page: CurrentPage;
  readonly paper: CandidatePaper;
  readonly spoken: SpokenAnswers;
  readonly timeOver: TimeOver;
}

export class Answering {
  readonly #options: AnsweringOptions;

  constructor(options: AnsweringOptions) {
    this.#options = options;
  }

  /** May the candidate work now? Refused with what hinders it. */
  allowed(): Result<void> {
    const { phase } = this.#options.page.state();
    if (phase === 'answering') return ok();
    if (phase === 'ended') return refuse({ type: 'time-over' });
    if (phase === 'moved') return refuse({ type: 'moved-elsewhere' });
    if (phase === 'handed-in') return refuse({ type: 'already-handed-in' });
    if (phase === 'locked') return refuse({ type: 'screen-locked' });
    return refuse({ type: 'not-started' });
  }

  /** Resolves after the fsync. @returns the change's number, and where it is kept. */
  async answer(change: AnswerChange): Promise<Result<KeptChange>> {
    const { work, paper } = this.#options;
    const taken = this.#stillTaken();
    if (!taken.ok) return taken;
    return paper.open ? this.#shown(work.answer(change, paper.open)) : refuse({ type: 'not-started' });
  }

  /** @param file what lies in the working folder for that response; null: nothing does. */
  async answerFromFolder(
    item: string,
    response: string,
    file: FileReference | null,
  ): Promise<Result<KeptChange>> {
    const { work, room } = this.#options;
    const taken = this.#stillTaken();
    if (!taken.ok) return taken;
    const kept = await this.#shown(work.answerFromFolder(item, response, file));
    room.sendFiles();
    return kept;
  }

  async flag(item: string, flagged: boolean): Promise<Result<unknown>> {
    const allowed = this.allowed();
    return allowed.ok ? this.#shown(this.#options.work.flag(item, flagged)) : allowed;
  }

  async view(item: string): Promise<Result<unknown>> {
    const allowed = this.allowed();
    return allowed.ok ? this.#shown(this.#options.work.view(item)) : allowed;
  }

  /** A file, to be named by an answer. */
  async keepFile(
    body: AsyncIterable<Uint8Array>,
    expected: { size: number | null; digest: string | null },
  ): Promise<Result<{ digest: string }>> {
    const { files, room } = this.#options;
    const allowed = this.allowed();
    if (!allowed.ok) return allowed;
    const kept = await files.keep(body, expected);
    room.sendFiles();
    return kept;
  }

  /** A file that this candidate's answers name, to be shown again; null when it is not here, or not the candidate's. */
  async keptFile(digest: string): Promise<{ mediaType: string; content: Uint8Array } | null> {
    const { node, work, page } = this.#options;
    if (page.state().phase !== 'answering') return null;
    const reference = work.answerFile(digest);
    const content = reference && (await node.blobs.read(digest));
    return content ? { mediaType: reference.mediaType, content } : null;
  }

  /** Resolves after the piece is on the disk. */
  async takeRecording(piece: Parameters<SpokenAnswers['take']>[0]): Promise<Result<void>> {
    const { paper, spoken } = this.#options;
    const taken = this.#stillTaken();
    if (!taken.ok) return taken;
    return paper.open ? spoken.take(piece, paper.open) : refuse({ type: 'not-started' });
  }

  async finishRecording(recording: Parameters<SpokenAnswers['finish']>[0]): Promise<Result<FileReference>> {
    const { room, spoken } = this.#options;
    const taken = this.#stillTaken();
    if (!taken.ok) return taken;
    const finished = await spoken.finish(recording);
    room.sendFiles();
    return finished;
  }

  /** The candidate has read why the screen was locked. */
  async acknowledgeLock(): Promise<Result<void>> {
    const { work, room } = this.#options;
    const claim = work.claim;
    if (!claim?.confirmed) return refuse({ type: 'not-signed-in' });
    const { sittingId, lease } = claim;
    return room.command('/sitting/unlock', { sittingId, lease });
  }

  /** Is the candidate at work, or was a moment ago? */
  #stillTaken(): Result<void> {
    const allowed = this.allowed();
    const late = ['time-over', 'screen-locked'].includes(allowed.ok ? '' : allowed.refusal.type);
    return late && this.#options.timeOver.stillTakes ? ok() : allowed;
  }

  /** The screen shows what was kept. */
  async #shown<T>(keeping: Promise<Result<T>>): Promise<Result<T>> {
    const kept = await keeping;
    if (kept.ok) this.#options.page.show();
    return kept;
  }
}
