/** The site's side of the support desk: what is written here waits in the database until the centre has it. */
import type * as z from 'zod';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { ExchangeClient } from '../../courier/https/client.ts';
import {
  postingsAtOnce,
  postingSchema,
  supportAnswerSchema,
  type ConfirmedPhase,
  type KeptPosting,
  type Posting,
  type PostingBody,
  type SupportAnswer,
  type SupportCall,
  type supportAskSchema,
} from '../../exam/support/posting.ts';
import {
  announcementsOf,
  byUrgency,
  confirmationsOf,
  inOrder,
  threadsOf,
} from '../../exam/support/thread.ts';
import type { UserView } from '../../node/contract.ts';
import { entryOf } from '../../node/support/entries.ts';
import { transaction } from '../../store/sqlite.ts';
import { packageOf, roomRows, type Site } from '../site.ts';
import type { SiteSupport } from './contract.ts';

const projectOf = (site: Site): string | null => site.membership()?.project.id ?? null;

function postingsOf(site: Site): KeptPosting[] {
  const rows = site.node.db
    .prepare('SELECT seq, posting FROM support_posting WHERE project = ? ORDER BY number')
    .all(projectOf(site) ?? '');
  return inOrder(
    rows.map((row) => ({
      ...postingSchema.parse(JSON.parse(String(row['posting']))),
      seq: row['seq'] === null ? null : Number(row['seq']),
    })),
  );
}

function seenOf(site: Site): Map<string, number> {
  const rows = site.node.db
    .prepare('SELECT thread, seq FROM support_seen WHERE project = ?')
    .all(projectOf(site) ?? '');
  return new Map(rows.map((row) => [String(row['thread']), Number(row['seq'])]));
}

export function supportOf(site: Site): SiteSupport {
  const postings = postingsOf(site);
  const threads = threadsOf(postings, 'site', seenOf(site));
  const announcements = announcementsOf(postings);
  return {
    supportPhone: site.membership()?.project.supportPhone ?? null,
    threads: byUrgency(threads),
    confirmations: confirmationsOf(postings),
    sessions: sessionsOf(site),
    announcements,
    unread:
      threads.reduce((sum, { unread }) => sum + unread, 0) +
      announcements.filter(({ readAt }) => readAt === null).length,
    waiting: postings.filter(({ seq }) => seq === null).length,
  };
}

/** Of the loaded exam; every room has the same. */
function sessionsOf(site: Site): SiteSupport['sessions'] {
  const [first] = roomRows(site);
  return first ? packageOf(site, first).sessions.map(({ id, number, name }) => ({ id, number, name })) : [];
}

/** Kept here for good before anybody is told that it is; it goes on its way at once when there is one. */
async function post(
  site: Site,
  by: UserView,
  body: PostingBody,
  thread: string | null = null,
): Promise<Result<Posting>> {
  const project = projectOf(site);
  if (project === null) return refuse({ type: 'site-not-registered-at-centre' });
  const id = newId();
  const posting: Posting = {
    id,
    thread: body.kind === 'opened' ? id : thread,
    side: 'site',
    at: site.node.clock.now(),
    by: by.account,
    name: by.name,
    body,
  };
  site.node.db
    .prepare('INSERT INTO support_posting (project, id, posting) VALUES (?, ?, ?)')
    .run(project, id, JSON.stringify(posting));
  await enter(site, [posting]);
  site.changed.notify();
  site.link?.uplink.nudge();
  return ok(posting);
}

async function enter({ node }: Site, postings: readonly Posting[]): Promise<void> {
  await node.journal.append(postings.map((posting) => entryOf(posting)));
  const entered = node.db.prepare('UPDATE support_posting SET entered = 1 WHERE id = ?');
  transaction(node.db, () => {
    for (const { id } of postings) entered.run(id);
  });
}

/** What was kept when the site was killed, before its journal said so. To be called before anything else is kept. */
export async function enterRest(site: Site): Promise<void> {
  const rows = site.node.db
    .prepare('SELECT posting FROM support_posting WHERE entered = 0 ORDER BY number')
    .all();
  if (rows.length > 0)
    await enter(
      site,
      rows.map((row) => postingSchema.parse(JSON.parse(String(row['posting'])))),
    );
}

export async function openThread(
  site: Site,
  call: SupportCall,
  by: UserView,
): Promise<Result<{ threadId: string }>> {
  const posted = await post(site, by, { kind: 'opened', byTelephone: false, ...call });
  return posted.ok ? ok({ threadId: posted.value.id }) : posted;
}

async function addTo(
  site: Site,
  threadId: string,
  by: UserView,
  body: PostingBody,
): Promise<Result<SiteSupport>> {
  if (!supportOf(site).threads.some(({ id }) => id === threadId)) return refuse({ type: 'no-such-thread' });
  const posted = await post(site, by, body, threadId);
  return posted.ok ? ok(markSeen(site, threadId)) : posted;
}

export function write(
  site: Site,
  threadId: string,
  text: string,
  by: UserView,
): Promise<Result<SiteSupport>> {
  return addTo(site, threadId, by, { kind: 'written', text });
}

export function close(
  site: Site,
  threadId: string,
  solved: boolean,
  by: UserView,
): Promise<Result<SiteSupport>> {
  return addTo(site, threadId, by, { kind: 'changed', state: solved ? 'solved' : 'new' });
}

export async function confirm(
  site: Site,
  phase: ConfirmedPhase,
  session: string | null,
  done: boolean,
  by: UserView,
): Promise<Result<SiteSupport>> {
  const now = supportOf(site);
  if (session !== null && (phase !== 'day' || !now.sessions.some(({ id }) => id === session)))
    return refuse({ type: 'no-such-session-here' });
  // Pressed twice, it is still the first one's word.
  if (now.confirmations.some((one) => one.phase === phase && one.session === session) === done)
    return ok(now);
  const of = session === null ? {} : { session };
  const posted = await post(site, by, { kind: 'confirmed', phase, ...of, done });
  return posted.ok ? ok(supportOf(site)) : posted;
}

export async function read(site: Site, announcementId: string, by: UserView): Promise<Result<SiteSupport>> {
  const announced = supportOf(site).announcements.find(({ id }) => id === announcementId);
  if (!announced) return refuse({ type: 'no-such-thread' });
  if (announced.readAt !== null) return ok(supportOf(site));
  const posted = await post(site, by, { kind: 'read' }, announcementId);
  return posted.ok ? ok(supportOf(site)) : posted;
}

export function markSeen(site: Site, threadId: string): SiteSupport {
  const newest = postingsOf(site).reduce((max, { seq }) => Math.max(max, seq ?? 0), 0);
  site.node.db
    .prepare('INSERT OR REPLACE INTO support_seen (project, thread, seq) VALUES (?, ?, ?)')
    .run(projectOf(site) ?? '', threadId, newest);
  site.changed.notify();
  return supportOf(site);
}

/**
 * Brings the centre what waits here, and takes what it has, until both have the same. What was cut off is simply said again: the centre
 * keeps each posting once, and so does this.
 * @param last the newest number that the centre gave, as its answer to the hello says
 */
export async function exchangeSupport(
  site: Site,
  client: Pick<ExchangeClient, 'post'>,
  last: number,
): Promise<Result<void>> {
  const project = projectOf(site);
  if (project === null) return refuse({ type: 'site-not-registered-at-centre' });
  let there = last;
  for (;;) {
    if (there < cursorOf(site, project)) sayAgain(site, project, there);
    const after = cursorOf(site, project);
    const postings = waitingOf(site, project);
    if (postings.length === 0 && there === after) return ok();
    const answer = await client.post<unknown>('/support', { after, postings } satisfies z.infer<
      typeof supportAskSchema
    >);
    if (!answer.ok) return answer;
    const parsed = supportAnswerSchema.safeParse(answer.value);
    if (!parsed.success) return refuse({ type: 'parent-not-understood' });
    await take(site, project, parsed.data);
    there = parsed.data.last;
    // A centre that says less than it has is asked again with the next hello.
    if (parsed.data.postings.length === 0 && there >= after) return ok();
  }
}

function cursorOf({ node }: Site, project: string): number {
  const row = node.db.prepare('SELECT seq FROM support_cursor WHERE project = ?').get(project);
  return Number(row?.['seq'] ?? 0);
}

function setCursor({ node }: Site, project: string, seq: number): void {
  node.db.prepare('INSERT OR REPLACE INTO support_cursor (project, seq) VALUES (?, ?)').run(project, seq);
}

function waitingOf({ node }: Site, project: string): Posting[] {
  return node.db
    .prepare('SELECT posting FROM support_posting WHERE project = ? AND seq IS NULL ORDER BY number LIMIT ?')
    .all(project, postingsAtOnce)
    .map((row) => postingSchema.parse(JSON.parse(String(row['posting']))));
}

/** The centre's database was put back: what this site wrote after that goes there again. */
function sayAgain(site: Site, project: string, last: number): void {
  transaction(site.node.db, () => {
    site.node.db
      .prepare(
        "UPDATE support_posting SET seq = NULL WHERE project = ? AND seq > ? AND json_extract(posting, '$.side') = 'site'",
      )
      .run(project, last);
    setCursor(site, project, last);
  });
}

async function take(site: Site, project: string, { postings }: SupportAnswer): Promise<void> {
  const { db } = site.node;
  const known = db.prepare('UPDATE support_posting SET seq = ? WHERE project = ? AND id = ?');
  const add = db.prepare('INSERT INTO support_posting (project, id, seq, posting) VALUES (?, ?, ?, ?)');
  const added: Posting[] = [];
  transaction(db, () => {
    for (const { seq, ...posting } of postings) {
      if (known.run(seq, project, posting.id).changes > 0) continue;
      add.run(project, posting.id, seq, JSON.stringify(posting));
      added.push(posting);
    }
    const newest = postings.at(-1);
    if (newest) setCursor(site, project, newest.seq);
  });
  if (added.length > 0) await enter(site, added);
  if (postings.length > 0) site.changed.notify();
}
