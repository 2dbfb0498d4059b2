/** The register of forms: no number and no kit is made twice, however many go on with it; an import is all or nothing. */
import { expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { makeProject } from '../../src/centre/centre.fixture.ts';
import { eventOf } from '../../src/centre/events/event-row.ts';
import { eventViews, removeEvent, saveEvent } from '../../src/centre/events/events.ts';
import { registerCsv } from '../../src/centre/events/export-register.ts';
import { RegisterGrowth } from '../../src/centre/events/growth.ts';
import { importRegister } from '../../src/centre/events/import-register.ts';
import { makePlan } from '../../src/centre/events/plan.ts';
import { registerRooms, registerSites } from '../../src/centre/events/register-view.ts';
import { usualComposition } from '../../src/exam/form/composition.ts';
import { ownNumber, ownNumbers } from '../../src/exam/form/sheet-number.ts';
import { refusalOf, type Tried } from './centre-on.ts';

const event = (code: string) => ({
  code,
  name: 'Русский язык',
  subject: { code: '01', name: 'Русский язык', latin: 'rus' },
  date: '2026-06-01',
  stage: '',
  composition: usualComposition,
  protocolDueH: 24,
});

export function keepsRegisters({ start }: Tried): void {
  test('kits of a roster are made once, listed, exported, and imported elsewhere', async () => {
    const started = await start();
    const { centre } = started;
    const { projectId } = await makeProject(started);
    const { eventId } = expectOk(await saveEvent(centre, projectId, null, event('rus'), 'admin'));
    const row = expectOk(await eventOf(centre.db, projectId, eventId));
    const source = {
      from: 'roster',
      sessionNumber: 1,
      reserve: { unit: 'kits', amount: 30 },
      additional: 2,
    } as const;
    const plan = expectOk(await makePlan(centre, row, source, null));
    expectOk(await centre.growth.begin(row, plan, false, 'admin'));
    const other = new RegisterGrowth(() => centre);
    await other.resume();
    await Promise.all([centre.growth.finished(eventId), other.finished(eventId)]);
    const [view] = await eventViews(centre, projectId, null);
    expect(view).toMatchObject({ sites: 2, kits: 63, sides: 252, came: 0, growth: null, grown: true });
    const numbers = await centre.db
      .selectFrom('sheet')
      .select('number')
      .where('event_id', '=', eventId)
      .orderBy('number')
      .execute();
    expect(numbers.map(({ number }) => number)).toEqual(
      Array.from({ length: 63 * 4 + 4 }, (_, i) => ownNumber(row.number_prefix, i + 1)),
    );
    expect(refusalOf(await makePlan(centre, row, source, null))).toBe('plan-nothing-missing');
    const wish = { projectId, eventId, search: '', offset: 0, limit: 1 };
    expect(await registerSites(centre, wish, null)).toMatchObject({
      total: 2,
      rows: [{ code: 'S1', kits: 32 }],
    });
    expect(await registerRooms(centre, { projectId, eventId, siteCode: 'S2' })).toEqual([
      { roomCode: 'S2-R1', kits: 31, firstKit: '100033', lastKit: '100063', additional: 2 },
    ]);
    const parts: Uint8Array[] = [];
    for await (const part of registerCsv(centre, row, { language: 'zh', limit: null })) parts.push(part);
    const { projectId: second } = await makeProject(started, 'P2');
    const { eventId: copy } = expectOk(await saveEvent(centre, second, null, event('rus'), 'admin'));
    const file = await started.file('register.csv', Buffer.concat(parts));
    const into = expectOk(await eventOf(centre.db, second, copy));
    const all = { rule: ownNumbers, addSites: false };
    expectOk(await importRegister(centre, into, file, all, 'admin'));
    expect(refusalOf(await importRegister(centre, into, file, all, 'admin'))).toBe('register-has-wrong-rows');
    expect((await eventViews(centre, second, null))[0]).toMatchObject({ kits: 63, sides: 252 });
    expectOk(await removeEvent(centre, second, copy, 'admin'));
    expect(await eventViews(centre, second, null)).toEqual([]);
  });
}
