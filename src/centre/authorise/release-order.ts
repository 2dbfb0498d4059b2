/** What somebody at the centre decided of a session's release beside its policy: later, held back, let go. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { asResult, unwrap } from '../../base/refused.ts';
import { asThePolicySays, mayReleaseAt, releaseAt, type ReleaseOrder } from '../../exam/project/release.ts';
import type { Centre } from '../centre.ts';
import type { SessionView } from '../contract.ts';
import { sessionsOf } from '../project/projects.ts';
import type { CentreDatabase } from '../storage/database.ts';

/** By session. What was agreed counts only while two are needed. */
export async function releaseOrders(
  { db }: { readonly db: CentreDatabase },
  projectId: string,
): Promise<ReadonlyMap<string, ReleaseOrder>> {
  const rows = await db
    .selectFrom('session_release')
    .innerJoin('session', 'session.id', 'session_release.session_id')
    .innerJoin('project', 'project.id', 'session.project_id')
    .selectAll('session_release')
    .select('project.two_persons')
    .where('session.project_id', '=', projectId)
    .execute();
  return new Map(
    rows.map((row) => [
      row.session_id,
      {
        notBefore: row.not_before,
        agreedAt: row.two_persons === 1 ? row.agreed_at : null,
        held:
          row.held_at === null
            ? null
            : { reason: row.held_reason ?? '', by: row.held_by ?? '', at: row.held_at },
      },
    ]),
  );
}

export async function orderOf(
  centre: { readonly db: CentreDatabase },
  projectId: string,
  sessionId: string,
): Promise<ReleaseOrder> {
  return (await releaseOrders(centre, projectId)).get(sessionId) ?? asThePolicySays;
}

export async function sessionOf(
  centre: { readonly db: CentreDatabase },
  projectId: string,
  sessionId: string,
): Promise<Result<SessionView>> {
  const session = (await sessionsOf(centre, projectId)).find((one) => one.id === sessionId);
  return session ? ok(session) : refuse({ type: 'no-such-session-here' });
}

export async function writeOrder(
  db: CentreDatabase,
  sessionId: string,
  part: Partial<
    Record<'not_before' | 'agreed_at' | 'held_at', number | null> &
      Record<'held_reason' | 'held_by', string | null>
  >,
): Promise<void> {
  await db
    .insertInto('session_release')
    .values({
      session_id: sessionId,
      not_before: null,
      agreed_at: null,
      held_reason: null,
      held_by: null,
      held_at: null,
      ...part,
    })
    .onConflict((conflict) => conflict.column('session_id').doUpdateSet(part))
    .execute();
}

export async function needsTwo(db: CentreDatabase, projectId: string): Promise<boolean> {
  const row = await db
    .selectFrom('project')
    .select('two_persons')
    .where('id', '=', projectId)
    .executeTakeFirst();
  return row?.two_persons === 1;
}

/**
 * @param at null: as the policy says.
 * @returns refusals `release-before-policy`, and `needs-second-person` when two are needed and it would be earlier than it is.
 */
export function setRelease(
  centre: Centre,
  projectId: string,
  sessionId: string,
  at: number | null,
  by: string,
): Promise<Result<void>> {
  return change(centre, projectId, sessionId, async (db, session, order) => {
    if (at !== null) unwrap(mayReleaseAt(session, at));
    const later = releaseAt(session, { ...order, notBefore: at }) >= releaseAt(session, order);
    if (!later && (await needsTwo(db, projectId))) return refuse({ type: 'needs-second-person' });
    await writeOrder(db, sessionId, { not_before: at });
    return ok({ kind: 'release-set', data: { at, by } });
  });
}

export function holdRelease(
  centre: Centre,
  projectId: string,
  sessionId: string,
  reason: string,
  by: string,
): Promise<Result<void>> {
  return change(centre, projectId, sessionId, async (db, _, order, now) => {
    if (order.held) return refuse({ type: 'release-held-already' });
    await writeOrder(db, sessionId, { held_reason: reason, held_by: by, held_at: now });
    // Whoever has agreed to let it go before has not seen this reason.
    await db
      .updateTable('confirmation_request')
      .set({ state: 'withdrawn', decided_at: now })
      .where('project_id', '=', projectId)
      .where('session_id', '=', sessionId)
      .where('act', '=', 'let-go')
      .where('state', '=', 'asked')
      .execute();
    return ok({ kind: 'release-held', data: { reason, by } });
  });
}

/** @returns refusals `release-not-held`, `needs-second-person`. */
export function letGo(
  centre: Centre,
  projectId: string,
  sessionId: string,
  by: string,
): Promise<Result<void>> {
  return change(centre, projectId, sessionId, async (db, _, order) => {
    if (!order.held) return refuse({ type: 'release-not-held' });
    if (await needsTwo(db, projectId)) return refuse({ type: 'needs-second-person' });
    await writeOrder(db, sessionId, { held_reason: null, held_by: null, held_at: null });
    return ok({ kind: 'release-let-go', data: { by } });
  });
}

/** One after the other, in whichever process of the centre: the project's row is held, and counts as unchanged. */
async function change(
  centre: Centre,
  projectId: string,
  sessionId: string,
  decide: (
    db: CentreDatabase,
    session: SessionView,
    order: ReleaseOrder,
    now: number,
  ) => Promise<Result<{ kind: string; data: Record<string, string | number | null> }>>,
): Promise<Result<void>> {
  const { node } = centre;
  const done = await asResult(() =>
    centre.db.transaction().execute(async (trx) => {
      await holdProject(trx, projectId);
      const session = unwrap(await sessionOf({ db: trx }, projectId, sessionId));
      const order = await orderOf({ db: trx }, projectId, sessionId);
      return unwrap(await decide(trx, session, order, node.clock.now()));
    }),
  );
  if (!done.ok) return done;
  await node.journal.append([{ ...done.value, subject: `session:${sessionId}` }]);
  centre.changed.notify();
  return ok();
}

/** Without its revision: what is published stays what it is. */
export async function holdProject(trx: CentreDatabase, projectId: string): Promise<void> {
  await trx
    .updateTable('project')
    .set((eb) => ({ two_persons: eb.ref('two_persons') }))
    .where('id', '=', projectId)
    .execute();
}
