/** The console's part of ending the site's program. */
import * as z from 'zod';
import { code, operation, refusalSchema, time } from '../../node/contract.ts';

const admin = 'administrator' as const;

export const closeContract = {
  /** What the centre has not confirmed; null: nothing holds the program up. */
  state: operation(admin).output(z.object({ unreported: refusalSchema.nullable(), asOf: time })),
  /** Ends the program, whatever is unreported: the site code says that it is meant. */
  run: operation(admin)
    .input(z.object({ siteCode: code, password: z.string().max(256) }))
    .output(z.object({})),
};
