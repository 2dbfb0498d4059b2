import { afterEach, describe, expect, test } from 'vitest';
import { printFatesSchema } from '../../src/exam/paper-day/parcels.ts';
import { ServedPrinter } from '../../src/hardware/printer/ipp/server.fixture.ts';
import { questionPaper } from '../../src/station/print/print.fixture.ts';
import { plannedKits } from '../../src/station/station.fixture.ts';
import { Deaths, readEnd } from './deaths.ts';
import { RealStation } from './real-station.ts';
import { noSticks } from './stick.ts';

const deaths = new Deaths();
const printer = new ServedPrinter();
let station: RealStation | null = null;
afterEach(async () => {
  await station?.close();
  await printer.end();
  deaths.forget();
});

describe.skipIf(noSticks !== null)(
  `killed around its entries${noSticks === null ? '' : `: ${noSticks}`}`,
  () => {
    test('a print station sends no kit twice, and its journal tells of each what came of it', async () => {
      const papers = [await questionPaper(1, 1), await questionPaper(2, 1)];
      station = await RealStation.start('print', {
        kits: plannedKits('0001', 1, 8, 6),
        papers,
        disturbance: deaths.disturbance,
      });
      const here = station;
      printer.taken = 9;
      const address = { way: 'ipp' as const, url: (await printer.start()).replace('http', 'ipp'), pin: null };
      await here.load();
      await here.call.print.printers.choose({ address, name: 'laser' });
      const inTray = (kit: string): number =>
        [...printer.jobs.values()].filter(({ name }) => new RegExp(`\\b${kit}`).test(name)).length;
      let written: string | null = null;
      const places = [
        'after key-activated',
        'after print-opened',
        'before print-sent',
        'after print-sent',
        'before print-told',
        'after print-told',
        'after print-judged',
        'before print-finished',
        'after print-finished',
        'before station-closed',
        'after station-closed',
      ];
      const died = await deaths.through(here, places, async () => {
        const { print } = here.call;
        const view = await print.get();
        if (view.finished) {
          if (written !== null) return false;
          written = (await print.end.write({ drive: here.stick.place, language: 'en' })).path;
          return true;
        }
        if (!view.open) {
          await here.activate();
          return true;
        }
        const { kits } = view;
        if (kits.some(({ fate, waiting }) => waiting || fate === 'sending')) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          return true;
        }
        const toLookAt = kits.find(({ fate }) => fate === 'out' || fate === 'unsure');
        if (toLookAt) {
          const { kit } = toLookAt;
          const good = inTray(kit) > 0;
          await print.run.judge({
            kits: [kit],
            verdict: good ? 'good' : 'spoiled',
            reason: good ? '' : 'nothing came',
          });
          return true;
        }
        const lost = kits.find(({ fate, replacedBy }) => fate === 'spoiled' && replacedBy === null);
        if (lost) {
          await print.run.replace({ kit: lost.kit, language: 'en' });
          return true;
        }
        if (kits.some(({ fate, reserve }) => fate === 'planned' && !reserve)) {
          await print.run.start({ count: 1, from: null, language: 'en' });
          return true;
        }
        await print.end.finish({ short: '' });
        return true;
      });
      expect(died).toBe(places.length);
      const { kits } = printFatesSchema.parse(await readEnd(here, written ?? ''));
      const good = kits.filter(({ fate }) => fate === 'good');
      expect(good).toHaveLength(2);
      for (const { kit } of good) expect({ kit, times: inTray(kit) }).toEqual({ kit, times: 1 });
      for (const { kit, fate } of kits)
        if (fate !== 'good') expect({ kit, times: inTray(kit) }).toEqual({ kit, times: 0 });
      expect(printer.documents).toHaveLength(2);
    });
  },
);
