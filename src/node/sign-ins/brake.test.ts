import { expect, test } from 'vitest';
import { Accounts } from '../accounts.ts';
import { database, quickHash, twoClocks } from '../users/console.fixture.ts';
import { Brake } from './brake.ts';
import { guessingEntry } from './held-off.ts';

const minute = 60_000;

async function signInPage() {
  const clock = twoClocks();
  const accounts = new Accounts(database(), clock, quickHash);
  for (const name of ['admin', 'lin']) await accounts.create(name, 'administrator', 'chalk and slate', false);
  /** @returns 'in', 'wrong-password', or how long is to be waited. */
  const enter = async (account: string, password: string, address = '10.0.0.1') => {
    const done = await accounts.signIn(account, password, { address, browser: '' });
    if (done.ok) return 'in';
    return done.refusal.type === 'too-many-tries' ? Number(done.refusal['waitMs']) : done.refusal.type;
  };
  return { clock, accounts, enter };
}

/** Tries without the passwords, whose hashing takes its time also where there is no such account. */
function tries() {
  const clock = twoClocks();
  const brake = new Brake(clock);
  const wrong = (account: string, address = '10.0.0.1') => {
    const mayTry = brake.tryAccount(account, address);
    return mayTry.ok ? 'free' : Number(mayTry.refusal['waitMs']);
  };
  const right = (account: string, address = '10.0.0.1') => {
    const mayTry = brake.tryAccount(account, address);
    if (!mayTry.ok) return Number(mayTry.refusal['waitMs']);
    mayTry.value();
    return 'free';
  };
  return { clock, brake, wrong, right };
}

test('after five wrong passwords each further one waits twice as long, up to about an hour, whatever is done to the clock', async () => {
  const { clock, enter } = await signInPage();
  for (let i = 0; i < 5; i++) expect(await enter('admin', 'guess')).toBe('wrong-password');
  for (const minutes of [1, 2, 4, 8, 16, 32, 64, 64]) {
    clock.wall += 1_000 * minute;
    expect(await enter('admin', 'chalk and slate')).toBe(minutes * minute);
    clock.steady += minutes * minute - 1;
    expect(await enter('ADMIN', 'chalk and slate')).toBe(1);
    clock.steady += 1;
    expect(await enter('admin', 'guess')).toBe('wrong-password');
  }
  clock.steady += 64 * minute;
  expect(await enter('admin', 'chalk and slate')).toBe('in');
  // Forgiven: the next wrong one is free again.
  expect(await enter('admin', 'guess')).toBe('wrong-password');
  expect(await enter('admin', 'chalk and slate')).toBe('in');
});

test('nothing tells an account that is there from one that is not', async () => {
  const { clock, enter } = await signInPage();
  const heard: Record<string, unknown[]> = { admin: [], nobody: [] };
  for (let i = 0; i < 9; i++) {
    for (const [name, list] of Object.entries(heard)) list.push(await enter(name, 'guess', `of ${name}`));
    if (i === 6) clock.steady += minute;
  }
  expect(heard['admin']).toEqual(heard['nobody']);
  expect(heard['admin']).toContain(minute);
});

test('whoever guesses elsewhere does not lock the user out, who goes on from the own computer and in an open console', async () => {
  const { accounts, enter } = await signInPage();
  for (let i = 0; i < 8; i++) await enter('admin', 'guess', '10.6.6.6');
  expect(await enter('admin', 'chalk and slate', '10.6.6.6')).toBe(minute);
  expect(await enter('admin', 'chalk and slate', '10.0.0.1')).toBe('in');
  expect((await accounts.confirm('admin', 'chalk and slate')).ok).toBe(true);
});

test('one address that tries many names waits for all of them, and a right password of its own does not free it', () => {
  const { clock, wrong, right } = tries();
  for (let i = 0; i < 15; i++) {
    expect(wrong(`name${i}`)).toBe('free');
    expect(wrong(`name${i}`)).toBe('free');
    if (i < 14) expect(right('lin')).toBe('free');
  }
  expect(wrong('admin')).toBe(minute);
  expect(right('lin')).toBe(minute);
  expect(right('lin', '10.0.0.2')).toBe('free');
  clock.steady += minute;
  expect(right('lin')).toBe('free');
  expect(wrong('name99')).toBe('free');
  expect(wrong('admin')).toBe(2 * minute);
});

test('a right password that is sent along with guesses does not take their wait away', () => {
  const { brake, wrong } = tries();
  for (let i = 0; i < 28; i++) wrong(`name${i}`);
  const slow = brake.tryAccount('lin', '10.0.0.1');
  expect(wrong('other')).toBe('free');
  if (!slow.ok) throw new Error('held off');
  slow.value();
  expect(wrong('admin')).toBe(minute);
});

test('many computers that guess at one account wait, too, but never long', async () => {
  const { enter } = await signInPage();
  for (let i = 0; i < 50; i++) await enter('admin', 'guess', `10.1.0.${i}`);
  expect(await enter('admin', 'guess', '10.2.0.1')).toBe(minute);
  expect(await enter('lin', 'chalk and slate', '10.2.0.1')).toBe('in');
});

test('an administrator’s new password ends the waiting', async () => {
  const { accounts, enter } = await signInPage();
  for (let i = 0; i < 6; i++) await enter('admin', 'guess');
  expect(await enter('admin', 'guess')).toBe(minute);
  await accounts.givePassword('admin', 'window seat 4');
  expect(await enter('admin', 'window seat 4')).toBe('in');
});

test('all addresses of one IPv6 network count as one', () => {
  const brake = new Brake({ monotonic: () => 0 });
  for (const address of [
    '2001:db8:0:7::1',
    '2001:DB8::7:1:2:3:4',
    '2001:db8:0:7:a:b:c:d',
    '2001:db8:0:7::',
    '2001:0db8:0:7::5',
  ])
    expect(brake.tryAccount('admin', address).ok).toBe(true);
  expect(brake.tryAccount('admin', '2001:db8:0:7::99').ok).toBe(false);
  expect(brake.tryAccount('admin', '2001:db8:0:8::99').ok).toBe(true);
});

test('whoever invents ten thousand names is not free again', () => {
  const brake = new Brake({ monotonic: () => 0 });
  for (let i = 0; i < 9_000; i++) brake.tryAccount(`name${i}`, `10.${i >> 8}.${i & 255}.1`);
  for (let i = 0; i < 5; i++) brake.tryAccount('admin', '10.250.0.1');
  for (let i = 0; i < 3_000; i++) brake.tryAccount(`more${i}`, `11.${i >> 8}.${i & 255}.1`);
  expect(brake.tryAccount('admin', '10.250.0.1').ok).toBe(false);
});

test('a burst of guesses is told once, with the account where there is one', async () => {
  const { accounts, clock } = await signInPage();
  const entries: object[] = [];
  accounts.brake.onHeldOff((burst) => entries.push(guessingEntry(accounts, burst)));
  const guess = (name: string) => {
    accounts.brake.tryAccount(name, '10.6.6.6');
    clock.steady += 65 * minute;
  };
  for (let i = 0; i < 9; i++) guess('ADMIN');
  for (let i = 0; i < 9; i++) guess('a password in the wrong field');
  expect(entries).toEqual([
    {
      kind: 'guessing-held-off',
      subject: 'user:admin',
      data: { what: 'sign-in', address: '10.6.6.6', wrong: 5 },
    },
    {
      kind: 'guessing-held-off',
      subject: 'journal',
      data: { what: 'sign-in', address: '10.6.6.6', wrong: 5 },
    },
  ]);
  // Right in between: what follows is another burst.
  const right = accounts.brake.tryAccount('admin', '10.6.6.6');
  if (right.ok) right.value();
  for (let i = 0; i < 6; i++) guess('admin');
  expect(entries).toHaveLength(3);
});

test('the fifth try that is right is no burst', async () => {
  const { accounts, enter } = await signInPage();
  const bursts: object[] = [];
  accounts.brake.onHeldOff((burst) => bursts.push(burst));
  for (let i = 0; i < 4; i++) await enter('lin', 'guess');
  expect(await enter('lin', 'chalk and slate')).toBe('in');
  expect(await enter('lin', 'chalk and slate')).toBe('in');
  expect(bursts).toEqual([]);
});
