/** The end of a print station: what it tells, what is gone then, and that it is told once, whatever happens to sticks and program. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { printFatesSchema, stationJournalParts } from '../../exam/paper-day/parcels.ts';
import { pageTexts } from '../../node/printed-sheet/printed-sheet.fixture.ts';
import { inspectParcel, openParcel, verifyParcel } from '../../parcel/parcel.ts';
import { activate } from '../access-key/access-key.ts';
import { materialsPath } from '../materials/load-materials.ts';
import { memberPin } from '../station.fixture.ts';
import { endOf } from './end.ts';
import { close, closingHere, finishPrinting, writeClosing } from './finish.ts';
import { openPrintDay, type PrintDay, type PrintDayOptions } from './print.fixture.ts';

let day: PrintDay;
afterEach(() => day?.close());

/** One kit good, one spoiled and replaced, one never printed. */
async function printed(options: PrintDayOptions = {}): Promise<void> {
  day = await openPrintDay(options);
  await day.open({ opens: 'token' });
  expectOk(day.desk.start(2, null, 'ru'));
  const looked = (count: number) =>
    day.until(
      () => [...day.desk.book.run().kits.values()].filter(({ fate }) => fate === 'out').length === count,
    );
  await looked(2);
  const judge = async (kit: string, verdict: 'good' | 'spoiled', reason: string) =>
    expectOk(await day.desk.book.do({ do: 'judge', kit, verdict, reason }));
  await judge('100001', 'spoiled', 'замят');
  await judge('100002', 'good', '');
  expectOk(day.desk.replace('100001', 'ru'));
  await looked(1);
}

const stick = (): string => join(day.test.stick, 'INVIGIL', 'stations');
const journalName = 'END_PRINT_07_0801_010626_01_Русский_язык_0001_3.dat';

test('a verdict that somebody else changes while the end is entered stands in the end as in the journal', async () => {
  await printed();
  const { station } = day.test;
  expectOk(await day.desk.book.do({ do: 'judge', kit: '100004', verdict: 'good', reason: '' }));
  const [judged, finished] = await Promise.all([
    day.desk.book.do({ do: 'judge', kit: '100002', verdict: 'spoiled', reason: 'порван' }),
    finishPrinting(station, day.desk, 'один не явился'),
  ]);
  expectOk(judged);
  expectOk(finished);
  expect(endOf(day.desk)?.fates.kits.find(({ kit }) => kit === '100002')?.fate).toBe('spoiled');
});

test('what has no verdict is named, a shortfall needs a reason; then END_PRINT and protocol say everything', async () => {
  await printed();
  const { station } = day.test;
  expect(await finishPrinting(station, day.desk, 'late')).toMatchObject({
    refusal: { type: 'kits-without-verdict', kits: ['100004'] },
  });
  expectOk(await day.desk.book.do({ do: 'judge', kit: '100004', verdict: 'good', reason: '' }));
  expect(await finishPrinting(station, day.desk, ' ')).toMatchObject({
    refusal: { type: 'shortfall-needs-reason', good: 2, wanted: 3 },
  });
  const materials = station.materials();
  const sealed = materials && materialsPath(station, materials);
  expect(existsSync(sealed ?? '')).toBe(true);
  expectOk(await finishPrinting(station, day.desk, 'один не явился'));
  // The papers are gone from this computer.
  expect(station.day()).toBeNull();
  expect(existsSync(sealed ?? '')).toBe(false);
  expect(await activate(station, day.above.member, memberPin)).toMatchObject({
    refusal: { type: 'materials-removed' },
  });
  expect(day.desk.start(1, null, 'ru')).toMatchObject({ refusal: { type: 'run-finished' } });

  const written = expectOk(await writeClosing(station, day.desk, day.test.stick, 'ru'));
  expect(readdirSync(stick()).toSorted()).toEqual([journalName, journalName.replace('.dat', '.pdf')]);
  const opened = expectOk(
    await openParcel(written.path, {
      trust: { roots: [day.above.root], at: null },
      identities: [day.above.centreKeys.sealing.identity],
      recipient: day.above.centreKeys.sealing.recipient,
      staging: join(day.test.folder, 'opened'),
      expect: {
        kind: 'station-journal',
        to: { role: 'centre', code: 'CENTRE' },
        project: 'project-1',
        mode: 'formal',
      },
    }),
  );
  expect(opened.manifest.about).toMatchObject({
    closing: 1,
    keyNumber: 1,
    tokenSerial: day.above.member.serial,
  });
  const part = opened.parts.get(stationJournalParts.fates)?.file ?? '';
  const { kits } = printFatesSchema.parse(JSON.parse(readFileSync(part, 'utf8')));
  expect(kits).toMatchObject([
    { kit: '100001', fate: 'spoiled', copy: 1, replaces: null, reason: 'замят', room: '0001' },
    { kit: '100002', fate: 'good' },
    { kit: '100003', fate: 'unused', sheets: [] },
    { kit: '100004', fate: 'good', copy: 2, replaces: '100001' },
  ]);
  expect(kits[0]?.sheets).toEqual(day.above.plan.kits[0]?.sheets);
  const [protocol = ''] = await pageTexts(
    new Uint8Array(readFileSync(join(stick(), journalName.replace('.dat', '.pdf')))),
  );
  for (const said of ['Протоколпечати', 'School801', '0001', '100001', 'замят', '100004', 'одиннеявился'])
    expect(protocol).toContain(said);
});

test('a second stick gets the same file, also after a kill and after a stick that was pulled out', async () => {
  await printed();
  expectOk(await day.desk.book.do({ do: 'judge', kit: '100004', verdict: 'good', reason: '' }));
  expectOk(await finishPrinting(day.test.station, day.desk, 'absent'));
  expect(await writeClosing(day.test.station, day.desk, join(day.test.folder, 'gone'), 'en')).toMatchObject({
    refusal: { type: 'no-such-drive' },
  });
  const { drives } = day.test.station;
  const { freeBytes } = drives;
  drives.freeBytes = () => Promise.resolve(100);
  expect(await writeClosing(day.test.station, day.desk, day.test.stick, 'en')).toMatchObject({
    refusal: { type: 'backup-drive-full' },
  });
  expect(existsSync(stick()) ? readdirSync(stick()) : []).toEqual([]);
  drives.freeBytes = freeBytes;
  expectOk(await writeClosing(day.test.station, day.desk, day.test.stick, 'en'));
  const first = readFileSync(join(stick(), journalName));
  await day.again();
  expectOk(await writeClosing(day.test.station, day.desk, day.test.stick, 'zh'));
  expect(readFileSync(join(stick(), journalName)).equals(first)).toBe(true);
  expect(readdirSync(day.test.station.node.staging)).toEqual([]);
});

test('killed between the end and its journal: it is made afterwards, without key and plan', async () => {
  await printed({ plan: { keptAfterwards: true } });
  expectOk(await day.desk.book.do({ do: 'judge', kit: '100004', verdict: 'good', reason: '' }));
  const { station } = day.test;
  station.node.journal.feed((entries) => {
    if (entries.some(({ entry }) => entry.kind === 'print-finished'))
      station.node.settings.write = () => {
        throw new Error('killed');
      };
  });
  await expect(finishPrinting(station, day.desk, 'absent')).rejects.toThrow('killed');
  await day.again();
  expect(closingHere(day.test.station)).toBeNull();
  expectOk(await close(day.test.station, day.desk));
  const path = expectOk(await writeClosing(day.test.station, day.desk, day.test.stick, 'en')).path;
  const verified = expectOk(await verifyParcel(path, { roots: [day.above.root], at: null }));
  expect(verified.manifest.about).toMatchObject({ tokenSerial: day.above.member.serial });
  // This project keeps what is sealed.
  const materials = day.test.station.materials();
  expect(existsSync(materials ? materialsPath(day.test.station, materials) : '')).toBe(true);
});

test('a closing whose file was lost is made anew under the next number', async () => {
  await printed();
  expectOk(await day.desk.book.do({ do: 'judge', kit: '100004', verdict: 'good', reason: '' }));
  expectOk(await finishPrinting(day.test.station, day.desk, 'absent'));
  const { rmSync } = await import('node:fs');
  rmSync(join(day.test.station.node.data, 'closings'), { recursive: true });
  const path = expectOk(await writeClosing(day.test.station, day.desk, day.test.stick, 'en')).path;
  expect(expectOk(await inspectParcel(path)).manifest.about).toMatchObject({ closing: 2 });
});

test('a reserve station that printed nothing ends without a key', async () => {
  day = await openPrintDay({ room: null });
  expectOk(await finishPrinting(day.test.station, day.desk, ''));
  const { path } = expectOk(await writeClosing(day.test.station, day.desk, day.test.stick, 'en'));
  expect(path).toContain('_0000_3.dat');
});
