/**
 * Spoken answers at this seat: pieces of a recording come while it is spoken, and its file becomes the answer when it is finished. What was recorded
 * and never finished, because the browser died or the time ended, becomes the answer too.
 */
import { ok, refuse, type Result } from '../../base/result.ts';
import { safeFileName } from '../../exam/answer/answer-files.ts';
import { descendants } from '../../exam/paper/element.ts';
import type { FileReference } from '../../exam/paper/response.ts';
import { askedRecording, type AskedRecording } from '../../exam/recording/asked.ts';
import { recordingType } from '../../exam/recording/recording-limits.ts';
import { sha256Hex } from '../../trust/digest.ts';
import type { AnswerFiles } from '../agent/answer-files.ts';
import type { CandidateWork } from '../agent/candidate-work.ts';
import type { OpenPaper } from '../agent/paper.ts';
import type { KeptRecording, PieceNumber } from './contract.ts';
import { isSame, type Recordings, type RecordingPlace } from './recordings.ts';

interface AnswerPlace {
  readonly work: string;
  readonly item: string;
  readonly response: string;
}

export interface SpokenAnswersOptions {
  readonly recordings: Recordings;
  readonly work: CandidateWork;
  readonly files: Pick<AnswerFiles, 'keep'>;
}

export class SpokenAnswers {
  readonly #options: SpokenAnswersOptions;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: SpokenAnswersOptions) {
    this.#options = options;
  }

  kept(of: AnswerPlace): Result<KeptRecording | null> {
    const place = this.#place(of);
    return place.ok ? ok(this.#options.recordings.kept(place.value)) : place;
  }

  /** Resolves after the fsync. */
  async take(
    input: AnswerPlace & PieceNumber & { readonly ms: number; readonly content: Blob },
    paper: OpenPaper,
  ): Promise<Result<void>> {
    const content = await input.content.bytes();
    const place = this.#place(input);
    if (!place.ok) return place;
    const asked = askedIn(paper, input);
    return asked ? this.#options.recordings.take(place.value, { ...input, content }, asked) : notAsked(input);
  }

  /** @returns the file of everything up to `last`, for the screen to answer with. */
  async finish(input: AnswerPlace & { readonly last: PieceNumber }): Promise<Result<FileReference>> {
    const place = this.#place(input);
    if (!place.ok) return place;
    const kept = this.#options.recordings.kept(place.value);
    if (!kept || !isSame(kept.last, input.last)) return refuse({ type: 'recording-out-of-order' });
    return this.#fileOf(place.value, kept);
  }

  /** Recordings of this candidate that are not the answer yet. */
  get unsettled(): number {
    return this.#unsettled().length;
  }

  /** Everything that was recorded becomes the answer. */
  settle(): Promise<Result<void>> {
    const settled = this.#last.then(() => this.#settle());
    this.#last = settled.catch(() => undefined);
    return settled;
  }

  /** Nothing of this candidate's recordings stays beside the answers. */
  forget(): void {
    const claim = this.#options.work.claim;
    if (claim) this.#options.recordings.forget(claim.sittingId);
  }

  /** Of any candidate. */
  forgetEverybody(): Result<void> {
    this.#options.recordings.forgetEverybody();
    return ok();
  }

  #unsettled(): RecordingPlace[] {
    const { recordings, work } = this.#options;
    if (!work.claim?.confirmed) return [];
    return recordings
      .ofSitting(work.claim.sittingId, work.claim.attempt)
      .filter(({ place, file }) => file === null || file.digest !== answeredWith(work, place))
      .map(({ place }) => place);
  }

  async #settle(): Promise<Result<void>> {
    const { recordings, work } = this.#options;
    for (const place of this.#unsettled()) {
      const kept = recordings.kept(place);
      if (!kept) continue;
      const file = await this.#fileOf(place, kept);
      if (!file.ok) return file;
      if (answeredWith(work, place) === file.value.digest) continue;
      const answered = await work.answerAlone(place.item, place.response, { file: file.value });
      if (!answered.ok) return answered;
    }
    return ok();
  }

  async #fileOf(place: RecordingPlace, kept: KeptRecording): Promise<Result<FileReference>> {
    const { recordings, files } = this.#options;
    if (kept.file) return ok(kept.file);
    const whole = recordings.whole(place);
    const size = whole.length;
    const put = await files.keep(one(whole), { size, digest: sha256Hex(whole) });
    if (!put.ok) return put;
    const name = safeFileName(`${place.item}_${place.response}.webm`);
    const file = { digest: put.value.digest, name, mediaType: recordingType, size };
    const noted = recordings.noteFile(place, kept.last, file);
    return noted.ok ? ok(file) : noted;
  }

  #place({ work: name, item, response }: AnswerPlace): Result<RecordingPlace> {
    const { claim, name: own } = this.#options.work;
    if (!claim?.confirmed || name !== own) return refuse({ type: 'moved-elsewhere' });
    return ok({ sitting: claim.sittingId, attempt: claim.attempt, item, response });
  }
}

function answeredWith(work: CandidateWork, { item, response }: RecordingPlace): string | null {
  const value = work.responseTo(item, response);
  if (typeof value !== 'object' || value === null || !('file' in value)) return null;
  return typeof value.file === 'object' && value.file !== null ? value.file.digest : null;
}

function askedIn({ instance }: OpenPaper, { item, response }: AnswerPlace): AskedRecording | null {
  const content = instance.items.find((one) => one.identifier === item);
  const asking =
    content &&
    [...descendants(content.item.body)].find(
      (element) => element.attributes['response-identifier'] === response && askedRecording(element) !== null,
    );
  return asking ? askedRecording(asking) : null;
}

function notAsked({ item, response }: AnswerPlace): Result<never> {
  return refuse({ type: 'bad-response', item, problem: `${response} is not asked for as a recording` });
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
