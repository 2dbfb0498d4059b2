/** Work that goes on without the console that began it, as consoles see it. Browser-safe. */
import * as z from 'zod';
import { refusalSchema, time } from '../../node/contract.ts';

const count = z.number().int().min(0);

export const workSchema = z.object({
  by: z.string(),
  begunAt: time,
  done: count,
  of: count,
  /** null: not known yet. */
  perSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** While it runs: what it waits for. Else: why it stopped. */
  problem: refusalSchema.nullable(),
  running: z.boolean(),
});
export type WorkView = z.infer<typeof workSchema>;
