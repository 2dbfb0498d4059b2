import type * as z from 'zod';
import { newId } from '../../base/ids.ts';
import { asResult, Refused, unwrap } from '../../base/refused.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { Centre } from '../centre.ts';
import { practicalPapers } from '../paper/practical-papers.ts';
import type { StepView } from '../../node/contract.ts';
import type { Limit } from '../../node/users/limit.ts';
import { projectWithin, within } from '../limits/within.ts';
import { sessionInputSchema, type ProjectView, type SessionView } from '../contract.ts';
import type { CentreDatabase } from '../storage/database.ts';

import { projectSteps } from './steps.ts';

type SessionInput = z.infer<typeof sessionInputSchema>;

/**
 * Every change of a project goes through here. Holding its row, one comes after the other, in whichever process of the centre: what was
 * looked up inside still holds when it is written. A refusal takes everything back.
 * @param change gets the time that counts as the change's own.
 */
export async function changeProject<T>(
  centre: Centre,
  projectId: string,
  change: (db: CentreDatabase, at: number) => Promise<Result<T>>,
): Promise<Result<T>> {
  const at = centre.node.clock.now();
  const done = await asResult(() =>
    centre.db.transaction().execute(async (trx) => {
      const held = await trx
        .updateTable('project')
        .set((eb) => ({ changed_at: at, revision: eb('revision', '+', 1) }))
        .where('id', '=', projectId)
        .executeTakeFirst();
      if (held.numUpdatedRows === 0n) throw new Refused({ type: 'no-such-project' });
      return unwrap(await change(trx, at));
    }),
  );
  if (done.ok) centre.changed.notify();
  return done;
}

export async function createProject(
  centre: Centre,
  input: { code: string; name: string; mode: 'formal' | 'mock'; supportPhone: string },
): Promise<Result<{ projectId: string }>> {
  const { db, node } = centre;
  const now = node.clock.now();
  const id = newId();
  const written = await db
    .insertInto('project')
    .values({
      id,
      code: input.code,
      name: input.name,
      mode: input.mode,
      support_phone: input.supportPhone,
      created_at: now,
      changed_at: now,
    })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .executeTakeFirst();
  if (written.numInsertedOrUpdatedRows === 0n)
    return refuse({ type: 'project-code-taken', code: input.code });
  await node.journal.append([
    { kind: 'project-created', subject: `project:${id}`, data: { code: input.code, mode: input.mode } },
  ]);
  centre.changed.notify();
  return ok({ projectId: id });
}

export async function sessionsOf({ db }: Pick<Centre, 'db'>, projectId: string): Promise<SessionView[]> {
  const rows = await db
    .selectFrom('session')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('number')
    .execute();
  return rows.map((row) => ({ id: row.id, ...sessionInputSchema.parse(JSON.parse(row.body_json)) }));
}

export function saveSession(
  centre: Centre,
  projectId: string,
  sessionId: string | null,
  session: SessionInput,
): Promise<Result<{ sessionId: string }>> {
  return changeProject(centre, projectId, async (db) => {
    const twice = (await sessionsOf({ db }, projectId)).find(
      (one) => one.number === session.number && one.id !== sessionId,
    );
    if (twice) return refuse({ type: 'session-number-taken', number: session.number });
    const body_json = JSON.stringify(session);
    if (sessionId === null) {
      const id = newId();
      await db
        .insertInto('session')
        .values({ id, project_id: projectId, number: session.number, body_json })
        .execute();
      return ok({ sessionId: id });
    }
    const written = await db
      .updateTable('session')
      .set({ number: session.number, body_json })
      .where('id', '=', sessionId)
      .where('project_id', '=', projectId)
      .executeTakeFirst();
    return written.numUpdatedRows === 0n ? refuse({ type: 'no-such-session-here' }) : ok({ sessionId });
  });
}

export function removeSession(centre: Centre, projectId: string, sessionId: string): Promise<Result<void>> {
  return changeProject(centre, projectId, async (db) => {
    const sealed = await db
      .selectFrom('sealed_paper')
      .select('session_id')
      .where('session_id', '=', sessionId)
      .executeTakeFirst();
    if (sealed) return refuse({ type: 'session-is-published' });
    await db.deleteFrom('session').where('id', '=', sessionId).where('project_id', '=', projectId).execute();
    return ok();
  });
}

export async function projectSummaries({ db }: Pick<Centre, 'db'>, limit: Limit | null) {
  const count = async (table: 'session' | 'site' | 'room' | 'candidate', id: string): Promise<number> =>
    Number(
      (
        await db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll().as('n'))
          .where('project_id', '=', id)
          .$if(table !== 'session', (query) =>
            query.where(within(limit, id, table === 'site' ? 'code' : 'site_code')),
          )
          .executeTakeFirstOrThrow()
      ).n,
    );
  const rows = await db
    .selectFrom('project')
    .selectAll()
    .where(projectWithin(limit, 'project.id'))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      code: row.code,
      name: row.name,
      mode: row.mode as 'formal' | 'mock',
      sessions: await count('session', row.id),
      sites: await count('site', row.id),
      rooms: await count('room', row.id),
      candidates: await count('candidate', row.id),
      publishedAt: (await newestPublication({ db }, row.id))?.published_at ?? null,
    })),
  );
}

export function newestPublication({ db }: Pick<Centre, 'db'>, projectId: string) {
  return db
    .selectFrom('publication')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** @returns refusal `no-such-project`, also when nothing of it lies within the limit. */
export async function projectView(
  centre: Centre,
  projectId: string,
  limit: Limit | null,
): Promise<Result<ProjectView>> {
  const row = await centre.db
    .selectFrom('project')
    .selectAll()
    .where('id', '=', projectId)
    .executeTakeFirst();
  const summary = (await projectSummaries(centre, limit)).find((one) => one.id === projectId);
  if (!row || !summary) return refuse({ type: 'no-such-project' });
  const sessions = await sessionsOf(centre, projectId);
  const newest = await newestPublication(centre, projectId);
  const changedSince =
    newest !== undefined &&
    (newest.revision === null ? row.changed_at > newest.published_at : row.revision !== newest.revision);
  return ok({
    ...summary,
    sessions,
    supportPhone: row.support_phone,
    steps: await stepsOf(centre, projectId, sessions, { ...summary, changedSince }, limit),
    missing: missingFor(sessions, summary.candidates, await practicalPapers(centre, projectId)),
    changedSince,
  });
}

async function stepsOf(
  centre: Centre,
  projectId: string,
  sessions: readonly SessionView[],
  summary: { candidates: number; sites: number; publishedAt: number | null; changedSince: boolean },
  limit: Limit | null,
): Promise<StepView[]> {
  const registered = await centre.db
    .selectFrom('site')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('project_id', '=', projectId)
    .where('registered_at', 'is not', null)
    .where(within(limit, projectId, 'code'))
    .executeTakeFirstOrThrow();
  const prepared = await centre.db
    .selectFrom('authorisation')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('project_id', '=', projectId)
    .where(within(limit, projectId, 'site_code'))
    .where('again_json', 'is', null)
    .executeTakeFirstOrThrow();
  return projectSteps({
    sessions: sessions.length,
    candidates: summary.candidates,
    papersMissing: sessions.flatMap((one) => one.subjects).filter((one) => one.paperId === null).length,
    published: summary.publishedAt !== null,
    changedSince: summary.changedSince,
    sites: summary.sites,
    registered: Number(registered.n),
    prepared: Number(prepared.n),
  });
}

/** What keeps a project from being published. @param practical papers with tasks that are worked on in other programs. */
export function missingFor(
  sessions: readonly SessionView[],
  candidates: number,
  practical: ReadonlySet<string>,
): Refusal[] {
  const missing: Refusal[] = [];
  if (sessions.length === 0) missing.push({ type: 'sessions-missing' });
  if (candidates === 0) missing.push({ type: 'roster-missing' });
  for (const session of sessions)
    for (const subject of session.subjects)
      if (subject.paperId === null)
        missing.push({ type: 'paper-missing', session: session.number, subject: subject.name });
      // Safe Exam Browser opens no other program.
      else if (session.policy.browser === 'seb' && practical.has(subject.paperId))
        missing.push({
          type: 'practical-task-in-exam-browser',
          session: session.number,
          subject: subject.name,
        });
  return missing;
}
