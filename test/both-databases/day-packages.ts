/** What packages, journals and the books of a paper exam's day ask of the database. */
import { expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { sayStageAtCentre } from '../../src/centre/paper-day/board/site-stages.ts';
import { stageBoard } from '../../src/centre/paper-day/board/stage-board.ts';
import {
  dayEventRows,
  packageRows,
  packageSheets,
} from '../../src/centre/paper-day/packages/package-rows.ts';
import { decideQuality } from '../../src/centre/paper-day/packages/quality.ts';
import { makeDay } from '../../src/centre/paper-day/paper-day.fixture.ts';
import { receiveOfDay } from '../../src/centre/paper-day/receiving/receive.ts';
import { online, siteDayFile, stationAt } from '../../src/centre/paper-day/receiving/receiving.fixture.ts';
import { bookList } from '../../src/centre/paper-day/reconciliation/book-list.ts';
import { numbersOf } from '../../src/centre/scans/scans.fixture.ts';
import type { Tried } from './centre-on.ts';

export function receivesDays({ start }: Tried): void {
  test('packages, journals and books of a paper exam’s day', async () => {
    const test = await start();
    const { centre } = test;
    const day = await makeDay(test);
    const { projectId, eventId } = day;
    const of = { projectId, eventId, siteCode: 'S1' };
    const scan = await stationAt(test, day);
    const number = numbersOf(1)[0];
    const lost = { content: new TextEncoder().encode('no picture'), number };
    const file = await scan.package({ pages: [lost], id: 'one' });
    // The same twice at once is one.
    const both = await Promise.all([1, 2].map(() => receiveOfDay(centre, file, online(day))));
    for (const one of both) expect(expectOk(one).word?.packageId).toBe('one');
    const next = await scan.package({ pages: [], id: 'two', replaces: 'one' });
    expectOk(await receiveOfDay(centre, next, online(day)));
    for (let i = 0; i < 3; i++) {
      await centre.packages.idle();
      await centre.scanReader.idle();
      centre.packages.wake();
    }
    await centre.packages.idle();
    expect(
      (await packageRows(centre, of))
        .map(({ id, quality }) => [id, quality])
        .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    ).toEqual([
      ['one', 'rescan'],
      ['two', 'good'],
    ]);
    expect(expectOk(await packageSheets(centre, { ...of, packageId: 'one' }))).toMatchObject([
      { number, class: 'bad-image' },
    ]);
    const said = { quality: 'good' as const, rescan: [], note: 'typed' };
    expectOk(await decideQuality(centre, { ...of, packageId: 'one' }, said, 'ann'));
    expect(await dayEventRows(centre, projectId, null)).toMatchObject([{ sites: 2, packages: 2, open: 0 }]);
    expectOk(await receiveOfDay(centre, await scan.journal({ v: 1, rooms: [] }), online(day)));
    const at = centre.node.clock.now();
    for (const when of [at, at + 1]) {
      const report = { at: when, statuses: [], stages: [], stations: [] };
      expectOk(await receiveOfDay(centre, await siteDayFile(test, day, report), online(day)));
    }
    const stage = { ...of, stage: 'printed', by: 'ann' } as const;
    for (const done of [true, true, false, true])
      expectOk(await sayStageAtCentre(centre, { ...stage, done }));
    const asked = { projectId, eventId, search: 's1', show: 'all', offset: 0, limit: 5 } as const;
    expect(expectOk(await stageBoard(centre, asked, null)).rows).toMatchObject([
      { siteCode: 'S1', journals: { here: 1 }, packages: { all: 1, good: 1 }, reportAt: at + 1 },
    ]);
    const { counts } = expectOk(await stageBoard(centre, asked, null));
    expect(counts.stages).toMatchObject({ 'materials-received': 0, printed: 1, scanned: 1 });
    const list = {
      projectId,
      eventId,
      by: 'region',
      search: '',
      onlyDifferences: false,
      offset: 0,
      limit: 5,
    } as const;
    expect(expectOk(await bookList(centre, list, null)).total).toBe(1);
    await scan.close();
  });
}
