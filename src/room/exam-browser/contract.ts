/** The console's part of Safe Exam Browser: what seats must run, and the file that makes them run it. */
import * as z from 'zod';
import { browserExamKeysSchema } from '../../exam/exam-browser/proof.ts';
import { downloadSchema, operation } from '../../node/contract.ts';
import { both } from '../roles.ts';

/** Printable ASCII: SEB's versions do not agree on how others become a key. */
const password = z.string().regex(/^[\x20-\x7e]{8,100}$/);

export const examBrowserViewSchema = z.object({
  /** The chosen session asks for it. */
  required: z.boolean(),
  startUrl: z.string(),
  seatPort: z.number().int(),
  quitPassword: z.string(),
  configKey: z.string(),
  /** Entered here. */
  browserExamKeys: z.array(z.string()),
  /** Those that came with the session. */
  policyKeys: z.array(z.string()),
});
export type ExamBrowserView = z.infer<typeof examBrowserViewSchema>;

export const examBrowserContract = {
  get: operation(...both).output(examBrowserViewSchema),
  /** Another port or password makes another Config Key: the seats need the new file. */
  save: operation('administrator')
    .input(
      z.object({
        seatPort: z.number().int().min(1).max(65_535),
        quitPassword: z.string().min(8).max(100),
        browserExamKeys: browserExamKeysSchema,
      }),
    )
    .output(examBrowserViewSchema),
  /** The `.seb` file. `password`: what SEB asks for when it opens the file; null: nothing. */
  file: operation(...both)
    .input(z.object({ password: password.nullable() }))
    .output(downloadSchema),
};
