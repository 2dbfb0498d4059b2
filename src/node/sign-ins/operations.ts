/** Seeing where somebody is signed in, and ending it: streams of what was ended stop at once, and its page goes when it asks next. Every end is in the journal. */
import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Accounts } from '../accounts.ts';
import type { OperationContext } from '../operations.ts';
import { unwrap } from '../refused.ts';
import { signInContract, type SignInView } from './contract.ts';

interface Known {
  readonly accounts: Accounts;
  readonly journal: Pick<Journal, 'append'>;
}

export function signInOperations({ accounts, journal }: Known) {
  const os = implement(signInContract).$context<OperationContext>();
  const { sessions } = accounts;
  const list = ({ sessionToken }: OperationContext, account?: string): SignInView[] => {
    const own = sessionToken === null ? null : sessions.idOf(sessionToken);
    return sessions.list(account).map((one) => ({ ...one, own: one.id === own }));
  };
  const enter = async (account: string, ended: number, { account: by }: OperationContext) => {
    if (ended === 0) return;
    await journal.append([{ kind: 'user-sessions-ended', subject: `user:${account}`, data: { ended, by } }]);
  };
  const endOne = async (context: OperationContext, account: string, id: string) => {
    if (!sessions.endOne(account, id)) unwrap(refuse({ type: 'no-such-sign-in' }));
    await enter(account, 1, context);
  };
  return os.router({
    list: os.list.handler(({ context }) => list(context, context.account)),
    end: os.end.handler(async ({ input, context }) => {
      await endOne(context, context.account, input.id);
      return list(context, context.account);
    }),
    endOthers: os.endOthers.handler(async ({ context }) => {
      await enter(context.account, sessions.endAllOf(context.account, context.sessionToken), context);
      return list(context, context.account);
    }),
    all: os.all.handler(({ context }) => list(context)),
    endOf: os.endOf.handler(async ({ input, context }) => {
      const account = accounts.find(input.account)?.account;
      if (account === undefined) return unwrap(refuse({ type: 'no-such-account', account: input.account }));
      if (input.id !== null) await endOne(context, account, input.id);
      else {
        // The one that asks stays: whoever wants to leave signs out.
        const ended = sessions.endAllOf(account, context.sessionToken);
        await enter(account, ended, context);
      }
      return list(context);
    }),
  });
}
