/** Sound in and out of the browser: for the environment check and for spoken answers. */
import { openMicrophone, type Microphone } from '../../ui/sound/microphone.ts';

const listenMs = 3_000;
const toneMs = 1_000;

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
