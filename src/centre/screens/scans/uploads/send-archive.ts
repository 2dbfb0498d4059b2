/** One archive on its way to the centre, in pieces; it goes on by itself after the connection was lost. */
import { DetailedError, Upload } from 'tus-js-client';
import type { Refusal } from '../../../../base/result.ts';
import { SendingLine } from './sending-line.ts';

export interface Sending {
  readonly uploadId: string;
  readonly sent: number;
  readonly total: number;
  /** Bytes a second, of the last seconds. */
  readonly rate: number;
  /** `queued`: others go first. `gone`: somebody cancelled it. */
  readonly state: 'queued' | 'sending' | 'trying' | 'paused' | 'done' | 'gone' | 'failed';
  readonly refusal: Refusal | null;
}

/** Of one request: what is on the centre's disk for good grows by so much, and a proxy between has nothing large to keep. */
const pieceBytes = 8 * 1_048_576;
const rateOfMs = 5_000;
/** A centre that is started again or a line that was cut: tried for as long as the page stands open. */
const retriesMs = [500, 1_000, 3_000, 5_000, ...Array.from({ length: 2_000 }, () => 10_000)];

/** Of this browser window, also when its page is left and opened again. */
const line = new SendingLine();

export interface Sender {
  pause(): void;
  resume(): void;
}

export function sendArchive(
  file: File,
  { uploadId, received }: { readonly uploadId: string; readonly received: number },
  onChange: (sending: Sending) => void,
): Sender {
  let now: Sending = {
    uploadId,
    sent: received,
    total: file.size,
    rate: 0,
    state: 'queued',
    refusal: null,
  };
  const change = (part: Partial<Sending>): void => onChange((now = { ...now, ...part }));
  const measured: { at: number; sent: number }[] = [];
  const upload = new Upload(file, {
    uploadUrl: `${location.origin}/scan-uploads/${uploadId}`,
    headers: { 'x-invigil': '1' },
    chunkSize: pieceBytes,
    retryDelays: retriesMs,
    storeFingerprintForResuming: false,
    onProgress: (sent) => {
      const at = performance.now();
      measured.push({ at, sent });
      while (measured.length > 2 && at - (measured[0]?.at ?? at) > rateOfMs) measured.shift();
      const [first] = measured;
      const seconds = first ? (at - first.at) / 1_000 : 0;
      change({
        sent,
        state: 'sending',
        refusal: null,
        rate: first && seconds > 0 ? Math.max(0, (sent - first.sent) / seconds) : 0,
      });
    },
    onShouldRetry: (error) => {
      measured.length = 0;
      const status = error.originalResponse?.getStatus() ?? 0;
      const again = status === 0 || status === 409 || status === 423 || status >= 500;
      if (again) change({ state: 'trying', refusal: refusalIn(error) });
      return again;
    },
    onError: (error) => {
      line.leave(start);
      change(
        error instanceof DetailedError && error.originalResponse?.getStatus() === 410
          ? { state: 'gone' }
          : { state: 'failed', refusal: refusalIn(error) ?? { type: 'upload-interrupted' } },
      );
    },
    onSuccess: () => {
      line.leave(start);
      change({ state: 'done', sent: file.size });
    },
  });
  const start = (): void => {
    measured.length = 0;
    change({ state: 'sending' });
    upload.start();
  };
  onChange(now);
  line.join(start);
  return {
    pause: () => {
      change({ state: 'paused' });
      void upload.abort();
      line.leave(start);
    },
    resume: () => {
      change({ state: 'queued' });
      line.join(start);
    },
  };
}

/** As the centre said it; null: it said nothing, or could not be reached. */
function refusalIn(error: Error): Refusal | null {
  if (!(error instanceof DetailedError)) return null;
  try {
    const said: unknown = JSON.parse(error.originalResponse?.getBody() ?? '');
    return typeof said === 'object' && said !== null && 'type' in said ? (said as Refusal) : null;
  } catch {
    return null;
  }
}
