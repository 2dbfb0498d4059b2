/** A print station and a voice station whose own disk is full: nothing goes out, or is said to be kept, that is not on the disk first. */
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { bytesOf } from '../../src/exam/recording/flac/flac.fixture.ts';
import { ServedPrinter } from '../../src/hardware/printer/ipp/server.fixture.ts';
import { questionPaper } from '../../src/station/print/print.fixture.ts';
import { plannedKits } from '../../src/station/station.fixture.ts';
import { formOf, paperOf, speech, spokenKit } from '../../src/station/voice/voice.fixture.ts';
import { until } from '../../tools/exam-day/process.ts';
import { smallDisk, type SmallDisk } from '../faults/small-disk.ts';
import { RealStation, refused } from './real-station.ts';
import { noSticks } from './stick.ts';

let disk: SmallDisk | null = null;
let station: RealStation | null = null;
afterEach(async () => {
  await station?.close();
  disk?.remove();
});

describe.skipIf(noSticks !== null)(`a full disk${noSticks === null ? '' : `: ${noSticks}`}`, () => {
  test('lets no kit go to the printer, says why, and each goes once when there is room', async () => {
    disk = smallDisk(16_384);
    station = await RealStation.start('print', {
      data: join(disk.path, 'data'),
      kits: plannedKits('0001', 1, 3, 1),
      papers: [await questionPaper(1, 1), await questionPaper(2, 1)],
    });
    const printer = new ServedPrinter();
    printer.taken = 9;
    const url = (await printer.start()).replace('http', 'ipp');
    try {
      await station.load();
      await station.activate();
      const { print, state } = station.call;
      await print.printers.choose({ address: { way: 'ipp', url, pin: null }, name: 'laser' });
      disk.fill();
      await print.run.start({ count: 2, from: null, language: 'en' });
      const halted = await until('the full disk on the page', async () => (await print.get()).halted);
      expect(halted).toEqual({ type: 'journal-failed', reason: 'disk-full' });
      expect((await state.get()).failing).toEqual(halted);
      expect(printer.documents).toEqual([]);
      expect((await print.get()).counts).toMatchObject({ used: 0, waiting: 2 });
      disk.free();
      await print.run.resume();
      await until('both kits', async () => (await print.get()).counts.toLookAt === 2);
      expect(printer.documents).toHaveLength(2);
      expect((await state.get()).failing).toBeNull();
    } finally {
      await printer.end();
    }
  });

  test('acknowledges no piece of an answer, and takes the same one when there is room', async () => {
    disk = smallDisk(16_384);
    station = await RealStation.start('voice', {
      data: join(disk.path, 'data'),
      kits: [spokenKit(1, '0001')],
      papers: [await paperOf(1, 1)],
      plan: { tasks: [{ name: 'Read aloud', page: 1, prepareS: 0, answerS: 60 }] },
    });
    await station.load();
    await station.activate();
    const { voice } = station.call;
    const rate = 48_000;
    const sound = (seconds: number) => new Blob([bytesOf(speech(seconds, rate))]);
    await voice.check.judge({ device: 'Headset', rate, content: sound(5) });
    await voice.check.heard({ heard: true });
    await voice.signIn({ form: formOf(1) });
    const { take } = await voice.begin({ rate });
    disk.fill();
    const piece = () => voice.piece({ take, number: 1, start: 0, content: sound(4) });
    expect(await refused(piece())).toMatchObject({ type: 'disk-full' });
    disk.free();
    await piece();
    await voice.end({ take, how: 'done', samples: 4 * rate });
    expect((await voice.state()).candidate?.takes).toMatchObject([{ seconds: 4, missingS: 0 }]);
  });
});
