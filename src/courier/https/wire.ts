/** What a child and its parent say to each other; both sides parse it with these schemas. */
import * as z from 'zod';

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const shortCode = z.string().min(1).max(64);

export const headSchema = z.object({
  origin: shortCode,
  epoch: shortCode,
  seq: z.number().int().min(0),
  hash: hex64,
});

export const nodeKeysViewSchema = z.object({
  signingKey: z.string().max(64),
  /** age recipient */
  sealingKey: z.string().max(128),
});
export type NodeKeysView = z.infer<typeof nodeKeysViewSchema>;

export const pairBeginSchema = z.object({
  role: z.enum(['site', 'room', 'seat']),
  code: shortCode,
  id: shortCode,
  keys: nodeKeysViewSchema,
  nonce: z.string().min(16).max(64),
});
export type PairBegin = z.infer<typeof pairBeginSchema>;
export const pairBegunSchema = z.object({
  keys: nodeKeysViewSchema,
  nonce: z.string().min(16).max(64),
  proof: hex64,
  /** Where several codes are open for such a child, of several exams: one proof each. */
  others: z.array(hex64).max(10_000).default([]),
});
export type PairBegun = z.infer<typeof pairBegunSchema>;
/** `details` is what the role wants to know of the child (its computer's name, its lock). */
export const pairFinishSchema = z.object({
  begin: pairBeginSchema,
  nonce: z.string().min(16).max(64),
  proof: hex64,
  details: z.record(z.string(), z.unknown()),
});
export type PairFinish = z.infer<typeof pairFinishSchema>;

export const helloSchema = z.object({
  nonce: z.string().min(8).max(64),
  version: z.string().max(40),
  /** Newest heads of what the child ships: its own journal and, for a room or site, its descendants'. */
  heads: z.array(headSchema).max(5_000),
  /** What the role reports with every hello (a room's counts and stages, a seat's pending changes). */
  status: z.unknown(),
});
export type Hello = z.infer<typeof helloSchema>;
export const helloAnswerSchema = z.object({
  /** JWS typ `invigil-time+jws` over the nonce and the parent's wall clock. */
  time: z.string(),
  version: z.string(),
  /** What the parent durably holds of the origins named in the hello, and of the child's own origin in other epochs. */
  acknowledged: z.array(headSchema),
  /** Chains named in the hello of which another copy is kept here or further up: what comes of them now reaches nobody any more. */
  forked: z.array(z.object({ origin: shortCode, epoch: shortCode })).default([]),
  /** Between two hellos the child waits as long at least, ms: a parent of thousands says so. What happens meanwhile goes up all the same. */
  helloEveryMs: z.number().int().min(0).max(60_000).default(0),
  /** What the parent wants the child to know (newest publication, releases, revocations). */
  notices: z.unknown(),
});
export type HelloAnswer = z.infer<typeof helloAnswerSchema>;

/** For every chain of which entries came: what is durably held now, and what did not fit. */
export const journalAnswerSchema = z.object({
  chains: z.array(
    z.object({
      origin: shortCode,
      epoch: shortCode,
      acknowledged: headSchema.nullable(),
      problem: z.enum(['gap', 'fork', 'broken']).nullable(),
    }),
  ),
});
export type JournalAnswer = z.infer<typeof journalAnswerSchema>;

/** A file that went up by tus is handed in by its name; the answer belongs to the role (a receipt, for example). */
export const deliverySchema = z.object({
  name: z.string().regex(/^[0-9a-z-]{1,160}$/),
  kind: z.string().max(40),
  sha256: hex64,
});
export type Delivery = z.infer<typeof deliverySchema>;

export const offeredParcelSchema = z.object({
  name: z.string().max(200),
  kind: z.string().max(40),
  id: z.string().max(300),
  size: z.number().int(),
});
export type OfferedParcel = z.infer<typeof offeredParcelSchema>;
