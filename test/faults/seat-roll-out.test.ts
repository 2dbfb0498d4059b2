/** How a seat gets onto its computer and into its room: the number put right at the seat. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConsole, until, type Console, type Contracts } from '../../tools/exam-day/process.ts';
import { Processes } from '../../tools/exam-day/processes.ts';
import { journalOf } from './journal-of.ts';

let processes: Processes;
let room: Console<Contracts['room']>;
let pairingCode = '';
let roomAddress = '';

beforeAll(async () => {
  processes = new Processes(mkdtempSync(join(tmpdir(), 'invigil-roll-out-')));
  const started = await processes.start('room', { options: { 'first-password': 'first-password' } });
  room = await openConsole('room', started.port);
  await room.call.account.signIn({ account: 'admin', password: 'first-password' });
  await room.call.account.changePassword({ current: 'first-password', next: 'roll-out-password' });
  ({ pairingCode } = await room.call.overview.get());
  roomAddress = `127.0.0.1:${started.exchangePort}`;
});
afterAll(async () => {
  await processes?.kill();
  rmSync(processes.folder, { recursive: true, force: true });
});

async function seatInRoom(name: string): Promise<Console<Contracts['seat']>> {
  const started = await processes.start('seat', {
    name,
    options: { room: roomAddress, 'pairing-code': pairingCode },
  });
  const seat = await openConsole('seat', started.port);
  await room.call.seat.approve({ seatIds: (await room.call.seat.list()).map(({ seatId }) => seatId) });
  await until(`${name} to be admitted`, async () => (await seat.call.state.get()).phase === 'ready');
  return seat;
}

test('the number is changed at the seat while the room shows it, and a taken one stays with its computer', async () => {
  const [first, second] = [await seatInRoom('seat-1'), await seatInRoom('seat-2')];
  const number = async (seat: typeof first) => (await seat.call.state.get()).seatNumber;
  expect([await number(first), await number(second)]).toEqual([1, 2]);
  await expect(first.call.number.change({ number: 7 })).rejects.toMatchObject({
    data: { type: 'numbers-not-shown' },
  });
  await room.call.seat.showNumbers({ show: true });
  await expect(first.call.number.change({ number: 2 })).rejects.toMatchObject({
    data: { type: 'seat-number-taken', number: 2, computer: expect.stringMatching(/./) },
  });
  await expect(first.call.number.change({ number: 0 })).rejects.toThrow('Input validation failed');
  await first.call.number.change({ number: 7 });
  expect([await number(first), await number(second)]).toEqual([7, 2]);
  expect((await room.call.seat.list()).map((seat) => seat.number)).toEqual([2, 7]);
  await room.call.seat.showNumbers({ show: false });
  await expect(first.call.number.change({ number: 1 })).rejects.toMatchObject({
    data: { type: 'numbers-not-shown' },
  });
  expect(await number(first)).toBe(7);
  const numbered = journalOf(processes.get('room').data)
    .own()
    .filter(({ kind }) => kind === 'seat-numbered');
  expect(numbered.map(({ data }) => data)).toEqual([{ number: 7, before: 1 }]);
});
