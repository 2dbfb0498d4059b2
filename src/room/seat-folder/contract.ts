/** The seat as a folder for every candidate's computer, made from the room's console. */
import * as z from 'zod';
import { operation } from '../../node/contract.ts';
import { both } from '../roles.ts';

const systemSchema = z.enum(['linux', 'windows']);

const whereSchema = z.object({
  directory: z.string().trim().min(1).max(500),
  /** One of this computer's addresses, as the seats reach it. */
  address: z.string().trim().min(1).max(200),
});

export const seatFolderContract = {
  /** Systems for which this computer holds what a seat needs, and what brings the others. */
  systems: operation(...both).output(
    z.object({
      here: z.array(systemSchema),
      away: z.array(z.object({ system: systemSchema, package: z.string() })),
    }),
  ),
  /** Makes `invigil-seat` in a folder of this computer; one that was made before is replaced. */
  make: operation(...both)
    .input(whereSchema)
    .output(z.object({ path: z.string(), bytes: z.number().int(), systems: z.array(systemSchema) })),
  /** The same as one file that is opened on a computer of that system and installs itself; one that was made before is replaced. */
  installer: operation(...both)
    .input(whereSchema.extend({ system: systemSchema }))
    .output(z.object({ path: z.string(), bytes: z.number().int() })),
};
