/** What the microphone of the pictures hears: somebody who speaks and breathes, as WAV. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOf } from '../../../src/exam/recording/flac/flac.fixture.ts';
import { speech } from '../../../src/station/voice/voice.fixture.ts';

const rate = 48_000;

/** @returns the file, in this folder */
export function spokenFile(folder: string): string {
  const sound = bytesOf(speech(4, rate, 33));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + sound.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  // PCM, one channel of 16 bits.
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(sound.length, 40);
  const file = join(folder, 'spoken.wav');
  writeFileSync(file, Buffer.concat([head, sound]));
  return file;
}
