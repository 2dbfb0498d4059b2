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
import { VirtualCandidate, type Resumed } from './candidate.ts';
import { cutOne, killOne, pause, type Disturbance } from './disturb.ts';
import { drillIn } from './running-room.ts';
import { summary, type Summary } from './summary.ts';

const { values } = parseArgs({
  options: {
    seats: { type: 'string', default: '40' },
    'seats-per-process': { type: 'string' },
    minutes: { type: 'string', default: '1' },
    pace: { type: 'string', default: '5' },
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
/** Seconds between two actions of a candidate, in the middle: who reads and thinks is not quicker. */
const paceS = Number(values.pace);
for (const role of values.kill)
  if (!['room', 'seat', 'site'].includes(role)) usage(`--kill knows room, seat and site, not ${role}`);
const lines = ['room-site', 'seat-room'] as const;
for (const line of values.cut)
  if (!lines.some((one) => one === line)) usage(`--cut knows room-site and seat-room, not ${line}`);
if (!Number.isInteger(seatCount) || seatCount < 1 || seatCount > 1_000 || !(minutes > 0))
  usage('--seats takes 1 to 1000, --minutes more than 0');
if (!(paceS > 0)) usage('--pace takes the seconds between two actions of a candidate, more than 0');

if (values.room !== undefined && values['pairing-code'] === undefined)
  usage('--room needs --pairing-code, as the room shows it');
if (values.room !== undefined && values.kill.length + values.cut.length > 0)
  usage('--kill and --cut are for the processes that the drill starts itself');

/** Four processes at least, so that a kill leaves others at work; and not more seats than start again in a moment. */
const seatsPerProcess = Math.min(
  values['seats-per-process'] === undefined ? 50 : Number(values['seats-per-process']),
  Math.ceil((seatCount + 1) / 4),
);
if (!Number.isInteger(seatsPerProcess) || seatsPerProcess < 1) usage('--seats-per-process takes 1 or more');
const hosts = Math.ceil((seatCount + 1) / seatsPerProcess);

const random = randomFrom(`drill ${values.seed}`);
const data = values.data ?? mkdtempSync(join(tmpdir(), 'invigil-drill-'));
const say = (text: string): void => console.error(text);

async function drill(): Promise<Summary> {
  say(`seed ${values.seed}, data ${data}`);
  say(`starting ${seatCount} seats and a free one in ${hosts} processes …`);
  const exam = await startExam({
    folder: data,
    until: 'sign-in',
    // One more: candidates go on at the free one.
    seats: seatCount + 1,
    seatsPerProcess,
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
  const candidates = Array.from(
    { length: seatCount },
    (_, i) =>
      new VirtualCandidate(
        `1${String(i + 1).padStart(6, '0')}`,
        `seat-${i + 1}`,
        (seat) => exam.process(seat).port,
        randomFrom(`candidate ${values.seed} ${i + 1}`),
      ),
  );
  await Promise.all(candidates.map((one) => one.signIn()));
  say('all signed in; start');
  const startsAt = await exam.allowStart();
  const endAt = startsAt + minutes * 60_000;
  const working = Promise.all(
    candidates.map(async (one) => {
      await one.work(minutes, paceS);
      await one.handIn();
    }),
  );
  const disturbing = disturb(exam, candidates, endAt);
  await working;
  const { disturbances, resumes } = await disturbing;
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
  return summary(candidates, {
    changesInResults,
    lost,
    mismatched,
    startsAt,
    mended: disturbances.length,
    disturbances,
    resumes,
  });
}

/** Kills, cuts and lets candidates go on elsewhere, at random moments until shortly before the end; everything is whole again when it returns. */
async function disturb(
  exam: Exam,
  candidates: readonly VirtualCandidate[],
  endAt: number,
): Promise<{ disturbances: Disturbance[]; resumes: Resumed[] }> {
  const disturbances: Disturbance[] = [];
  const resumes: Resumed[] = [];
  let free: VirtualCandidate['seat'] = `seat-${seatCount + 1}`;
  const sittings = new Map(
    (await exam.room.call.board.get()).sittings.map((one) => [one.admissionNumber, one.sittingId]),
  );
  const resumeOne = async (): Promise<void> => {
    const one = candidates[Math.floor(random() * candidates.length)];
    if (!one) return;
    const before = one.seat;
    // The room may have been killed since the console was signed in.
    await exam.room.call.board.get().catch(() => signIn(exam.room, password));
    const done = await one.goOnAt(free, async () => {
      const sittingIds = [sittings.get(one.record.admissionNumber) ?? ''];
      await exam.room.call.sitting.resume({ sittingIds, reason: 'drill' });
    });
    if (!done) return;
    free = before;
    resumes.push(done);
    say(`${one.record.admissionNumber} went on at ${one.seat} after ${Math.round(done.ms)} ms`);
  };
  const what = [
    ...values.kill.map((role) => () => {
      const name =
        role === 'seat' ? (`seats-${1 + Math.floor(random() * hosts)}` as const) : (role as 'room' | 'site');
      say(`SIGKILL ${name}`);
      return killOne(exam, name, candidates, endAt);
    }),
    ...values.cut.map((line) => () => {
      say(`cut ${line}`);
      return cutOne(exam, line as (typeof lines)[number], 1_000 + random() * 6_000, candidates, endAt);
    }),
  ];
  for (;;) {
    await pause(1_000 + random() * 4_000);
    if (Date.now() > endAt - 1_000) return { disturbances, resumes };
    await resumeOne();
    await pause(1_000 + random() * 4_000);
    if (Date.now() > endAt - 1_000) return { disturbances, resumes };
    const done = await what[Math.floor(random() * what.length)]?.();
    if (!done) continue;
    disturbances.push(done);
    say(
      `recovered after ${Math.round(done.recoveryMs)} ms, queues sent after ${Math.round(done.until - done.from)} ms`,
    );
  }
}

function usage(problem: string): never {
  console.error(
    `${problem}\nnpm run drill -- [--seats N] [--seats-per-process N] [--minutes N] [--pace S] [--kill room|seat|site] [--cut room-site|seat-room] [--seed N] [--data DIR] [--json]
  --kill seat kills a process with all the seats in it, as when many computers lose power at once
npm run drill -- --room HOST:PORT --pairing-code CODE [--first-number N] [--seats N] [--minutes N] [--pace S] [--json]
  --pace S seconds between two actions of a candidate, on average (5)`,
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
          paceS,
          seed,
          data,
          say,
        });
  console.log(JSON.stringify(result));
  code = result.lost + result.mismatched + result.resumedDifferent === 0 ? 0 : 1;
} catch (error) {
  console.error(error);
}
if (values.data === undefined) rmSync(data, { recursive: true, force: true });
process.exit(code);
