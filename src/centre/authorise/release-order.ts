/**
 * What somebody at the centre decided of a release beside its policy: later, held back, let go. Of a session, or of an event on paper: ids are
 * of either.
 */
import { ok, refuse, type Result } from '../../base/result.ts';
import { asResult, unwrap } from '../../base/refused.ts';
import {
  asThePolicySays,
  mayReleaseAt,
  releaseAt,
  type Released,
  type ReleaseOrder,
} from '../../exam/project/release.ts';
import type { Centre } from '../centre.ts';
import type { SessionView } from '../contract.ts';
import { releasedEvent } from '../paper-day/event-day.ts';
import { sessionsOf } from '../project/projects.ts';
import type { CentreDatabase } from '../storage/database.ts';

/** By session or event. What was agreed counts only while two are needed. */
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
  const ofEvents = await db
    .selectFrom('event_release')
    .innerJoin('event', 'event.id', 'event_release.event_id')
    .innerJoin('project', 'project.id', 'event.project_id')
    .selectAll('event_release')
    .select('project.two_persons')
    .where('event.project_id', '=', projectId)
    .execute();
  const all = [...rows, ...ofEvents.map(({ event_id, ...row }) => ({ ...row, session_id: event_id }))];
  return new Map(
    all.map((row) => [
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

/** What is released at a time, and how the journal names it. */
export interface ReleasedThing extends Released {
  readonly id: string;
  readonly subject: string;
}

/** Refusals: `no-such-session-here`, and those of an event. */
export async function releasedOf(
  centre: { readonly db: CentreDatabase },
  projectId: string,
  id: string,
): Promise<Result<ReleasedThing>> {
  const event = await releasedEvent(centre.db, projectId, id);
  if (event !== null) return event;
  const session = await sessionOf(centre, projectId, id);
  return session.ok ? ok({ ...session.value, subject: `session:${id}` }) : session;
}

export async function writeOrder(
  db: CentreDatabase,
  id: string,
  part: Partial<
    Record<'not_before' | 'agreed_at' | 'held_at', number | null> &
      Record<'held_reason' | 'held_by', string | null>
  >,
): Promise<void> {
  const values = {
    not_before: null,
    agreed_at: null,
    held_reason: null,
    held_by: null,
    held_at: null,
    ...part,
  };
  const event = await db.selectFrom('event').select('id').where('id', '=', id).executeTakeFirst();
  if (event) {
    await db
      .insertInto('event_release')
      .values({ event_id: id, ...values })
      .onConflict((conflict) => conflict.column('event_id').doUpdateSet(part))
      .execute();
    return;
  }
  await db
    .insertInto('session_release')
    .values({ session_id: id, ...values })
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
  return change(centre, projectId, sessionId, async (db, thing, order) => {
    if (at !== null) unwrap(mayReleaseAt(thing, at));
    const later = releaseAt(thing, { ...order, notBefore: at }) >= releaseAt(thing, order);
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
    thing: ReleasedThing,
    order: ReleaseOrder,
    now: number,
  ) => Promise<Result<{ kind: string; data: Record<string, string | number | null> }>>,
): Promise<Result<void>> {
  const { node } = centre;
  const done = await asResult(() =>
    centre.db.transaction().execute(async (trx) => {
      await holdProject(trx, projectId);
      const thing = unwrap(await releasedOf({ db: trx }, projectId, sessionId));
      const order = await orderOf({ db: trx }, projectId, sessionId);
      const entry = unwrap(await decide(trx, thing, order, node.clock.now()));
      return { ...entry, subject: thing.subject };
    }),
  );
  if (!done.ok) return done;
  await node.journal.append([done.value]);
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
