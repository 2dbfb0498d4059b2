/** Papers, publications and authorisations. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import {
  authorisationRows,
  fetched,
  makeAuthorisation,
  makeRelease,
  prepareAuthorisations,
  release,
  words,
} from '../../src/centre/authorise/authorise.ts';
import { pin, sessionInput } from '../../src/centre/centre.fixture.ts';
import { checkPaper, keepPaper, papersOf } from '../../src/centre/paper/import-paper.ts';
import {
  newestPublication,
  projectView,
  removeSession,
  saveSession,
} from '../../src/centre/project/projects.ts';
import { publish } from '../../src/centre/publish/publisher.ts';
import { makeSitePackage } from '../../src/centre/publish/site-package.ts';
import { refusalOf, room, samples, type Tried, withPaper } from './centre-on.ts';

export function keepsPublications({ start }: Tried): void {
  test('a paper is kept with its report; publishing twice at once leaves one publication whole', async () => {
    const test = await start();
    const { centre } = test;
    const { projectId } = await withPaper(test);
    const upload = await test.file('small.zip', readFileSync(join(samples, 'small.zip')));
    const checked = expectOk(await checkPaper(upload));
    expect(await papersOf(centre, projectId)).toMatchObject([checked]);
    test.pass(1_000);
    const published = await Promise.all([publish(centre, projectId, 'a'), publish(centre, projectId, 'b')]);
    expect(published.map((one) => expectOk(one).rooms)).toEqual([2, 2]);
    const newest = (await newestPublication(centre, projectId))?.number;
    const packages = await centre.db.selectFrom('publication_room').select('number').execute();
    expect(packages.map((one) => one.number)).toEqual([newest, newest]);
    expect(await centre.db.selectFrom('made_package').select('digest').execute()).toHaveLength(2);
    const sealed = await centre.db.selectFrom('sealed_paper').selectAll().execute();
    expect(sealed).toHaveLength(1);
    const view = expectOk(await projectView(centre, projectId, null));
    expect(view.changedSince).toBe(false);
    test.pass(1_000);
    expectOk(await saveSession(centre, projectId, null, sessionInput(2, centre.node.clock.now())));
    expect(expectOk(await projectView(centre, projectId, null)).changedSince).toBe(true);
    expect(refusalOf(await removeSession(centre, projectId, view.sessions[0]?.id ?? ''))).toBe(
      'session-is-published',
    );
    expect(refusalOf(await publish(centre, projectId, 'a'))).toBe('publication-incomplete');
    expect(refusalOf(await makeSitePackage(centre, projectId, 'S1'))).toBe('site-not-registered');
  });

  test('a session in Safe Exam Browser is not published with practical tasks, which need other programs', async () => {
    const test = await start();
    const { centre } = test;
    const { projectId, sessionId } = await withPaper(test, 'practical.zip');
    const paperId = (await papersOf(centre, projectId))[0]?.id ?? null;
    const runsIn = async (browser: 'any' | 'seb', from = paperId) => {
      const input = sessionInput(1, centre.node.clock.now() + 7_200_000, from);
      const policy = { ...input.policy, browser };
      expectOk(await saveSession(centre, projectId, sessionId, { ...input, policy }));
      return expectOk(await projectView(centre, projectId, null)).missing;
    };
    expect(await runsIn('seb')).toEqual([
      { type: 'practical-task-in-exam-browser', session: 1, subject: 'General' },
    ]);
    expect(refusalOf(await publish(centre, projectId, 'a'))).toBe('publication-incomplete');
    const upload = await test.file('small.zip', readFileSync(join(samples, 'small.zip')));
    const other = expectOk(await keepPaper(centre, projectId, upload, [], 'a')).id;
    expect(await runsIn('seb', other)).toEqual([]);
    expect(await runsIn('any')).toEqual([]);
    expectOk(await publish(centre, projectId, 'a'));
  });

  test('an authorisation that is prepared twice at once is one, and is released at its time and not before', async () => {
    const test = await start();
    const { centre } = test;
    const project = await withPaper(test);
    const { projectId, sessionId } = project;
    expectOk(await publish(centre, projectId, 'admin'));
    await (await room(test, project)).close();
    expect(refusalOf(await prepareAuthorisations(centre, projectId, sessionId, 'wrong-pin', 'a'))).toBe(
      'wrong-pin',
    );
    for (const done of await Promise.all(
      ['a', 'b'].map((by) => prepareAuthorisations(centre, projectId, sessionId, pin, by)),
    ))
      expectOk(done);
    expect(await centre.db.selectFrom('authorisation').select('site_code').execute()).toEqual([
      { site_code: 'S1' },
    ]);
    expectOk(await makeAuthorisation(centre, sessionId, 'S1'));
    expectOk(await makeSitePackage(centre, projectId, 'S1'));
    await fetched(centre, sessionId, 'S1');
    expect(refusalOf(await release(centre, sessionId, 'S1'))).toBe('too-early');
    test.pass(7_200_000);
    const [first, second] = await Promise.all([
      release(centre, sessionId, 'S1'),
      release(centre, sessionId, 'S1'),
    ]);
    expect(expectOk(first)).toEqual(expectOk(second));
    expectOk(await makeRelease(centre, sessionId, 'S1', 'admin'));
    expect(expectOk(await words(centre, sessionId, 'S1', 'en', 'admin'))).toHaveLength(12);
    expect(
      (await authorisationRows(centre, projectId, null)).map((row) => [row.siteCode, row.state]),
    ).toEqual([
      ['S1', 'released'],
      ['S2', 'site-not-registered'],
    ]);
    const releases = centre.node.journal
      .after(0, 1_000)
      .filter((row) => row.header.includes('"session-released"'));
    expect(releases).toHaveLength(1);
  });
}
