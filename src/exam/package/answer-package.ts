/** What a seat puts into an answer package: whose it is, and how far the seat was. Answers and files are parts beside it. */
import * as z from 'zod';
import { answerFileLimit } from '../answer/answer-limits.ts';

export const answerPackageSchema = z.object({
  v: z.literal(1),
  /** The seat's id: the origin of every entry that is inside. */
  seat: z.string().min(1).max(64),
  sitting: z.string().min(1).max(64),
  attempt: z.number().int(),
  lease: z.number().int(),
  /** Room time by the seat's reckoning, ms. */
  madeAt: z.number().int(),
  /** The candidate could not change anything at this seat any more. */
  over: z.boolean(),
  /** How far each of the seat's chains is inside, the newest last: from its first entry on. */
  heads: z
    .array(
      z.object({
        origin: z.string().max(64),
        epoch: z.string().max(64),
        seq: z.number().int().min(1),
        hash: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1)
    .max(1_000),
  /** Files that the answers name and that are inside. */
  files: z
    .array(
      z.object({
        digest: z.string().regex(/^[0-9a-f]{64}$/),
        size: z.number().int().min(0).max(answerFileLimit),
      }),
    )
    .max(9_000),
});
export type AnswerPackage = z.infer<typeof answerPackageSchema>;

export const answerPackageParts = { about: 'package.json', entries: 'entries.jsonl' } as const;

/** Bytes. What a seat may bring: more is no exam. */
export const answerPackageLimits = {
  about: 4 * 1024 ** 2,
  entries: 1024 ** 3,
  whole: 4 * 1024 ** 3,
} as const;

/** Wrong seat codes in a row before the seat asks for patience, and how long that is. */
export const seatCodeLimits = { tries: 5, waitMs: 60_000 } as const;
