/** The end of the work: packages for the centre and the journal END_VOICE, on a stick. */
import { rm } from 'node:fs/promises';
import { ok, refuse, type Result } from '../../base/result.ts';
import { voiceFatesSchema, type VoiceFates } from '../../exam/paper-day/parcels.ts';
import { speaker } from '../../exam/paper-day/voice-run.ts';
import { putOnStick } from '../../node/stick/put-on-stick.ts';
import { makeJournal } from '../closing/make-journal.ts';
import { removedAt } from '../removal/remove.ts';
import { allSpoken, makePackages, packageCopies, told } from './packages.ts';
import type { Voice } from './voice.ts';

/** On the stick, beside what other stations put there. */
const folder = 'stations';

/**
 * Packages first: a journal that names them is on no stick without them. A stick that is pulled out, or is full, changes nothing here: the
 * same again on another one. A station where nobody spoke gives its journal all the same, and so does one from which everything was removed.
 * Refusals: `still-speaking`, `key-not-activated`, those of the disk, of the stick and of `makeJournal`.
 */
export function close(voice: Voice, drive: string): Promise<Result<{ paths: string[] }>> {
  return voice.alone(() => closeNow(voice, drive));
}

async function closeNow(voice: Voice, drive: string): Promise<Result<{ paths: string[] }>> {
  const { station } = voice;
  const isGone = removedAt(station, station.materials()?.event.id) !== null;
  const packed = isGone || voice.run().candidates.size === 0 ? ok(voice.run()) : await makePackages(voice);
  if (!packed.ok) return packed;
  const copies = isGone ? ok([]) : await packageCopies(voice);
  if (!copies.ok) return copies;
  const paths: string[] = [];
  try {
    for (const copy of copies.value) {
      const written = await putOnStick(voice.station, drive, folder, copy);
      if (!written.ok) return written;
      paths.push(written.value.path);
    }
  } finally {
    await Promise.all(copies.value.map(({ file }) => rm(file, { force: true })));
  }
  const spoken = await allSpoken(voice);
  if (!spoken.ok) return spoken;
  // Somebody signed in while packages went to the stick.
  const now = speaker(voice.run());
  if (now) return refuse({ type: 'still-speaking', form: now.form });
  const fates: VoiceFates = {
    v: 1,
    candidates: spoken.value.map((one) => told(one)),
    packages: [...(packed.value.packed ?? [])],
  };
  const journal = await makeJournal(voice.station, voiceFatesSchema.parse(fates));
  if (!journal.ok) return journal;
  const written = await putOnStick(voice.station, drive, folder, journal.value);
  return written.ok ? ok({ paths: [...paths, written.value.path] }) : written;
}
