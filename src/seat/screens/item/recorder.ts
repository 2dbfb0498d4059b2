/**
 * Records a spoken answer and gives it to the agent piece by piece. It goes on without the page that began it: a question that is left, a screen that is
 * locked or a time that is over ends the recording, and what was said is kept.
 */
import type { Refusal } from '../../../base/result.ts';
import type { FileReference } from '../../../exam/paper/response.ts';
import { bitsPerSecond, pieceMs, recorderType } from '../../../exam/recording/recording-limits.ts';
import type { PieceNumber } from '../../recording/contract.ts';
import { agent, refusalOf } from '../agent.ts';
import type { Microphone } from '../../../ui/sound/microphone.ts';

export interface AnswerPlace {
  readonly work: string;
  readonly item: string;
  readonly response: string;
}

const retryMs = 1_000;
/** With these the agent will never take a piece. */
const final = new Set([
  'time-over',
  'moved-elsewhere',
  'already-handed-in',
  'bad-response',
  'recording-out-of-order',
  'recording-not-understood',
  'recording-too-long',
  'recording-tries-used',
]);

export function canRecord(): boolean {
  return (
    'MediaRecorder' in globalThis &&
    'mediaDevices' in navigator &&
    MediaRecorder.isTypeSupported(recorderType)
  );
}

export class Recorder {
  /** Resolves when the recorder that was begun last is done. */
  static newest: Promise<unknown> = Promise.resolve();
  readonly microphone: Microphone;
  /** Resolves when everything is kept: the file to answer with, or why there is none. */
  readonly done: Promise<{ file: FileReference } | { refusal: Refusal }>;
  readonly #place: AnswerPlace;
  readonly #media: MediaRecorder;
  readonly #began = performance.now();
  /** Why the agent has not taken a piece yet; it is sent again. */
  #trouble: Refusal | null = null;

  /** @param first number of its first piece. */
  constructor(microphone: Microphone, place: AnswerPlace, first: PieceNumber) {
    this.microphone = microphone;
    this.#place = place;
    this.#media = new MediaRecorder(microphone.stream, {
      mimeType: recorderType,
      audioBitsPerSecond: bitsPerSecond,
    });
    const stopped = new Promise<void>((resolve) =>
      this.#media.addEventListener('stop', () => resolve(), { once: true }),
    );
    let last = { ...first, number: first.number - 1 };
    let sending: Promise<Refusal | null> = Promise.resolve(null);
    this.#media.addEventListener('dataavailable', ({ data }) => {
      if (data.size === 0) return;
      const piece = (last = { ...last, number: last.number + 1 });
      const ms = Math.round(this.ms);
      sending = sending.then((refused) => refused ?? this.#send(piece, ms, data));
    });
    // Pulled out, or taken by another program: what was said until then counts.
    for (const track of microphone.stream.getTracks()) track.addEventListener('ended', () => this.stop());
    this.#media.start(pieceMs);
    this.done = stopped.then(async () => {
      microphone.close();
      const refusal = await sending;
      if (refusal) return { refusal };
      return this.#finish(last);
    });
    Recorder.newest = this.done;
  }

  /** Since it began, ms. */
  get ms(): number {
    return performance.now() - this.#began;
  }

  get trouble(): Refusal | null {
    return this.#trouble;
  }

  stop(): void {
    if (this.#media.state !== 'inactive') this.#media.stop();
  }

  async #send(piece: PieceNumber, ms: number, content: Blob): Promise<Refusal | null> {
    const refusal = await this.#untilTaken(() =>
      agent.recording.piece({ ...this.#place, ...piece, ms, content }),
    );
    if ('refusal' in refusal) this.stop();
    return 'refusal' in refusal ? refusal.refusal : null;
  }

  async #finish(last: PieceNumber): Promise<{ file: FileReference } | { refusal: Refusal }> {
    const finished = await this.#untilTaken(() => agent.recording.finish({ ...this.#place, last }));
    return 'refusal' in finished ? finished : { file: finished.value };
  }

  /** The same piece twice is kept once, so nothing is lost or doubled when an answer did not arrive. */
  async #untilTaken<T>(ask: () => Promise<T>): Promise<{ value: T } | { refusal: Refusal }> {
    for (;;) {
      try {
        const value = await ask();
        this.#trouble = null;
        return { value };
      } catch (error) {
        const refusal = refusalOf(error);
        if (final.has(refusal.type)) return { refusal };
        this.#trouble = refusal;
      }
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}
