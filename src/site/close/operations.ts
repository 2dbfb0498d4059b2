import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { proveIntent } from '../initialise/operations.ts';
import type { Site } from '../site.ts';
import { whyUnreported } from '../unreported/unreported.ts';
import type { ClosingGuard } from './closing-guard.ts';
import { closeContract } from './contract.ts';

/** @param guard null: the site runs inside its room and ends with it. */
export function closeOperations(site: Site, guard: ClosingGuard | null) {
  const os = implement(closeContract).$context<OperationContext>();
  return os.router({
    state: os.state.handler(() => ({ unreported: whyUnreported(site), asOf: site.node.clock.now() })),
    run: os.run.handler(async ({ input, context }) => {
      if (guard === null) return unwrap(refuse({ type: 'site-of-a-room' }));
      await proveIntent(site, context, input);
      unwrap(await guard.force(input.siteCode, context.account));
      return {};
    }),
  });
}
