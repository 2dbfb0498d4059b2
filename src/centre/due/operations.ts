import { implement } from '@orpc/server';
import type { OperationContext } from '../../node/operations.ts';
import type { Centre } from '../centre.ts';
import { dueContract } from './contract.ts';
import { dueResults } from './due-results.ts';
import { dueTable } from './due-tables.ts';

export function dueOperations(centre: Centre) {
  const os = implement(dueContract).$context<OperationContext>();
  return os.router({
    list: os.list.handler(({ input }) => dueResults(centre, input)),
    exportFile: os.exportFile.handler(async ({ input, context }) => {
      const { fileName, content } = await dueTable(centre, input);
      return context.files.offer(fileName, content, context.account);
    }),
  });
}
