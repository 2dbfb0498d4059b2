/** The seat as a folder for every candidate's computer, made from the room's console. */
import * as z from 'zod';
import { operation } from '../../node/contract.ts';

const both = ['administrator', 'invigilator'] as const;
const systemSchema = z.enum(['linux', 'windows']);

export const seatFolderContract = {
  /** Systems for which this computer holds what a seat needs. */
  systems: operation(...both).output(z.array(systemSchema)),
  /** Makes `invigil-seat` in a folder of this computer; one that was made before is replaced. */
  make: operation(...both)
    .input(
      z.object({
        directory: z.string().trim().min(1).max(500),
        /** One of this computer's addresses, as the seats reach it. */
        address: z.string().trim().min(1).max(200),
      }),
    )
    .output(z.object({ path: z.string(), bytes: z.number().int(), systems: z.array(systemSchema) })),
};
