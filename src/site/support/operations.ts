import { implement } from '@orpc/server';
import { liveView, signedIn, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Site } from '../site.ts';
import { supportContract } from './contract.ts';
import { close, confirm, markSeen, openThread, read, supportOf, write } from './support.ts';

export function supportOperations(site: Site) {
  const os = implement(supportContract).$context<OperationContext>();
  return {
    live: os.live.handler(({ signal }) =>
      liveView(signal, site.changed.subscribe, () => supportOf(site), 500),
    ),
    get: os.get.handler(() => supportOf(site)),
    open: os.open.handler(async ({ input, context }) =>
      unwrap(await openThread(site, input, signedIn(context))),
    ),
    write: os.write.handler(async ({ input, context }) =>
      unwrap(await write(site, input.threadId, input.text, signedIn(context))),
    ),
    close: os.close.handler(async ({ input, context }) =>
      unwrap(await close(site, input.threadId, input.solved, signedIn(context))),
    ),
    confirm: os.confirm.handler(async ({ input, context }) =>
      unwrap(await confirm(site, input.phase, input.sessionId, input.done, signedIn(context))),
    ),
    read: os.read.handler(async ({ input, context }) =>
      unwrap(await read(site, input.announcementId, signedIn(context))),
    ),
    seen: os.seen.handler(({ input }) => markSeen(site, input.threadId)),
  };
}
