import { expect, test } from 'vitest';
import { Accounts } from '../accounts.ts';
import { idleLimitMs } from '../console-sessions.ts';
import {
  database,
  lin,
  linSignsIn,
  quickHash,
  refusal,
  room,
  twoClocks,
  type Client,
} from './console.fixture.ts';

test('a new user replaces the first password before anything else, and has the name and the role that were entered', async () => {
  const here = await room();
  await here.admin.user.add(lin);
  const client = here.browser();
  const user = await client.account.signIn({ account: 'lin', password: lin.password });
  expect(user).toEqual({
    account: 'lin',
    name: '林老师',
    role: 'invigilator',
    mustChangePassword: true,
    limit: null,
  });
  expect(await refusal(client.user.people())).toBe('password-must-be-changed');
  expect(await refusal(client.account.signOut())).toBe('done');
  expect(await refusal(client.user.people())).toBe('sign-in-needed');
  await client.account.signIn({ account: 'lin', password: lin.password });
  await client.account.changePassword({ current: lin.password, next: 'a new one of hers' });
  expect(await client.user.people()).toEqual([{ name: '林老师', phone: '150', role: 'invigilator' }]);
  expect(here.entries).toEqual([
    { kind: 'user-added', subject: 'user:lin', data: { role: 'invigilator', by: 'admin' } },
  ]);
});

test('an invigilator sees no list of users and changes none', async () => {
  const here = await room();
  await here.admin.user.add(lin);
  const client = await linSignsIn(here);
  const { password: _, ...person } = lin;
  for (const call of [
    () => client.user.list(),
    () => client.user.add({ ...lin, account: 'other' }),
    () => client.user.change({ ...person, role: 'administrator', active: true }),
    () => client.user.setPassword({ account: 'admin', password: 'taken over 1' }),
    () => client.user.remove({ account: 'admin' }),
  ])
    expect(await refusal(call())).toBe('not-allowed');
  expect(here.accounts.find('lin')?.role).toBe('invigilator');
});

test.each<[string, (here: Awaited<ReturnType<typeof room>>) => Promise<unknown>]>([
  ['switched off', (here) => here.admin.user.change({ ...lin, active: false })],
  ['given another role', (here) => here.admin.user.change({ ...lin, role: 'administrator', active: true })],
  [
    'given a new password',
    (here) => here.admin.user.setPassword({ account: 'lin', password: 'another 123' }),
  ],
  ['removed', (here) => here.admin.user.remove({ account: 'LIN' })],
])('whoever is %s is signed out at once: what is being watched stops, too', async (_, act) => {
  const here = await room();
  await here.admin.user.add(lin);
  const client = await linSignsIn(here);
  const views = (await client.watch())[Symbol.asyncIterator]();
  expect(await views.next()).toEqual({ done: false, value: { n: 1 } });
  await act(here);
  // The stream ends or breaks: it brings nothing more either way.
  expect(
    await views.next().then(
      (next) => next.done,
      () => true,
    ),
  ).toBe(true);
  expect(await refusal(client.user.people())).toBe('sign-in-ended');
});

test('a user who is switched off cannot sign in, with the answer that a wrong password gets', async () => {
  const here = await room();
  await here.admin.user.add(lin);
  await here.admin.user.change({ ...lin, active: false });
  expect(await refusal(here.browser().account.signIn({ account: 'lin', password: lin.password }))).toBe(
    'wrong-password',
  );
  await here.admin.user.change({ ...lin, active: true });
  expect(await refusal(here.browser().account.signIn({ account: 'lin', password: lin.password }))).toBe(
    'done',
  );
});

test('nobody takes the own rights away, and one administrator is always left', async () => {
  const here = await room();
  const own = { account: 'Admin', name: '', phone: '', role: 'administrator', active: true } as const;
  expect(await refusal(here.admin.user.change({ ...own, role: 'invigilator' }))).toBe('own-account');
  expect(await refusal(here.admin.user.change({ ...own, active: false }))).toBe('own-account');
  expect(await refusal(here.admin.user.remove({ account: 'admin' }))).toBe('own-account');
  expect(await refusal(here.admin.user.setPassword({ account: 'ADMIN', password: 'taken over 1' }))).toBe(
    'own-account',
  );
  expect(await refusal(here.admin.user.change({ ...own, name: '王', phone: '151' }))).toBe('done');
  // Two administrators who switch each other off at the same moment.
  await here.admin.user.add({ ...lin, account: 'second', role: 'administrator' });
  const second = here.browser();
  await second.account.signIn({ account: 'second', password: lin.password });
  await second.account.changePassword({ current: lin.password, next: 'a new one of hers' });
  await Promise.allSettled([
    here.admin.user.change({ ...own, account: 'second', active: false }),
    second.user.change({ ...own, active: false }),
  ]);
  expect(here.accounts.all().filter((one) => one.active && one.role === 'administrator')).toHaveLength(1);
});

test('a role of another tier, a name that exists and a password that everybody tries are refused', async () => {
  const here = await room();
  await here.admin.user.add(lin);
  expect(await refusal(here.admin.user.add({ ...lin, account: 'x', role: 'operator' }))).toBe(
    'no-such-role-here',
  );
  expect(await refusal(here.admin.user.add({ ...lin, account: 'LIN' }))).toBe('account-exists');
  expect(await refusal(here.admin.user.add({ ...lin, account: 'x', password: '88888888' }))).toBe(
    'password-too-common',
  );
  expect(await refusal(here.admin.user.setPassword({ account: 'nobody', password: 'taken over 1' }))).toBe(
    'no-such-account',
  );
});

test('tries that come at the same time are not all free', async () => {
  const { accounts } = await room();
  const tries = await Promise.all(
    Array.from({ length: 8 }, (_, i) => accounts.signIn('admin', `wrong password ${i}`)),
  );
  const types = tries.map((one) => (one.ok ? 'in' : one.refusal.type));
  expect(types.filter((type) => type === 'wrong-password')).toHaveLength(5);
  expect(types.filter((type) => type === 'too-many-tries')).toHaveLength(3);
});

test('a sign-in ends after four hours without use, whatever somebody does to the computer’s clock', async () => {
  const db = database();
  const clock = twoClocks();
  const accounts = new Accounts(db, clock, quickHash);
  await accounts.create('admin', 'administrator', 'chalk and slate', false);
  const signedIn = async () => {
    const done = await accounts.signIn('admin', 'chalk and slate');
    if (!done.ok) throw new Error(done.refusal.type);
    return done.value.token;
  };
  const token = await signedIn();
  // A dead battery, then a set clock: years away, in both directions.
  for (const wall of [0, 4_000_000_000_000]) {
    clock.wall = wall;
    expect(accounts.user(token)?.account).toBe('admin');
  }
  clock.steady += idleLimitMs - 1;
  expect(accounts.user(token)?.account).toBe('admin');
  clock.wall = 0;
  clock.steady += idleLimitMs;
  expect(accounts.user(token)).toBeNull();
});

test('a page that stands open keeps nobody signed in, what a person does keeps its sign-in, and during an exam nobody is signed out', async () => {
  let examUnderWay = false;
  const { clock, browser, admin } = await room({ examUnderWay: () => examUnderWay });
  const person = browser();
  await person.account.signIn({ account: 'admin', password: 'chalk and slate' });
  const page = browser({ 'x-invigil-unattended': '1' });
  await page.account.signIn({ account: 'admin', password: 'chalk and slate' });
  const quarter = idleLimitMs / 4;
  const pass = async (asked: readonly Client[]) => {
    clock.steady += quarter;
    return Promise.all(asked.map(async (one) => (await one.account.me()).user?.account ?? null));
  };
  examUnderWay = true;
  for (let i = 0; i < 6; i++) expect(await pass([person, page])).toEqual(['admin', 'admin']);
  examUnderWay = false;
  for (let i = 0; i < 3; i++) expect(await pass([person, page])).toEqual(['admin', 'admin']);
  expect(await pass([person, page])).toEqual(['admin', null]);
  // Nobody asked for this one meanwhile.
  expect((await admin.account.me()).user).toBeNull();
});

test('idle time goes on over a restart, and setting the clock meanwhile changes nothing', async () => {
  const db = database();
  const clock = twoClocks();
  const before = new Accounts(db, clock, quickHash);
  await before.create('admin', 'administrator', 'chalk and slate', false);
  const [idle, used] = await Promise.all(
    [1, 2].map(async () => {
      const done = await before.signIn('admin', 'chalk and slate');
      return done.ok ? done.value.token : '';
    }),
  );
  clock.steady += idleLimitMs - 60_000;
  expect(before.user(used ?? '')?.account).toBe('admin');
  before.sessions.keep();
  // The new process counts from anywhere; the wall clock was set ahead.
  const later = { ...twoClocks(), steady: 77, wall: 9_000_000_000_000 };
  const restarted = { ...later, now: () => later.wall, monotonic: () => later.steady };
  const after = new Accounts(db, restarted);
  later.steady += 61_000;
  expect(after.user(idle ?? '')).toBeNull();
  expect(after.user(used ?? '')?.account).toBe('admin');
});
