/** A microphone of this computer, for whoever records what people say. */
import { silence } from '../../exam/environment/silence.ts';

const everyMs = 50;

/** An open microphone. While it is open the browser shows so, too. */
export interface Microphone {
  readonly stream: MediaStream;
  readonly context: AudioContext;
  readonly source: AudioNode;
  /** The loudest moment since it was asked last, 0 to 1. */
  level(): number;
  /** For how long there was nothing but silence, ms. */
  quietMs(): number;
  close(): void;
}

/** @throws DOMException: there is none, or it may not be used. */
export async function openMicrophone(
  audio: true | MediaTrackConstraints = true,
  sound: AudioContextOptions = {},
): Promise<Microphone> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  const context = new AudioContext(sound);
  const analyser = context.createAnalyser();
  const source = context.createMediaStreamSource(stream);
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let loudest = 0;
  let heardAt = performance.now();
  const sampling = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const now = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    if (now >= silence) heardAt = performance.now();
    loudest = Math.max(loudest, now);
  }, everyMs);
  return {
    stream,
    context,
    source,
    level() {
      const level = Math.min(1, loudest);
      loudest = 0;
      return level;
    },
    quietMs: () => performance.now() - heardAt,
    close() {
      clearInterval(sampling);
      for (const track of stream.getTracks()) track.stop();
      if (context.state !== 'closed') void context.close();
    },
  };
}
