import { implement } from '@orpc/server';
import { limitOf, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Centre } from '../centre.ts';
import { reserveConsoleContract } from './contract.ts';
import { openReserveConsole, removeReserveConsole, reserveConsoles } from './reserve-consoles.ts';

export function reserveConsoleOperations(centre: Centre) {
  const os = implement(reserveConsoleContract).$context<OperationContext>();
  return os.router({
    list: os.list.handler(({ input, context }) => reserveConsoles(centre, input.projectId, limitOf(context))),
    open: os.open.handler(async ({ input, context }) => ({
      registrationCode: unwrap(await openReserveConsole(centre, input, context.account)),
    })),
    remove: os.remove.handler(async ({ input: { consoleId, ...of }, context }) => {
      unwrap(await removeReserveConsole(centre, of, consoleId, context.account));
      return {};
    }),
  });
}
