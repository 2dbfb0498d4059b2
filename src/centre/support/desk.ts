/** The support desk: what it shows, and what somebody at it does. */
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Posting, PostingBody, Priority, SupportCall, ThreadState } from '../../exam/support/posting.ts';
import {
  announcementsOf,
  byUrgency,
  confirmationsOf,
  threadsOf,
  type Thread,
} from '../../exam/support/thread.ts';
import type { UserView } from '../../node/contract.ts';
import type { Limit } from '../../node/users/limit.ts';
import type { Centre } from '../centre.ts';
import { within } from '../limits/within.ts';
import type { SupportDesk } from './contract.ts';
import { keep, lastSeq, postingsOf, seenOf } from './postings.ts';

interface ThreadOf {
  readonly projectId: string;
  readonly siteCode: string;
  readonly threadId: string;
}

export async function supportDesk(
  centre: Centre,
  projectId: string,
  limit: Limit | null,
): Promise<SupportDesk> {
  const [sites, postings, seen] = await Promise.all([
    centre.db
      .selectFrom('site')
      .select(['code', 'name'])
      .where('project_id', '=', projectId)
      .where(within(limit, projectId, 'code'))
      .orderBy('code')
      .execute(),
    postingsOf(centre, projectId),
    seenOf(centre, projectId),
  ]);
  const announced = new Map<string, SupportDesk['announcements'][number]>();
  const threads: SupportDesk['threads'] = [];
  const confirmations: SupportDesk['confirmations'] = [];
  const seenSites = new Set(sites.map(({ code }) => code));
  for (const [siteCode, mine] of postings) {
    // A site that a roster has left out keeps what was said, for those who see everything.
    if (limit !== null && !seenSites.has(siteCode)) continue;
    for (const { lines: _, ...thread } of threadsOf(mine, 'centre', seen.get(siteCode) ?? new Map()))
      threads.push({ siteCode, ...thread });
    for (const confirmation of confirmationsOf(mine)) confirmations.push({ siteCode, ...confirmation });
    for (const { id, at, by, text, readAt, readBy } of announcementsOf(mine)) {
      const one = announced.get(id) ?? { id, at, by, text, read: [], notRead: [] };
      if (readAt === null || readBy === null) one.notRead.push(siteCode);
      else one.read.push({ siteCode, at: readAt, by: readBy });
      announced.set(id, one);
    }
  }
  return {
    threads: byUrgency(threads),
    confirmations,
    announcements: [...announced.values()].toSorted((a, b) => b.at - a.at),
    sites,
    unread: threads.reduce((sum, { unread }) => sum + unread, 0),
  };
}

/** @returns refusal `no-such-thread`. */
export async function threadOf(
  centre: Centre,
  { projectId, siteCode, threadId }: ThreadOf,
  reader: Posting['side'] = 'centre',
): Promise<Result<Thread>> {
  const postings = await postingsOf(centre, projectId, siteCode);
  const seen = await seenOf(centre, projectId);
  const thread = threadsOf(postings.get(siteCode) ?? [], reader, seen.get(siteCode) ?? new Map()).find(
    ({ id }) => id === threadId,
  );
  return thread ? ok(thread) : refuse({ type: 'no-such-thread' });
}

/** Whoever signs in here for a site speaks as the site does. */
function sideOf({ role }: UserView): Posting['side'] {
  return role === 'site' ? 'site' : 'centre';
}

function posting(centre: Centre, by: UserView, thread: string | null, body: PostingBody): Posting {
  const id = newId();
  return {
    id,
    thread: thread ?? id,
    side: sideOf(by),
    at: centre.node.clock.now(),
    by: by.account,
    name: by.name,
    body,
  };
}

export async function openThread(
  centre: Centre,
  where: Omit<ThreadOf, 'threadId'>,
  call: SupportCall & { byTelephone: boolean },
  by: UserView,
): Promise<Result<{ threadId: string }>> {
  const made = posting(centre, by, null, {
    kind: 'opened',
    ...call,
    byTelephone: call.byTelephone && sideOf(by) === 'centre',
  });
  const kept = await keep(centre, where.projectId, [{ siteCode: where.siteCode, posting: made }]);
  return kept.ok ? ok({ threadId: made.id }) : kept;
}

async function addTo(
  centre: Centre,
  where: ThreadOf,
  by: UserView,
  body: PostingBody,
): Promise<Result<Thread>> {
  const { projectId, siteCode, threadId } = where;
  const known = await threadOf(centre, where);
  if (!known.ok) return known;
  const kept = await keep(centre, projectId, [{ siteCode, posting: posting(centre, by, threadId, body) }]);
  if (!kept.ok) return kept;
  // Who answers has it before him; a site does not read for the desk.
  return sideOf(by) === 'site' ? threadOf(centre, where, 'site') : markSeen(centre, where);
}

export function write(centre: Centre, where: ThreadOf, text: string, by: UserView): Promise<Result<Thread>> {
  return addTo(centre, where, by, { kind: 'written', text });
}

export function change(
  centre: Centre,
  where: ThreadOf,
  {
    own,
    state,
    priority,
  }: {
    own?: boolean | undefined;
    state?: ThreadState | undefined;
    priority?: Priority | undefined;
  },
  by: UserView,
): Promise<Result<Thread>> {
  return addTo(centre, where, by, {
    kind: 'changed',
    ...(state === undefined ? {} : { state }),
    ...(priority === undefined ? {} : { priority }),
    ...(own === undefined ? {} : { owner: own ? by.account : null }),
  });
}

export async function markSeen(centre: Centre, where: ThreadOf): Promise<Result<Thread>> {
  const { projectId, siteCode, threadId } = where;
  const known = await threadOf(centre, where);
  if (!known.ok || known.value.unread === 0) return known;
  const seq = await lastSeq(centre, projectId, siteCode);
  await centre.db
    .insertInto('support_seen')
    .values({ project_id: projectId, site_code: siteCode, thread_id: threadId, seq })
    .onConflict((conflict) => conflict.columns(['project_id', 'site_code', 'thread_id']).doUpdateSet({ seq }))
    .execute();
  centre.supportChanged.notify();
  return threadOf(centre, where);
}

/** To every site within the limit whose code begins so. @returns refusal `no-such-site` when none does. */
export async function announce(
  centre: Centre,
  { projectId, prefix, text }: { projectId: string; prefix: string; text: string },
  by: UserView,
): Promise<Result<{ sites: number }>> {
  const sites = await centre.db
    .selectFrom('site')
    .select('code')
    .where('project_id', '=', projectId)
    .where(within(by.limit, projectId, 'code'))
    .execute();
  const chosen = sites.filter(({ code }) => code.startsWith(prefix));
  if (chosen.length === 0) return refuse({ type: 'no-such-site', site: `${prefix}…` });
  const made = posting(centre, by, null, { kind: 'announced', text });
  const kept = await keep(
    centre,
    projectId,
    chosen.map(({ code }) => ({ siteCode: code, posting: made })),
  );
  return kept.ok ? ok({ sites: chosen.length }) : kept;
}
