/** The console's operations on answer packages. */
import { implement } from '@orpc/server';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Room } from '../room.ts';
import { answerPackageContract } from './contract.ts';
import { seatCodeOf } from './seat-code.ts';
import { collectSingle, importPackage, inspectPackage } from './take-package.ts';

export function answerPackageOperations(room: Room) {
  const os = implement(answerPackageContract).$context<OperationContext>();
  const file = (context: OperationContext, uploadId: string): string =>
    unwrap(context.files.take(uploadId, context.account)).path;
  return os.router({
    seatCode: os.seatCode.handler(() => ({ seatCode: seatCodeOf(room.node) })),
    inspect: os.inspect.handler(async ({ input, context }) =>
      unwrap(await inspectPackage(room, file(context, input.uploadId), input.sittingId)),
    ),
    import: os.import.handler(async ({ input, context }) =>
      unwrap(await importPackage(room, file(context, input.uploadId), input.sittingId, context.account)),
    ),
    collect: os.collect.handler(async ({ input, context }) =>
      unwrap(await collectSingle(room, file(context, input.uploadId), input.sittingId, context.account)),
    ),
  });
}
