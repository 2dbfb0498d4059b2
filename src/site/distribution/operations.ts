import { implement } from '@orpc/server';
import { liveView, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Site } from '../site.ts';
import { distributionContract } from './contract.ts';
import { Downloads } from './downloads.ts';

export function distributionOperations(site: Site) {
  const os = implement(distributionContract).$context<OperationContext>();
  const downloads = new Downloads(site);
  return os.router({
    get: os.get.handler(() => downloads.view()),
    live: os.live.handler(({ signal }) =>
      liveView(signal, downloads.changed.subscribe, () => downloads.view()),
    ),
    fetch: os.fetch.handler(async ({ input }) => {
      unwrap(await downloads.begin(input.name));
      return {};
    }),
    download: os.download.handler(async ({ input, context }) =>
      context.files.lend(unwrap(await downloads.lend(input.name)), context.account),
    ),
  });
}
