import { expect, test } from 'vitest';
import { Accounts } from '../accounts.ts';
import { softAuthenticator } from '../passkeys/authenticator.fixture.ts';
import type { OperationContext } from '../operations.ts';
import { database, lin, quickHash, refusal, room, twoClocks } from '../users/console.fixture.ts';
import { proveAgain } from './prove-again.ts';

const origin = 'http://localhost:1';
const party = { id: 'localhost', origin };

async function console_() {
  const accounts = new Accounts(database(), twoClocks(), quickHash);
  await accounts.create('ann', 'administrator', 'chalk and slate', false);
  await accounts.create('bob', 'operator', 'slate and chalk', false);
  const context = (account: string, relyingParty: typeof party | null = party) =>
    ({
      accounts,
      account,
      relyingParty,
      whence: { address: '10.0.0.1', browser: '' },
    }) as unknown as OperationContext;
  const keyOf = async (account: string) => {
    const key = softAuthenticator(origin);
    const registration = key.create({ ...(await accounts.passkeys.begin(account, party)) });
    await accounts.passkeys.add(account, party, 'a key', registration);
    return async () => ({ assertion: key.get(await accounts.passkeys.signInOptions(party)) });
  };
  return { accounts, context, keyOf };
}

const typeOf = (done: Awaited<ReturnType<typeof proveAgain>>): string =>
  done.ok ? done.value : done.refusal.type;

test('whoever is at an open console proves it with the own password or the own passkey', async () => {
  const { accounts, context, keyOf } = await console_();
  expect(typeOf(await proveAgain(context('bob'), { password: 'slate and chalk' }))).toBe('password');
  expect(typeOf(await proveAgain(context('bob'), { password: 'chalk and slate' }))).toBe('wrong-password');
  const [bob, ann] = [await keyOf('bob'), await keyOf('ann')];
  expect(typeOf(await proveAgain(context('bob'), await bob()))).toBe('passkey');
  // The key of the one who asked, at the console of somebody else.
  expect(typeOf(await proveAgain(context('bob'), await ann()))).toBe('passkey-refused');
  const used = await bob();
  expect(typeOf(await proveAgain(context('bob'), used))).toBe('passkey');
  expect(typeOf(await proveAgain(context('bob'), used))).toBe('passkey-refused');
  expect(typeOf(await proveAgain(context('bob', null), await bob()))).toBe('passkeys-not-here');
  accounts.change('bob', { name: '', phone: '', role: 'operator', active: false, limit: null });
  expect(typeOf(await proveAgain(context('bob'), await bob()))).toBe('passkey-refused');
  expect(typeOf(await proveAgain(context('bob'), { password: 'slate and chalk' }))).toBe('wrong-password');
});

test('guessing at an open console is held up as at the sign-in', async () => {
  const { context } = await console_();
  const tries: string[] = [];
  for (let i = 0; i < 60; i++) tries.push(typeOf(await proveAgain(context('bob'), { password: `no ${i}` })));
  expect(tries.at(-1)).toBe('too-many-tries');
});

test('who gave whom a password is known before it is in force, and stays when the account goes', async () => {
  const here = await room();
  await here.admin.user.add(lin);
  await here.admin.user.setPassword({ account: 'LIN', password: 'another one 5' });
  await here.admin.user.remove({ account: 'lin' });
  expect(here.accounts.given.all()).toEqual([{ account: 'lin', by: 'admin', at: here.clock.wall }]);
  // What is refused puts nobody in anybody's hands.
  expect(await refusal(here.admin.user.setPassword({ account: 'admin', password: 'another one 6' }))).toBe(
    'own-account',
  );
  expect(here.accounts.given.all()).toHaveLength(1);
});
