/** The console's operations of what two people must want. */
import { implement } from '@orpc/server';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { proveAgain } from '../../node/sign-ins/prove-again.ts';
import type { Centre } from '../centre.ts';
import { confirmationContract } from './contract.ts';
import { ask, confirm, confirmations, decline, requireTwo, type AtConsole } from './four-eyes.ts';

export function confirmationOperations(centre: Centre) {
  const os = implement(confirmationContract).$context<OperationContext>();
  const who = ({ account, whence }: OperationContext): AtConsole => ({ account, address: whence.address });
  return os.router({
    list: os.list.handler(({ input }) => confirmations(centre, input.projectId)),
    requireTwo: os.requireTwo.handler(async ({ input, context }) => {
      unwrap(await requireTwo(centre, input.projectId, context.account));
      return confirmations(centre, input.projectId);
    }),
    ask: os.ask.handler(async ({ input, context }) => {
      unwrap(await ask(centre, input, who(context)));
      return confirmations(centre, input.projectId);
    }),
    confirm: os.confirm.handler(async ({ input, context }) => {
      const proof = unwrap(await proveAgain(context, input.proof));
      unwrap(await confirm(centre, input.projectId, input.confirmationId, who(context), proof));
      return confirmations(centre, input.projectId);
    }),
    decline: os.decline.handler(async ({ input, context }) => {
      const { projectId, confirmationId, note } = input;
      unwrap(await decline(centre, projectId, confirmationId, who(context), note));
      return confirmations(centre, projectId);
    }),
  });
}
