import type { FrameView } from '../../node/contract.ts';
import { ownIndicators } from '../../node/indicators.ts';
import { olderProgram } from '../../node/older-program.ts';
import type { Served } from '../../node/reachable.ts';
import type { Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';

export async function frame(centre: Centre, served: Served, limit: Limit | null): Promise<FrameView> {
  return {
    role: 'centre',
    code: centre.name.code,
    name: null,
    mode: null,
    addresses: [...served.addresses],
    now: centre.node.clock.now(),
    supportPhone: limit?.to === 'site' ? await supportPhoneOf(centre, limit.projectId) : null,
    session: null,
    indicators: await ownIndicators(
      centre.node,
      served.port,
      olderProgram(centre.distribution.newest()?.centre ?? null),
    ),
  };
}

/** Whoever signs in for a site calls the desk of its project. */
async function supportPhoneOf({ db }: Centre, projectId: string): Promise<string | null> {
  const project = await db
    .selectFrom('project')
    .select('support_phone')
    .where('id', '=', projectId)
    .executeTakeFirst();
  return project?.support_phone ?? null;
}
