/**
 * An administrator sets the authority's sign-in service up, tries it, and signs in with it: in a real browser, whose rules for cookies and pages decide
 * whether anybody comes back. The service has another site than the centre: `127.0.0.1`, and the centre is opened as `localhost`. Then the
 * password is forgotten.
 */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { clientSecret, realProvider } from '../../src/centre/openid/openid.fixture.ts';
import { mailServer } from '../../src/centre/mail/mail.fixture.ts';
import { signIn } from '../../tools/exam-day/exam-day.ts';
import { openConsole } from '../../tools/exam-day/process.ts';
import { patienceMs } from '../../tools/exam-day/browser.ts';
import { Screen } from './browser.ts';
import { beginDay, type ExamDay } from './exam-day.ts';

const password = 'a-password-of-my-own';
let day: ExamDay;
let centre: Screen;
let origin: string;

beforeAll(async () => {
  day = await beginDay({ centre: 'centre' });
  const { screen, process } = await day.open('centre');
  centre = screen;
  await signIn(await openConsole('centre', process.port), password);
  origin = `http://localhost:${process.port}`;
  await centre.page.goto(`${origin}/`);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day.picture(task.name);
});
afterAll(() => day?.stop());

async function signInThere(name: string): Promise<void> {
  const { page } = centre;
  await page.locator('input[name="login"]').fill(name);
  await page.locator('input[name="password"]').fill('any');
  await page.locator('button[type="submit"]').click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('set up, tried, allowed, and used: back to the page that was wanted, with a session that no other site can use', async () => {
  const provider = await realProvider(`${origin}/openid/callback`);
  await centre.type('Account', 'admin');
  await centre.type('Password', password);
  await centre.press('Sign in');
  await centre.press('System');
  await centre.press('Set up and try');
  await centre.see(`${origin}/openid/callback`);
  await centre.type('Issuer', provider.issuer);
  await centre.type('Client ID', 'invigil');
  await centre.type('Client secret', clientSecret);
  await centre.type('Name on the button', 'the ministry');
  expect(await centre.violations()).toEqual([]);
  await centre.press('Save');
  await centre.see('Who may use it');
  await centre.press('Try it');
  await signInThere('admin');
  await centre.see('The account admin may not sign in with the service.');
  await centre.press('Allow');
  await centre.see('Allowed, nobody has come yet');
  expect(await centre.violations()).toEqual([]);
  await centre.press('admin');
  await centre.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await centre.press('Sign in with the ministry');
  // It knows the browser from the try.
  await centre.see('Bound since');
  expect(centre.page.url()).toBe(`${origin}/#/system/openid`);
  const cookies = await centre.page.context().cookies(origin);
  expect(
    cookies
      .filter(({ name }) => name.startsWith('invigil'))
      .map(({ sameSite, httpOnly }) => [sameSite, httpOnly]),
  ).toEqual([['Strict', true]]);
  expect(centre.complaints).toEqual([]);
});

test('forgotten, a code by e-mail typed, a new password set, and signed in with it', async () => {
  const { page } = centre;
  const mails = await mailServer();
  const admin = await openConsole('centre', Number(new URL(origin).port));
  await admin.call.account.signIn({ account: 'admin', password });
  await admin.call.mail.save({ ...mails.at, password: null });
  await admin.call.mail.setAddress({ account: 'admin', email: 'admin@exam.example' });
  await centre.press('admin');
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await centre.type('Account', 'admin');
  await centre.press('Forgot your password?');
  await centre.press('Send a code by e-mail');
  await centre.see('If this account has an e-mail address here');
  expect(await centre.violations()).toEqual([]);
  await expect.poll(() => mails.taken.length, { timeout: patienceMs }).toBe(1);
  const code = /^ {4}(\S+)$/m.exec(mails.taken[0]?.text ?? '')?.[1] ?? '';
  const next = 'another password of mine';
  await centre.type('Code', code);
  await page.getByLabel('New password', { exact: true }).fill(next);
  await page.getByLabel('New password again').fill(next);
  await centre.press('Set the password');
  await centre.see('The password is changed.');
  expect(await centre.violations()).toEqual([]);
  expect(page.url()).not.toContain(code);
  await centre.press('Back to the sign-in');
  // The account is there still.
  await centre.type('Password', next);
  await centre.press('Sign in');
  await centre.see('Bound since');
  expect(centre.complaints).toEqual([]);
});
