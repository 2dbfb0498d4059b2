import { expect, test } from 'vitest';
import { Accounts } from '../accounts.ts';
import { idleLimitMs } from '../console-sessions.ts';
import { database, lin, linSignsIn, quickHash, refusal, room, twoClocks } from '../users/console.fixture.ts';

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

test('a user sees the own sign-ins: since when, last used, from where, and which is this one', async () => {
  const here = await room();
  const second = here.browser({ 'user-agent': firefox, 'x-forwarded-for': '10.1.2.3' });
  here.clock.wall += 60_000;
  await second.account.signIn({ account: 'admin', password: 'chalk and slate' });
  here.clock.wall += 5_000;
  here.clock.steady += 5_000;
  const [newest, first, ...more] = await here.admin.signIn.list();
  expect(more).toEqual([]);
  expect(newest).toMatchObject({
    account: 'admin',
    beganAt: 1_060_000,
    usedAt: 1_060_000,
    address: '10.1.2.3',
    browser: 'Firefox 140 · Windows',
    own: false,
  });
  expect(first).toMatchObject({ beganAt: 1_000_000, usedAt: 1_065_000, address: '127.0.0.1', own: true });
});

test('a sign-in that its user ends elsewhere is over at once, with what it watches, and says so', async () => {
  const here = await room();
  const second = here.browser();
  await second.account.signIn({ account: 'admin', password: 'chalk and slate' });
  const views = (await second.watch())[Symbol.asyncIterator]();
  expect((await views.next()).done).toBe(false);
  const [newest] = (await here.admin.signIn.list()).filter((one) => !one.own);
  const left = await here.admin.signIn.end({ id: newest?.id ?? '' });
  expect(left.map((one) => one.own)).toEqual([true]);
  // The stream ends or breaks: it brings nothing more either way.
  expect(
    await views.next().then(
      (next) => next.done,
      () => true,
    ),
  ).toBe(true);
  expect(await refusal(second.signIn.list())).toBe('sign-in-ended');
  expect(await refusal(here.admin.signIn.end({ id: newest?.id ?? '' }))).toBe('no-such-sign-in');
  expect(here.entries).toEqual([
    { kind: 'user-sessions-ended', subject: 'user:admin', data: { ended: 1, by: 'admin' } },
  ]);
});

test('all others of a user end together, and this one stays', async () => {
  const here = await room();
  const others = [here.browser(), here.browser()];
  for (const one of others) await one.account.signIn({ account: 'admin', password: 'chalk and slate' });
  expect(await here.admin.signIn.endOthers()).toHaveLength(1);
  for (const one of others) expect(await refusal(one.signIn.list())).toBe('sign-in-ended');
  // Nothing is left to end: nothing more is written down.
  await here.admin.signIn.endOthers();
  expect(here.entries.map(({ data }) => data)).toEqual([{ ended: 2, by: 'admin' }]);
});

test('an administrator sees and ends everybody’s; anybody else only the own ones', async () => {
  const here = await room();
  await here.admin.user.add(lin);
  const client = await linSignsIn(here);
  const second = here.browser();
  await second.account.signIn({ account: 'lin', password: 'a new one of hers' });
  const all = await here.admin.signIn.all();
  expect(all.map(({ account }) => account).toSorted()).toEqual(['admin', 'lin', 'lin']);
  const adminsId = all.find((one) => one.account === 'admin')?.id ?? '';
  expect(await refusal(client.signIn.all())).toBe('not-allowed');
  expect(await refusal(client.signIn.endOf({ account: 'admin', id: null }))).toBe('not-allowed');
  expect(await refusal(client.signIn.end({ id: adminsId }))).toBe('no-such-sign-in');
  expect((await client.signIn.list()).map(({ account }) => account)).toEqual(['lin', 'lin']);
  // Of another account than the one that it is said to be of.
  expect(await refusal(here.admin.signIn.endOf({ account: 'lin', id: adminsId }))).toBe('no-such-sign-in');
  expect(await refusal(here.admin.signIn.endOf({ account: 'nobody', id: null }))).toBe('no-such-account');
  expect(await here.admin.signIn.endOf({ account: 'LIN', id: null })).toHaveLength(1);
  for (const one of [client, second]) expect(await refusal(one.signIn.list())).toBe('sign-in-ended');
  expect(here.entries.at(-1)).toEqual({
    kind: 'user-sessions-ended',
    subject: 'user:lin',
    data: { ended: 2, by: 'admin' },
  });
});

test('an open console takes nobody’s sign-in along that was idle for too long, and a restart keeps what is known of the others', async () => {
  const db = database();
  const clock = twoClocks();
  const before = new Accounts(db, clock, quickHash);
  await before.create('admin', 'administrator', 'chalk and slate', false);
  const whence = { address: '10.1.2.3', browser: 'Firefox 140 · Windows' };
  await before.signIn('admin', 'chalk and slate', whence);
  clock.wall += 90_000;
  clock.steady += 90_000;
  before.sessions.keep();
  const [seen] = before.sessions.list('admin');
  const later = { ...twoClocks(), now: () => clock.wall, steady: 7 };
  const after = new Accounts(db, { ...later, monotonic: () => later.steady });
  expect(after.sessions.list()).toEqual([{ ...seen, usedAt: 1_000_000 }]);
  later.steady += idleLimitMs;
  expect(after.sessions.list()).toEqual([]);
});

test('a file that is being fetched stops in the middle when the sign-in is ended', async () => {
  const here = await room();
  const url = `http://127.0.0.1:${here.port}`;
  const entered = await fetch(`${url}/rpc/account/signIn`, {
    method: 'POST',
    headers: { 'x-invigil': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ json: { account: 'admin', password: 'chalk and slate' } }),
  });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { ticket, size } = await here.files.offer('all.zip', new Uint8Array(64_000_000), 'admin');
  const answer = await fetch(`${url}/files/${ticket}`, { headers: { cookie } });
  const reader = answer.body?.getReader();
  let read = (await reader?.read())?.value?.length ?? 0;
  expect(read).toBeGreaterThan(0);
  await here.admin.signIn.endOthers();
  await expect(
    (async () => {
      for (let part = await reader?.read(); part?.done === false; part = await reader?.read())
        read += part.value.length;
    })(),
  ).rejects.toThrow('terminated');
  expect(read).toBeLessThan(size);
});
