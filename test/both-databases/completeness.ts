/** What has come of a register of forms: the same figures, order and limits on both databases. */
import { expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { makeProject } from '../../src/centre/centre.fixture.ts';
import { completenessEvents } from '../../src/centre/completeness/events.ts';
import { kitSides, sheetPages, siteKits } from '../../src/centre/completeness/kits.ts';
import { completenessSites } from '../../src/centre/completeness/sites.ts';
import { strangersOf } from '../../src/centre/completeness/strangers.ts';
import { handIn } from '../../src/centre/protocols/hand-in.ts';
import { protocolSites } from '../../src/centre/protocols/protocol-lists.ts';
import { siteProtocols } from '../../src/centre/protocols/site-protocols.ts';
import { keepScans } from '../../src/centre/scans/keep-scans.ts';
import {
  makeEvent,
  makeUpload,
  numbersOf,
  readingOf,
  registerKits,
  scanOf,
} from '../../src/centre/scans/scans.fixture.ts';
import type { Limit } from '../../src/node/users/limit.ts';
import type { Tried } from './centre-on.ts';

export function collectsScans({ start }: Tried): void {
  test('what has come is counted by event and site, shown by kit and side, and compared with protocols', async () => {
    const made = await start();
    const { centre } = made;
    const { projectId } = await makeProject(made);
    const event = await makeEvent(centre, projectId);
    await registerKits(centre, event, { site: 'S1', room: 'S1-R1', from: 1, to: 2 });
    await registerKits(centre, event, { site: 'S2', room: 'S2-R1', from: 3, to: 3 });
    const upload = await makeUpload(centre, projectId);
    const [form, answers] = numbersOf(2);
    const scans = [readingOf(form), readingOf(form), readingOf(answers, { filled: false }), readingOf(null)];
    expectOk(
      await keepScans(
        centre,
        upload,
        scans.map((reading, i) => scanOf(i, reading)),
      ),
    );
    expect(await completenessEvents(centre, projectId, null)).toMatchObject([
      { sites: 2, sums: { kits: 3, sides: 12, came: 2, filled: 0, empty: 1, duplicate: 2 } },
    ]);
    const ask = { projectId, eventId: event.id, region: null, search: '', offset: 0, limit: 10 };
    const sites = await completenessSites(
      centre,
      { ...ask, show: 'all', by: 'missing', descending: true },
      { to: 'site', projectId, siteCode: 'S1' },
    );
    expect(expectOk(sites)).toMatchObject({ total: 1, rows: [{ siteCode: 'S1', sums: { came: 2 } }] });
    const kits = expectOk(
      await siteKits(centre, {
        ...ask,
        siteCode: 'S1',
        show: 'all',
        room: null,
        by: 'state',
        descending: false,
      }),
    );
    expect(kits.kits.map((row) => [row.kit, ...kitSides(row)])).toEqual([
      ['100002', 'duplicate', 'empty', 'missing', 'missing'],
      ['100001', 'missing', 'missing', 'missing', 'missing'],
    ]);
    const side = { projectId, eventId: event.id, siteCode: 'S1', number: form, side: 1 } as const;
    expect(expectOk(await sheetPages(centre, side))).toHaveLength(2);
    const body = {
      conductedBy: 'Ann',
      startedAt: '09:00',
      endedAt: '12:00',
      kitsReceived: 2,
      kitsUsed: 1,
      absent: 1,
      notFinished: 0,
      spoiledKits: [],
      registrationForms: 1,
      answerForms: 2,
      additionalSheets: 0,
      remarks: '',
      signedBy: 'Ann',
    };
    const room = { projectId, eventId: event.id, siteCode: 'S1' };
    const give = () => handIn(centre, room, [{ room: 'S1-R1', body }], { way: 'form', account: 'school' });
    // One after the other, whichever connection they come by.
    expect((await Promise.all([give(), give()])).map(({ ok }) => ok)).toEqual([true, true]);
    const protocols = await protocolSites(centre, { ...ask, show: 'all', limit: 50 }, null);
    expect(expectOk(protocols).rows).toMatchObject([
      { siteCode: 'S2', state: 'open', given: 0, differences: null },
      { siteCode: 'S1', state: 'given', given: 1, rooms: 1, differences: 1 },
    ]);
    expect(expectOk(await siteProtocols(centre, room)).rooms[0]?.versions).toHaveLength(2);
    const regions: Limit = { to: 'regions', regions: ['North'] };
    expect(await strangersOf(centre, projectId, regions, 'x')).toMatchObject({ unrecognised: 0 });
    expect(await strangersOf(centre, projectId, regions, 'admin')).toMatchObject({ unrecognised: 1 });
  });
}
