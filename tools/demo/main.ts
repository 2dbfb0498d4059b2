/**
 * `npm start`: an exam on this machine. Starts centre, site, room and seats as processes of their own, brings a sample exam up to the sign-in
 * by the operations that the consoles use, and prints where to look. Ctrl-C ends everything; the next start goes on with the same data.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { build } from '../build.ts';
import {
  approveSeats,
  authoriseSession,
  everyInteraction,
  exchangeOf,
  openSignIn,
  signIn,
} from '../exam-day/exam-day.ts';
import { StartFailed, type RoleProcess } from '../exam-day/process.ts';
import { Processes } from '../exam-day/processes.ts';
import { loadExam, startTiers } from '../exam-day/tiers.ts';

const password = 'invigil-demo';
const roster = { sessions: 2, sites: ['S1', 'S2'], roomsPerSite: 2, candidatesPerRoom: 30 };
const stateSchema = z.object({ prepared: z.boolean(), portBase: z.number() });
let processes: Processes | null = null;

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
  console.log('Building program and screens …');
  if (!build()) process.exit(1);
  console.log('Starting centre, site and room …');
  const common = { 'log-level': 'warn' };
  const at = (offset: number) => ({ ...common, port: base + offset, 'exchange-port': base + offset + 1 });
  const running = (processes = new Processes(data, { dataStays: true }));
  const tiers = await startTiers(running, { options: { centre: at(0), site: at(10), room: at(20) } });
  const [centre, site, room] = [tiers.centre.console, tiers.site.console, tiers.room.console];
  for (const { process } of Object.values(tiers)) watched(process);
  if (!before?.prepared) {
    if (existsSync(join(data, 'site', 'node.json')) && before)
      fail('An earlier start was interrupted half-way. Begin anew with --fresh.');
    writeFileSync(stateFile, JSON.stringify({ prepared: false, portBase: base }));
    console.log('Preparing a sample exam …');
    const { projectId, sessionIds } = await loadExam(tiers, {
      project: {
        code: 'SAMPLE',
        name: 'Sample exam',
        mode: 'mock',
        startAt: Math.ceil((Date.now() + 60_000) / 60_000) * 60_000,
        durationMin: 60,
        roster,
        policy: { countdownS: 10, earliestHandInMin: 0, lateLimitMin: 240, startClosesAfterMin: 240 },
        packageFile: everyInteraction,
      },
      siteCode: 'S1',
      roomCode: 'S1-R1',
      lockPath: join(data, 'lock.key'),
      password,
    });
    const sessionId = sessionIds[0] ?? '';
    await authoriseSession(centre, site, room, { projectId, sessionId });
    await openSignIn(room, sessionId);
    writeFileSync(stateFile, JSON.stringify({ prepared: true, portBase: base }));
  } else await signIn(room, password);
  const { pairingCode } = await room.call.overview.get();
  const seatProcesses: RoleProcess[] = [];
  // One after the other: the room numbers its seats in the order in which they come.
  for (let number = 1; number <= seats; number++)
    seatProcesses.push(
      watched(
        await running.start('seat', {
          name: `seat-${number}`,
          options: {
            ...common,
            port: base + 30 + number,
            room: exchangeOf(tiers.room.process),
            'pairing-code': pairingCode,
          },
        }),
      ),
    );
  if (seats > 0) await approveSeats(room, seats);
  const rows = [
    ['what', 'address', 'account', 'password'],
    ['Centre', `http://127.0.0.1:${tiers.centre.process.port}/`, 'admin', password],
    ['Site S1', `http://127.0.0.1:${tiers.site.process.port}/`, 'admin', password],
    ['Room S1-R1', `http://127.0.0.1:${tiers.room.process.port}/`, 'admin', password],
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

/** One that ends by itself ends everything. */
function watched(started: RoleProcess): RoleProcess {
  started.child?.once('exit', (code) => {
    if (!ending) void end(`${started.role} ended unexpectedly (${code}).`);
  });
  return started;
}

async function end(reason: string | null): Promise<void> {
  if (ending) return;
  ending = true;
  if (reason !== null) console.error(reason);
  await processes?.stop();
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
