/** The console's part of initialising the site. */
import * as z from 'zod';
import { code, gateSchema, operation } from '../../node/contract.ts';

const admin = 'administrator' as const;

/** What goes, counted, so that the dialog can say it before anything does. */
export const initialiseCountsSchema = z.object({
  rooms: z.array(z.string()),
  registeredRooms: z.number().int(),
  authorisations: z.number().int(),
  results: z.number().int(),
});

export const initialiseContract = {
  gate: operation(admin).output(gateSchema.extend({ goes: initialiseCountsSchema })),
  /** What is not kept has to be entered again; accounts and passwords always stay. */
  run: operation(admin)
    .input(z.object({ siteCode: code, password: z.string().max(256), keepRegistration: z.boolean() }))
    .output(z.object({})),
};
