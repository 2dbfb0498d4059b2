/** Sound in and out of the browser: for the environment check and for spoken answers. */
import { silence } from '../../exam/environment/silence.ts';

const listenMs = 3_000;
const toneMs = 1_000;
const everyMs = 50;

/** An open microphone. While it is open the browser shows so, too. */
export interface Microphone {
  readonly stream: MediaStream;
  /** The loudest moment since it was asked last, 0 to 1. */
  level(): number;
  /** For how long there was nothing but silence, ms. */
  quietMs(): number;
  close(): void;
}

/** @throws DOMException: there is none, or it may not be used. */
export async function openMicrophone(): Promise<Microphone> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
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

/** Listens for a few seconds. @returns the loudest moment, 0 to 1, or why there was nothing to listen to. */
export async function listen(
  onOpen: (microphone: Microphone | null) => void,
): Promise<{ level: number; problem: string | null }> {
  let microphone: Microphone;
  try {
    microphone = await openMicrophone();
  } catch (error) {
    return { level: 0, problem: ((error as DOMException).name || String(error)).slice(0, 100) };
  }
  let level = 0;
  // The meter asks for the level, too.
  const heard: Microphone = {
    ...microphone,
    level: () => {
      const now = microphone.level();
      level = Math.max(level, now);
      return now;
    },
  };
  onOpen(heard);
  await new Promise((resolve) => setTimeout(resolve, listenMs));
  heard.level();
  onOpen(null);
  microphone.close();
  return { level, problem: null };
}

/** Resolves when the tone is over. */
export async function playTone(): Promise<void> {
  const context = new AudioContext();
  try {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = 660;
    volume.gain.value = 0.2;
    tone.connect(volume).connect(context.destination);
    tone.start();
    await new Promise((resolve) => setTimeout(resolve, toneMs));
    tone.stop();
  } finally {
    await context.close();
  }
}
