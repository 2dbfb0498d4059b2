import { implement } from '@orpc/server';
import { withoutBlanks } from '../../../exam/form/typed-number.ts';
import { limitOf, type OperationContext } from '../../../node/operations.ts';
import { unwrap } from '../../../node/refused.ts';
import type { Centre } from '../../centre.ts';
import { findSheet } from '../../events/find-sheet.ts';
import { scanContract } from './contract.ts';
import { decideOnPage } from './decide-on-page.ts';
import { scanView } from './scan-view.ts';
import { reviewedUpload, uploadPages } from './upload-pages.ts';

export function scanOperations(centre: Centre) {
  const os = implement(scanContract).$context<OperationContext>();
  return {
    upload: os.upload.handler(async ({ input, context }) =>
      unwrap(await reviewedUpload(centre, input, limitOf(context))),
    ),
    pages: os.pages.handler(async ({ input, context }) =>
      unwrap(await uploadPages(centre, input, limitOf(context))),
    ),
    get: os.get.handler(async ({ input, context }) =>
      unwrap(await scanView(centre, input, limitOf(context))),
    ),
    lookUp: os.lookUp.handler(async ({ input, context }) => {
      const found = await findSheet(centre, input.projectId, withoutBlanks(input.number), limitOf(context));
      return { sheet: found.ok ? found.value : null };
    }),
    decide: os.decide.handler(async ({ input, context }) => {
      const limit = limitOf(context);
      unwrap(await decideOnPage(centre, input, { account: context.account, limit }));
      return unwrap(await scanView(centre, input, limit));
    }),
  };
}
