import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, expect, test } from 'vitest';
import { normaliseReadable } from '../../base/bytes.ts';
import { expectOk } from '../../base/result.ts';
import { Accounts } from '../../node/accounts.ts';
import { guardOperation, type OperationContext } from '../../node/operations.ts';
import { quickHash, refusal } from '../../node/users/console.fixture.ts';
import { codeGoodMs } from '../../node/users/password-codes.ts';
import { openTestCentre, type TestCentre } from '../centre.fixture.ts';
import { mailPassword, mailServer } from '../mail/mail.fixture.ts';
import { mailOperations } from '../mail/operations.ts';
import { Postman } from '../mail/postman.ts';
import { keepServer } from '../mail/settings.ts';
import { forgottenPasswordOperations } from './operations.ts';

const minute = 60_000;
const old = 'chalk and slate';
const next = 'window seat 4';
const open: TestCentre[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function centreWhereOneForgot(language = 'en') {
  const test = await openTestCentre('file');
  open.push(test);
  const { centre } = test;
  // As quick as a test needs it; otherwise the same accounts.
  const node = { ...centre.node, accounts: new Accounts(centre.node.db, centre.node.clock, quickHash) };
  const { accounts } = node;
  const here = { ...centre, node };
  const server = await mailServer({ login: true });
  await keepServer(node, server.at, mailPassword);
  for (const name of ['lin', 'ann']) expectOk(await accounts.create(name, 'operator', old, false));
  accounts.setEmail('lin', 'lin@school.example');
  accounts.setMailWishes('lin', { events: [], language });
  const fail = (error: unknown): never => {
    throw error;
  };
  const postman = () => new Postman(here, fail);
  const from = (address = '10.0.0.1', account = '-') => {
    const context = {
      user: account === '-' ? null : { ...accounts.find(account) },
      account,
      accounts,
      whence: { address, browser: '' },
    } as unknown as OperationContext;
    const router = { forgotten: forgottenPasswordOperations(here), mail: mailOperations(here) };
    return createRouterClient(router, { context, interceptors: [(call) => refusedAsData(call)] });
  };
  const signIn = (password: string, name = 'lin') =>
    accounts.signIn(name, password, { address: '10.0.0.9', browser: '' });
  /** Asks, and reads the code out of the message. */
  const code = async (address?: string): Promise<string> => {
    await from(address).forgotten.ask({ account: 'lin' });
    await postman().tick();
    return codeIn(server.taken.at(-1)?.text);
  };
  const mails = () => centre.db.selectFrom('mail').selectAll().orderBy('created_at').orderBy('id').execute();
  const entries = () =>
    node.journal
      .after(0, 1_000)
      .map(({ header }) => JSON.parse(header) as { kind: string; subject: string; data: object })
      .filter(({ kind }) => /^user-password-(code|reset)/.test(kind));
  return { test, here, node, accounts, server, postman, from, signIn, code, mails, entries };
}

/** As the web server does it. */
function refusedAsData({ next: go }: { next: () => Promise<unknown> }): Promise<unknown> {
  const procedure = { '~orpc': { meta: { roles: ['everyone'] } } };
  return guardOperation({ context: { user: null } as OperationContext, path: [], procedure, next: go });
}

function codeIn(text = ''): string {
  return /^ {4}(\S+)$/m.exec(text)?.[1] ?? 'none';
}

test('the whole way: a code by e-mail opens the account once, everybody else is signed out, and the owner is told', async () => {
  const at = await centreWhereOneForgot();
  const elsewhere = expectOk(await at.signIn(old));
  const annsToo = expectOk(await at.signIn(old, 'ann'));
  const code = await at.code();
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  expect(at.server.taken.map(({ to, subject }) => [to, subject])).toEqual([
    ['lin@school.example', 'Invigil CENTRE: code for a new password'],
  ]);
  // Typed as people do: small letters, without dashes, o for 0.
  const typed = code.replaceAll('-', '').toLowerCase().replaceAll('0', 'o');
  await at.from().forgotten.set({ account: 'LIN', code: typed, next });
  expect(at.accounts.user(elsewhere.token)).toBeNull();
  expect(at.accounts.user(annsToo.token)?.account).toBe('ann');
  expect((await at.signIn(old)).ok).toBe(false);
  expect((await at.signIn(next)).ok).toBe(true);
  await at.postman().tick();
  expect(at.server.taken.map(({ to, subject }) => [to, subject]).at(-1)).toEqual([
    'lin@school.example',
    'Invigil CENTRE: your password was changed',
  ]);
  expect(await refusal(at.from().forgotten.set({ account: 'lin', code, next: 'another seat 5' }))).toBe(
    'password-code-wrong',
  );
  // That its owner was told is a message of the same moment.
  const sent = (await at.mails()).map(({ id }) => id);
  expect(at.entries().map(({ kind, subject, data }) => [kind, subject, data])).toEqual([
    ['user-password-code-sent', 'user:lin', { mail: expect.toBeOneOf(sent), from: '10.0.0.1' }],
    ['user-password-reset', 'user:lin', { ended: 1, from: '10.0.0.1' }],
  ]);
});

test('a code stands nowhere in the data folder, and no password', async () => {
  const at = await centreWhereOneForgot();
  const code = await at.code();
  const inFiles = (words: string): string[] =>
    readdirSync(at.test.folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
      .filter((path) => readFileSync(path).includes(words));
  expect(inFiles('lin@school.example')).not.toEqual([]);
  for (const words of [code, normaliseReadable(code), code.toLowerCase()]) expect(inFiles(words)).toEqual([]);
  await at.from().forgotten.set({ account: 'lin', code, next });
  for (const words of [code, normaliseReadable(code), next]) expect(inFiles(words)).toEqual([]);
  expect(code.replaceAll('-', '').length * 5).toBeGreaterThanOrEqual(50);
});

test('who asks for an account that is not there, is switched off, has no address, or is for the sign-in service alone hears the same, and nothing is sent', async () => {
  const at = await centreWhereOneForgot();
  for (const name of ['off', 'alone']) {
    expectOk(await at.accounts.create(name, 'operator', old, false));
    at.accounts.setEmail(name, `${name}@school.example`);
  }
  at.accounts.change('off', { role: 'operator', name: '', phone: '', active: false, limit: null });
  at.accounts.openId.allow('alone', true);
  const names = ['lin', 'nobody', 'off', 'alone', 'ann'];
  const answers: unknown[] = [];
  const tries: string[] = [];
  for (const account of names) {
    answers.push(await at.from().forgotten.ask({ account }));
    tries.push(await refusal(at.from().forgotten.set({ account, code: 'AAAA-AAAA-AAAA', next })));
  }
  expect(answers).toEqual(names.map(() => ({})));
  expect(tries).toEqual(names.map(() => 'password-code-wrong'));
  // The same was written for each of them: one row to be looked at later, and nothing in the journal.
  expect((await at.mails()).map(({ account }) => account).toSorted()).toEqual(['', '', '', '', 'lin']);
  expect(at.entries()).toEqual([]);
  expect((await at.from('', 'ann').mail.get()).unsent.map(({ account }) => account)).toEqual(['lin']);
  await at.postman().tick();
  expect(at.server.taken.map(({ to }) => to)).toEqual(['lin@school.example']);
  expect((await at.mails()).map(({ account }) => account)).toEqual(['lin']);
});

test('what is typed as account by mistake is not kept', async () => {
  const at = await centreWhereOneForgot();
  await at.from().forgotten.ask({ account: 'my secret password' });
  expect(JSON.stringify(await at.mails())).not.toContain('secret');
});

test('five wrong tries, a newer request, a sign-in, half an hour, another address and another password each void a code', async () => {
  const at = await centreWhereOneForgot();
  const set = (code: string, address: string) =>
    refusal(at.from(address).forgotten.set({ account: 'lin', code, next }));
  const voided = async (how: (address: string) => unknown, address: string) => {
    const code = await at.code(address);
    await how(address);
    return set(code, address);
  };
  const wrongTries = (count: number) => async (address: string) => {
    for (let i = 0; i < count; i++)
      expect(await set('AAAA-AAAA-AAAA', `${address}${i}`)).toBe('password-code-wrong');
  };
  const wrong = 'password-code-wrong';
  expect(await voided(wrongTries(5), '10.1.0.')).toBe(wrong);
  expect(await voided((address) => at.from(address).forgotten.ask({ account: 'lin' }), '10.2.0.1')).toBe(
    wrong,
  );
  expect(await voided(async () => expectOk(await at.signIn(old)), '10.3.0.1')).toBe(wrong);
  expect(await voided(() => at.test.pass(codeGoodMs), '10.4.0.1')).toBe(wrong);
  expect(await voided(() => at.accounts.setEmail('lin', 'other@school.example'), '10.5.0.1')).toBe(wrong);
  expect(await voided(() => at.accounts.changePassword('lin', old, 'a third one 3', null), '10.6.0.1')).toBe(
    wrong,
  );
  // None of that: right at the last moment, after four wrong ones.
  const code = await at.code('10.7.0.1');
  await wrongTries(4)('10.7.1.');
  at.test.pass(codeGoodMs - 1);
  expect(await set(code, '10.7.0.1')).toBe('done');
});

test('an account that is switched off or given to the sign-in service meanwhile is not opened by its code', async () => {
  const at = await centreWhereOneForgot();
  const first = await at.code();
  at.accounts.openId.allow('lin', true);
  expect(await refusal(at.from().forgotten.set({ account: 'lin', code: first, next }))).toBe(
    'password-code-wrong',
  );
  at.accounts.openId.allow('lin', false);
  const second = await at.code();
  const person = { role: 'operator', name: '', phone: '', limit: null } as const;
  at.accounts.change('lin', { ...person, active: false });
  at.accounts.change('lin', { ...person, active: true });
  expect(await refusal(at.from().forgotten.set({ account: 'lin', code: second, next }))).toBe(
    'password-code-wrong',
  );
  // Nor is one that is made anew under its name.
  const third = await at.code();
  at.accounts.remove('lin');
  expectOk(await at.accounts.create('lin', 'operator', old, false));
  at.accounts.setEmail('lin', 'lin@school.example');
  expect(await refusal(at.from().forgotten.set({ account: 'lin', code: third, next }))).toBe(
    'password-code-wrong',
  );
});

test('a new password keeps to the usual rules, and one that does not uses up neither code nor try', async () => {
  const at = await centreWhereOneForgot();
  const code = await at.code();
  for (const [bad, type] of [
    ['short', 'password-too-short'],
    ['12345678', 'password-too-common'],
  ] as const)
    for (let i = 0; i < 4; i++)
      expect(await refusal(at.from().forgotten.set({ account: 'lin', code, next: bad }))).toBe(type);
  expect(await refusal(at.from().forgotten.set({ account: 'lin', code, next }))).toBe('done');
});

test('asking and trying are both held off by account and by address, alike for accounts that are not there, and the sign-in is not', async () => {
  const at = await centreWhereOneForgot();
  for (const account of ['lin', 'nobody']) {
    const address = `10.8.0.${account.length}`;
    const asked: string[] = [];
    const tried: string[] = [];
    for (let i = 0; i < 6; i++) {
      asked.push(await refusal(at.from(address).forgotten.ask({ account })));
      tried.push(await refusal(at.from(address).forgotten.set({ account, code: `AAAA-AAAA-AAA${i}`, next })));
    }
    expect(asked).toEqual([...Array.from({ length: 5 }, () => 'done'), 'too-many-tries']);
    expect(tried).toEqual([...Array.from({ length: 5 }, () => 'password-code-wrong'), 'too-many-tries']);
    // From everywhere: an account gets no more than ten messages before it waits.
    for (let i = 0; i < 5; i++)
      expect(await refusal(at.from(`10.9.${i}.1`).forgotten.ask({ account }))).toBe('done');
    expect(await refusal(at.from('10.9.9.1').forgotten.ask({ account }))).toBe('too-many-tries');
  }
  // One address that tries many names.
  for (let i = 0; i < 30; i++) await at.from('10.10.0.1').forgotten.ask({ account: `name${i}` });
  expect(await refusal(at.from('10.10.0.1').forgotten.ask({ account: 'name99' }))).toBe('too-many-tries');
  expect((await at.accounts.signIn('lin', old, { address: '10.8.0.3', browser: '' })).ok).toBe(true);
});

test('a mail server that is away and comes back: the message goes then, with a code that is good from then on; what was voided meanwhile does not', async () => {
  const at = await centreWhereOneForgot();
  await at.server.close();
  await at.from().forgotten.ask({ account: 'lin' });
  await at.postman().tick();
  expect((await at.mails()).map(({ state, tries }) => [state, tries])).toEqual([['waiting', 1]]);
  at.test.pass(codeGoodMs + minute);
  const back = await mailServer({ login: true, port: at.server.at.port });
  await keepServer(at.node, back.at, null);
  await at.postman().tick();
  expect(back.taken).toHaveLength(1);
  await back.close();
  const code = codeIn(back.taken[0]?.text);
  // A second one is asked for, and not needed any more before it could go.
  await at.from().forgotten.ask({ account: 'lin' });
  await at.postman().tick();
  expectOk(await at.signIn(old));
  const again = await mailServer({ login: true, port: at.server.at.port });
  await keepServer(at.node, again.at, null);
  at.test.pass(2 * minute);
  await at.postman().tick();
  expect(again.taken).toEqual([]);
  expect((await at.mails()).map(({ state }) => state)).toEqual(['sent']);
  expect(await refusal(at.from().forgotten.set({ account: 'lin', code, next }))).toBe('password-code-wrong');
});

test('killed after the server took the message and before that was noted: another code goes, and the newest one alone is good', async () => {
  const at = await centreWhereOneForgot();
  await at.from().forgotten.ask({ account: 'lin' });
  at.server.does.saysNothing = true;
  const gone = at.postman().tick();
  while (at.server.taken.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  at.server.does.saysNothing = false;
  at.test.pass(5 * minute);
  await at.postman().tick();
  const [first, second] = at.server.taken;
  expect(at.server.taken).toHaveLength(2);
  // Else a mailbox may keep the old one alone.
  expect(first?.id).not.toBe(second?.id);
  const set = (text: string | undefined) =>
    refusal(at.from().forgotten.set({ account: 'lin', code: codeIn(text), next }));
  expect(await set(first?.text)).toBe('password-code-wrong');
  expect(await set(second?.text)).toBe('done');
  await at.server.close();
  await gone;
});

test('a code outlives a restart of the program, with the tries that were made at it', async () => {
  const at = await centreWhereOneForgot();
  const code = await at.code();
  for (let i = 0; i < 4; i++)
    await refusal(at.from(`10.0.1.${i}`).forgotten.set({ account: 'lin', code: 'AAAA-AAAA-AAAA', next }));
  const after = new Accounts(at.node.db, at.node.clock, quickHash);
  const set = (typed: string) =>
    after.setForgottenPassword('lin', typed, next, { address: '10.0.2.1', browser: '' });
  expect((await set('AAAA-AAAA-AAAB')).ok).toBe(false);
  expect((await set(code)).ok).toBe(false);
  const another = await at.code();
  const once = new Accounts(at.node.db, at.node.clock, quickHash);
  expectOk(await once.setForgottenPassword('lin', another, next, { address: '10.0.2.1', browser: '' }));
});

test('without a mail server nothing is asked for, whoever it is', async () => {
  const at = await centreWhereOneForgot();
  at.node.settings.remove('mail-server');
  for (const account of ['lin', 'nobody'])
    expect(await refusal(at.from().forgotten.ask({ account }))).toBe('forgotten-no-mail');
  expect(await at.mails()).toEqual([]);
});

test.each([
  ['zh', 'Invigil CENTRE：重设密码验证码', 'Invigil CENTRE：您的密码已修改'],
  ['ru', 'Invigil CENTRE: код для нового пароля', 'Invigil CENTRE: ваш пароль изменён'],
])('messages are in the language of the account: %s', async (language, subject, changed) => {
  const at = await centreWhereOneForgot(language);
  const code = await at.code();
  await at.from().forgotten.set({ account: 'lin', code, next });
  await at.postman().tick();
  expect(at.server.taken.map((mail) => mail.subject)).toEqual([subject, changed]);
  expect(at.server.taken.map(({ text }) => /\{\w+/.test(text))).toEqual([false, false]);
});

test('whoever sets the mail server or an address has the accounts that get codes there in hand for a day', async () => {
  const at = await centreWhereOneForgot();
  const admin = at.from('', 'ann').mail;
  const server = { ...at.server.at, host: 'localhost' };
  await admin.save({ ...server, password: mailPassword });
  expect(at.accounts.given.all().map(({ account, by }) => [account, by])).toEqual([['lin', 'ann']]);
  at.test.pass(minute);
  // Only a name in the messages: they go where they went.
  await admin.save({ ...server, consoleAddress: 'https://other.example', password: null });
  expect(at.accounts.given.all().map(({ at: when }) => when)).toEqual([at.node.clock.now() - minute]);
});
