import { expect, test } from 'vitest';
import { lin, refusal, room } from '../users/console.fixture.ts';
import { softAuthenticator } from './authenticator.fixture.ts';
import { challengeLifeMs } from './challenges.ts';
import { relyingPartyOf } from './relying-party.ts';

const password = 'chalk and slate';

/** The administrator's browser on localhost, with a passkey that was just made. */
async function withPasskey() {
  const here = await room();
  const admin = here.browser({}, 'localhost');
  await admin.account.signIn({ account: 'admin', password });
  const key = softAuthenticator(`http://localhost:${here.port}`);
  const registration = key.create(await admin.passkey.begin({ password }));
  await admin.passkey.add({ name: 'Blue key', registration });
  return { ...here, admin, key, registration, page: () => here.browser({}, 'localhost') };
}

test('a user signs in with a passkey instead of the password, and sees when it was used', async () => {
  const { admin, key, page, entries, clock } = await withPasskey();
  clock.wall += 5_000;
  const other = page();
  await other.passkey.signIn({ assertion: key.get(await other.passkey.signInOptions()) });
  expect((await other.account.me()).user?.account).toBe('admin');
  expect(await admin.passkey.list()).toEqual([
    { id: key.id, name: 'Blue key', host: 'localhost', createdAt: 1_000_000, usedAt: 1_005_000 },
  ]);
  expect(entries).toEqual([
    { kind: 'user-passkey-added', subject: 'user:admin', data: { passkey: key.id, by: 'admin' } },
  ]);
});

test('an answer counts once, for three minutes, and only for what was asked', async () => {
  const { admin, key, page, clock, registration } = await withPasskey();
  const other = page();
  const assertion = key.get(await other.passkey.signInOptions());
  await other.passkey.signIn({ assertion });
  expect(await refusal(page().passkey.signIn({ assertion }))).toBe('passkey-refused');
  expect(await refusal(admin.passkey.add({ name: 'again', registration }))).toBe('passkey-not-added');
  const late = key.get(await other.passkey.signInOptions());
  clock.steady += challengeLifeMs;
  expect(await refusal(page().passkey.signIn({ assertion: late }))).toBe('passkey-refused');
  const forAdding = key.get(await admin.passkey.begin({ password }));
  expect(await refusal(page().passkey.signIn({ assertion: forAdding }))).toBe('passkey-refused');
  const invented = key.get({ challenge: 'A'.repeat(43) });
  expect(await refusal(page().passkey.signIn({ assertion: invented }))).toBe('passkey-refused');
});

test.each([
  ['made for another page', { origin: 'http://localhost:1' }],
  ['made for another name', { rpId: 'elsewhere.example' }],
  ['without a check of who uses it', { unverified: true }],
  ['of a copied key, whose counter does not go on', { counter: 1 }],
  ['with the handle of another user', { userHandle: 'AAAA' }],
])('a passkey’s answer %s is refused', async (_, wrong) => {
  const { key, page } = await withPasskey();
  const other = page();
  const assertion = key.get(await other.passkey.signInOptions(), wrong);
  expect(await refusal(other.passkey.signIn({ assertion }))).toBe('passkey-refused');
  expect((await other.account.me()).user).toBeNull();
});

test('a signature of another key is refused, and a key that nobody has registered', async () => {
  const { key, page, port } = await withPasskey();
  const stranger = softAuthenticator(`http://localhost:${port}`);
  const other = page();
  const options = await other.passkey.signInOptions();
  const { userHandle } = key.get(options).response;
  const assertion = { ...stranger.get(options, { userHandle }), id: key.id, rawId: key.id };
  expect(await refusal(other.passkey.signIn({ assertion }))).toBe('passkey-refused');
  const unknown = stranger.get(await other.passkey.signInOptions(), { userHandle });
  expect(await refusal(other.passkey.signIn({ assertion: unknown }))).toBe('passkey-refused');
});

test('an open console is not enough to leave a key behind', async () => {
  const { admin } = await withPasskey();
  expect(await refusal(admin.passkey.begin({ password: 'a guess' }))).toBe('wrong-password');
});

test('a passkey that was begun by one user is not added to another', async () => {
  const here = await withPasskey();
  await here.admin.user.add(lin);
  const her = here.page();
  await her.account.signIn({ account: 'lin', password: lin.password });
  await her.account.changePassword({ current: lin.password, next: 'a new one of hers' });
  const key = softAuthenticator(`http://localhost:${here.port}`);
  const registration = key.create(await her.passkey.begin({ password: 'a new one of hers' }));
  expect(await refusal(here.admin.passkey.add({ name: 'x', registration }))).toBe('passkey-not-added');
  expect(await refusal(her.passkey.remove({ id: here.key.id }))).toBe('no-such-passkey');
});

test('a removed passkey opens nothing; a new password from an administrator removes them all, and switching off holds', async () => {
  const here = await withPasskey();
  await here.admin.user.add({ ...lin, account: 'second', role: 'administrator' });
  const second = here.page();
  await second.account.signIn({ account: 'second', password: lin.password });
  await second.account.changePassword({ current: lin.password, next: 'a new one of hers' });
  const tryIt = async () => {
    const page = here.page();
    return refusal(page.passkey.signIn({ assertion: here.key.get(await page.passkey.signInOptions()) }));
  };
  const own = { account: 'admin', name: '', phone: '', role: 'administrator' } as const;
  await second.user.change({ ...own, active: false });
  expect(await tryIt()).toBe('passkey-refused');
  await second.user.change({ ...own, active: true });
  expect(await tryIt()).toBe('done');
  await second.user.setPassword({ account: 'admin', password: 'taken over 1' });
  expect(here.accounts.passkeys.list('admin')).toEqual([]);
  expect(await tryIt()).toBe('passkey-refused');
});

test('where browsers have no passkeys, that is said', async () => {
  const here = await room();
  expect(await refusal(here.browser().passkey.signInOptions())).toBe('passkeys-not-here');
});

test('passkeys belong to localhost, or to a public name under HTTPS, and to nothing that a request invents', () => {
  const names = ['exam.example', '10.0.0.7'];
  expect(relyingPartyOf('localhost:7410', names)).toEqual({
    id: 'localhost',
    origin: 'http://localhost:7410',
  });
  expect(relyingPartyOf('exam.example', names)).toEqual({
    id: 'exam.example',
    origin: 'https://exam.example',
  });
  expect(relyingPartyOf('exam.example:8443', names)?.origin).toBe('https://exam.example:8443');
  for (const host of [
    '127.0.0.1:7410',
    '[::1]:7410',
    '10.0.0.7',
    'other.example',
    'x.exam.example',
    undefined,
  ])
    expect([host, relyingPartyOf(host, names)]).toEqual([host, null]);
});
