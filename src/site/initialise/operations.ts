import { implement } from '@orpc/server';
import type * as z from 'zod';
import { refuse } from '../../base/result.ts';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { roomRows, type Site } from '../site.ts';
import { initialiseContract, type initialiseCountsSchema } from './contract.ts';
import { initialiseSite, whyNotInitialise } from './initialise.ts';

export function initialiseOperations(site: Site) {
  const os = implement(initialiseContract).$context<OperationContext>();
  return os.router({
    gate: os.gate.handler(() => {
      const reason = whyNotInitialise(site);
      return { ...(reason ? { allowed: false, reason } : { allowed: true }), goes: whatGoes(site) };
    }),
    run: os.run.handler(async ({ input, context }) => {
      await proveIntent(site, context, input);
      unwrap(await initialiseSite(site, { registration: input.keepRegistration }, context.account));
      return {};
    }),
  });
}

/** Site code and password, for what cannot be undone. */
export async function proveIntent(
  site: Site,
  context: OperationContext,
  proof: { readonly siteCode: string; readonly password: string },
): Promise<void> {
  if (proof.siteCode !== site.setup()?.siteCode) unwrap(refuse({ type: 'other-site-code' }));
  unwrap(await context.accounts.confirm(context.account, proof.password));
}

export function whatGoes(site: Site): z.infer<typeof initialiseCountsSchema> {
  const { db } = site.node;
  const count = (sql: string): number => Number(db.prepare(sql).get()?.['n']);
  return {
    rooms: roomRows(site).map(({ code }) => code),
    registeredRooms: count('SELECT count(*) AS n FROM room WHERE registered_at IS NOT NULL'),
    authorisations: count('SELECT count(*) AS n FROM authorisation'),
    results: count('SELECT count(*) AS n FROM result'),
  };
}
