/** What proves once more who sits at an open console. Browser-safe. */
import * as z from 'zod';
import { assertionSchema } from '../passkeys/contract.ts';

export const proofSchema = z.union([
  z.object({ password: z.string().min(1).max(256) }),
  z.object({ assertion: assertionSchema }),
]);
export type Proof = z.infer<typeof proofSchema>;
