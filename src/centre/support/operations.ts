import { implement } from '@orpc/server';
import { limitOf, liveView, signedIn, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Centre } from '../centre.ts';
import { supportContract } from './contract.ts';
import { announce, change, markSeen, openThread, supportDesk, threadOf, write } from './desk.ts';

export function supportOperations(centre: Centre) {
  const os = implement(supportContract).$context<OperationContext>();
  return {
    live: os.live.handler(({ input, context, signal }) =>
      liveView(
        signal,
        centre.supportChanged.subscribe,
        () => supportDesk(centre, input.projectId, limitOf(context)),
        1_000,
      ),
    ),
    get: os.get.handler(({ input, context }) => supportDesk(centre, input.projectId, limitOf(context))),
    thread: os.thread.handler(async ({ input }) => unwrap(await threadOf(centre, input))),
    open: os.open.handler(async ({ input, context }) => {
      const { projectId, siteCode, ...call } = input;
      return unwrap(await openThread(centre, { projectId, siteCode }, call, signedIn(context)));
    }),
    write: os.write.handler(async ({ input, context }) =>
      unwrap(await write(centre, input, input.text, signedIn(context))),
    ),
    change: os.change.handler(async ({ input, context }) =>
      unwrap(await change(centre, input, input, signedIn(context))),
    ),
    seen: os.seen.handler(async ({ input }) => {
      unwrap(await markSeen(centre, input));
      return {};
    }),
    announce: os.announce.handler(async ({ input, context }) =>
      unwrap(await announce(centre, input, signedIn(context))),
    ),
  };
}
