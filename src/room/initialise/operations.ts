import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { roomCodeOf, type Room } from '../room.ts';
import { initialiseContract } from './contract.ts';
import { initialiseRoom, whyNotInitialise } from './initialise.ts';

export function initialiseOperations(room: Room) {
  const os = implement(initialiseContract).$context<OperationContext>();
  return os.router({
    gate: os.gate.handler(() => {
      const reason = whyNotInitialise(room);
      return reason ? { allowed: false, reason } : { allowed: true };
    }),
    run: os.run.handler(async ({ input, context }) => {
      const { roomCode, password, keepSettings, keepSeats } = input;
      if (roomCode.trim() !== roomCodeOf(room)) unwrap(refuse({ type: 'other-room-code' }));
      unwrap(await context.accounts.confirm(context.account, password));
      unwrap(await initialiseRoom(room, { settings: keepSettings, seats: keepSeats }, context.account));
      return {};
    }),
  });
}
