import { implement } from '@orpc/server';
import { limitOf, type OperationContext } from '../../../node/operations.ts';
import { unwrap } from '../../../node/refused.ts';
import type { Centre } from '../../centre.ts';
import { markContract } from './contract.ts';
import { decideMarks } from './decide-marks.ts';
import { Desks } from './desks.ts';
import { exportMarks } from './export-marks.ts';
import { markEvents } from './mark-events.ts';
import { nextPage, rowAgain } from './queue.ts';
import { readAgain } from './read-again.ts';

export function markOperations(centre: Centre) {
  const os = implement(markContract).$context<OperationContext>();
  const desks = new Desks(centre.node.clock);
  const at = (context: OperationContext, desk: string) => ({
    desk,
    account: context.account,
    limit: limitOf(context),
  });
  return {
    events: os.events.handler(({ input, context }) => markEvents(centre, input.projectId, limitOf(context))),
    next: os.next.handler(async ({ input, context }) =>
      unwrap(await nextPage(centre, desks, input, at(context, input.desk))),
    ),
    row: os.row.handler(async ({ input, context }) =>
      unwrap(await rowAgain(centre, desks, input, at(context, input.desk))),
    ),
    decide: os.decide.handler(async ({ input, context }) =>
      unwrap(await decideMarks(centre, desks, input, at(context, input.desk))),
    ),
    readAgain: os.readAgain.handler(async ({ input, context }) =>
      unwrap(await readAgain(centre, input, { account: context.account, limit: limitOf(context) })),
    ),
    exportFile: os.exportFile.handler(async ({ input, context }) => {
      const { fileName, stream } = unwrap(await exportMarks(centre, input, limitOf(context)));
      return context.files.offer(fileName, { stream }, context.account);
    }),
  };
}
