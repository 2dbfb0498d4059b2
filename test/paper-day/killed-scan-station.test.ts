import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import { ownNumber } from '../../src/exam/form/sheet-number.ts';
import {
  answerSheetsContentsSchema,
  contentsPart,
  scanFatesSchema,
  type PlannedKit,
} from '../../src/exam/paper-day/parcels.ts';
import { sha256Hex } from '../../src/trust/digest.ts';
import { Deaths, jsonOf, openAtCentre, readEnd } from './deaths.ts';
import { RealStation } from './real-station.ts';
import { noSticks } from './stick.ts';

const deaths = new Deaths();
let station: RealStation | null = null;
afterEach(async () => {
  await station?.close();
  deaths.forget();
});

const [first, second] = [ownNumber('204117', 1), ownNumber('204117', 2)];
const kit: PlannedKit = {
  kit: '100001',
  room: '0001',
  reserve: false,
  variant: 1,
  sheets: [
    { number: first, kind: 'registration', place: 1, sides: 1 },
    { number: second, kind: 'answers-1', place: 2, sides: 1 },
  ],
};

/** A4 at 200 dpi with a grey field: nothing on it can be read, so that a person has to type each number. */
function page(grey: number): Promise<Buffer> {
  return sharp({ create: { width: 1654, height: 2339, channels: 3, background: '#ffffff' } })
    .composite([
      {
        input: {
          create: { width: 400, height: 300, channels: 3, background: { r: grey, g: grey, b: grey } },
        },
        left: 500,
        top: 900,
      },
    ])
    .toColourspace('b-w')
    .withDensity(200)
    .jpeg()
    .toBuffer();
}

describe.skipIf(noSticks !== null)(
  `killed around its entries${noSticks === null ? '' : `: ${noSticks}`}`,
  () => {
    test('a scan station takes each page once, and the same package is made and told of whatever died before it', async () => {
      // Preprinted forms need no journal to be known.
      station = await RealStation.start('scan', {
        kits: [kit],
        plan: { preprinted: true },
        disturbance: deaths.disturbance,
      });
      const here = station;
      await here.load();
      const pages = join(here.folder, 'pages');
      mkdirSync(pages);
      const images = await Promise.all([page(60), page(130)]);
      for (const [i, image] of images.entries()) writeFileSync(join(pages, `${i + 1}.jpg`), image);
      const digests = images.map((image) => sha256Hex(image));
      const room = '0001';
      const address = { way: 'folder' as const, path: pages };
      await here.call.scan.scanner.choose({ address, source: 'feeder', duplex: true });
      let end: string | null = null;
      const places = [
        'after scan-room-opened',
        'after scan-counts-declared',
        'at INSERT INTO scanned_page',
        'at UPDATE scanned_page SET reading',
        'after scan-page-decided',
        'before scan-room-closed',
        'after scan-room-closed',
        'before scan-package-written',
        'after scan-package-written',
        'before station-closed',
        'after station-closed',
      ];
      const died = await deaths.through(here, places, async () => {
        const { scan } = here.call;
        const view = await scan.view();
        if (!view.open) {
          await here.activate();
          return true;
        }
        const [row] = view.rooms;
        if (!row || row.state === 'none') await scan.room.open({ room });
        else if (row.state === 'closed') {
          const [made] = row.packages;
          if (made?.written === 0) await scan.packages.write({ drive: here.stick.place, ids: [made.id] });
          else if (end === null) end = (await scan.journal.write({ drive: here.stick.place })).path;
          else return false;
        } else {
          const seen = await scan.room.view({ room });
          const unread = seen.pages.find(({ problem }) => problem !== null);
          if (seen.counts === null)
            await scan.room.declare({
              room,
              counts: { kitsIssued: 1, registrations: 1, additional: 0, absent: 0, unfinished: 0 },
            });
          else if (row.pages < images.length || row.unread > 0) {
            // The scanner stands still after a start.
            if (view.run === null) await scan.room.scan({ room });
            await new Promise((resolve) => setTimeout(resolve, 50));
          } else if (view.run?.end === null) await scan.room.stop();
          else if (unread) {
            // By the name under which it lay in the folder.
            const number = unread.name === '1.jpg' ? first : second;
            const decision = { what: 'number', number, side: 1 } as const;
            await scan.page.decide({ page: unread.id, seen: unread.seen, decision });
          } else await scan.room.close({ room, reason: '' });
        }
        return true;
      });
      expect(died).toBe(places.length);
      const folder = join(here.stick.content, 'INVIGIL', 'answers');
      const [file = '', ...others] = readdirSync(folder);
      expect(others).toEqual([]);
      const opened = await openAtCentre(
        here,
        join(here.stick.place, 'INVIGIL', 'answers', file),
        'answer-sheets',
      );
      const contents = answerSheetsContentsSchema.parse(jsonOf(opened, contentsPart));
      expect(contents.pages.map(({ digest, number }) => [digest, number])).toEqual([
        [digests[0], first],
        [digests[1], second],
      ]);
      const told = scanFatesSchema.parse(await readEnd(here, end ?? ''));
      expect(told.rooms).toMatchObject([{ room, packages: [opened.manifest.id] }]);
      expect(told.rooms[0]?.pages.map(({ number }) => number)).toEqual([first, second]);
    });
  },
);
