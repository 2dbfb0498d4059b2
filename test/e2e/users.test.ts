/** An administrator enters the invigilators; an invigilator finds the exam day's work, and is told who does the rest. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { signIn } from '../../tools/exam-day/exam-day.ts';
import { openConsole } from '../../tools/exam-day/process.ts';
import { Screen } from './browser.ts';
import { beginDay, type ExamDay } from './exam-day.ts';

const password = 'a-password-of-my-own';
let day: ExamDay;
let room: Screen;
let port: number;

beforeAll(async () => {
  day = await beginDay({ room: 'room' });
  const { screen, process } = await day.open('room');
  room = screen;
  port = process.port;
  await signIn(await openConsole('room', process.port), password);
  await enter('admin', password);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day.picture(task.name);
});
afterAll(() => day?.stop());

async function enter(account: string, secret: string): Promise<void> {
  await room.type('Account', account);
  await room.type('Password', secret);
  await room.press('Sign in');
}

async function signOut(as: string): Promise<void> {
  await room.press(as);
  await room.page.getByRole('menuitem', { name: 'Sign out' }).click();
}

test('an administrator enters a user with name and phone', async () => {
  await room.press('System');
  await room.see('May sign in');
  expect(await room.violations()).toEqual([]);
  await room.press('Add a user …');
  await room.type('Account', 'lin');
  await room.type('Name', '林芳');
  await room.type('Phone', '150 1111 1112');
  await room.type('First password', 'window seat 4');
  expect(await room.violations()).toEqual([]);
  await room.press('Add');
  await room.dialogClosed();
  await room.see('Has not chosen a password yet');
  await room.see('150 1111 1112');
});

test('what would lock the administrator out is dimmed and says why', async () => {
  await room.pressDimmed(/^Switch off/);
  await room.see('You cannot do this to your own account.');
});

test('an invigilator replaces the first password, sees the work of the day, and who does the rest', async () => {
  await signOut('admin');
  await enter('lin', 'window seat 4');
  await room.type('Current password', 'window seat 4');
  await room.type(/^New password(?! again)/, password);
  await room.type('New password again', password);
  await room.press('Change password');
  await room.see('Users are added and changed by an administrator.');
  await room.press('Before');
  await room.press(/^4 Load exam/);
  await room.see('No exam loaded yet');
  expect(await room.violations()).toEqual([]);
  await room.pressDimmed(/^Load from the site/);
  await room.see(/Your role may not do this/);
});

test('a user who is switched off is asked to sign in again, and cannot', async () => {
  await signOut('林芳');
  await enter('admin', password);
  await room.press('System');
  await room.pressIn('lin', 'Switch off');
  await room.see('lin is switched off and signed out.');
  await room.see('Switched off');
  await signOut('admin');
  await enter('lin', password);
  await room.see('Account or password is not right.');
  expect(room.complaints).toEqual([]);
});

test('an administrator adds a passkey and signs in with it, without a password', async () => {
  await room.page.goto(`http://localhost:${port}/`);
  const devtools = await room.page.context().newCDPSession(room.page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await enter('admin', password);
  await room.press('System');
  await room.see('You have no passkey yet.');
  await room.press('Add a passkey …');
  await room.type('Name', 'Blue security key');
  await room.type('Current password', password);
  expect(await room.violations()).toEqual([]);
  await room.press('Add');
  await room.dialogClosed();
  await room.see('Blue security key');
  await signOut('admin');
  await room.press('Sign in with a passkey');
  await room.press('System');
  await room.see('Blue security key');
  await room.see('This one');
  expect(room.complaints).toEqual([]);
});

test('a sign-in that is ended at another computer is gone from its screen', async () => {
  const elsewhere = await openConsole('room', port);
  await elsewhere.call.account.signIn({ account: 'admin', password });
  await elsewhere.call.signIn.endOthers();
  await room.see(/This sign-in was ended/);
  await room.see('Sign in with a passkey');
});
