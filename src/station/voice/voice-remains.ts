/** What a voice station keeps: recordings, and packages. Who spoke when, how long and with which digest stays, in journal and rows. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, refuse, type Result } from '../../base/result.ts';
import { speaker } from '../../exam/paper-day/voice-run.ts';
import type { KeptWork } from '../removal/remove.ts';
import { allSpoken, packageRow, packagesFolder } from './packages.ts';
import { wordsHere } from './package-words.ts';
import type { Voice } from './voice.ts';

export function voiceRemains(voice: Voice): KeptWork {
  const { node } = voice.station;
  const takes = () => [...voice.run().candidates.values()].flatMap((one) => one.takes);
  return {
    remains() {
      const run = voice.run();
      const words = wordsHere(voice);
      return {
        items: takes().filter(({ id }) => voice.recordings.isHere(id)).length,
        packages: (run.packed ?? []).map((id) => ({ id, word: words.get(id) ?? null })),
        open: [...run.candidates.values()].flatMap(({ form, stage }) =>
          stage.at === 'finished' ? [] : [form],
        ),
      };
    },
    remove: (): Promise<Result<void>> =>
      voice.alone(async () => {
        const speaks = speaker(voice.run());
        if (speaks) return refuse({ type: 'still-speaking', form: speaks.form });
        // Pieces become a file first: what the journal says of a take is said of its file.
        const spoken = await allSpoken(voice);
        if (!spoken.ok) return spoken;
        for (const { id } of takes()) await voice.recordings.remove(id);
        for (const row of node.db.prepare('SELECT id, file, file_name FROM voice_package').all()) {
          const { file } = packageRow.parse(row);
          await rm(join(packagesFolder(voice), file), { force: true });
        }
        return ok();
      }),
  };
}
