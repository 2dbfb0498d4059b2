/** Projects and sessions: two operators at once, and changes that fail half-way. */
import { expect, test } from 'vitest';
import { Refused } from '../../src/base/refused.ts';
import { expectOk, ok } from '../../src/base/result.ts';
import { makeProject, rosterText, sessionInput } from '../../src/centre/centre.fixture.ts';
import {
  changeProject,
  createProject,
  projectSummaries,
  removeSession,
  saveSession,
  sessionsOf,
} from '../../src/centre/project/projects.ts';
import { candidateRows } from '../../src/centre/roster/candidates.ts';
import { importRoster } from '../../src/centre/roster/import-roster.ts';
import { refusalOf, type Tried } from './centre-on.ts';

export function keepsProjects({ start }: Tried): void {
  test('of two projects with one code that are made at once, one is made and the other refused', async () => {
    const { centre } = await start();
    const made = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        createProject(centre, { code: 'P', name, mode: 'mock', supportPhone: '' }),
      ),
    );
    expect(made.map(refusalOf).toSorted()).toEqual(['done', 'project-code-taken', 'project-code-taken']);
    expect(await projectSummaries(centre, null)).toHaveLength(1);
  });

  test('of two sessions with one number that are saved at once, one is kept', async () => {
    const test = await start();
    const { projectId, sessionId } = await makeProject(test);
    const { centre } = test;
    const saved = await Promise.all(
      [1, 2, 3].map(() => saveSession(centre, projectId, null, sessionInput(2, 1))),
    );
    expect(saved.map(refusalOf).toSorted()).toEqual(['done', 'session-number-taken', 'session-number-taken']);
    expect(refusalOf(await saveSession(centre, projectId, sessionId, sessionInput(2, 1)))).toBe(
      'session-number-taken',
    );
    expect(refusalOf(await saveSession(centre, 'none', null, sessionInput(2, 1)))).toBe('no-such-project');
    expect(refusalOf(await saveSession(centre, projectId, 'none', sessionInput(3, 1)))).toBe(
      'no-such-session-here',
    );
    expectOk(await removeSession(centre, projectId, (await sessionsOf(centre, projectId))[1]?.id ?? ''));
    expect((await sessionsOf(centre, projectId)).map((one) => one.number)).toEqual([1]);
  });

  test('a change that is refused or fails half-way is taken back whole', async () => {
    const test = await start();
    const { projectId } = await makeProject(test);
    const before = await candidateRows(test.centre, { projectId, search: '', offset: 0, limit: 10 }, null);
    const wrong = await test.file('wrong.csv', rosterText(['1,S1,S1-R1,2001,A', '9,S1,S1-R1,2002,B']));
    expect(refusalOf(await importRoster(test.centre, projectId, wrong, 'admin'))).toBe(
      'roster-has-wrong-rows',
    );
    const emptied = changeProject(test.centre, projectId, async (db) => {
      await db.deleteFrom('candidate').where('project_id', '=', projectId).execute();
      await db.deleteFrom('room').where('project_id', '=', projectId).execute();
      // Refers to no site: the last statement of an import that came from damaged memory, say.
      await db
        .insertInto('room')
        .values({ project_id: projectId, site_code: 'none', code: 'X', name: 'X' })
        .execute();
      return ok();
    });
    await expect(emptied).rejects.toThrow(/foreign key/i);
    const refused = await changeProject(test.centre, projectId, async (db) => {
      await db.deleteFrom('candidate').where('project_id', '=', projectId).execute();
      throw new Refused({ type: 'no' });
    });
    expect(refusalOf(refused)).toBe('no');
    expect(await candidateRows(test.centre, { projectId, search: '', offset: 0, limit: 10 }, null)).toEqual(
      before,
    );
  });
}
