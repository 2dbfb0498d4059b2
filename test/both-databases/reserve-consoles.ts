/** What further consoles of a site ask of the database: codes that are used once, keys of all, and two reports that become one day. */
import { expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { expectOk } from '../../src/base/result.ts';
import { keepReport } from '../../src/centre/paper-day/journals/receive-site-day.ts';
import { makeDay } from '../../src/centre/paper-day/paper-day.fixture.ts';
import { toldElsewhere } from '../../src/centre/paper-day/told-elsewhere.ts';
import {
  consoleKeys,
  openReserveConsole,
  removeReserveConsole,
  ReserveContacts,
  reserveConsoles,
} from '../../src/centre/reserve-consoles/reserve-consoles.ts';
import { registerReserve } from '../../src/centre/site/register-site.ts';
import type { SiteDayReport } from '../../src/exam/paper-day/hand-up.ts';
import { refusalOf, type Tried } from './centre-on.ts';

export function keepsConsoles({ start }: Tried): void {
  test('two consoles of a site: each registers once, and what both tell is one day', async () => {
    const at = await start();
    const { centre } = at;
    const day = await makeDay(at);
    const { projectId, eventId } = day;
    const of = { projectId, siteCode: 'S1' };
    // Two who press at once make two.
    const codes = await Promise.all(['ann', 'cem'].map((who) => openReserveConsole(centre, of, who)));
    const [code = ''] = codes.map(expectOk);
    for (let n = 0; n < 2; n++) expectOk(await openReserveConsole(centre, of, 'ann'));
    expect(refusalOf(await openReserveConsole(centre, of, 'ann'))).toBe('reserve-consoles-enough');
    const { signing, sealing } = day.sites.S2;
    const child = {
      id: newId(),
      code: 'S1',
      keys: { signingKey: signing.publicKey, sealingKey: sealing.recipient },
      tlsFingerprint: 'a'.repeat(64),
      provenCode: code,
    };
    const lock = { serial: 'L-2', recipient: sealing.recipient };
    const both = await Promise.all([1, 2].map(() => registerReserve(centre, projectId, child, lock)));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await consoleKeys(centre.db, of)).map(({ sealingKey }) => sealingKey)).toEqual([
      day.sites.S1.sealing.recipient,
      sealing.recipient,
    ]);
    await new ReserveContacts(centre).heard(child.id);

    const report = (when: number, status: 'readiness-confirmed' | 'key-received'): SiteDayReport => ({
      v: 1,
      at: when,
      statuses: [{ eventId, status, reason: '', gaps: [], toldAt: when, by: 'head' }],
      stages: [],
      stations: [],
    });
    const told = (nodeId: string, what: SiteDayReport) =>
      keepReport(centre, { eventId, siteCode: 'S1', nodeId }, what, { way: 'online' });
    expect(
      await Promise.all([
        told('first', report(5, 'readiness-confirmed')),
        told(child.id, report(9, 'key-received')),
      ]),
    ).toEqual([true, true]);
    expect(await told('first', report(4, 'key-received'))).toBe(false);
    const row = await centre.db.selectFrom('site_day').select(['at', 'statuses']).executeTakeFirstOrThrow();
    expect(row).toEqual({ at: 9, statuses: 2 });
    expect(await toldElsewhere(centre.db, { eventId, siteCode: 'S1', nodeId: 'first' })).toMatchObject({
      statuses: [{ status: 'key-received' }],
    });

    const here = await reserveConsoles(centre, projectId, null);
    expect(here.filter(({ registeredAt }) => registeredAt !== null)).toHaveLength(1);
    for (const { id } of here) expectOk(await removeReserveConsole(centre, of, id, 'ann'));
    expect(await consoleKeys(centre.db, of)).toHaveLength(1);
  });
}
