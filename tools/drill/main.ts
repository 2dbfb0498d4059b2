/**
 * `npm run drill`: virtual candidates at real seat agents, in a real room of a real site and centre. Ends with one JSON line, and with exit code 1
 * when anything that was said to be kept is not at the centre, or is there differently. `--room` joins a room that runs already instead.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomFrom } from '../../src/exam/paper/instance.ts';
import {
  approveSeats,
  authoriseSession,
  endAndReport,
  exchangeOf,
  openSignIn,
  prepareCentre,
  scoreAndExport,
  setUpRoom,
  setUpSite,
  signIn,
} from '../exam-day/exam-day.ts';
import { openConsole, startRole, until, type RoleProcess } from '../exam-day/process.ts';
import { Wire } from '../exam-day/wire.ts';
import { VirtualCandidate } from './candidate.ts';
import { drillIn } from './running-room.ts';
import { summary, type Summary } from './summary.ts';

const { values } = parseArgs({
  options: {
    seats: { type: 'string', default: '40' },
    minutes: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    kill: { type: 'string', multiple: true, default: [] },
    cut: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    data: { type: 'string' },
    room: { type: 'string' },
    'pairing-code': { type: 'string' },
    'first-number': { type: 'string', default: '1000001' },
  },
});
const seatCount = Number(values.seats);
const minutes = Number(values.minutes);
for (const role of values.kill)
  if (!['room', 'seat', 'site'].includes(role)) usage(`--kill knows room, seat and site, not ${role}`);
for (const line of values.cut)
  if (!['room-site', 'seat-room'].includes(line)) usage(`--cut knows room-site and seat-room, not ${line}`);
if (!Number.isInteger(seatCount) || seatCount < 1 || seatCount > 1_000 || !(minutes > 0))
  usage('--seats takes 1 to 1000, --minutes more than 0');

if (values.room !== undefined && values['pairing-code'] === undefined)
  usage('--room needs --pairing-code, as the room shows it');
if (values.room !== undefined && values.kill.length + values.cut.length > 0)
  usage('--kill and --cut are for the processes that the drill starts itself');

const random = randomFrom(`drill ${values.seed}`);
const data = values.data ?? mkdtempSync(join(tmpdir(), 'invigil-drill-'));
const password = 'drill-password';
const say = (text: string): void => console.error(text);

const processes = new Map<string, { process: RoleProcess; options: Parameters<typeof startRole>[1] }>();
let mended = 0;

async function start(
  name: string,
  role: Parameters<typeof startRole>[0],
  options: Parameters<typeof startRole>[1],
) {
  const started = await startRole(role, { 'log-level': 'error', ...options });
  // The same ports after a restart: others know them.
  const fixed = {
    ...options,
    port: started.port,
    ...(role === 'seat' ? {} : { 'exchange-port': started.exchangePort }),
    'log-level': 'error',
  };
  processes.set(name, { process: started, options: fixed });
  return started;
}

async function killAndStart(name: string): Promise<void> {
  const one = processes.get(name);
  if (!one) return;
  await one.process.kill();
  one.process = await startRole(one.process.role, one.options);
  mended++;
}

async function drill(): Promise<Summary> {
  const exchange = { port: 0, 'exchange-host': '127.0.0.1' };
  say(`seed ${values.seed}, data ${data}`);
  const centreProcess = await start('centre', 'centre', { data: join(data, 'centre'), ...exchange });
  const centre = await openConsole('centre', centreProcess.port);
  await signIn(centre, password);
  const { projectId, sessionIds } = await prepareCentre(centre, {
    code: 'DRILL',
    name: 'Drill',
    startAt: Date.now(),
    durationMin: Math.ceil(minutes) + 30,
    roster: { sessions: 1, sites: ['S1'], roomsPerSite: 1, candidatesPerRoom: seatCount },
    policy: { countdownS: 3, earliestHandInMin: 0, lateLimitMin: 60 },
    packageFile: join(import.meta.dirname, '..', '..', 'samples', 'every-interaction.zip'),
  });
  const sessionId = sessionIds[0] ?? '';
  const siteProcess = await start('site', 'site', { data: join(data, 'site'), ...exchange });
  const site = await openConsole('site', siteProcess.port);
  await setUpSite(centre, site, {
    projectId,
    siteCode: 'S1',
    centreAddress: exchangeOf(centreProcess),
    lockPath: join(data, 'lock.key'),
    password,
  });
  const roomProcess = await start('room', 'room', { data: join(data, 'room'), ...exchange });
  const siteWire = new Wire(siteProcess.exchangePort);
  const seatWire = new Wire(roomProcess.exchangePort);
  await Promise.all([siteWire.open(), seatWire.open()]);
  let room = await openConsole('room', roomProcess.port);
  await setUpRoom(site, room, {
    roomCode: 'S1-R1',
    siteAddress: `127.0.0.1:${siteWire.port}`,
    ownAddress: exchangeOf(roomProcess),
    password,
  });
  await authoriseSession(centre, site, room, { projectId, sessionId });
  await openSignIn(room, sessionId);
  const { pairingCode } = await room.call.overview.get();
  say(`starting ${seatCount} seats …`);
  const candidates: VirtualCandidate[] = [];
  for (let number = 1; number <= seatCount; number++) {
    const name = `seat-${number}`;
    await start(name, 'seat', {
      data: join(data, name),
      port: 0,
      room: `127.0.0.1:${seatWire.port}`,
      'pairing-code': pairingCode,
    });
    candidates.push(
      new VirtualCandidate(
        `1${String(number).padStart(6, '0')}`,
        () => processes.get(name)?.process.port ?? 0,
        randomFrom(`candidate ${values.seed} ${number}`),
      ),
    );
  }
  await approveSeats(room, seatCount);
  await Promise.all(candidates.map((one) => one.signIn()));
  say('all signed in; start');
  await room.call.session.allowStart({ sessionId });
  const board = await room.call.board.get();
  const startsAt = board.session?.startsAt ?? Date.now();
  const endAt = startsAt + minutes * 60_000;
  const working = Promise.all(
    candidates.map(async (one) => {
      await one.work(minutes);
      await one.handIn();
    }),
  );
  const disturbing = disturb(endAt, siteWire, seatWire);
  await working;
  await disturbing;
  room = await openConsole('room', roomProcess.port);
  await signIn(room, password);
  const siteNow = await openConsole('site', siteProcess.port);
  await siteNow.call.account.signIn({ account: 'admin', password });
  await until('the room at its site', async () =>
    (await siteNow.call.monitor.get()).rooms.some((one) => one.connected),
  );
  await endAndReport(siteNow, room, {
    sessionId,
    roomPassword: password,
    backupFolder: join(data, 'backup'),
  });
  const { answers } = await scoreAndExport(centre, projectId);
  siteWire.close();
  seatWire.close();

  const atCentre = new Map(answers.map((one) => [`${one.admissionNumber} ${one.item}`, one]));
  let lost = 0;
  let mismatched = 0;
  for (const { record } of candidates)
    for (const [item, responses] of record.answers) {
      const kept = atCentre.get(`${record.admissionNumber} ${item}`);
      const said = JSON.stringify(kept?.responses);
      if (!kept) lost++;
      else if (said !== JSON.stringify(responses) && said !== JSON.stringify(record.unsure.get(item) ?? null))
        mismatched++;
    }
  const acknowledged = candidates.reduce((sum, one) => sum + one.record.changes, 0);
  const changesInResults = answers.reduce((sum, one) => sum + one.changes, 0);
  // A change that was acknowledged is one of the changes that the centre counted.
  if (changesInResults < acknowledged) lost += acknowledged - changesInResults;
  return summary(candidates, { changesInResults, lost, mismatched, startsAt, mended });
}

/** Kills and cuts at random moments until shortly before the end; everything is whole again when it returns. */
async function disturb(endAt: number, siteWire: Wire, seatWire: Wire): Promise<void> {
  const what = [
    ...values.kill.map((role) => async () => {
      const name = role === 'seat' ? `seat-${1 + Math.floor(random() * seatCount)}` : role;
      say(`SIGKILL ${name}`);
      await killAndStart(name);
    }),
    ...values.cut.map((line) => async () => {
      const wire = line === 'room-site' ? siteWire : seatWire;
      say(`cut ${line}`);
      wire.cut(true);
      await pause(1_000 + random() * 6_000);
      wire.cut(false);
      mended++;
    }),
  ];
  if (what.length === 0) return;
  for (;;) {
    await pause(2_000 + random() * 8_000);
    if (Date.now() > endAt - 1_000) return;
    await what[Math.floor(random() * what.length)]?.();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function usage(problem: string): never {
  console.error(
    `${problem}\nnpm run drill -- [--seats N] [--minutes N] [--kill room|seat|site] [--cut room-site|seat-room] [--seed N] [--data DIR] [--json]
npm run drill -- --room HOST:PORT --pairing-code CODE [--first-number N] [--seats N] [--minutes N] [--json]`,
  );
  process.exit(2);
}

let code = 1;
try {
  const { room, 'pairing-code': pairingCode, 'first-number': firstNumber, seed } = values;
  const result =
    room === undefined
      ? await drill()
      : await drillIn({
          room,
          pairingCode: pairingCode ?? '',
          firstNumber,
          seats: seatCount,
          minutes,
          seed,
          data,
          say,
        });
  console.log(JSON.stringify(result));
  code = result.lost + result.mismatched === 0 ? 0 : 1;
} catch (error) {
  console.error(error);
}
for (const { process: one } of [...processes.values()].toReversed()) await one.stop();
if (values.data === undefined) rmSync(data, { recursive: true, force: true });
process.exit(code);
