/**
 * How a seat gets onto its computer and into its room: as a copied folder with an identity of its own, found in the network, followed to another address; and its
 * number, put right at the seat. Everything happens on loopback.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programRoot } from '../../src/node/running.ts';
import type { SeatStatus } from '../../src/seat/status/contract.ts';
import { loadOrCreateNodeKeys } from '../../src/trust/keys.ts';
import { openConsole, until, type Console, type Contracts } from '../../tools/exam-day/process.ts';
import { Processes } from '../../tools/exam-day/processes.ts';
import { journalOf, nodeId } from './journal-of.ts';

let processes: Processes;
let room: Console<Contracts['room']>;
let pairingCode = '';
let roomAddress = '';
/** Where the room answers those who look for it. */
let discovery = '';
const copies: ChildProcess[] = [];

beforeAll(async () => {
  processes = new Processes(mkdtempSync(join(tmpdir(), 'invigil-roll-out-')));
  discovery = `127.0.0.1:${await freeUdpPort()}`;
  const started = await processes.start('room', {
    hosted: true,
    options: { 'first-password': 'first-password', discovery },
  });
  room = await openConsole('room', started.port);
  await room.call.account.signIn({ account: 'admin', password: 'first-password' });
  await room.call.account.changePassword({ current: 'first-password', next: 'roll-out-password' });
  ({ pairingCode } = await room.call.overview.get());
  roomAddress = `127.0.0.1:${started.exchangePort}`;
});
afterAll(async () => {
  for (const copy of copies) copy.kill('SIGKILL');
  await processes?.kill();
  rmSync(processes.folder, { recursive: true, force: true });
});

async function seatInRoom(name: string): Promise<Console<Contracts['seat']>> {
  const started = await processes.start('seat', {
    hosted: true,
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

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}

/** As on a computer that holds nothing but the copied folder: no program, no packages, a home of its own. */
async function startCopy(
  folder: string,
  home: string,
): Promise<{ seat: Console<Contracts['seat']>; child: ChildProcess }> {
  mkdirSync(home, { recursive: true });
  const child = spawn(join(folder, 'start.sh'), ['--log-level', 'error'], {
    cwd: home,
    env: { PATH: '/usr/bin:/bin', HOME: home, INVIGIL_PORT: '0', INVIGIL_DISCOVERY: 'off' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  copies.push(child);
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port));
    child.once('exit', () => reject(new Error(said)));
  });
  return { seat: await openConsole('seat', port), child };
}

const dataOf = (home: string): string => join(home, '.local', 'state', 'invigil', 'seat');

test.skipIf(process.platform !== 'linux')(
  'a folder from the console, copied twice, is two seats of this room and of no other',
  async () => {
    const { folder } = processes;
    await expect(
      room.call.seatFolder.make({ directory: folder, address: '192.0.2.9:1' }),
    ).rejects.toMatchObject({
      data: { type: 'not-an-own-address' },
    });
    const made = await room.call.seatFolder.make({ directory: folder, address: roomAddress });
    expect(made.systems).toContain('linux');
    const before = await room.call.seat.list();
    const [one, two] = [join(folder, 'copy 1'), join(folder, 'copy 2')];
    for (const copy of [one, two]) cpSync(made.path, copy, { recursive: true });
    const [first, second] = [
      await startCopy(one, join(folder, 'home 1')),
      await startCopy(two, join(folder, 'home 2')),
    ];
    for (const { seat } of [first, second]) expect((await seat.call.state.get()).phase).toBe('announced');
    const ids = [nodeId(dataOf(join(folder, 'home 1'))), nodeId(dataOf(join(folder, 'home 2')))];
    expect(new Set(ids).size).toBe(2);
    const joined = (await room.call.seat.list()).map(({ seatId }) => seatId);
    expect(joined.filter((id) => !before.some(({ seatId }) => seatId === id)).toSorted()).toEqual(
      ids.toSorted(),
    );

    // Started again it is the same seat, also from a folder that names another room by now.
    first.child?.kill('SIGKILL');
    writeFileSync(
      join(one, 'seat-folder.json'),
      JSON.stringify({ room: '127.0.0.1:1', roomPin: 'ab'.repeat(32), pairingCode: 'AAAA-BBBB-CCCC-DDDD' }),
    );
    const again = await startCopy(one, join(folder, 'home 1'));
    await until('the room to answer', async () => (await again.seat.call.state.get()).roomOnline);
    expect(nodeId(dataOf(join(folder, 'home 1')))).toBe(ids[0]);
    expect(await room.call.seat.list()).toHaveLength(before.length + 2);
  },
);

/** A service manager that starts what a unit says, and ends it; systemd itself does not run where tests run. */
const serviceManager = `#!/bin/sh
unit=$HOME/.config/systemd/user/invigil-seat.service
echo "$*" >> "$HOME/called"
case "$*" in
*"enable --now"*) sh -c "exec $(sed -n 's/^ExecStart=//p' "$unit")" >"$HOME/log" 2>&1 & echo $! > "$HOME/pid" ;;
*"disable --now"*|*stop*) kill "$(cat "$HOME/pid")" ;;
esac
`;

test.skipIf(process.platform !== 'linux')(
  'an installer from the console installs and starts a seat, repairs it with its data, and the seat removes itself on the room’s order',
  async () => {
    const { folder } = processes;
    const home = join(folder, 'home of an installed seat');
    const [into, data] = [join(folder, 'programs', 'a seat'), join(home, 'its data')];
    mkdirSync(join(home, 'bin'), { recursive: true });
    for (const name of ['systemctl', 'loginctl'])
      writeFileSync(join(home, 'bin', name), name === 'systemctl' ? serviceManager : '#!/bin/sh\n', {
        mode: 0o755,
      });
    const address = `127.0.0.1:${processes.get('room').exchangePort}`;
    const made = await room.call.seatFolder.installer({ directory: folder, address, system: 'linux' });
    const open = (...parameters: string[]) =>
      run(made.path, ['--user', '--into', into, '--language', 'en', ...parameters], {
        PATH: `${join(home, 'bin')}:/usr/bin:/bin`,
        HOME: home,
        INVIGIL_DISCOVERY: 'off',
      });
    const port = await freeUdpPort();
    expect(await open('--data', data, '--port', String(port), '--', '--log-level', 'error')).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('The room lists this computer'),
    });
    const seatId = nodeId(data);
    expect((await room.call.seat.list()).map((seat) => seat.seatId)).toContain(seatId);

    // Again, told nothing: what was said before still holds, and the damaged program is whole.
    rmSync(join(into, 'dist', 'program', 'main.mjs'));
    const again = await open();
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toContain('Version 0.1.0 is there');
    const status = async () => (await openConsole('seat', port)).call.status.get();
    expect(await status()).toMatchObject({ data, phase: 'announced' });
    expect(nodeId(data)).toBe(seatId);

    await room.call.seat.approve({ seatIds: [seatId] });
    await until('the room to answer', async () => (await status()).phase === 'ready');
    const remove = { seatIds: [seatId], password: 'roll-out-password', uninstall: true };
    await room.call.remoteControl.initialise(remove);
    await until('the outcome', async () => {
      const { rows } = await room.call.remoteControl.get();
      return rows.find((row) => row.seatId === seatId)?.order?.state === 'done';
    });
    await until('its end', () =>
      status().then(
        () => false,
        () => true,
      ),
    );
    expect(existsSync(into)).toBe(false);
    expect(existsSync(join(home, '.config', 'systemd', 'user', 'invigil-seat.service'))).toBe(false);
    expect(nodeId(data)).toBe(seatId);
    expect(await open('--uninstall')).toMatchObject({
      code: 0,
      out: expect.stringContaining('nothing to remove'),
    });
  },
);

test('a folder with the pin of another certificate joins nobody', async () => {
  const configuration = join(processes.folder, 'forged.json');
  writeFileSync(configuration, JSON.stringify({ room: roomAddress, roomPin: 'ab'.repeat(32), pairingCode }));
  const before = await room.call.seat.list();
  const started = await processes.start('seat', {
    name: 'seat-pin',
    hosted: true,
    options: { configuration },
  });
  const seat = await openConsole('seat', started.port);
  expect((await seat.call.state.get()).phase).toBe('unpaired');
  expect(await room.call.seat.list()).toHaveLength(before.length);
});

test('a seat finds the room, and goes after it when it has another address', async () => {
  const started = await processes.start('seat', { name: 'seat-found', options: { discovery } });
  const seat = await openConsole('seat', started.port);
  const { rooms } = await seat.call.join.rooms();
  expect(rooms).toEqual([{ code: '', name: '', address: roomAddress }]);
  await seat.call.pairing.pair({ roomAddress: rooms?.[0]?.address ?? '', pairingCode });
  await until('the room to answer', async () => (await seat.call.state.get()).roomOnline);

  const { port, data } = processes.get('room');
  await processes.get('room').stop();
  const moved = await processes.start('room', {
    name: 'room',
    hosted: true,
    options: { data, port, 'exchange-port': 0, discovery },
  });
  expect(`127.0.0.1:${moved.exchangePort}`).not.toBe(roomAddress);
  await until('the seat to be back', async () => (await seat.call.state.get()).roomOnline);
  // It stays there after its own restart.
  await processes.get('seat-found').kill();
  const restarted = await openConsole('seat', (await processes.again('seat-found')).port);
  await until('the room to answer', async () => (await restarted.call.state.get()).roomOnline);
});

const invigil = (...parameters: string[]) =>
  run(process.execPath, [join(programRoot, 'dist', 'program', 'main.mjs'), ...parameters]);

async function run(
  program: string,
  parameters: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(program, [...parameters], { env });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

test('whoever looks after the computer sees how its seat is, and that it does not run', async () => {
  const { port, data } = processes.get('seat-1');
  const said = await invigil('seat', 'status', '--port', String(port));
  expect(said.code).toBe(0);
  expect(said.out).toContain('Seat      7 (ready)');
  expect(said.out).toMatch(/Kept      \d+ entries, 0 of them not with the room yet/);
  expect(said.out).toContain(data);
  const json = JSON.parse(
    (await invigil('seat', 'status', '--port', String(port), '--json')).out,
  ) as SeatStatus;
  expect(json).toMatchObject({ phase: 'ready', seatNumber: 7, failing: null, supportPhone: null });
  expect(json).toEqual({
    ...(await (await openConsole('seat', port)).call.status.get()),
    freeBytes: json.freeBytes,
    room: { ...json.room },
  });
  await processes.get('seat-1').stop();
  const gone = await invigil('seat', 'status', '--port', String(port));
  expect(gone).toMatchObject({ code: 1, out: '' });
  expect(gone.err).toContain(`No seat answers on port ${port} of this computer.`);
});

test('the folder from the command line is made only for a room that answers there and knows the code', async () => {
  const out = join(processes.folder, 'from the command line');
  const room = `127.0.0.1:${processes.get('room').exchangePort}`;
  const make = (address: string, code: string) =>
    invigil('seat', 'folder', out, '--room', address, '--pairing-code', code);
  const wrong = await make(room, 'AAAA-BBBB-CCCC-DDDD');
  expect(wrong).toMatchObject({ code: 1, out: '' });
  expect(wrong.err).toContain('The code is not right.');
  expect((await make('127.0.0.1:1', pairingCode)).err).toContain('Nobody answers there');
  expect(existsSync(out)).toBe(false);
  expect(await make(room, pairingCode)).toMatchObject({ code: 0, err: '' });
  const keys = await loadOrCreateNodeKeys(join(processes.get('room').data, 'keys'), { name: '' });
  expect(JSON.parse(readFileSync(join(out, 'seat-folder.json'), 'utf8'))).toEqual({
    room,
    roomPin: keys.tls.fingerprint,
    pairingCode,
  });
});

test('a new pairing code lets nobody in with the old one, and whoever has joined stays', async () => {
  const joined = await openConsole('seat', processes.get('seat-found').port);
  const other = await openConsole('seat', processes.get('seat-pin').port);
  const address = `127.0.0.1:${processes.get('room').exchangePort}`;
  const renewed = await room.call.seat.renewPairingCode();
  expect(renewed.pairingCode).not.toBe(pairingCode);
  expect((await room.call.overview.get()).pairingCode).toBe(renewed.pairingCode);
  await expect(other.call.pairing.pair({ roomAddress: address, pairingCode })).rejects.toMatchObject({
    data: { type: 'wrong-registration-code' },
  });
  expect(await other.call.pairing.pair({ roomAddress: address, ...renewed })).toMatchObject({
    phase: 'announced',
  });
  // It asked before, and is admitted now.
  await room.call.seat.approve({ seatIds: [nodeId(processes.get('seat-found').data)] });
  await until('the seat to be admitted', async () => (await joined.call.state.get()).phase === 'ready');
});
