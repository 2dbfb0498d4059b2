/** The console's part of initialising the room. */
import * as z from 'zod';
import { gateSchema, operation } from '../../node/contract.ts';

const admin = 'administrator' as const;

export const initialiseContract = {
  gate: operation(admin).output(gateSchema),
  /** What is not kept has to be entered again; accounts and passwords always stay. */
  run: operation(admin)
    .input(
      z.object({
        roomCode: z.string().max(64),
        password: z.string().max(256),
        keepSettings: z.boolean(),
        keepSeats: z.boolean(),
      }),
    )
    .output(z.object({})),
};
