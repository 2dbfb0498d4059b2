/** What the postings of one site come to: threads, confirmations, announcements. Pure; both ends read the same. */
import * as z from 'zod';
import {
  confirmedPhases,
  priorities,
  stages,
  threadStates,
  type KeptPosting,
  type Posting,
} from './posting.ts';

const time = z.number().int();
const side = z.enum(['site', 'centre']);

export const threadLineSchema = z.object({
  id: z.string(),
  side,
  at: time,
  by: z.string(),
  name: z.string(),
  /** null: only something was changed, as below. */
  text: z.string().nullable(),
  state: z.enum(threadStates).optional(),
  priority: z.enum(priorities).optional(),
  owner: z.string().nullable().optional(),
  /** Waits at the site for the link. */
  waits: z.boolean(),
});
export type ThreadLine = z.infer<typeof threadLineSchema>;

export const threadSummarySchema = z.object({
  id: z.string(),
  stage: z.enum(stages),
  priority: z.enum(priorities),
  state: z.enum(threadStates),
  phone: z.string(),
  byTelephone: z.boolean(),
  owner: z.string().nullable(),
  openedAt: time,
  openedBy: z.string(),
  /** Of the newest text. */
  lastAt: time,
  /** The beginning of the first text. */
  about: z.string(),
  /** Texts of the other side that nobody on this side has seen. */
  unread: z.number().int(),
});
export type ThreadSummary = z.infer<typeof threadSummarySchema>;

export const threadSchema = threadSummarySchema.extend({ lines: z.array(threadLineSchema) });
export type Thread = z.infer<typeof threadSchema>;

export const confirmationSchema = z.object({
  phase: z.enum(confirmedPhases),
  /** null: the whole phase. */
  session: z.string().nullable(),
  at: time,
  by: z.string(),
  name: z.string(),
  waits: z.boolean(),
});
export type Confirmation = z.infer<typeof confirmationSchema>;

export const announcementSchema = z.object({
  id: z.string(),
  at: time,
  by: z.string(),
  text: z.string(),
  /** null: nobody at the site has. */
  readAt: time.nullable(),
  readBy: z.string().nullable(),
});
export type Announcement = z.infer<typeof announcementSchema>;

/** By thread: the centre's number of the newest posting that somebody of the reading side has seen. */
export type Seen = ReadonlyMap<string, number>;

/** The centre's order; what waits comes last, as it was written. */
export function inOrder(postings: readonly KeptPosting[]): KeptPosting[] {
  return postings.toSorted((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity) || 0);
}

const aboutLength = 120;

function beginningOf(text: string): string {
  return text.length <= aboutLength ? text : `${text.slice(0, aboutLength - 1).trimEnd()}…`;
}

export const nameOf = ({ name, by }: Pick<Posting, 'name' | 'by'>): string => name || by;

/**
 * @param postings of one site, in order
 * @param reader who asks: what the other side wrote can be unread
 * @returns in the order in which they were opened
 */
export function threadsOf(postings: readonly KeptPosting[], reader: Posting['side'], seen: Seen): Thread[] {
  const threads = new Map<string, Thread>();
  for (const posting of postings) {
    const { body, thread: id } = posting;
    if (body.kind === 'opened' && !threads.has(posting.id))
      threads.set(posting.id, {
        id: posting.id,
        stage: body.stage,
        priority: body.priority,
        state: 'new',
        phone: body.phone,
        byTelephone: body.byTelephone,
        owner: null,
        openedAt: posting.at,
        openedBy: nameOf(posting),
        lastAt: posting.at,
        about: beginningOf(body.text),
        unread: 0,
        lines: [],
      });
    const thread = id === null ? undefined : threads.get(id);
    if (thread)
      take(thread, posting, posting.side !== reader && (posting.seq ?? 0) > (seen.get(thread.id) ?? 0));
  }
  return [...threads.values()];
}

function take(thread: Thread, posting: KeptPosting, isNew: boolean): void {
  const { body, id, side: from, at, by, name } = posting;
  const line = { id, side: from, at, by, name, waits: posting.seq === null };
  if (body.kind === 'changed') {
    const { state, priority, owner } = body;
    thread.state = state ?? thread.state;
    thread.priority = priority ?? thread.priority;
    if (owner !== undefined) thread.owner = owner;
    const { kind: _, ...change } = body;
    thread.lines.push({ ...line, text: null, ...change });
    return;
  }
  if (body.kind !== 'opened' && body.kind !== 'written') return;
  thread.lines.push({ ...line, text: body.text });
  thread.lastAt = at;
  if (isNew) thread.unread++;
  if (from === 'site') {
    // Who writes again has still a question.
    if (thread.state === 'solved') thread.state = 'new';
  } else if (body.kind === 'written') {
    // Who answers works on it.
    if (thread.state === 'new') thread.state = 'working';
    thread.owner ??= by;
  }
}

/** The newest word of each phase, and of each session, counts; one that was taken back is not in it. */
export function confirmationsOf(postings: readonly KeptPosting[]): Confirmation[] {
  const newest = new Map<string, Confirmation | null>();
  for (const { body, at, by, name, seq } of postings) {
    if (body.kind !== 'confirmed') continue;
    const { phase, session = null, done } = body;
    const said = done ? { phase, session, at, by, name, waits: seq === null } : null;
    newest.set(JSON.stringify([phase, session]), said);
  }
  const all = [...newest.values()].filter((one) => one !== null);
  return confirmedPhases.flatMap((phase) => all.filter((one) => one.phase === phase));
}

/** The newest first. */
export function announcementsOf(postings: readonly KeptPosting[]): Announcement[] {
  const all = new Map<string, Announcement>();
  for (const posting of postings) {
    const { thread, body, at } = posting;
    if (thread === null) continue;
    if (body.kind === 'announced')
      all.set(thread, { id: thread, at, by: nameOf(posting), text: body.text, readAt: null, readBy: null });
    const announced = all.get(thread);
    if (body.kind === 'read' && announced && announced.readAt === null)
      all.set(thread, { ...announced, readAt: at, readBy: nameOf(posting) });
  }
  return [...all.values()].toReversed();
}

/** What is open first, there the most urgent, there the oldest. */
export function byUrgency<T extends Pick<ThreadSummary, 'state' | 'priority' | 'openedAt'>>(
  threads: readonly T[],
): T[] {
  const closed = ({ state }: T): number => Number(state === 'solved');
  return threads.toSorted(
    (a, b) =>
      closed(a) - closed(b) ||
      priorities.indexOf(a.priority) - priorities.indexOf(b.priority) ||
      a.openedAt - b.openedAt,
  );
}
