/** What a microphone hears, sample by sample: as it is recorded, nothing taken out or made louder. */
import { openMicrophone, type Microphone } from '../../../ui/sound/microphone.ts';
import workletAddress from './hearing-worklet.ts?worker&url';

export const rate = 48_000;

const silentMs = 1_000;

const chosenKey = 'invigil-voice-microphone';
export const chosenDevice = (): string => localStorage.getItem(chosenKey) ?? '';
export const chooseDevice = (id: string): void => localStorage.setItem(chosenKey, id);

/** @throws DOMException as `openMicrophone` */
export async function openChosen(device = chosenDevice()): Promise<Microphone> {
  const microphone = await openMicrophone(
    {
      ...(device === '' ? {} : { deviceId: { exact: device } }),
      channelCount: 1,
      // People mark what was said, and not what a program made of it.
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
    },
    { sampleRate: rate },
  );
  try {
    await microphone.context.audioWorklet.addModule(workletAddress);
    return microphone;
  } catch (error) {
    microphone.close();
    throw error;
  }
}

export async function devices(): Promise<{ id: string; name: string }[]> {
  const all = await navigator.mediaDevices.enumerateDevices();
  return all
    .filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}

/** @returns a function that stops; it resolves when the last sample was given */
export function hear(microphone: Microphone, onSamples: (samples: Int16Array) => void): () => Promise<void> {
  const { context, source } = microphone;
  const node = new AudioWorkletNode(context, 'hearing', { numberOfOutputs: 0, channelCount: 1 });
  let over: () => void = () => undefined;
  node.port.addEventListener('message', ({ data }: MessageEvent<Float32Array | null>) => {
    if (data === null) over();
    else onSamples(whole(data));
  });
  node.port.start();
  source.connect(node);
  let stopping: Promise<void> | null = null;
  return () =>
    (stopping ??= new Promise<void>((resolve) => {
      // A sound system that has gone away with its device answers nothing.
      const silent = setTimeout(() => over(), silentMs);
      over = () => {
        clearTimeout(silent);
        over = () => undefined;
        source.disconnect(node);
        resolve();
      };
      node.port.postMessage('over');
    }));
}

function whole(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) =>
    Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))),
  );
}

/** Two bytes a sample, the lower first, whatever this computer does. */
export function bytesOf(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < samples.length; i++) view.setInt16(i * 2, samples[i] as number, true);
  return bytes;
}

export const soundOf = (samples: readonly Int16Array[]): Blob => new Blob(samples.map(bytesOf));
