/** Making, seeing and removing one's passkeys, and signing in with one. What changes is in the journal. */
import { implement } from '@orpc/server';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Accounts } from '../accounts.ts';
import type { OperationContext } from '../operations.ts';
import { unwrap } from '../refused.ts';
import { passkeyContract } from './contract.ts';
import type { RelyingParty } from './relying-party.ts';

interface Known {
  readonly accounts: Accounts;
  readonly journal: Pick<Journal, 'append'>;
}

export function passkeyOperations({ accounts, journal }: Known) {
  const os = implement(passkeyContract).$context<OperationContext>();
  const { passkeys } = accounts;
  const enter = (kind: string, account: string, id: string) =>
    journal.append([{ kind, subject: `user:${account}`, data: { passkey: id, by: account } }]);
  return os.router({
    list: os.list.handler(({ context }) => passkeys.list(context.account)),
    begin: os.begin.handler(async ({ input, context }) => {
      const party = unwrap(partyOf(context));
      unwrap(await accounts.confirm(context.account, input.password));
      return { ...(await passkeys.begin(context.account, party)) };
    }),
    add: os.add.handler(async ({ input, context }) => {
      const party = unwrap(partyOf(context));
      const { id } = unwrap(await passkeys.add(context.account, party, input.name, input.registration));
      await enter('user-passkey-added', context.account, id);
      return passkeys.list(context.account);
    }),
    remove: os.remove.handler(async ({ input, context }) => {
      if (!passkeys.remove(context.account, input.id)) unwrap(refuse({ type: 'no-such-passkey' }));
      await enter('user-passkey-removed', context.account, input.id);
      return passkeys.list(context.account);
    }),
    signInOptions: os.signInOptions.handler(async ({ context }) => ({
      ...(await passkeys.signInOptions(unwrap(partyOf(context)))),
    })),
    signIn: os.signIn.handler(async ({ input, context }) => {
      const party = unwrap(partyOf(context));
      context.setSession(unwrap(await accounts.signInWithPasskey(party, input.assertion, context.whence)));
      return {};
    }),
  });
}

function partyOf({ relyingParty }: OperationContext): Result<RelyingParty> {
  return relyingParty === null ? refuse({ type: 'passkeys-not-here' }) : ok(relyingParty);
}
