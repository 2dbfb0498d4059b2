/** When which session is released, and how far its sites have come. */
import { releaseAt } from '../../exam/project/release.ts';
import type { Centre } from '../centre.ts';
import { sessionsOf } from '../project/projects.ts';
import type { ReleaseRow } from './contract.ts';
import { releaseOrders } from './release-order.ts';

export async function releaseSchedule(centre: Pick<Centre, 'db'>, projectId: string): Promise<ReleaseRow[]> {
  const { db } = centre;
  const sessions = await sessionsOf(centre, projectId);
  const orders = await releaseOrders(centre, projectId);
  const sites = await db
    .selectFrom('site')
    .select((eb) => [
      eb.fn.countAll<number>().as('all'),
      eb.fn.count<number>('registered_at').as('registered'),
    ])
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow();
  const prepared = await db
    .selectFrom('authorisation')
    .select((eb) => [
      'session_id',
      eb.fn.countAll<number>().as('n'),
      eb.fn.count<number>('released_at').as('released'),
    ])
    .where('project_id', '=', projectId)
    .groupBy('session_id')
    .execute();
  // Of those that are prepared now: what was fetched before a preparation opens nothing.
  const fetched = await db
    .selectFrom('authorisation')
    .innerJoin('authorisation_fetch', (join) =>
      join
        .onRef('authorisation_fetch.session_id', '=', 'authorisation.session_id')
        .onRef('authorisation_fetch.site_code', '=', 'authorisation.site_code')
        .onRef('authorisation_fetch.at', '>=', 'authorisation.prepared_at')
        .on('authorisation_fetch.what', '=', 'authorisation'),
    )
    .select((eb) => [
      'authorisation.session_id',
      eb.fn.count<number>('authorisation.site_code').distinct().as('n'),
    ])
    .where('authorisation.project_id', '=', projectId)
    .groupBy('authorisation.session_id')
    .execute();
  return sessions.map((session) => {
    const order = orders.get(session.id);
    const ready = prepared.find((row) => row.session_id === session.id);
    return {
      sessionId: session.id,
      number: session.number,
      name: session.name,
      startAt: session.startAt,
      policyAt: releaseAt(session),
      releaseAt: releaseAt(session, order),
      setAt: order?.notBefore ?? null,
      held: order?.held ?? null,
      sites: Number(sites.all),
      registered: Number(sites.registered),
      prepared: Number(ready?.n ?? 0),
      fetched: Number(fetched.find((row) => row.session_id === session.id)?.n ?? 0),
      released: Number(ready?.released ?? 0),
    };
  });
}
