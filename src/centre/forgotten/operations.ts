/**
 * Asking for a code and setting a new password with it. Who asks learns nothing of accounts: whatever was typed, one row is put into the
 * queue, and only the postman looks whether anybody is there to be written to.
 */
import { implement } from '@orpc/server';
import { newId } from '../../base/ids.ts';
import { refuse } from '../../base/result.ts';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { networkOf } from '../../trust/guesses.ts';
import type { Centre } from '../centre.ts';
import { mailServerOf } from '../mail/settings.ts';
import { forgottenPasswordContract } from './contract.ts';
import type { AboutPassword } from './messages.ts';

export function forgottenPasswordOperations({ node, db }: Pick<Centre, 'node' | 'db'>) {
  const os = implement(forgottenPasswordContract).$context<OperationContext>();
  const { accounts, clock, journal } = node;

  const put = async (
    to: { readonly account: string; readonly email: string; readonly mail: { readonly language: string } },
    about: AboutPassword,
  ) => {
    const now = clock.now();
    await db
      .insertInto('mail')
      .values({
        id: newId(),
        account: to.account,
        address: to.email,
        language: to.mail.language,
        state: 'waiting',
        tries: 0,
        created_at: now,
        next_at: now,
        ended_at: null,
        problem_json: null,
        about_json: JSON.stringify(about),
      })
      .execute();
  };

  return {
    ask: os.ask.handler(async ({ input, context }) => {
      if (mailServerOf(node) === null) unwrap(refuse({ type: 'forgotten-no-mail' }));
      const { address } = context.whence;
      unwrap(accounts.brake.askCode(input.account, address));
      const known = accounts.mayHaveCode(input.account);
      const round = accounts.codes.next(known?.account ?? null);
      await put(known ?? nobody, {
        what: 'password-code',
        round,
        askedAt: clock.now(),
        from: networkOf(address),
      });
      return {};
    }),
    set: os.set.handler(async ({ input, context }) => {
      const { account: name, code, next } = input;
      const { account, ended } = unwrap(
        await accounts.setForgottenPassword(name, code, next, context.whence),
      );
      await journal.append([
        {
          kind: 'user-password-reset',
          subject: `user:${account.account}`,
          data: { ended, from: networkOf(context.whence.address) },
        },
      ]);
      await put(account, { what: 'password-changed', at: clock.now() });
      return {};
    }),
  };
}

/** Its row goes before anything is sent. */
const nobody = { account: '', email: '', mail: { language: 'en' } };
