/** 模考转正考: the console's part of going from the mock exam to the formal one. */
import * as z from 'zod';
import { code, gateSchema, operation, time } from '../../node/contract.ts';
import { initialiseCountsSchema } from '../initialise/contract.ts';

const admin = 'administrator' as const;

export const archiveSchema = z.object({
  /** In the data folder. */
  folder: z.string(),
  at: time,
  projectName: z.string(),
  results: z.number().int(),
  bytes: z.number().int(),
});
export type Archive = z.infer<typeof archiveSchema>;

export const toFormalContract = {
  gate: operation(admin).output(
    gateSchema.extend({
      goes: initialiseCountsSchema,
      centreAddress: z.string().nullable(),
      /** The centre has admitted the site to the formal exam already, before an earlier try was interrupted. */
      admitted: z.boolean(),
    }),
  ),
  /** `registrationCode` null: the site becomes formal, and registers at the centre later. */
  run: operation(admin)
    .input(
      z.object({
        siteCode: code,
        password: z.string().max(256),
        centreAddress: z.string().trim().min(1).max(200).nullable(),
        registrationCode: z.string().trim().min(1).max(40).nullable(),
      }),
    )
    .output(z.object({ archive: archiveSchema, registered: z.boolean() })),
  archives: operation(admin, 'observer').output(z.array(archiveSchema)),
};
