import { implement } from '@orpc/server';
import { limitOf, liveView, type OperationContext } from '../../../node/operations.ts';
import { unwrap } from '../../../node/refused.ts';
import type { Centre } from '../../centre.ts';
import { scanUploadContract } from './contract.ts';
import { readAgain } from './read-again.ts';
import { uploadPage } from './upload-list.ts';
import { cancelUpload, expectUpload, givePassword, type Sender } from './uploads.ts';

/** An archive of a thousand pages changes a row a hundred times. */
const restMs = 500;

export function scanUploadOperations(centre: Centre) {
  const os = implement(scanUploadContract).$context<OperationContext>();
  const senderOf = (context: OperationContext): Sender => ({
    account: context.account,
    limit: limitOf(context),
  });
  return os.router({
    expect: os.expect.handler(async ({ input, context }) =>
      unwrap(await expectUpload(centre, input, senderOf(context))),
    ),
    list: os.list.handler(({ input, context }) => uploadPage(centre, input, limitOf(context))),
    live: os.live.handler(({ input, context, signal }) =>
      liveView(
        signal,
        centre.scanReader.changed.subscribe,
        () => uploadPage(centre, input, limitOf(context)),
        restMs,
      ),
    ),
    givePassword: os.givePassword.handler(async ({ input, context }) => {
      unwrap(await givePassword(centre, input, limitOf(context)));
      return {};
    }),
    cancel: os.cancel.handler(async ({ input, context }) => {
      unwrap(await cancelUpload(centre, input, senderOf(context)));
      return {};
    }),
    readAgain: os.readAgain.handler(async ({ input, context }) => ({
      problem: unwrap(await readAgain(centre, input, senderOf(context))),
    })),
  });
}
