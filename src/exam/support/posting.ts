/**
 * What a site and the centre's support desk say to each other: postings, each of them once by its id, at both ends.
 * The centre numbers the postings of a site in the order in which it took them; both ends read them in that order.
 */
import * as z from 'zod';

/** Stages of an exam day that a question can be about, by phase. */
export const stagesOf = {
  before: ['loaded', 'rooms', 'seal-check'],
  day: ['authorised', 'started', 'ended'],
  after: ['collected', 'reported'],
  other: ['other'],
} as const;
export const stages = [...stagesOf.before, ...stagesOf.day, ...stagesOf.after, ...stagesOf.other] as const;
export type SupportStage = (typeof stages)[number];

/** What only people can tell: that everything is ready, that the day went to its end, that papers and keys are put away. */
export const confirmedPhases = ['before', 'day', 'after'] as const;
export type ConfirmedPhase = (typeof confirmedPhases)[number];

/** The most urgent first. */
export const priorities = ['stops-exam', 'high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

export const threadStates = ['new', 'working', 'solved'] as const;
export type ThreadState = (typeof threadStates)[number];

export const textLimit = 4_000;
export const supportText = z.string().trim().min(1).max(textLimit);
export const supportId = z.string().regex(/^[0-9a-z]{16}$/);
const account = z.string().max(64);

/** What opens a thread. */
export const supportCallSchema = z.object({
  stage: z.enum(stages),
  priority: z.enum(priorities),
  /** Of whoever can be called back; empty: not given. */
  phone: z.string().trim().max(40),
  text: supportText,
});
export type SupportCall = z.infer<typeof supportCallSchema>;

export const postingBodySchema = z.discriminatedUnion('kind', [
  supportCallSchema.extend({
    kind: z.literal('opened'),
    /** The desk entered a call of this site. */
    byTelephone: z.boolean(),
  }),
  z.object({ kind: z.literal('written'), text: supportText }),
  z.object({
    kind: z.literal('changed'),
    state: z.enum(threadStates).optional(),
    priority: z.enum(priorities).optional(),
    /** Account at the desk; null: nobody. */
    owner: account.nullable().optional(),
  }),
  /** `done` false takes it back. */
  z.object({
    kind: z.literal('confirmed'),
    phase: z.enum(confirmedPhases),
    /** Of the phase `day`: one session of it; not given: the whole phase. */
    session: z.string().min(1).max(64).optional(),
    done: z.boolean(),
  }),
  /** To many sites at once; its thread is the same at all of them. */
  z.object({ kind: z.literal('announced'), text: supportText }),
  /** Somebody at the site has read what was announced. */
  z.object({ kind: z.literal('read') }),
]);
export type PostingBody = z.infer<typeof postingBodySchema>;

export const postingSchema = z.object({
  id: supportId,
  /** Id of the posting that began it; a confirmation belongs to none. */
  thread: supportId.nullable(),
  side: z.enum(['site', 'centre']),
  /** Clock of whoever wrote it, ms. */
  at: z.number().int().min(0).max(8_640_000_000_000_000),
  by: account,
  /** The person's; empty: nobody has entered it. */
  name: z.string().max(200),
  body: postingBodySchema,
});
export type Posting = z.infer<typeof postingSchema>;

/** As one end has it: `seq` is the centre's number of it, from 1; null: the centre has not acknowledged it. */
export type KeptPosting = Posting & { readonly seq: number | null };

const bySide: Readonly<Record<Posting['side'], readonly PostingBody['kind'][]>> = {
  site: ['opened', 'written', 'changed', 'confirmed', 'read'],
  centre: ['opened', 'written', 'changed', 'announced'],
};

/** May this come from there? Whose it is, and how urgent, is the desk's to say once it is opened. */
export function mayPost({ side, thread, id, body }: Posting): boolean {
  if (!bySide[side].includes(body.kind)) return false;
  if (body.kind === 'changed' && side === 'site')
    return body.owner === undefined && body.priority === undefined && thread !== null;
  if (body.kind === 'opened') return thread === id;
  if (body.kind === 'confirmed' && body.session !== undefined && body.phase !== 'day') return false;
  return body.kind === 'confirmed' ? thread === null : thread !== null;
}

/** So many go in one message; with texts of 4,000 characters it stays far below what an exchange takes. */
export const postingsAtOnce = 100;

export const supportAskSchema = z.object({
  /** Number up to which the site has everything. */
  after: z.number().int().min(0),
  postings: z.array(postingSchema).max(postingsAtOnce),
});

export const supportAnswerSchema = z.object({
  /** The newest number that the centre gave for this site: less than the site's own when the centre's database was put back. */
  last: z.number().int().min(0),
  /** What follows after the site's number, also its own that came with this message, in order. */
  postings: z.array(postingSchema.extend({ seq: z.number().int().min(1) })).max(postingsAtOnce),
});
export type SupportAnswer = z.infer<typeof supportAnswerSchema>;
