/** Setting the provider up, and saying which accounts may be entered with it. Every change is in the journal. */
import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import type { Account } from '../../node/accounts.ts';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { isLastAdministrator } from '../../node/users/operations.ts';
import type { Centre } from '../centre.ts';
import { openIdContract, type OpenIdView } from './contract.ts';
import { keepProvider, providerOf, removeProvider } from './settings.ts';

export function openIdOperations({ node }: Centre) {
  const os = implement(openIdContract).$context<OperationContext>();
  const { accounts, journal } = node;
  const view = (): OpenIdView => ({
    provider: providerOf(node),
    people: accounts.all().map(({ account, name, role, active, email }) => ({
      account,
      name,
      role,
      active,
      email,
      access: accounts.openId.of(account),
    })),
  });
  const known = (name: string): Account =>
    accounts.find(name) ?? unwrap(refuse({ type: 'no-such-account', account: name }));
  const enter = async (kind: string, subject: string, data: Record<string, string | boolean>) => {
    await journal.append([{ kind, subject, data }]);
    return view();
  };
  return {
    get: os.get.handler(view),
    save: os.save.handler(async ({ input, context }) => {
      const { secret, ...provider } = input;
      // Whoever says which service is asked can be let in by it as everybody who comes that way.
      for (const { account } of accounts.all())
        if (accounts.openId.of(account) !== null) accounts.given.note(account, context.account);
      if (!(await keepProvider(node, provider, secret))) unwrap(refuse({ type: 'openid-secret-missing' }));
      const { issuer, clientId, claim, match } = provider;
      return enter('openid-provider-set', 'centre', { issuer, clientId, claim, match, by: context.account });
    }),
    remove: os.remove.handler(({ context }) => {
      const count = accounts.openId.countAlone();
      if (count > 0) unwrap(refuse({ type: 'openid-needed', count }));
      removeProvider(node);
      return enter('openid-provider-removed', 'centre', { by: context.account });
    }),
    allow: os.allow.handler(({ input, context }) => {
      const one = known(input.account);
      if (providerOf(node) === null) unwrap(refuse({ type: 'openid-not-set-up' }));
      if (input.alone && one.account === context.account) unwrap(refuse({ type: 'own-account' }));
      if (input.alone && isLastAdministrator(accounts, one)) unwrap(refuse({ type: 'openid-last-password' }));
      const before = accounts.openId.of(one.account);
      accounts.given.note(one.account, context.account);
      accounts.openId.allow(one.account, input.alone);
      // Whoever came in by a way that is closed now signs in again.
      if (input.alone && before?.alone !== true) accounts.sessions.endAllOf(one.account);
      return enter('user-openid-allowed', `user:${one.account}`, { alone: input.alone, by: context.account });
    }),
    release: os.release.handler(({ input, context }) => {
      const { account } = known(input.account);
      accounts.given.note(account, context.account);
      accounts.openId.release(account);
      accounts.sessions.endAllOf(account, context.sessionToken);
      return enter('user-openid-released', `user:${account}`, { by: context.account });
    }),
    withdraw: os.withdraw.handler(({ input, context }) => {
      const { account } = known(input.account);
      accounts.openId.withdraw(account);
      accounts.sessions.endAllOf(account, context.sessionToken);
      return enter('user-openid-withdrawn', `user:${account}`, { by: context.account });
    }),
  };
}
