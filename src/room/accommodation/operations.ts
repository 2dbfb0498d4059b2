/** The console's operations on accommodations. */
import { implement } from '@orpc/server';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Room } from '../room.ts';
import { accommodationContract } from './contract.ts';

export function accommodationOperations(room: Room) {
  const os = implement(accommodationContract).$context<OperationContext>();
  return os.router({
    give: os.give.handler(async ({ input, context }) => {
      const { sittingId, accommodations, reason } = input;
      unwrap(
        await room.state.commandSitting(sittingId, {
          type: 'accommodate',
          accommodations,
          reason,
          by: context.account,
        }),
      );
      room.changed.notify();
      return {};
    }),
  });
}
