/** The seat's number, changed at the seat while the room shows the numbers. */
import * as z from 'zod';
import { numberAtSeatSchema } from '../../exam/seat-plan/seat-number.ts';
import { operation } from '../../node/contract.ts';

export const seatNumberContract = {
  /** The room decides; the screen hears of the new number as of everything else. */
  change: operation('everyone').input(numberAtSeatSchema).output(z.object({})),
};
