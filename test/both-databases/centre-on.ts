/** A centre on one of the two databases, and what is tried on both of them alike. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectOk } from '../../src/base/result.ts';
import {
  joinRoom,
  makeProject,
  type TestCentre,
  type TestProject,
  type TestRoom,
} from '../../src/centre/centre.fixture.ts';
import { keepPaper } from '../../src/centre/paper/import-paper.ts';
import { sessionsOf } from '../../src/centre/project/projects.ts';
import type { DatabaseTarget } from '../../src/centre/storage/database.ts';

export interface Tried {
  /** An empty centre; closed after the test. */
  start(): Promise<TestCentre>;
  /** An empty database; where it is a file, in this folder. */
  emptyDatabase(folder: string): Promise<DatabaseTarget>;
}

export const samples = join(import.meta.dirname, '..', '..', 'samples');

export function withPaper(test: TestCentre, name = 'small.zip'): Promise<TestProject> {
  return makeProject(test, 'P1', undefined, async (projectId) => {
    const upload = await test.file(name, readFileSync(join(samples, name)));
    return expectOk(await keepPaper(test.centre, projectId, upload, [], 'admin')).id;
  });
}

export async function room(test: TestCentre, project: TestProject): Promise<TestRoom> {
  const [session] = await sessionsOf(test.centre, project.projectId);
  if (!session) throw new Error('no session');
  return joinRoom(test, { ...project, site: 'S1', room: 'S1-R1', session, sittings: ['1001', '1002'] });
}

export function refusalOf(result: { ok: boolean; refusal?: { type: string } }): string {
  return result.refusal?.type ?? 'done';
}
