/** Two windows at one station, and everything pressed in both at once: one of them does it, the other is told, and nothing is done twice. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { printFatesSchema } from '../../src/exam/paper-day/parcels.ts';
import { bytesOf } from '../../src/exam/recording/flac/flac.fixture.ts';
import { ServedPrinter } from '../../src/hardware/printer/ipp/server.fixture.ts';
import { questionPaper } from '../../src/station/print/print.fixture.ts';
import { plannedKits } from '../../src/station/station.fixture.ts';
import { formOf, paperOf, speech, spokenKit } from '../../src/station/voice/voice.fixture.ts';
import { until } from '../../tools/exam-day/process.ts';
import { readEnd } from './deaths.ts';
import { RealStation, refused, type StationCalls } from './real-station.ts';
import { noSticks } from './stick.ts';

const stations: RealStation[] = [];
const printer = new ServedPrinter();
afterEach(async () => {
  for (const one of stations.splice(0)) await one.close();
});

/** What each window was told, the one that did it first. */
async function both(
  [one, other]: readonly [StationCalls, StationCalls],
  press: (call: StationCalls) => Promise<unknown>,
): Promise<(string | null)[]> {
  const said = await Promise.all([refused(press(one)), refused(press(other))]);
  return said.map((each) => each?.type ?? null).toSorted((a, b) => Number(a !== null) - Number(b !== null));
}

async function opened(
  kind: 'print' | 'voice' | 'scan',
  options: Parameters<typeof RealStation.start>[1],
): Promise<{ station: RealStation; windows: readonly [StationCalls, StationCalls] }> {
  const station = await RealStation.start(kind, options);
  stations.push(station);
  await station.load();
  const windows = [station.call, (await station.window()).call] as const;
  expect(await both(windows, ({ key }) => key.activate({ serial: null, pin: '' }))).toEqual([null, null]);
  return { station, windows };
}

describe.skipIf(noSticks !== null)(`two windows${noSticks === null ? '' : `: ${noSticks}`}`, () => {
  test('of a print station send each kit once, replace a spoiled one once, and make one end', async () => {
    const additional = [1, 2].map((n) => ({
      number: `2041179990000000${n}`,
      room: '0001',
      sides: 2 as const,
      place: 1,
      kind: 'additional' as const,
    }));
    const { station, windows } = await opened('print', {
      kits: plannedKits('0001', 1, 5, 2),
      papers: [await questionPaper(1, 1), await questionPaper(2, 1)],
      plan: { additional },
    });
    const [{ print }] = windows;
    printer.taken = 9;
    const url = (await printer.start()).replace('http', 'ipp');
    try {
      await print.printers.choose({ address: { way: 'ipp', url, pin: null }, name: 'laser' });
      const language = 'en' as const;
      const all = { count: 3, from: null, language };
      expect(await both(windows, (call) => call.print.run.start(all))).toEqual([null, 'no-kits-left']);
      await until('three kits', async () => (await print.get()).counts.toLookAt === 3);
      expect(printer.documents).toHaveLength(3);
      const spoiled = { kits: ['100001'], verdict: 'spoiled' as const, reason: 'torn' };
      await both(windows, (call) => call.print.run.judge(spoiled));
      expect(await both(windows, (call) => call.print.run.replace({ kit: '100001', language }))).toEqual([
        null,
        'kit-replaced-already',
      ]);
      await until('the one in its place', async () => (await print.get()).counts.toLookAt === 3);
      const kits = ['100002', '100003', '100004'];
      await both(windows, (call) => call.print.run.judge({ kits, verdict: 'good', reason: '' }));
      await both(windows, (call) => call.print.run.additional({ count: 1, language }));
      expect(await both(windows, (call) => call.print.end.finish({ short: '' }))).toEqual([
        null,
        'run-finished',
      ]);
      const write = { drive: station.stick.place, language };
      expect((await both(windows, (call) => call.print.end.write(write)))[0]).toBeNull();
      const folder = join(station.stick.place, 'INVIGIL', 'stations');
      const [end = '', ...more] = readdirSync(folder).filter((name) => name.endsWith('.dat'));
      expect(more).toEqual([]);
      const fates = printFatesSchema.parse(await readEnd(station, join(folder, end)));
      const told = fates.kits.map(({ kit, fate, replaces }) => [kit, fate, replaces]);
      expect(told).toEqual([
        ['100001', 'spoiled', null],
        ['100002', 'good', null],
        ['100003', 'good', null],
        ['100004', 'good', '100001'],
        ['100005', 'unused', null],
      ]);
      // Kits, and sheets that go out one by one: each number was at the printer once.
      expect(printer.documents).toHaveLength(4 + fates.additional.length);
    } finally {
      await printer.end();
    }
  });

  test('of a voice station take one candidate, one take and each piece once', async () => {
    const { windows } = await opened('voice', {
      kits: [spokenKit(1, '0001'), spokenKit(2, '0001')],
      papers: [await paperOf(1, 1)],
      plan: { tasks: [{ name: 'Read aloud', page: 1, prepareS: 0, answerS: 60 }] },
    });
    const [{ voice }] = windows;
    const rate = 16_000;
    const sound = (seconds: number) => new Blob([bytesOf(speech(seconds, rate))]);
    await voice.check.judge({ device: 'Headset', rate, content: sound(5) });
    await voice.check.heard({ heard: true });
    const forms = [formOf(1), formOf(2)];
    expect(await both(windows, (call) => call.voice.signIn({ form: forms.pop() ?? '' }))).toEqual([
      null,
      'station-taken',
    ]);
    expect(await both(windows, (call) => call.voice.begin({ rate }))).toEqual([null, 'voice-not-now']);
    const take = (await voice.state()).candidate?.take ?? '';
    const piece = () => ({ take, number: 1, start: 0, content: sound(1) });
    expect(await both(windows, (call) => call.voice.piece(piece()))).toEqual([null, null]);
    const end = { take, how: 'done', samples: rate } as const;
    expect((await both(windows, (call) => call.voice.end(end)))[0]).toBeNull();
    expect((await voice.state()).candidate).toMatchObject({ stage: 'listening', takes: [{ seconds: 1 }] });
    expect((await both(windows, (call) => call.voice.finish({ reason: '' })))[0]).toBeNull();
    expect((await voice.state()).finished).toHaveLength(1);
  });

  test('of a scan station open a room once, scan once, and close it once', async () => {
    const { station, windows } = await opened('scan', { plan: { preprinted: true } });
    const [{ scan }] = windows;
    const [room, pages] = ['0001', join(station.folder, 'pages')];
    mkdirSync(pages);
    writeFileSync(join(pages, 'notes.txt'), 'no page');
    await scan.scanner.choose({ address: { way: 'folder', path: pages }, source: 'feeder', duplex: true });
    expect((await both(windows, (call) => call.scan.room.open({ room })))[0]).toBeNull();
    expect(await both(windows, (call) => call.scan.room.scan({ room }))).toEqual([null, 'scan-under-way']);
    await both(windows, (call) => call.scan.room.stop());
    const counts = { kitsIssued: 1, registrations: 1, additional: 0, absent: 0, unfinished: 0 };
    await both(windows, (call) => call.scan.room.declare({ room, counts }));
    const closed = await both(windows, (call) => call.scan.room.close({ room, reason: 'nothing came' }));
    expect(closed[0]).toBeNull();
    expect((await scan.view()).rooms[0]).toMatchObject({ state: 'closed', packages: [{ pages: 0 }] });
  });
});
