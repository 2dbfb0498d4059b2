/** What a paper exam's day asks of the database: who has what, filters, keys that count on, and what two do at once. */
import { expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { pin } from '../../src/centre/centre.fixture.ts';
import { releasePasswords } from '../../src/centre/paper-day/archives/release-passwords.ts';
import { passwordOf } from '../../src/centre/paper-day/archives/site-archive.ts';
import { usualDay } from '../../src/centre/paper-day/event-day.ts';
import { postingsOf } from '../../src/centre/support/postings.ts';
import { dayRows, dayView } from '../../src/centre/paper-day/day-view.ts';
import { dayFetchRows, recordDayFetch } from '../../src/centre/paper-day/fetches.ts';
import { releaseOfDay } from '../../src/centre/paper-day/grants/give-out.ts';
import { makeGrants, makeReserveGrant } from '../../src/centre/paper-day/grants/grants.ts';
import { membersOf, revokeMember, saveMembers } from '../../src/centre/paper-day/members/members.ts';
import { makeDay } from '../../src/centre/paper-day/paper-day.fixture.ts';
import { keepOpened, offersFor } from '../../src/centre/paper-day/serve-day.ts';
import { saveDayPolicy, saveDaySettings } from '../../src/centre/paper-day/settings.ts';
import { filterSites, siteDays } from '../../src/centre/paper-day/site-days.ts';
import { holdRelease, letGo, setRelease } from '../../src/centre/authorise/release-order.ts';
import { refusalOf, type Tried } from './centre-on.ts';

export function preparesDays({ start }: Tried): void {
  test('a paper exam’s day from question papers to the release', async () => {
    const test = await start();
    const { centre } = test;
    const day = await makeDay(test);
    const { projectId, eventId } = day;
    const all = { projectId, eventId, siteCodes: null, validity: null, stations: [] };
    expect(await dayRows(centre, projectId)).toMatchObject([{ eventId, sites: 2, kits: 13 }]);
    // Two who press at once prepare once.
    const both = await Promise.all(
      ['ann', 'cem'].map((who) => centre.materials.prepare(projectId, eventId, who)),
    );
    for (const one of both) expectOk(one);
    // Two who make keys at once make each once.
    const made = await Promise.all(['ann', 'cem'].map((who) => makeGrants(centre, all, pin, who)));
    expect(made.map((one) => expectOk(one).made).reduce((a, b) => a + b)).toBe(2);
    const reserve = { rooms: [{ room: '0001', kits: 1 }], stations: [], reason: 'spoiled' };
    expectOk(await makeReserveGrant(centre, { projectId, eventId, siteCode: 'S1', ...reserve }, pin, 'ann'));
    const site = { projectId, siteCode: 'S1' };
    expect((await offersFor(centre, site)).events[0]?.keys.map(({ number }) => number)).toEqual([1, 2]);
    const fetch = { ...site, eventId, what: 'access-key', number: 2 } as const;
    await recordDayFetch(centre, { ...fetch, taken: { way: 'online', address: '10.0.0.1' } });
    const filter = { projectId, eventId, siteCode: 'S', what: null, offset: 0, limit: 5 };
    expect(await dayFetchRows(centre, filter)).toMatchObject({ total: 1, rows: [{ number: 2, by: null }] });
    expect((await dayFetchRows(centre, { ...filter, siteCode: 's' })).total).toBe(0);
    expectOk(await keepOpened(centre, site, { eventId, number: 2, station: '1', tokenSerial: null, at: 7 }));
    const rows = expectOk(await siteDays(centre, projectId, eventId));
    expect(rows.map(({ state, key }) => [state, key?.number, key?.kits])).toEqual([
      ['used', 2, 13],
      ['key-made', 1, 3],
    ]);
    expect(filterSites(rows, { search: 's2', state: 'key-made' })).toHaveLength(1);
    expectOk(
      await saveDayPolicy(
        centre,
        projectId,
        { opens: 'token', releaseBeforeMin: 30, postsPassword: true },
        'ann',
      ),
    );
    expectOk(
      await saveDayPolicy(
        centre,
        projectId,
        { opens: 'token', releaseBeforeMin: 20, postsPassword: true },
        'ann',
      ),
    );
    expectOk(await setRelease(centre, projectId, eventId, day.startAt - 10 * 60_000, 'ann'));
    expectOk(await holdRelease(centre, projectId, eventId, 'wait', 'ann'));
    expectOk(await letGo(centre, projectId, eventId, 'ann'));
    const view = expectOk(await dayView(centre, projectId, eventId));
    expect(view).toMatchObject({
      counts: { prepared: 2, keys: 2, used: 1, released: 0 },
      release: { releaseAt: day.startAt - 10 * 60_000, held: null },
      steps: [
        { state: 'done' },
        { state: 'done' },
        { state: 'done' },
        { state: 'done' },
        { state: 'current' },
      ],
    });
    const of = { projectId, eventId, siteCode: 'S1' };
    expect(refusalOf(await releaseOfDay(centre, of))).toBe('too-early');
    const [member] = await membersOf(centre.db, projectId);
    if (!member) throw new Error('no member');
    expectOk(await saveMembers(centre, projectId, [{ ...member, sites: ['S2'] }], 'ann'));
    expect(expectOk(await revokeMember(centre, projectId, member.id, { reason: 'lost', by: 'ann' }))).toEqual(
      { again: 2, released: 0 },
    );
    test.pass(24 * 3_600_000);
    expect(refusalOf(await releaseOfDay(centre, of))).toBe('key-for-revoked-token');
    // Forms take long to draw: they come printed.
    const settings = { ...usualDay, startAt: day.startAt, roomReserve: 1, preprinted: true };
    expectOk(await saveDaySettings(centre, projectId, eventId, settings, 'ann'));
    expectOk(await centre.materials.prepare(projectId, eventId, 'ann'));
    const policy = { opens: 'password', releaseBeforeMin: 20, postsPassword: true } as const;
    expectOk(await saveDayPolicy(centre, projectId, policy, 'ann'));
    expect(expectOk(await makeGrants(centre, all, pin, 'ann')).archives).toBe(2);
    expectOk(await centre.archives.finished(eventId));
    const told = await Promise.all(['ann', 'cem'].map((who) => releasePasswords(centre, all, pin, who)));
    expect(told.map((one) => expectOk(one).released).reduce((a, b) => a + b)).toBe(2);
    expectOk(await passwordOf(centre, of));
    expect((await postingsOf(centre, projectId, 'S1')).get('S1')).toHaveLength(1);
  });
}
