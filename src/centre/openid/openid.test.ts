import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refusal } from '../../node/users/console.fixture.ts';
import { isSafeIssuer } from './contract.ts';
import { flowLifeMs } from './flows.ts';
import {
  centreConsole,
  clientSecret,
  lyingProvider,
  realProvider,
  setUp,
  type Browser,
  type TestConsole,
} from './openid.fixture.ts';

function addressOf(begun: Awaited<ReturnType<Browser['begin']>>): string {
  if (!('address' in begun)) throw new Error(`refused: ${JSON.stringify(begun)}`);
  return String(begun.address);
}

async function withReal(here: TestConsole) {
  const provider = await realProvider(`${here.origin}/openid/callback`);
  await here.admin.openId.save(setUp(provider.issuer));
  return provider;
}

async function withLying(here: TestConsole) {
  const provider = await lyingProvider();
  await here.admin.openId.save(setUp(provider.issuer));
  await here.admin.openId.allow({ account: 'lin', alone: false });
  /** What a browser is told that comes back with this answer. */
  const told = async (more: Record<string, string> = {}) => {
    const browser = here.browser();
    const back = provider.answer(addressOf(await browser.begin()), more);
    await browser.fetch(back);
    const { outcome } = await browser.state();
    return outcome?.refusal?.type ?? (await browser.who());
  };
  return { ...provider, told };
}

test('whoever is allowed signs in with the provider, into the same kind of session, and is bound on first use', async () => {
  const here = await centreConsole();
  const provider = await withReal(here);
  const browser = here.browser();
  const enter = async (name: string, place = '#/') =>
    browser.fetch(await provider.signIn(addressOf(await browser.begin('sign-in', place)), name));
  await enter('lin');
  expect((await browser.state()).outcome?.refusal).toEqual({ type: 'openid-not-allowed', account: 'lin' });
  expect(await browser.who()).toBeNull();
  await here.admin.openId.allow({ account: 'lin', alone: false });
  const back = await enter('lin', '#/support/p1/S1');
  expect([back.status, back.headers.get('location')]).toEqual([303, '/#/support/p1/S1']);
  expect(await browser.who()).toBe('lin');
  const session = [...browser.jar].find(([name]) => name.startsWith('invigil-session'))?.[1];
  expect(session?.attributes).toMatch(/HttpOnly/);
  expect(session?.attributes).toMatch(/SameSite=Strict/);
  expect([...browser.jar.keys()].filter((name) => name.includes('openid'))).toEqual([]);
  expect((await browser.rpc().signIn.list()).map(({ address }) => address)).toEqual(['127.0.0.1']);
  const access = (await here.admin.openId.get()).people.find(({ account }) => account === 'lin')?.access;
  expect(access).toMatchObject({ alone: false, boundAt: here.test.centre.node.clock.now() });
  await enter('lin');
  expect(here.entries(/openid/)).toEqual([
    {
      kind: 'openid-provider-set',
      subject: 'centre',
      data: {
        issuer: provider.issuer,
        clientId: 'invigil',
        claim: 'preferred_username',
        match: 'account',
        by: 'admin',
      },
    },
    { kind: 'user-openid-allowed', subject: 'user:lin', data: { alone: false, by: 'admin' } },
    { kind: 'user-openid-bound', subject: 'user:lin', data: { issuer: provider.issuer, by: 'lin' } },
  ]);
});

test('nobody gets an account by coming: no such name, switched off, another person than the one who is bound', async () => {
  const here = await centreConsole();
  const { told, lie } = await withLying(here);
  expect(await told()).toBe('lin');
  lie.token = (right) => ({ ...right, sub: 'person-2' });
  expect(await told()).toBe('openid-other-person');
  await here.admin.openId.release({ account: 'lin' });
  expect(await told()).toBe('lin');
  // The bound one is known by the subject, whatever the name is now.
  lie.token = (right) => ({ ...right, sub: 'person-2', preferred_username: 'admin' });
  expect(await told()).toBe('lin');
  lie.token = (right) => ({ ...right, sub: 'person-3', preferred_username: 'nobody' });
  expect(await told()).toBe('openid-no-account');
  lie.token = (right) => ({ ...right, sub: 'person-2' });
  const { name, phone, role } = { name: '', phone: '', role: 'operator' as const };
  await here.admin.user.change({ account: 'lin', name, phone, role, active: false });
  expect(await told()).toBe('openid-account-off');
  expect((await here.admin.user.list()).map(({ account }) => account)).toEqual(['admin', 'lin']);
});

test('who comes with one name after the other is held off like somebody who guesses passwords, and it is in the journal', async () => {
  const here = await centreConsole();
  const { told, lie } = await withLying(here);
  for (let i = 0; i < 30; i++) {
    lie.token = (right) => ({ ...right, sub: `person-${i}`, preferred_username: `name-${i}` });
    expect(await told()).toBe('openid-no-account');
  }
  expect(await told()).toBe('too-many-tries');
  await expect.poll(() => here.entries(/guessing/)).toHaveLength(1);
});

test('an answer or a token that is not the right one signs nobody in, and it is said why', async () => {
  const here = await centreConsole();
  const { told, lie } = await withLying(here);
  const cases: [string, Record<string, unknown>, Record<string, string>, string][] = [
    ['for another sign-in', {}, { state: 'x'.repeat(43) }, 'openid-answer-not-ours'],
    ['in another issuer’s name', {}, { iss: 'https://elsewhere.example' }, 'openid-answer-not-ours'],
    ['cancelled', {}, { error: 'access_denied' }, 'openid-cancelled'],
    ['refused there', {}, { error: 'server_error' }, 'openid-provider-refused'],
    ['token for another sign-in', { nonce: 'of another one' }, {}, 'openid-answer-not-ours'],
    ['token of another issuer', { iss: 'https://elsewhere.example' }, {}, 'openid-answer-not-ours'],
    ['token for another client', { aud: 'another' }, {}, 'openid-answer-not-ours'],
    ['token of long ago', { exp: 1_700_000_000, iat: 1_699_999_000 }, {}, 'openid-clock-off'],
    ['token of the future', { iat: 4_000_000_000, nbf: 4_000_000_000 }, {}, 'openid-clock-off'],
    ['token without the claim', { preferred_username: undefined }, {}, 'openid-claim-missing'],
  ];
  for (const [what, claims, parameters, expected] of cases) {
    lie.token = (right) => ({ ...right, ...claims });
    expect([what, await told(parameters)]).toEqual([what, expected]);
  }
});

test('a token that the provider has not signed is refused, and a wrong secret is said', async () => {
  const here = await centreConsole();
  const { told, lie } = await withLying(here);
  lie.foreignKey = true;
  expect(await told()).toBe('openid-answer-not-ours');
  lie.foreignKey = false;
  lie.tokenStatus = 401;
  expect(await told()).toBe('openid-wrong-secret');
});

test('an answer counts once, in the browser that asked, for a quarter of an hour', async () => {
  const here = await centreConsole();
  const provider = await withReal(here);
  await here.admin.openId.allow({ account: 'lin', alone: false });
  const browser = here.browser();
  const back = await provider.signIn(addressOf(await browser.begin()), 'lin');
  // Somebody lures another browser to it: nobody is signed in there, and nothing is used up.
  const lured = here.browser();
  await lured.fetch(back);
  expect((await lured.state()).outcome?.refusal?.type).toBe('openid-not-asked');
  // A browser with a sign-in of its own that gets the answer of this one.
  const mixed = here.browser();
  await mixed.begin();
  await mixed.fetch(back);
  expect((await mixed.state()).outcome?.refusal?.type).toBe('openid-answer-not-ours');
  expect([await lured.who(), await mixed.who()]).toEqual([null, null]);
  const cookie = new Map(browser.jar);
  await browser.fetch(back);
  expect(await browser.who()).toBe('lin');
  const again = here.browser();
  for (const [name, value] of cookie) again.jar.set(name, value);
  await again.fetch(back);
  expect((await again.state()).outcome?.refusal?.type).toBe('openid-not-asked');
  expect(await again.who()).toBeNull();
  const late = here.browser();
  const tooLate = await provider.signIn(addressOf(await late.begin()), 'lin');
  here.test.pass(flowLifeMs);
  await late.fetch(tooLate);
  expect((await late.state()).outcome?.refusal?.type).toBe('openid-not-asked');
});

test('cancelled at the real provider: nobody is signed in, and it is said once', async () => {
  const here = await centreConsole();
  const provider = await withReal(here);
  const browser = here.browser();
  await browser.fetch(await provider.cancel(addressOf(await browser.begin())));
  expect((await browser.state()).outcome).toEqual({
    purpose: 'sign-in',
    refusal: { type: 'openid-cancelled' },
    tried: null,
  });
  expect((await browser.state()).outcome).toBeNull();
});

test('nobody is sent from here to another address', async () => {
  const here = await centreConsole();
  await withLying(here);
  for (const place of [
    'https://elsewhere.example/',
    '//elsewhere.example',
    '#//elsewhere.example\r\nset-cookie: x',
    '/elsewhere',
    '#elsewhere',
  ])
    expect([place, await here.browser().begin('sign-in', place)]).toEqual([place, { type: 'bad-request' }]);
});

test('trying it says who would come in, and signs nobody in; only an administrator may', async () => {
  const here = await centreConsole();
  const provider = await withReal(here);
  expect(await here.browser().begin('try')).toEqual({ type: 'not-allowed' });
  const { adminBrowser } = here;
  const tried = async (name: string) => {
    const back = await provider.signIn(addressOf(await adminBrowser.begin('try', '#/system/openid')), name);
    expect((await adminBrowser.fetch(back)).headers.get('location')).toBe('/#/system/openid');
    return (await adminBrowser.state()).outcome;
  };
  expect((await tried('lin'))?.refusal).toEqual({ type: 'openid-not-allowed', account: 'lin' });
  await here.admin.openId.allow({ account: 'lin', alone: false });
  expect(await tried('lin')).toEqual({
    purpose: 'try',
    refusal: null,
    tried: { name: 'lin', account: 'lin', bound: false },
  });
  expect(await adminBrowser.who()).toBe('admin');
  expect((await here.admin.openId.get()).people.map(({ access }) => access?.boundAt ?? null)).toEqual([
    null,
    null,
  ]);
});

test('trying it says what is wrong: nobody there, another issuer, no provider, an address that is not registered, a wrong secret', async () => {
  const here = await centreConsole();
  const provider = await withReal(here);
  const lying = await lyingProvider();
  const begun = async (more: Parameters<typeof setUp>[1] & { secret?: string }) => {
    await here.admin.openId.save({ ...setUp(provider.issuer), ...more });
    return here.adminBrowser.begin('try', '#/system/openid');
  };
  expect(await begun({ issuer: 'http://127.0.0.1:9' })).toMatchObject({
    type: 'openid-unreachable',
    host: '127.0.0.1:9',
  });
  lying.lie.configuration = { issuer: 'https://another.example' };
  expect(await begun({ issuer: lying.issuer })).toEqual({
    type: 'openid-issuer-differs',
    issuer: lying.issuer,
    found: 'https://another.example',
  });
  expect(await begun({ issuer: `${provider.issuer}/elsewhere` })).toMatchObject({
    type: 'openid-no-provider',
  });
  expect(await begun({ clientId: 'unknown' })).toMatchObject({ type: 'openid-no-such-client' });
  const address = addressOf(await begun({ secret: 'not the right one' }));
  await here.adminBrowser.fetch(await provider.signIn(address, 'lin'));
  expect((await here.adminBrowser.state()).outcome?.refusal).toEqual({ type: 'openid-wrong-secret' });
  // Opened under another name than the registered one.
  const port = new URL(here.origin).port;
  await here.admin.openId.save(setUp(provider.issuer));
  const elsewhere = await fetch(`http://localhost:${port}/openid/begin`, {
    method: 'POST',
    headers: {
      'x-invigil': '1',
      'content-type': 'application/json',
      cookie: [...here.adminBrowser.jar].map(([name, { value }]) => `${name}=${value}`).join('; '),
    },
    body: JSON.stringify({ purpose: 'try', place: '#/' }),
  });
  expect(await elsewhere.json()).toEqual({
    type: 'openid-address-not-registered',
    address: `http://localhost:${port}/openid/callback`,
  });
});

test('a provider that goes away in the middle signs nobody in; passwords work on', async () => {
  const here = await centreConsole();
  const provider = await withReal(here);
  await here.admin.openId.allow({ account: 'lin', alone: false });
  const browser = here.browser();
  const back = await provider.signIn(addressOf(await browser.begin()), 'lin');
  await provider.stop();
  await browser.fetch(back);
  expect((await browser.state()).outcome?.refusal?.type).toBe('openid-unreachable');
  await browser.rpc().account.signIn({ account: 'lin', password: 'window seat 4' });
  expect(await browser.who()).toBe('lin');
});

test('a provider that is away is not asked by everybody who presses the button', async () => {
  const here = await centreConsole();
  const provider = await lyingProvider();
  provider.lie.configuration = { issuer: 'https://another.example' };
  await here.admin.openId.save(setUp(provider.issuer));
  await Promise.all(Array.from({ length: 20 }, () => here.browser().begin()));
  await here.browser().begin();
  expect(provider.lie.asked).toBe(1);
  here.test.pass(5_000);
  await here.browser().begin();
  expect(provider.lie.asked).toBe(2);
});

test('an account for the provider alone: no password and no first password any more, and never the last administrator’s', async () => {
  const here = await centreConsole();
  const { told } = await withLying(here);
  const { accounts } = here.test.centre.node;
  const hers = here.browser();
  await hers.rpc().account.signIn({ account: 'lin', password: 'window seat 4' });
  await here.admin.openId.allow({ account: 'lin', alone: true });
  expect(await hers.who()).toBeNull();
  const signIn = () =>
    refusal(here.browser().rpc().account.signIn({ account: 'lin', password: 'window seat 4' }));
  expect(await signIn()).toBe('openid-alone');
  // Who does not know the password learns nothing of that.
  expect(await refusal(here.browser().rpc().account.signIn({ account: 'lin', password: 'a guess' }))).toBe(
    'wrong-password',
  );
  await accounts.givePassword('lin', 'told to her 1');
  expect(await told()).toBe('lin');
  expect(accounts.find('lin')?.mustChangePassword).toBe(false);
  expect(await refusal(here.admin.openId.allow({ account: 'admin', alone: true }))).toBe('own-account');
  const asUser = async (account: string) => {
    await here.account(account, 'administrator');
    return here.signedIn(account).rpc();
  };
  const second = await asUser('second');
  await second.openId.allow({ account: 'admin', alone: true });
  // The one who is left is the only one who can come in without the provider.
  const admin = here.signedIn('admin').rpc();
  expect(await refusal(admin.openId.allow({ account: 'second', alone: true }))).toBe('openid-last-password');
  expect(await refusal(admin.user.remove({ account: 'second' }))).toBe('last-administrator');
  expect(await refusal(admin.openId.remove())).toBe('openid-needed');
});

test('by e-mail: it must be one account’s, and confirmed at the provider', async () => {
  const here = await centreConsole();
  const { told, lie, issuer } = await withLying(here);
  const { accounts } = here.test.centre.node;
  await here.admin.openId.save(setUp(issuer, { claim: 'email', match: 'email' }));
  lie.token = (right) => ({ ...right, email: 'Lin@School.example' });
  expect(await told()).toBe('openid-no-account');
  accounts.setEmail('lin', 'lin@school.example');
  accounts.setEmail('admin', 'LIN@school.example');
  expect(await told()).toBe('openid-ambiguous');
  accounts.setEmail('admin', '');
  lie.token = (right) => ({ ...right, email: 'lin@school.example', email_verified: false });
  expect(await told()).toBe('openid-email-not-verified');
  lie.token = (right) => ({ ...right, email: 'lin@school.example', email_verified: true });
  expect(await told()).toBe('lin');
});

test('the secret is never shown, written down or kept in clear; without a new one it stays', async () => {
  const here = await centreConsole();
  const provider = await withReal(here);
  expect(await refusal(here.browser().rpc().openId.get())).toBe('sign-in-needed');
  const view = await here.admin.openId.save({ ...setUp(provider.issuer), secret: null, label: '教育局' });
  expect(JSON.stringify(view)).not.toContain(clientSecret);
  expect((await here.browser().state()).label).toBe('教育局');
  await here.admin.openId.allow({ account: 'lin', alone: false });
  const browser = here.browser();
  await browser.fetch(await provider.signIn(addressOf(await browser.begin()), 'lin'));
  expect(await browser.who()).toBe('lin');
  const { folder } = here.test;
  for (const file of readdirSync(folder).filter((name) => /\.db/.test(name)))
    expect([file, readFileSync(join(folder, file)).includes(clientSecret)]).toEqual([file, false]);
  await here.admin.openId.remove();
  expect(await here.browser().begin()).toEqual({ type: 'openid-not-set-up' });
  expect(await refusal(here.admin.openId.save({ ...setUp(provider.issuer), secret: null }))).toBe(
    'openid-secret-missing',
  );
});

test('an issuer is https, or on this computer', () => {
  for (const good of ['https://login.example/realms/exam', 'http://127.0.0.1:8080', 'http://localhost/x'])
    expect([good, isSafeIssuer(good)]).toEqual([good, true]);
  for (const bad of [
    'http://login.example',
    'https://a:b@login.example',
    'https://login.example/?x=1',
    'x',
    'file:///x',
  ])
    expect([bad, isSafeIssuer(bad)]).toEqual([bad, false]);
});
