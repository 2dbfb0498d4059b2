/**
 * `npm start`: an exam on this machine. Starts centre, site, room and seats as processes of their own, brings a sample exam up to the sign-in
 * by the operations that the consoles use, and prints where to look. Ctrl-C ends everything; the next start goes on with the same data.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { buildScreens } from '../build.ts';
import {
  approveSeats,
  authoriseSession,
  exchangeOf,
  openSignIn,
  prepareCentre,
  setUpRoom,
  setUpSite,
  signIn,
} from '../exam-day/exam-day.ts';
import { openConsole, startRole, StartFailed, type RoleProcess } from '../exam-day/process.ts';

const password = 'invigil-demo';
const roster = { sessions: 2, sites: ['S1', 'S2'], roomsPerSite: 2, candidatesPerRoom: 30 };
const stateSchema = z.object({ prepared: z.boolean(), portBase: z.number() });
const running: RoleProcess[] = [];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: 'data' },
      'port-base': { type: 'string' },
      seats: { type: 'string', default: '2' },
      fresh: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(
      'npm start -- [--fresh] [--data DIR] [--port-base N] [--seats N]\n' +
        '  --fresh        begin anew: removes what earlier starts left in the data folder\n' +
        '  --data DIR     where the roles keep their data (data)\n' +
        '  --port-base N  first of the ports that are used (7410, or as at the start before)\n' +
        '  --seats N      how many seats (2)',
    );
    return;
  }
  const seats = wholeNumber('--seats', values.seats, 0, 30);
  const data = resolve(values.data);
  const names = ['centre', 'site', 'room', ...Array.from({ length: 30 }, (_, i) => `seat-${i + 1}`)];
  if (values.fresh)
    for (const name of [...names, 'backup', 'demo.json', 'lock.key'])
      rmSync(join(data, name), { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const stateFile = join(data, 'demo.json');
  const before = existsSync(stateFile)
    ? stateSchema.parse(JSON.parse(readFileSync(stateFile, 'utf8')))
    : null;
  // Rooms and seats remember the ports of those above them: they stay as they were.
  const base = values['port-base']
    ? wholeNumber('--port-base', values['port-base'], 1024, 65_000)
    : (before?.portBase ?? 7410);
  if (before && before.portBase !== base)
    fail(
      `This data was begun with --port-base ${before.portBase}. Go on with that, or begin anew with --fresh.`,
    );
  console.log('Building the screens …');
  if (!buildScreens()) process.exit(1);
  console.log('Starting centre, site and room …');
  const port = (offset: number) => ({ port: base + offset, 'exchange-port': base + offset + 1 });
  const common = { 'exchange-host': '127.0.0.1', 'log-level': 'warn' };
  const start = async (...given: Parameters<typeof startRole>): Promise<RoleProcess> => {
    const started = await startRole(...given);
    running.push(started);
    started.child.once('exit', (code) => {
      if (!ending) void end(`${started.role} ended unexpectedly (${code}).`);
    });
    return started;
  };
  const centreProcess = await start('centre', { data: join(data, 'centre'), ...port(0), ...common });
  const siteProcess = await start('site', { data: join(data, 'site'), ...port(10), ...common });
  const roomProcess = await start('room', { data: join(data, 'room'), ...port(20), ...common });
  const room = await openConsole('room', roomProcess.port);
  if (!before?.prepared) {
    if (existsSync(join(data, 'site', 'node.json')) && before)
      fail('An earlier start was interrupted half-way. Begin anew with --fresh.');
    writeFileSync(stateFile, JSON.stringify({ prepared: false, portBase: base }));
    console.log('Preparing a sample exam …');
    const centre = await openConsole('centre', centreProcess.port);
    const site = await openConsole('site', siteProcess.port);
    await signIn(centre, password);
    const { projectId, sessionIds } = await prepareCentre(centre, {
      code: 'SAMPLE',
      name: 'Sample exam',
      mode: 'mock',
      startAt: Math.ceil((Date.now() + 60_000) / 60_000) * 60_000,
      durationMin: 60,
      roster,
      policy: { countdownS: 10, earliestHandInMin: 0, lateLimitMin: 240, startClosesAfterMin: 240 },
      packageFile: join(import.meta.dirname, '..', '..', 'samples', 'every-interaction.zip'),
    });
    const sessionId = sessionIds[0] ?? '';
    await setUpSite(centre, site, {
      projectId,
      siteCode: 'S1',
      mode: 'mock',
      centreAddress: exchangeOf(centreProcess),
      lockPath: join(data, 'lock.key'),
      password,
    });
    await setUpRoom(site, room, {
      roomCode: 'S1-R1',
      siteAddress: exchangeOf(siteProcess),
      ownAddress: exchangeOf(roomProcess),
      password,
    });
    await authoriseSession(centre, site, room, { projectId, sessionId });
    await openSignIn(room, sessionId);
    writeFileSync(stateFile, JSON.stringify({ prepared: true, portBase: base }));
  } else await signIn(room, password);
  const { pairingCode } = await room.call.overview.get();
  const seatProcesses: RoleProcess[] = [];
  for (let number = 1; number <= seats; number++)
    seatProcesses.push(
      await start('seat', {
        data: join(data, `seat-${number}`),
        port: base + 30 + number,
        room: exchangeOf(roomProcess),
        'pairing-code': pairingCode,
        'log-level': 'warn',
      }),
    );
  if (seats > 0) await approveSeats(room, seats);
  const rows = [
    ['what', 'address', 'account', 'password'],
    ['Centre', `http://127.0.0.1:${centreProcess.port}/`, 'admin', password],
    ['Site S1', `http://127.0.0.1:${siteProcess.port}/`, 'admin', password],
    ['Room S1-R1', `http://127.0.0.1:${roomProcess.port}/`, 'admin', password],
    ...seatProcesses.map((seat, i) => [
      `Seat ${i + 1}`,
      `http://127.0.0.1:${seat.port}/`,
      `1${String(i + 1).padStart(6, '0')}`,
      '– (admission number)',
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  console.log('\nREADY\n');
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  console.log(
    '\nSign in at the seats, then press "Allow start" in the room, page "During". Ctrl-C ends everything.',
  );
}

let ending = false;

async function end(reason: string | null): Promise<void> {
  if (ending) return;
  ending = true;
  if (reason !== null) console.error(reason);
  // Children first, so that nobody waits for a parent that is gone.
  for (const one of running.toReversed()) await one.stop();
  process.exit(reason === null ? 0 : 1);
}

function fail(reason: string): never {
  throw new StartFailed(reason);
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most)
    fail(`${option} must be a whole number from ${least} to ${most}.`);
  return number;
}

process.on('SIGINT', () => void end(null));
process.on('SIGTERM', () => void end(null));
try {
  await main();
} catch (error) {
  const code = (error as NodeJS.ErrnoException).code;
  if (error instanceof StartFailed) await end(error.message.split('\n').at(-1) ?? '');
  else if (code === 'ENOSPC') await end('The disk is full. Make room and start again.');
  else if (code === 'EACCES' || code === 'EPERM')
    await end(
      `No permission: ${(error as NodeJS.ErrnoException).path ?? ''}. Choose another folder with --data.`,
    );
  else {
    console.error(error);
    await end('The start failed.');
  }
}
