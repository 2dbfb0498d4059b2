import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { signIn } from '../../tools/exam-day/exam-day.ts';
import {
  openConsole,
  refusalIn,
  startRole,
  StartFailed,
  until,
  type RoleProcess,
} from '../../tools/exam-day/process.ts';
import { startPostgres, type TestPostgres } from '../../tools/postgres/postgres.ts';

let postgres: TestPostgres | null = null;
let centre: RoleProcess | null = null;
const folder = mkdtempSync(join(tmpdir(), 'invigil-away-'));

afterEach(async () => {
  await centre?.stop();
  await postgres?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a database that goes away is said, nothing is acknowledged meanwhile, and work goes on when it is back', async () => {
  postgres = await startPostgres();
  const database = await postgres.newDatabase();
  centre = await startRole('centre', { data: join(folder, 'centre'), port: 0, database });
  const started = await openConsole('centre', centre.port);
  await signIn(started, 'centre-password');
  const make = (code: string) =>
    started.call.project.create({ code, name: code, mode: 'mock', supportPhone: '' });
  const health = async () => {
    const answer = await started.request('/health');
    return {
      status: answer.status,
      ...((await answer.json()) as { ok: boolean; problem?: { type: string } }),
    };
  };
  await make('BEFORE');
  expect(await health()).toMatchObject({ status: 200, ok: true });

  await postgres.halt();
  const made = await Promise.allSettled(['A', 'B', 'C'].map(make));
  expect(
    made.map((one) => (one.status === 'rejected' ? refusalIn(one.reason)?.type : 'acknowledged')),
  ).toEqual(Array.from({ length: 3 }, () => 'database-unreachable'));
  expect(await health()).toMatchObject({ status: 503, ok: false, problem: { type: 'database-unreachable' } });
  expect(centre.child?.exitCode).toBeNull();
  // A second start without a database: one line that says what and where, without the password.
  const refused = await startRole('centre', { data: join(folder, 'other'), port: 0, database }).catch(
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(StartFailed);
  const line = (refused as StartFailed).message.split('\n').at(-1);
  expect(line).toMatch(/^The database at 127\.0\.0\.1:\d+ is not reachable .*--database/);
  expect((refused as StartFailed).message).not.toContain('of the test');

  await postgres.start();
  await until('a healthy centre', async () => (await health()).ok);
  await make('AFTER');
  const codes = (await started.call.project.list()).map((project) => project.code);
  expect(codes.toSorted()).toEqual(['AFTER', 'BEFORE']);
});
