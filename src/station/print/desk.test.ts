/** A room's kits, through every fault of a printer and a kill between every two steps. */
import { afterEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { loadKey, activate } from '../access-key/access-key.ts';
import { memberPin, plannedKits } from '../station.fixture.ts';
import { saveSettings } from '../settings/settings.ts';
import type { PrinterFault } from '../../hardware/printer/fake.ts';
import { openPrintDay, type PrintDay } from './print.fixture.ts';
import { printView } from './view.ts';

let day: PrintDay;
afterEach(() => day?.close());

const fates = (): string[] => [...day.desk.book.run().kits.values()].map(({ fate }) => fate);
const seen = () => printView(day.test.station, day.desk);
const judge = async (kit: string, verdict: 'good' | 'spoiled', reason = ''): Promise<void> => {
  expectOk(await day.desk.book.do({ do: 'judge', kit, verdict, reason }));
};
const kinds = (): string[] => {
  const found: string[] = [];
  day.test.station.node.journal.replay(({ kind }) => void found.push(kind));
  return found;
};

test('a room’s kits: printed, looked at, one spoiled and replaced; each numbers’ sheets go out once', async () => {
  day = await openPrintDay();
  await day.open();
  expect(seen().counts).toMatchObject({ wanted: 3, planned: 3, reserve: 1, allowed: 5, used: 0 });
  expect(expectOk(day.desk.start(3, null, 'ru'))).toBe(3);
  await day.until(() => seen().counts.toLookAt === 3);
  await judge('100001', 'good');
  await judge('100002', 'spoiled', 'torn');
  await judge('100003', 'good');
  expect(expectOk(day.desk.replace('100002', 'ru'))).toBe('100004');
  expect(day.desk.replace('100002', 'ru')).toMatchObject({ refusal: { type: 'kit-replaced-already' } });
  await day.until(() => seen().counts.toLookAt === 1);
  expect(day.desk.book.run().kits.get('100004')).toMatchObject({ copy: 2, replaces: '100002', room: '0001' });
  await judge('100004', 'spoiled', 'jam');
  expect(day.desk.replace('100004', 'ru')).toMatchObject({ refusal: { type: 'no-reserve-left' } });
  expect(day.orders.map(({ name, sides }) => [name, sides])).toEqual([
    ['100001', 'two-sided-long-edge'],
    ['100002', 'two-sided-long-edge'],
    ['100003', 'two-sided-long-edge'],
    ['100004-2', 'two-sided-long-edge'],
  ]);
  // What is entered comes before what is done.
  const order = kinds();
  expect(order.indexOf('print-opened')).toBeLessThan(order.indexOf('print-sent'));
  expect(order.filter((kind) => kind === 'print-sent')).toHaveLength(4);
  expect(seen().counts).toMatchObject({ good: 2, spoiled: 2, reserve: 0, used: 4 });
});

test('a reserve key that is activated in the middle brings more kits', async () => {
  day = await openPrintDay({ kits: plannedKits('0001', 1, 6, 3) });
  await day.open({ rooms: [{ room: '0001', kits: 3 }] });
  expectOk(day.desk.start(3, null, 'en'));
  await day.until(() => seen().counts.toLookAt === 3);
  await judge('100001', 'spoiled', 'torn');
  expect(day.desk.replace('100001', 'en')).toMatchObject({
    refusal: { type: 'kits-beyond-key', allowed: 3, used: 3 },
  });
  const { station } = day.test;
  const more = await day.above.key(station, { number: 2, rooms: [{ room: '0001', kits: 5 }] });
  expectOk(await loadKey(station, more));
  expectOk(await activate(station, day.above.member, memberPin));
  expect(expectOk(day.desk.replace('100001', 'en'))).toBe('100004');
  await day.until(() => seen().counts.toLookAt === 3);
  expect(kinds().filter((kind) => kind === 'print-opened')).toHaveLength(2);
});

test('a busy printer is waited for; what it surely refused goes there again as the same job', async () => {
  day = await openPrintDay();
  await day.open();
  day.printer.failNext('busy');
  expectOk(day.desk.start(1, null, 'en'));
  await day.until(() => seen().counts.toLookAt === 1);
  expect(day.orders).toHaveLength(1);
  day.printer.failNext('refuses-format');
  expectOk(day.desk.start(1, null, 'en'));
  await day.until(() => day.desk.halted?.type === 'printer-no-pdf');
  expect(seen().kits[1]).toMatchObject({ fate: 'sending', job: { refusal: { type: 'printer-no-pdf' } } });
  day.desk.resume();
  await day.until(() => seen().counts.toLookAt === 2);
  expect(kinds().filter((kind) => kind === 'print-sent')).toHaveLength(2);
});

test('out of paper in the middle: it is said, and goes on when paper is there', async () => {
  day = await openPrintDay();
  await day.open();
  day.printer.failNext('out-of-paper');
  expectOk(day.desk.start(1, null, 'en'));
  await day.until(() => seen().kits[0]?.job?.state === 'held');
  await day.until(() => seen().printer?.state?.conditions.includes('out-of-paper') === true);
  expect(seen().kits[0]).toMatchObject({ fate: 'sending', job: { given: 2, papers: 6 } });
  day.printer.seenTo();
  await day.until(() => fates()[0] === 'out');
});

const uncertain: readonly (readonly [PrinterFault, string])[] = [
  ['aborts', 'unsure'],
  ['jam-called-completed', 'out'],
  ['answer-lost', 'out'],
];
test.each(uncertain)('%s: the kit is %s until the organiser has looked', async (fault, fate) => {
  day = await openPrintDay();
  await day.open();
  day.printer.failNext(fault);
  expectOk(day.desk.start(1, null, 'en'));
  await day.until(() => fates()[0] === fate);
  await judge('100001', 'spoiled', 'missing');
  expect(fates()[0]).toBe('spoiled');
});

test('a printer that vanished is asked until it is back; after a power cut nobody knows', async () => {
  day = await openPrintDay();
  await day.open();
  day.printer.failNext('vanishes');
  expectOk(day.desk.start(1, null, 'en'));
  await day.until(() => seen().kits[0]?.job?.refusal?.type === 'device-unreachable');
  day.printer.back();
  await day.until(() => fates()[0] === 'out');
  day.printer.failNext('power-cut');
  expectOk(day.desk.start(1, null, 'en'));
  await day.until(() => seen().kits[1]?.job?.refusal?.type === 'device-unreachable');
  day.printer.back();
  await day.until(() => fates()[1] === 'unsure');
  day.printer.failNext('vanishes');
  expectOk(day.desk.start(1, null, 'en'));
  await day.until(() => seen().kits[2]?.job?.refusal?.type === 'device-unreachable');
  // The organiser waits no longer.
  expectOk(await day.desk.askNoMore(day.orders[2]?.id ?? ''));
  expect(fates()).toEqual(['out', 'unsure', 'unsure', 'planned']);
});

test('nothing is used up for a printer that is not there', async () => {
  day = await openPrintDay();
  await day.open();
  day.printer.failNext('power-cut');
  expectOk(day.desk.start(1, null, 'en'));
  await day.until(() => seen().kits[0]?.job?.refusal?.type === 'device-unreachable');
  expectOk(await day.desk.askNoMore(day.orders[0]?.id ?? ''));
  expectOk(day.desk.start(1, null, 'en'));
  await day.until(() => day.desk.halted?.type === 'device-unreachable');
  expect(fates()[1]).toBe('planned');
  day.desk.stop();
  expect(seen().counts).toMatchObject({ waiting: 0, planned: 2, used: 1 });
});

/** Steps of one kit, as the journal and the printer see them. */
const steps = ['print-opened', 'print-sent', 'taken', 'print-told', 'judged'] as const;

test.each(steps)('killed right after %s: no kit is printed or counted twice', async (step) => {
  day = await openPrintDay();
  await day.open();
  const { station } = day.test;
  // From then on nothing of the old program happens any more.
  const kill = (): void => station.end();
  if (step === 'taken') {
    const print = day.printer.print.bind(day.printer);
    day.printer.print = async (order) => {
      const taken = await print(order);
      kill();
      return taken;
    };
  } else
    station.node.journal.feed((entries) => {
      if (entries.some(({ entry }) => entry.kind === step)) kill();
    });
  expectOk(day.desk.start(2, null, 'en'));
  await day.until(() => station.ended.aborted || seen().counts.toLookAt === 2);
  if (step === 'judged') await judge('100001', 'good');
  await day.again();
  const before = day.desk.book.run();
  expect(before.kits.size).toBeLessThanOrEqual(2);
  await day.until(() => seen().counts.atPrinter === 0);
  await day.open({ number: 2 });
  const lost = ['print-sent'].includes(step);
  if (lost) expect(fates()[0]).toBe('unsure');
  for (const { kit, fate } of day.desk.book.run().kits.values())
    if (fate === 'unsure') await judge(kit, 'spoiled', 'nothing');
    else if (fate === 'out') await judge(kit, 'good');
  const planned = seen().counts.planned;
  if (planned > 0) expectOk(day.desk.start(planned, null, 'en'));
  await day.until(() => seen().counts.planned === 0 && seen().counts.atPrinter === 0 && !day.desk.busy);
  const names = day.orders.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const entered = kinds().filter((kind) => kind === 'print-sent').length;
  expect(entered).toBe(3);
  expect(names).toHaveLength(lost ? 2 : 3);
});

test('a reserve station is told its room, takes the site’s reserves too, from the end, and begins where it is told', async () => {
  day = await openPrintDay({
    kits: [...plannedKits('0001', 1, 4, 1), ...plannedKits('0002', 5, 3, 1), ...plannedKits('', 8, 2, 2)],
    room: null,
  });
  await day.open({ rooms: [{ room: '0001', kits: 4 }] });
  expect(day.desk.start(1, null, 'en')).toMatchObject({ refusal: { type: 'print-room-not-chosen' } });
  const { changePrintSettings } = await import('./print-settings.ts');
  changePrintSettings(day.test.station, { room: '0001' });
  expect(seen().counts).toMatchObject({ wanted: 0, planned: 3, reserve: 3 });
  expectOk(day.desk.start(2, '100002', 'en'));
  await day.until(() => seen().counts.toLookAt === 2);
  await judge('100003', 'spoiled', 'pale');
  expect(expectOk(day.desk.replace('100003', 'en'))).toBe('100009');
});

test('additional sheets are printed as they are asked for, each once', async () => {
  const additional = [1, 2, 3].map((n) => ({
    number: `20411700000005${n}00`,
    kind: 'additional' as const,
    place: 1,
    sides: 1 as const,
    room: '0001',
  }));
  day = await openPrintDay({ plan: { additional } });
  expect(await day.desk.additional(1, 'en')).toMatchObject({ refusal: { type: 'key-not-activated' } });
  await day.open();
  expect(expectOk(await day.desk.additional(2, 'en'))).toHaveLength(2);
  expect(seen().counts).toMatchObject({ additionalLeft: 1, additionalPrinted: 2 });
  await day.again();
  await day.open({ number: 2 });
  expect(await day.desk.additional(2, 'en')).toMatchObject({
    refusal: { type: 'no-additional-left', left: 1 },
  });
  expect(expectOk(await day.desk.additional(1, 'en'))).toEqual([additional[2]?.number]);
});

test('a folder takes kits of a trial alone; an expired key prints nothing', async () => {
  day = await openPrintDay();
  await day.open();
  const { changePrintSettings } = await import('./print-settings.ts');
  const printer = {
    address: { way: 'folder', path: day.test.folder },
    name: 'Folder',
    canTwoSided: true,
    twoSided: true,
  } as const;
  const open = day.test.printers.open.bind(day.test.printers);
  day.test.printers.open = (address) =>
    address.way === 'folder' ? open(day.printer.address) : open(address);
  changePrintSettings(day.test.station, { printer });
  expect(day.desk.start(1, null, 'en')).toMatchObject({ refusal: { type: 'folder-printer-formal' } });
  day.test.pass(40_000_000);
  expect(day.desk.start(1, null, 'en')).toMatchObject({ refusal: { type: 'key-expired' } });
  expect(await saveSettings(day.test.station, { siteCode: '0801', room: '0002', number: '3' })).toMatchObject(
    { refusal: { type: 'work-under-way' } },
  );
});
