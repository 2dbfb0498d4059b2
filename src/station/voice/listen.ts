/** A take is played back: to the candidate who spoke it, and to nobody after that. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { speaking, type Voice } from './voice.ts';

/** Refusals: `nobody-signed-in`, `take-not-here`, those of the disk. */
export async function listen(voice: Voice, id: string): Promise<Result<Uint8Array>> {
  const now = speaking(voice);
  if (!now.ok) return now;
  const take = now.value.takes.find((one) => one.id === id);
  if (!take?.end) return refuse({ type: 'take-not-here' });
  const file = await voice.recordings.asFile({ ...take, end: take.end });
  if (!file.ok) return file;
  const content = file.value && (await voice.station.node.blobs.read(file.value.digest));
  return content ? ok(content) : refuse({ type: 'take-not-here' });
}
