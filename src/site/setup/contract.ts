/** What is said of the exam lock at the first start: where its key is. A room without a site is told the same. */
import * as z from 'zod';
import { lockKindSchema } from '../../exam/lock/site-locks.ts';

const pin = z.string().min(1).max(128);
const path = z.string().min(1).max(500);

export const lockChoiceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('key-file'), path, pin, create: z.boolean() }),
  /** A token of hardware: through which library it is reached, and which one it is. Its key is made when it has none. */
  z.object({ kind: z.literal('pkcs11'), library: path, serial: z.string().trim().min(1).max(64), pin }),
]);
export type LockChoice = z.infer<typeof lockChoiceSchema>;

/** A site whose exams are all on paper needs none: materials open at stations, with the token of a commission's member. */
export const siteLockChoiceSchema = z.discriminatedUnion('kind', [
  ...lockChoiceSchema.options,
  z.object({ kind: z.literal('none') }),
]);
export type SiteLockChoice = z.infer<typeof siteLockChoiceSchema>;

export const siteLockKindSchema = z.enum([...lockKindSchema.options, 'none']);

export const tokenLibrarySchema = z.object({ name: z.string(), path: z.string() });
export type TokenLibraryView = z.infer<typeof tokenLibrarySchema>;

export const lockTokenSchema = z.object({
  serial: z.string(),
  label: z.string(),
  model: z.string(),
  /** Why it cannot be an exam lock as it is. */
  problem: z.enum(['token-not-initialised', 'pin-locked', 'token-unsuitable']).nullable(),
});
export type LockToken = z.infer<typeof lockTokenSchema>;

export const lockTokensSchema = z.object({ library: path });
