/** The console's operations of the list of codes. */
import { implement } from '@orpc/server';
import type { OperationContext } from '../../node/operations.ts';
import type { Centre } from '../centre.ts';
import { csvText, xlsxOf } from '../export/table-text.ts';
import { codeRegisterContract } from './contract.ts';
import { codeRegister, codeTable } from './register.ts';

export function codeRegisterHandlers(centre: Centre) {
  const os = implement(codeRegisterContract).$context<OperationContext>();
  return {
    register: os.register.handler(({ input }) => codeRegister(centre, input)),
    exportRegister: os.exportRegister.handler(async ({ input, context }) => {
      const rows = await codeTable(centre, input, input.language);
      return input.format === 'csv'
        ? context.files.offer('codes.csv', csvText(rows), context.account)
        : context.files.offer('codes.xlsx', await xlsxOf('codes', rows, [5]), context.account);
    }),
  };
}
