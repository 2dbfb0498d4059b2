import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import {
  contentsPart,
  voiceAnswersContentsSchema,
  voiceFatesSchema,
} from '../../src/exam/paper-day/parcels.ts';
import { bytesOf, readFlac } from '../../src/exam/recording/flac/flac.fixture.ts';
import { formOf, paperOf, speech, spokenKit } from '../../src/station/voice/voice.fixture.ts';
import { Deaths, jsonOf, openAtCentre, readEnd } from './deaths.ts';
import { RealStation } from './real-station.ts';
import { noSticks } from './stick.ts';

const rate = 16_000;
const pieceSamples = rate / 2;
const deaths = new Deaths();
let station: RealStation | null = null;
afterEach(async () => {
  await station?.close();
  deaths.forget();
});

const blobOf = (samples: Int16Array): Blob => new Blob([bytesOf(samples)]);

describe.skipIf(noSticks !== null)(
  `killed around its entries${noSticks === null ? '' : `: ${noSticks}`}`,
  () => {
    test('a voice station keeps every piece that it acknowledged, once, and tells of every take', async () => {
      station = await RealStation.start('voice', {
        kits: [spokenKit(1, '0001')],
        papers: [await paperOf(1, 1), await paperOf(2, 1)],
        plan: { tasks: [{ name: 'Read aloud', page: 1, prepareS: 90, answerS: 120 }] },
        disturbance: deaths.disturbance,
      });
      const here = station;
      await here.load();
      const said = speech(10, rate);
      /** By take, from which sample on: what the station has acknowledged. */
      const kept = new Map<string, number[]>();
      let paused = false;
      let paths: string[] | null = null;
      const places = [
        'after voice-tested',
        'after voice-signed-in',
        'after voice-preparing',
        'before voice-take-begun',
        'after voice-take-begun',
        'at INSERT INTO voice_piece',
        'after voice-paused',
        'after voice-resumed',
        'before voice-take-ended',
        'after voice-take-ended',
        'after voice-finished',
        'before voice-packed',
        'after voice-packed',
        'before station-closed',
        'after station-closed',
      ];
      const died = await deaths.through(here, places, async () => {
        const { voice } = here.call;
        const view = await voice.state();
        const now = view.candidate;
        if (now?.stage === 'answering' && now.take !== null) {
          // A page that lives on sends what it holds, also before the member is back.
          const pieces = kept.get(now.take) ?? [];
          if (pieces.length < 2) {
            const start = pieces.length * pieceSamples;
            await voice.piece({
              take: now.take,
              number: pieces.length + 1,
              start,
              content: blobOf(said.subarray(start, start + pieceSamples)),
            });
            kept.set(now.take, [...pieces, start]);
          } else if (paused) await voice.end({ take: now.take, how: 'done', samples: 2 * pieceSamples });
          else await voice.pause({ cause: 'organiser', words: 'a knock', samples: 2 * pieceSamples });
          return true;
        }
        if (!view.open) await here.activate();
        else if (view.check?.heard !== true) {
          const sound = { device: 'Headset', rate, content: blobOf(speech(5)) } as const;
          if (view.check === null) await voice.check.judge(sound);
          else await voice.check.heard({ heard: true });
        } else if (now?.stage === 'ready' && now.prepareMs === null && !now.goesOn && !paused)
          await voice.prepare();
        else if (now?.stage === 'ready' || now?.stage === 'preparing') await voice.begin({ rate });
        else if (now?.stage === 'paused') {
          paused = true;
          await voice.resume();
        } else if (now?.stage === 'listening') await voice.finish({ reason: '' });
        else if (view.finished.length === 0) await voice.signIn({ form: formOf(1) });
        else if (paths === null) ({ paths } = await voice.close({ drive: here.stick.place }));
        else return false;
        return true;
      });
      expect(died).toBe(places.length);
      const [packed = '', end = ''] = paths ?? [];
      const opened = await openAtCentre(here, packed, 'voice-answers');
      const [candidate] = voiceAnswersContentsSchema.parse(jsonOf(opened, contentsPart)).candidates;
      expect(candidate).toMatchObject({ form: formOf(1), whole: true });
      const takes = candidate?.takes ?? [];
      expect(takes).toHaveLength(kept.size);
      for (const take of takes) {
        expect(take).toMatchObject({ samples: 2 * pieceSamples, gaps: [] });
        const sound = readFlac(readFileSync(opened.parts.get(take.part ?? '')?.file ?? ''));
        expect(sound.samples).toEqual(said.subarray(0, 2 * pieceSamples));
      }
      const told = voiceFatesSchema.parse(await readEnd(here, end));
      expect(told.candidates.map(({ takes: all }) => all.map(({ digest }) => digest))).toEqual([
        takes.map(({ digest }) => digest),
      ]);
      expect(told.packages).toEqual([opened.manifest.id]);
    });
  },
);
