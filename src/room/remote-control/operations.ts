/** The console's operations on the seats' screens and computers. */
import { implement } from '@orpc/server';
import { liveView, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Room } from '../room.ts';
import { remoteControlContract } from './contract.ts';
import { remoteView } from './view.ts';

export function remoteControlOperations(room: Room) {
  const os = implement(remoteControlContract).$context<OperationContext>();
  return os.router({
    get: os.get.handler(() => remoteView(room)),
    live: os.live.handler(({ signal }) =>
      liveView(signal, room.changed.subscribe, () => remoteView(room), 500),
    ),
    order: os.order.handler(async ({ input, context }) => {
      unwrap(await room.remoteControl.remote.give({ ...input, by: context.account }));
      return remoteView(room);
    }),
    initialise: os.initialise.handler(async ({ input, context }) => {
      unwrap(await context.accounts.confirm(context.account, input.password));
      const { seatIds } = input;
      unwrap(
        await room.remoteControl.remote.give({
          action: input.uninstall ? 'uninstall' : 'initialise',
          seatIds,
          reason: '',
          by: context.account,
        }),
      );
      return remoteView(room);
    }),
  });
}
