/** Marks on forms: what waits, what people decide, and the counts of both. */
import { expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { makeProject } from '../../src/centre/centre.fixture.ts';
import { keepScans } from '../../src/centre/scans/keep-scans.ts';
import { decideMarks } from '../../src/centre/scans/marks/decide-marks.ts';
import { Desks } from '../../src/centre/scans/marks/desks.ts';
import { exportMarks } from '../../src/centre/scans/marks/export-marks.ts';
import { markEvents } from '../../src/centre/scans/marks/mark-events.ts';
import { nextPage } from '../../src/centre/scans/marks/queue.ts';
import { readAgain } from '../../src/centre/scans/marks/read-again.ts';
import {
  makeEvent,
  makeUpload,
  numbersOf,
  readingOf,
  registerKits,
  scanOf,
  unsureReading,
} from '../../src/centre/scans/scans.fixture.ts';
import type { Tried } from './centre-on.ts';

export function keepsMarks({ start }: Tried): void {
  test('rows of boxes wait until somebody decides, and are counted', async () => {
    const made = await start();
    const { centre } = made;
    const { projectId } = await makeProject(made);
    const event = await makeEvent(centre, projectId);
    await registerKits(centre, event, { site: 'S1', room: 'S1-R1', from: 1, to: 2 });
    const upload = await makeUpload(centre, projectId);
    expectOk(
      await keepScans(centre, upload, [
        scanOf(0, unsureReading(numbersOf(1)[1])),
        scanOf(1, readingOf(numbersOf(2)[1])),
      ]),
    );
    const counts = async () => (await markEvents(centre, projectId, null))[0];
    expect(await counts()).toMatchObject({ rows: 2, open: 1, openPages: 1, unreadPages: 1, decided: 0 });
    const desks = new Desks(centre.node.clock);
    const who = { desk: 'a', account: 'ann', limit: null };
    const asked = { projectId, eventId: event.id, every: 1, after: null };
    // Its image is nowhere: the row was found, and that is said.
    for (const of of ['waiting', 'sure'] as const)
      expect(await nextPage(centre, desks, { ...asked, of }, who)).toMatchObject({
        refusal: { type: 'scan-image-missing' },
      });
    const { id } = await centre.db
      .selectFrom('scan')
      .select('id')
      .where('position', '=', 0)
      .executeTakeFirstOrThrow();
    const row = { projectId, scanId: id, field: 'choice-1', row: 0, upon: 0, marked: [1] };
    const both = await Promise.all([row, row].map((one) => decideMarks(centre, desks, one, who)));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expectOk(await decideMarks(centre, desks, { ...row, row: 1, marked: [0] }, who));
    expect(await counts()).toMatchObject({ open: 0, openPages: 0, decided: 1, checked: 1, agreed: 1 });
    expect(await readAgain(centre, { projectId, eventId: event.id, after: null }, who)).toMatchObject({
      value: { looked: 1, read: 0 },
    });
    const table = expectOk(
      await exportMarks(
        centre,
        { projectId, eventId: event.id, format: 'csv', language: 'en' },
        { to: 'site', projectId, siteCode: 'S1' },
      ),
    );
    expect(Buffer.concat(await Array.fromAsync(table.stream)).toString()).toContain(',1,2,person,marked,0,');
  });
}
