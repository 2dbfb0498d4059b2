import { ok, refuse, type Result } from '../../base/result.ts';
import { announcementsOf, byUrgency, threadsOf } from '../../exam/support/thread.ts';
import type { Limit } from '../../node/users/limit.ts';
import { authorisationRows } from '../authorise/authorise.ts';
import { siteRows } from '../board/board.ts';
import type { Centre } from '../centre.ts';
import { codesOf } from '../codes/codes.ts';
import { sessionsOf } from '../project/projects.ts';
import { publicationSites } from '../publish/downloads.ts';
import { postingsOf } from '../support/postings.ts';
import type { SiteAccountView } from './contract.ts';

/** @returns refusal `no-such-site`: the roster names it no more. */
export async function siteAccountView(centre: Centre, limit: Limit | null): Promise<Result<SiteAccountView>> {
  if (limit?.to !== 'site') return refuse({ type: 'limit-needed-site' });
  const { projectId, siteCode } = limit;
  const project = await centre.db
    .selectFrom('project')
    .select(['id', 'code', 'name', 'mode', 'support_phone'])
    .where('id', '=', projectId)
    .executeTakeFirst();
  const [site] = await siteRows(centre, projectId, limit);
  if (!project || !site) return refuse({ type: 'no-such-site', site: siteCode });
  const authorisations = await authorisationRows(centre, projectId, limit);
  const sessions: SiteAccountView['sessions'] = [];
  for (const session of await sessionsOf(centre, projectId)) {
    const authorisation = authorisations.find(({ sessionId }) => sessionId === session.id);
    const detail = await centre.board.site(projectId, session.id, siteCode);
    if (!authorisation || !detail.ok) continue;
    const { site: line, rooms } = detail.value;
    // Alarms and what was noted with them are between those who watch.
    const { alarms: _, ...facts } = line;
    const { id, number, name, startAt, policy } = session;
    const { codesIssuedBy } = policy;
    sessions.push({ id, number, name, startAt, codesIssuedBy, facts, rooms, authorisation });
  }
  const [publication] = await publicationSites(centre, projectId, limit);
  const postings = (await postingsOf(centre, projectId, siteCode)).get(siteCode) ?? [];
  return ok({
    project: {
      id: project.id,
      code: project.code,
      name: project.name,
      mode: project.mode === 'mock' ? 'mock' : 'formal',
      supportPhone: project.support_phone,
    },
    site,
    publication: publication ?? null,
    sessions,
    codes: await codesOf(centre, projectId, limit),
    threads: byUrgency(threadsOf(postings, 'site', new Map())).map((one) => ({ ...one, unread: 0 })),
    announcements: announcementsOf(postings).toSorted((a, b) => b.at - a.at),
  });
}
