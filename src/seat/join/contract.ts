/** Rooms in the seat's network, for whoever brings the seat to its room. */
import * as z from 'zod';
import { operation } from '../../node/contract.ts';

/** What somebody in the network says of itself: a hint. The pairing code proves whether it is the room. */
export const foundRoomSchema = z.object({ code: z.string(), name: z.string(), address: z.string() });
export type FoundRoomView = z.infer<typeof foundRoomSchema>;

export const joinContract = {
  /** Takes about a second; null: looking is switched off at this seat. */
  rooms: operation('everyone').output(z.object({ rooms: z.array(foundRoomSchema).nullable() })),
};
