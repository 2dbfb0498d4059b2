/** Sound in and out of the browser, for the environment check. */

const listenMs = 3_000;
const toneMs = 1_000;
const everyMs = 50;

/** Listens for a few seconds. @returns the loudest moment, 0 to 1, or why there was nothing to listen to. */
export async function listen(): Promise<{ level: number; problem: string | null }> {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (error) {
    return { level: 0, problem: ((error as DOMException).name || String(error)).slice(0, 100) };
  }
  const context = new AudioContext();
  try {
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let level = 0;
    for (let passed = 0; passed < listenMs; passed += everyMs) {
      await new Promise((resolve) => setTimeout(resolve, everyMs));
      analyser.getFloatTimeDomainData(samples);
      for (const sample of samples) level = Math.max(level, Math.abs(sample));
    }
    return { level: Math.min(1, level), problem: null };
  } finally {
    for (const track of stream.getTracks()) track.stop();
    await context.close();
  }
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
