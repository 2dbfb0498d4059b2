import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { proveIntent, whatGoes } from '../initialise/operations.ts';
import type { Site } from '../site.ts';
import { archives } from './archive.ts';
import { toFormalContract } from './contract.ts';
import { nextMembership, turnFormal, whyNotToFormal } from './to-formal.ts';

export function toFormalOperations(site: Site) {
  const os = implement(toFormalContract).$context<OperationContext>();
  return os.router({
    gate: os.gate.handler(() => {
      const reason = whyNotToFormal(site);
      return {
        ...(reason ? { allowed: false, reason } : { allowed: true }),
        goes: whatGoes(site),
        centreAddress: site.membership()?.centreAddress ?? null,
        admitted: nextMembership(site) !== null,
      };
    }),
    run: os.run.handler(async ({ input, context }) => {
      const { centreAddress, registrationCode } = input;
      // A room that works without a site is told by its own centre; its console has no page for this.
      if (site.ownRoom !== null) return unwrap(refuse({ type: 'site-of-a-room' }));
      await proveIntent(site, context, input);
      const registration =
        centreAddress === null || registrationCode === null
          ? null
          : { centreAddress, code: registrationCode };
      return unwrap(await turnFormal(site, registration, context.account));
    }),
    archives: os.archives.handler(() => archives(site)),
  });
}
