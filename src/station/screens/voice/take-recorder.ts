/** Records a take and gives it to the station piece by piece: what is not on its disk yet stays here and is sent again. */
import type { Refusal } from '../../../base/result.ts';
import { usualPieceS } from '../../../exam/paper-day/voice-pieces.ts';
import { refusalOf } from '../../../ui/client.ts';
import type { Microphone } from '../../../ui/sound/microphone.ts';
import type { StationClient } from '../station-page.tsx';
import { hear, rate, soundOf } from './hearing.ts';

const retryMs = 1_000;
/** With these the station will never take a piece. */
const final = new Set([
  'take-over',
  'piece-out-of-place',
  'piece-too-long',
  'recording-too-long',
  'bad-request',
]);

interface Piece {
  readonly number: number;
  readonly start: number;
  readonly samples: number;
  readonly content: Blob;
}

export class TakeRecorder {
  readonly take: string;
  readonly microphone: Microphone;
  readonly #station: StationClient;
  readonly #limit: number;
  readonly #stopHearing: () => Promise<void>;
  readonly #onEnd: (why: 'time-over' | 'microphone-lost') => void;
  #heard = 0;
  #kept = 0;
  #number = 0;
  /** Heard, and in no piece yet. */
  #loose: Int16Array[] = [];
  #looseLength = 0;
  #sending: Promise<void> = Promise.resolve();
  #over = false;
  /** Why the station does not take what was said; it is sent again. */
  trouble: Refusal | null = null;
  /** Why it never will. */
  refused: Refusal | null = null;

  constructor(
    station: StationClient,
    microphone: Microphone,
    { take, limit }: { readonly take: string; readonly limit: number },
    onEnd: (why: 'time-over' | 'microphone-lost') => void,
  ) {
    this.take = take;
    this.microphone = microphone;
    this.#station = station;
    this.#limit = limit;
    this.#onEnd = onEnd;
    this.#stopHearing = hear(microphone, (samples) => this.#take(samples));
    // Pulled out, or taken by another program.
    for (const track of microphone.stream.getTracks())
      track.addEventListener('ended', () => this.#end('microphone-lost'));
  }

  /** What may be heard, s. */
  get limitS(): number {
    return this.#limit / rate;
  }

  /** What was heard, s. */
  get seconds(): number {
    return this.#heard / rate;
  }

  /** What is not on the station's disk yet, s. */
  get waitingS(): number {
    return (this.#heard - this.#kept) / rate;
  }

  /** Hears no more. Resolves when all of it is on the station's disk, or never will be. @returns samples that were heard */
  async stop(): Promise<number> {
    await this.#stopHearing();
    this.#over = true;
    this.#piece();
    await this.#sending;
    this.microphone.close();
    return this.#heard;
  }

  #take(samples: Int16Array): void {
    if (this.#over) return;
    const fits = samples.subarray(0, Math.max(0, this.#limit - this.#heard));
    this.#heard += fits.length;
    this.#loose.push(fits);
    this.#looseLength += fits.length;
    if (this.#looseLength >= usualPieceS * rate) this.#piece();
    if (this.#heard >= this.#limit) this.#end('time-over');
  }

  #end(why: 'time-over' | 'microphone-lost'): void {
    if (this.#over) return;
    this.#over = true;
    this.#onEnd(why);
  }

  #piece(): void {
    if (this.#looseLength === 0) return;
    const piece: Piece = {
      number: ++this.#number,
      start: this.#heard - this.#looseLength,
      samples: this.#looseLength,
      content: soundOf(this.#loose),
    };
    this.#loose = [];
    this.#looseLength = 0;
    this.#sending = this.#sending.then(() => this.#untilKept(piece));
  }

  /** The same piece twice is kept once, so nothing is lost or doubled when an answer did not arrive. */
  async #untilKept({ number, start, samples, content }: Piece): Promise<void> {
    while (this.refused === null) {
      try {
        await this.#station.voice.piece({ take: this.take, number, start, content });
        this.#kept += samples;
        this.trouble = null;
        return;
      } catch (error) {
        const refusal = refusalOf(error);
        if (final.has(refusal.type)) this.refused = refusal;
        else this.trouble = refusal;
      }
      if (this.refused === null) await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}
