/** A site as its program opens it, without rooms and centre, with tokens that can fail; and its console's operations, called without a server. */
import { createRouterClient } from '@orpc/server';
import { expectOk } from '../base/result.ts';
import type { FakeTokens } from '../hardware/token/fake.ts';
import type { UserView } from '../node/contract.ts';
import { openSite, type OpenedSite } from './open-site.ts';
import { siteOperations } from './operations/operations.ts';
import type { Site } from './site.ts';

export async function openTrialSite(data: string, tokens: FakeTokens): Promise<OpenedSite> {
  return expectOk(
    await openSite({
      data,
      logLevel: 'silent',
      exchangeHost: '127.0.0.1',
      exchangePort: 0,
      ownRoom: null,
      beginAnew: () => {
        throw new Error('nothing is restored here');
      },
      tokens,
    }),
  );
}

/** @param user null: nobody is signed in */
export function callAs(user: UserView | null, site: Site) {
  const { files, accounts } = site.node;
  return createRouterClient(
    siteOperations(site, () => ({ port: 0, addresses: [] }), null),
    {
      context: {
        user,
        account: user?.account ?? '-',
        files,
        accounts,
        reach: null,
        sessionToken: null,
        whence: { address: '', browser: '' },
        relyingParty: null,
        setSession: () => undefined,
      },
    },
  );
}
