import { implement } from '@orpc/server';
import type { Result } from '../../base/result.ts';
import { limitOf, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Centre } from '../centre.ts';
import { completenessContract } from './contract.ts';
import { completenessEvents } from './events.ts';
import { sheetPages, siteKits } from './kits.ts';
import { completenessSites } from './sites.ts';
import { strangersOf } from './strangers.ts';
import { kitsTable, missingTable, sitesTable, type TableToTake } from './tables.ts';

export function completenessOperations(centre: Centre) {
  const os = implement(completenessContract).$context<OperationContext>();
  const offer = (context: OperationContext, made: Result<TableToTake>) => {
    const { fileName, content } = unwrap(made);
    return context.files.offer(fileName, content, context.account);
  };
  return os.router({
    events: os.events.handler(({ input, context }) =>
      completenessEvents(centre, input.projectId, limitOf(context)),
    ),
    sites: os.sites.handler(async ({ input, context }) =>
      unwrap(await completenessSites(centre, input, limitOf(context))),
    ),
    site: os.site.handler(async ({ input }) => unwrap(await siteKits(centre, input))),
    pages: os.pages.handler(async ({ input }) => unwrap(await sheetPages(centre, input))),
    strangers: os.strangers.handler(({ input, context }) =>
      strangersOf(centre, input.projectId, limitOf(context), context.account),
    ),
    exportSites: os.exportSites.handler(async ({ input, context }) =>
      offer(context, await sitesTable(centre, input, limitOf(context))),
    ),
    exportKits: os.exportKits.handler(async ({ input, context }) =>
      offer(context, await kitsTable(centre, input)),
    ),
    exportMissing: os.exportMissing.handler(async ({ input, context }) =>
      offer(context, await missingTable(centre, input, limitOf(context))),
    ),
  });
}
