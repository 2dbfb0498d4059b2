import { expect, test } from 'vitest';
import { deliver } from './deliver.ts';
import { mailPassword, mailServer } from './mail.fixture.ts';
import type { KnownServer } from './settings.ts';

const message = { id: 'abc', to: 'lin@school.example', subject: 'Проверка · 测试', text: 'Алматы\n考点' };
const known = (
  at: Awaited<ReturnType<typeof mailServer>>['at'],
  more: Partial<KnownServer> = {},
): KnownServer => ({
  ...at,
  password: at.user === '' ? '' : mailPassword,
  ...more,
});

/** @returns type of the refusal, with its details behind it. */
async function said(server: KnownServer): Promise<string> {
  const done = await deliver(server, 'Invigil CENTRE', message);
  if (done.ok) return 'sent';
  const { type, ...details } = done.refusal;
  return `${type} ${JSON.stringify(details)}`;
}

test.each(['tls', 'starttls'] as const)(
  'a message goes by %s after a log-in, as it was written',
  async (security) => {
    const { at, taken } = await mailServer({ security, login: true });
    expect(await said(known(at))).toBe('sent');
    expect(taken).toMatchObject([
      {
        from: 'invigil@exam.example',
        to: 'lin@school.example',
        user: 'invigil',
        id: '<abc@exam.example>',
        subject: message.subject,
      },
    ]);
    expect(taken[0]?.text.trim()).toBe(message.text);
    expect(taken[0]?.raw).toMatch(/auto-submitted: auto-generated/i);
  },
);

test('what a server refuses is said precisely', async () => {
  const { at, does, taken } = await mailServer({ security: 'starttls', login: true });
  const right = known(at);
  expect(await said({ ...right, password: 'a guess' })).toMatch(/^mail-login-refused .*credentials invalid/);
  expect(await said({ ...right, authority: '' })).toMatch(/^mail-certificate .*127\.0\.0\.1/);
  does.refusesSender = true;
  expect(await said(right)).toMatch(/^mail-sender-refused .*not owned/);
  does.refusesSender = false;
  does.refusesAddress = 550;
  expect(await said(right)).toMatch(/^mail-address-refused .*No such user.*"final":true/);
  does.refusesAddress = 451;
  expect(await said(right)).toMatch(/^mail-address-refused .*"final":false/);
  does.refusesAddress = null;
  does.refusesMessage = true;
  expect(await said(right)).toMatch(/^mail-refused .*spam/);
  does.refusesMessage = false;
  does.breaksOff = true;
  expect(await said(right)).toMatch(/^mail-cannot-connect /);
  expect(taken).toEqual([]);
});

test('nobody there, no STARTTLS, no mail server: each has its word', async () => {
  const { at, close } = await mailServer({ security: 'starttls', offersStartTls: false });
  expect(await said(known(at))).toMatch(/^mail-no-starttls /);
  expect(await said(known(at, { security: 'tls' }))).toMatch(/^mail-cannot-connect /);
  // By its name as well as by its address: both are in its certificate.
  const named = await mailServer({ security: 'tls' });
  expect(await said(known(named.at, { host: 'localhost' }))).toBe('sent');
  await close();
  expect(await said(known(at))).toMatch(/^mail-cannot-connect .*ECONNREFUSED/);
  expect(await said(known(at, { host: 'nobody.invalid' }))).toMatch(/^mail-cannot-connect /);
});
