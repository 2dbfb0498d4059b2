/** Publishing as work: what is in force while it is made, when it is stopped, and when little or nothing changed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import {
  rosterText,
  sessionInput,
  type TestCentre,
  type TestProject,
} from '../../src/centre/centre.fixture.ts';
import { keepPaper } from '../../src/centre/paper/import-paper.ts';
import {
  newestPublication,
  projectView,
  saveSession,
  sessionsOf,
} from '../../src/centre/project/projects.ts';
import { downloadRows, publicationSites, recordDownload } from '../../src/centre/publish/downloads.ts';
import { packageOfRoom } from '../../src/centre/publish/published.ts';
import { publish, Publisher } from '../../src/centre/publish/publisher.ts';
import { makeSitePackage } from '../../src/centre/publish/site-package.ts';
import { importRoster } from '../../src/centre/roster/import-roster.ts';
import { refusalOf, room, samples, withPaper, type Tried } from './centre-on.ts';

async function rename(test: TestCentre, { projectId, sessionId }: TestProject, name: string): Promise<void> {
  const [session] = await sessionsOf(test.centre, projectId);
  if (!session) throw new Error('no session');
  const { id: _, ...input } = session;
  expectOk(await saveSession(test.centre, projectId, sessionId, { ...input, name }));
}

async function nameInPackage(test: TestCentre, projectId: string, code = 'S1-R1') {
  return (await packageOfRoom(test.centre.db, projectId, code))?.sessions[0]?.name;
}

const sitesNow = async (test: TestCentre, projectId: string) =>
  (await publicationSites(test.centre, projectId, null)).map((site) => [site.siteCode, site.number]);

export function publishesAsWork({ start }: Tried): void {
  test('publishing again makes only what changed, and moves only the sites for which something did', async () => {
    const test = await start();
    const { centre } = test;
    const project = await withPaper(test);
    const { projectId } = project;
    expectOk(await publish(centre, projectId, 'a'));
    expect(await sitesNow(test, projectId)).toEqual([
      ['S1', 1],
      ['S2', 1],
    ]);
    const before = await packageOfRoom(centre.db, projectId, 'S1-R1');
    const roster = await test.file(
      'next.csv',
      rosterText([
        '1,S1,S1-R1,1001,Ахметова Айгуль',
        '1,S1,S1-R1,1002,王小明',
        '1,S2,S2-R1,1003,Öztürk Deniz',
      ]),
    );
    expectOk(await importRoster(centre, projectId, roster, 'a'));
    expectOk(await publish(centre, projectId, 'a'));
    expect(await sitesNow(test, projectId)).toEqual([
      ['S1', 1],
      ['S2', 2],
    ]);
    expect(await packageOfRoom(centre.db, projectId, 'S1-R1')).toEqual(before);
    expect(await newestPublication(centre, projectId)).toMatchObject({
      number: 2,
      rooms: 2,
      changed_rooms: 1,
    });
    // Nothing at all: the sites stay where they are.
    expectOk(await publish(centre, projectId, 'a'));
    expect(await sitesNow(test, projectId)).toEqual([
      ['S1', 1],
      ['S2', 2],
    ]);
    expect(await newestPublication(centre, projectId)).toMatchObject({ number: 3, changed_rooms: 0 });
    await rename(test, project, 'Another name');
    expectOk(await publish(centre, projectId, 'a'));
    expect(await sitesNow(test, projectId)).toEqual([
      ['S1', 4],
      ['S2', 4],
    ]);
    // A room that goes changes its site, though no package is made.
    const fewer = await test.file(
      'fewer.csv',
      rosterText(['1,S1,S1-R1,1001,Ахметова Айгуль', '1,S1,S1-R1,1002,王小明']),
    );
    expectOk(await importRoster(centre, projectId, fewer, 'a'));
    expectOk(await publish(centre, projectId, 'a'));
    expect(await sitesNow(test, projectId)).toEqual([['S1', 4]]);
    expect(await centre.db.selectFrom('made_package').select('digest').execute()).toHaveLength(1);
  });

  test('a publication is cancelled before it is final, and the one before stays in force whole', async () => {
    const test = await start();
    const { centre } = test;
    const project = await withPaper(test);
    const { projectId, sessionId } = project;
    expect(refusalOf(await centre.publisher.cancel(projectId, 'a'))).toBe('publication-not-running');
    expectOk(await publish(centre, projectId, 'a'));
    const inForce = async () => [
      await centre.db.selectFrom('sealed_paper').selectAll().execute(),
      await packageOfRoom(centre.db, projectId, 'S1-R1'),
      await sitesNow(test, projectId),
    ];
    const before = await inForce();
    const first = (await sessionsOf(centre, projectId))[0]?.subjects[0]?.paperId ?? '';
    const upload = await test.file('text.zip', readFileSync(join(samples, 'practical.zip')));
    const second = expectOk(await keepPaper(centre, projectId, upload, [], 'a')).id;
    const usePaper = async (paperId: string) =>
      expectOk(
        await saveSession(
          centre,
          projectId,
          sessionId,
          sessionInput(1, centre.node.clock.now() + 7_200_000, paperId),
        ),
      );
    await usePaper(second);
    expectOk(await centre.publisher.begin(projectId, 'a'));
    const publishing = publish(centre, projectId, 'b');
    // Its paper is sealed, and still nobody sees anything of it.
    for (;;) {
      const work = await centre.publisher.work(projectId);
      if (work === null || work.phase !== 'papers') break;
      const seen = await inForce();
      // It goes on while the database is asked: what was read counts when it was not further afterwards.
      if ((await centre.publisher.work(projectId))?.phase === 'papers') expect(seen).toEqual(before);
      await nextTurn();
    }
    const cancelled = await centre.publisher.cancel(projectId, 'a');
    if (cancelled.ok) {
      expect(refusalOf(await publishing)).toBe('publication-cancelled');
      expect(await inForce()).toEqual(before);
      expect(await centre.publisher.work(projectId)).toBeNull();
      expect(
        centre.node.journal.after(0, 1_000).filter((row) => row.header.includes('"publication-cancelled"')),
      ).toHaveLength(1);
    } else {
      // Too late by a little, or by more.
      expect(['publication-is-final', 'publication-not-running']).toContain(cancelled.refusal.type);
      expectOk(await publishing);
    }
    // Back to the first paper: what was sealed for the other one is not taken for it.
    await usePaper(first);
    expectOk(await publish(centre, projectId, 'a'));
    const sealed = await centre.db.selectFrom('sealed_paper').selectAll().execute();
    const content = await packageOfRoom(centre.db, projectId, 'S1-R1');
    expect(sealed.map((row) => [row.paper_id, row.digest])).toEqual([
      [first, content?.sessions[0]?.subjects[0]?.paperSha256],
    ]);
    expect(await centre.db.selectFrom('next_paper').selectAll().execute()).toEqual([]);
  });

  test('what was being published when the centre stopped goes on when it starts again', async () => {
    const test = await start();
    const { centre } = test;
    const project = await withPaper(test);
    const { projectId } = project;
    expectOk(await centre.publisher.begin(projectId, 'a'));
    await centre.publisher.stop();
    expect(await newestPublication(centre, projectId)).toBeUndefined();
    const again = new Publisher(() => centre);
    await again.resume();
    expect(await again.work(projectId)).toMatchObject({ running: true, number: 1, by: 'a' });
    expectOk(await again.publish(projectId, 'b'));
    expect(await newestPublication(centre, projectId)).toMatchObject({ number: 1, by_account: 'a' });
    expect(await centre.db.selectFrom('publication_work').selectAll().execute()).toEqual([]);
  });

  test('what is changed while it is made is in it, or is said to be changed since', async () => {
    const test = await start();
    const { centre } = test;
    const project = await withPaper(test);
    const { projectId } = project;
    for (let i = 0; i < 5; i++) {
      const [published] = await Promise.all([
        publish(centre, projectId, 'a'),
        rename(test, project, `Name ${i}`),
      ]);
      expectOk(published);
      const inside = (await nameInPackage(test, projectId)) === `Name ${i}`;
      expect(expectOk(await projectView(centre, projectId, null)).changedSince).toBe(!inside);
    }
  });

  test('one that cannot be finished says why until it is begun anew or put away', async () => {
    const test = await start();
    const { centre } = test;
    const { projectId } = await withPaper(test);
    const paper = await centre.db.selectFrom('paper').selectAll().executeTakeFirstOrThrow();
    await centre.blobs.remove(paper.body_digest);
    expect(refusalOf(await publish(centre, projectId, 'a'))).toBe('publication-failed');
    expect(await centre.publisher.work(projectId)).toMatchObject({
      running: false,
      problem: { type: 'publication-failed' },
    });
    const again = new Publisher(() => centre);
    await again.resume();
    expect(await again.work(projectId)).toMatchObject({ running: false });
    expectOk(await centre.publisher.cancel(projectId, 'a'));
    expect(await centre.publisher.work(projectId)).toBeNull();
  });

  test('who took what and when is kept, shown for each site, and in the journal', async () => {
    const test = await start();
    const { centre } = test;
    const project = await withPaper(test);
    const { projectId } = project;
    expectOk(await publish(centre, projectId, 'a'));
    await (await room(test, project)).close();
    const whole = expectOk(await makeSitePackage(centre, projectId, 'S1'));
    const sealed = await centre.db
      .selectFrom('sealed_paper')
      .select(['digest', 'size'])
      .executeTakeFirstOrThrow();
    const little = expectOk(await makeSitePackage(centre, projectId, 'S1', new Set([sealed.digest])));
    expect(whole.bytes - little.bytes).toBeGreaterThanOrEqual(sealed.size - 2_048);
    const took = { projectId, siteCode: 'S1', number: 1, bytes: whole.bytes };
    test.pass(1_000);
    await recordDownload(centre, { ...took, way: 'file', by: 'anna' });
    test.pass(1_000);
    await recordDownload(centre, { ...took, way: 'online', by: null });
    const now = centre.node.clock.now();
    expect(
      await downloadRows(centre, { projectId, siteCode: null, offset: 0, limit: 10 }, null),
    ).toMatchObject({
      total: 2,
      rows: [
        { siteCode: 'S1', number: 1, way: 'online', by: null, at: now },
        { siteCode: 'S1', number: 1, way: 'file', by: 'anna', at: now - 1_000 },
      ],
    });
    expect(
      (await downloadRows(centre, { projectId, siteCode: 'S2', offset: 0, limit: 10 }, null)).total,
    ).toBe(0);
    expect(await publicationSites(centre, projectId, null)).toMatchObject([
      { siteCode: 'S1', downloadedAt: now, way: 'online' },
      { siteCode: 'S2', downloadedAt: null, way: null },
    ]);
    const told = centre.node.journal
      .after(0, 1_000)
      .filter((row) => row.header.includes('"publication-downloaded"'));
    expect(told).toHaveLength(2);
  });
}
