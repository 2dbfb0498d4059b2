/** A person brings a seat to its room by its screen: chooses the room, types the code, puts the number right, looks at the status. */
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeWindows, sharedBrowser } from '../../tools/exam-day/browser.ts';
import { openConsole, type Console, type Contracts } from '../../tools/exam-day/process.ts';
import { Processes } from '../../tools/exam-day/processes.ts';
import { Screen } from './browser.ts';
import { needScreens } from './candidate-page.ts';

const processes = new Processes(mkdtempSync(join(tmpdir(), 'invigil-joins-')));
let browser: Browser;
let room: Console<Contracts['room']>;
let seat: Screen;
let pairingCode = '';

beforeAll(async () => {
  needScreens();
  // Free a moment ago: rooms and seats agree on a port beforehand.
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const discovery = `127.0.0.1:${socket.address().port}`;
  await new Promise<void>((resolve) => socket.close(resolve));
  const started = await processes.start('room', {
    hosted: true,
    options: { 'first-password': 'first-password', discovery },
  });
  room = await openConsole('room', started.port);
  await room.call.account.signIn({ account: 'admin', password: 'first-password' });
  await room.call.account.changePassword({ current: 'first-password', next: 'room-password' });
  const overview = await room.call.overview.get();
  ({ pairingCode } = overview);
  const { roomCode: _, registered: __, registeredAt: ___, freeBytes: ____, ...settings } = overview.settings;
  await room.call.settings.save({ ...settings, roomCode: '1999999001' });
  browser = await sharedBrowser();
  seat = await Screen.open(
    await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' }),
    (await processes.start('seat', { hosted: true, options: { discovery } })).port,
  );
});
afterAll(async () => {
  await closeWindows(browser);
  await processes.kill();
  rmSync(processes.folder, { recursive: true, force: true });
});

test('the room is chosen from those of the network, and the code shows that it is the right one', async () => {
  await seat.see('Rooms in this network');
  await seat.press(/^1999999001/);
  expect(await seat.page.getByLabel('Address of the room').inputValue()).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(await seat.violations()).toEqual([]);
  await seat.type('Pairing code', 'AAAA-BBBB-CCCC-DDDD');
  await seat.press('Join');
  await seat.see('The room did not accept the code. Check the address and the code.');
  await seat.type('Pairing code', pairingCode);
  await seat.press('Join');
  await seat.see('Waiting for the invigilator');
});

test('the number is put right at the seat while it is shown', async () => {
  await room.call.seat.approve({ seatIds: (await room.call.seat.list()).map(({ seatId }) => seatId) });
  await seat.see('Sign in');
  await seat.gone('Not the right number?');
  await room.call.seat.showNumbers({ show: true });
  await seat.page.getByText('Not the right number?').click();
  await seat.type('Number of this seat', '12');
  expect(await seat.violations()).toEqual([]);
  await seat.press('Change the number');
  await seat.page.locator('p.seat-number', { hasText: '12' }).waitFor();
  expect((await room.call.seat.list()).map(({ number }) => number)).toEqual([12]);
  await room.call.seat.showNumbers({ show: false });
  await seat.gone('Not the right number?');
});

test('whoever looks after the computer finds its status and comes back', async () => {
  await seat.page.getByRole('link', { name: 'Status of this computer' }).click();
  await seat.see('Connection to the room');
  await seat.see(/^Connected, last heard at/);
  await seat.see(/^1999999001 127\.0\.0\.1:/);
  expect(await seat.violations()).toEqual([]);
  await seat.press('Back to the candidate’s page');
  await seat.see('Sign in');
  expect(seat.complaints).toEqual([]);
});
