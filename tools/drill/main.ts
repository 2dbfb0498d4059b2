/**
 * `npm run drill`: virtual candidates at real seat agents, in a real room of a real site and centre. Ends with one JSON line, and with exit code 1
 * when anything that was said to be kept is not at the centre, or is there differently. `--room` joins a room that runs already instead.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomFrom } from '../../src/exam/paper/instance.ts';
import { password, startExam, type Exam } from '../exam-day/exam.ts';
import { everyInteraction, signIn } from '../exam-day/exam-day.ts';
import { until } from '../exam-day/process.ts';
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
const lines = ['room-site', 'seat-room'] as const;
for (const line of values.cut)
  if (!lines.some((one) => one === line)) usage(`--cut knows room-site and seat-room, not ${line}`);
if (!Number.isInteger(seatCount) || seatCount < 1 || seatCount > 1_000 || !(minutes > 0))
  usage('--seats takes 1 to 1000, --minutes more than 0');

if (values.room !== undefined && values['pairing-code'] === undefined)
  usage('--room needs --pairing-code, as the room shows it');
if (values.room !== undefined && values.kill.length + values.cut.length > 0)
  usage('--kill and --cut are for the processes that the drill starts itself');

const random = randomFrom(`drill ${values.seed}`);
const data = values.data ?? mkdtempSync(join(tmpdir(), 'invigil-drill-'));
const say = (text: string): void => console.error(text);

async function drill(): Promise<Summary> {
  say(`seed ${values.seed}, data ${data}`);
  say(`starting ${seatCount} seats …`);
  const exam = await startExam({
    folder: data,
    until: 'sign-in',
    seats: seatCount,
    durationMin: Math.ceil(minutes) + 30,
    policy: { countdownS: 3 },
    packageFile: everyInteraction,
    cuttable: lines,
  });
  try {
    return await drillOn(exam);
  } finally {
    await exam.close();
  }
}

async function drillOn(exam: Exam): Promise<Summary> {
  const { site, room } = exam;
  const candidates = exam.seats.map(
    (_, i) =>
      new VirtualCandidate(
        `1${String(i + 1).padStart(6, '0')}`,
        () => exam.process(`seat-${i + 1}`).port,
        randomFrom(`candidate ${values.seed} ${i + 1}`),
      ),
  );
  await Promise.all(candidates.map((one) => one.signIn()));
  say('all signed in; start');
  const startsAt = await exam.allowStart();
  const endAt = startsAt + minutes * 60_000;
  const working = Promise.all(
    candidates.map(async (one) => {
      await one.work(minutes);
      await one.handIn();
    }),
  );
  const disturbing = disturb(exam, endAt);
  await working;
  const mended = await disturbing;
  // A long drill outlasts the sign-ins that it began with.
  await signIn(room, password);
  await site.call.account.signIn({ account: 'admin', password });
  await until('the room at its site', async () =>
    (await site.call.monitor.get()).rooms.some((one) => one.connected),
  );
  const { answers } = await exam.collect();

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

/** Kills and cuts at random moments until shortly before the end; everything is whole again when it returns. @returns how many were killed and cut */
async function disturb(exam: Exam, endAt: number): Promise<number> {
  let mended = 0;
  const what = [
    ...values.kill.map((role) => async () => {
      const name =
        role === 'seat'
          ? (`seat-${1 + Math.floor(random() * seatCount)}` as const)
          : (role as 'room' | 'site');
      say(`SIGKILL ${name}`);
      await exam.process(name).kill();
      await exam.again(name);
      mended++;
    }),
    ...values.cut.map((line) => async () => {
      const wire = exam.wire(line as (typeof lines)[number]);
      say(`cut ${line}`);
      wire.cut(true);
      await pause(1_000 + random() * 6_000);
      wire.cut(false);
      mended++;
    }),
  ];
  if (what.length === 0) return mended;
  for (;;) {
    await pause(2_000 + random() * 8_000);
    if (Date.now() > endAt - 1_000) return mended;
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
if (values.data === undefined) rmSync(data, { recursive: true, force: true });
process.exit(code);
