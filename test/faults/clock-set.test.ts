import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAnswering, startExam, type Exam, type Names } from '../../tools/exam-day/exam.ts';
import { lockPin, releasePin } from '../../tools/exam-day/exam-day.ts';
import { refusalIn, until, type Disturbance } from '../../tools/exam-day/process.ts';
import { journalOf } from './journal-of.ts';
import { keptByRoom, textQuestion } from './text-question.ts';

const dayMs = 24 * 60 * 60_000;
const marks = mkdtempSync(join(tmpdir(), 'invigil-clocks-'));
const setClock = (name: Names, shiftMs: number): void => writeFileSync(join(marks, name), String(shiftMs));
const disturbance = (name: Names): Disturbance => ({
  preload: [join(import.meta.dirname, 'disturb', 'shift-clock.ts')],
  env: { FAULT_CLOCK_FILE: join(marks, name) },
});
const disturbances = Object.fromEntries(
  (['site', 'room', 'seat-1'] as const).map((name) => [name, disturbance(name)]),
);
afterAll(() => rmSync(marks, { recursive: true, force: true }));

let exam: Exam;
let seat: Exam['seats'][number];
const durationMs = 60 * 60_000;

beforeAll(async () => {
  exam = await startExam({ hosted: ['centre'], seats: 1, until: 'answering', disturbances });
  [seat] = exam.seats as [typeof seat];
  await until("the candidate's time in the room", async () => (await timeLeft()).room > 0);
});
afterAll(() => exam?.close());

async function timeLeft(): Promise<{ room: number; seat: number }> {
  const { at, sittings } = await exam.room.call.board.get();
  return { room: (sittings[0]?.endsAt ?? at - 1) - at, seat: (await seat.call.state.get()).timeLeftMs ?? -1 };
}

/** What a candidate may lose or win by whatever was done since: nothing but the time that really went by. */
async function expectSteady(since: { at: number; left: { room: number; seat: number } }): Promise<void> {
  const passed = performance.now() - since.at;
  const left = await timeLeft();
  for (const where of ['room', 'seat'] as const) {
    expect(left[where]).toBeLessThanOrEqual(since.left[where] + 1_000);
    expect(left[where]).toBeGreaterThan(since.left[where] - passed - 20_000);
  }
}

const indicator = async (console: Exam['room'] | Exam['site']) =>
  (await console.call.frame()).indicators.find(({ id }) => id === 'clock');

test.each([
  ['forward', dayMs],
  ['back', -dayMs],
])(
  "a day %s on the clocks of room and seat while the exam runs takes nobody's time, and the status bar shows it",
  async (_, shiftMs) => {
    const since = { at: performance.now(), left: await timeLeft() };
    expect(since.left.room).toBeGreaterThan(durationMs / 2);
    setClock('room', shiftMs);
    setClock('seat-1', shiftMs);
    await until(
      'the wrong clock on the status bar',
      async () => (await indicator(exam.room))?.state === 'failed',
    );
    await expectSteady(since);
    const question = await textQuestion(seat);
    await question.answer(`by a clock off by ${shiftMs}`);
    await keptByRoom(seat);
    expect((await exam.room.call.board.get()).sittings[0]?.state).toBe('in-exam');
    await expectSteady(since);
    setClock('room', 0);
    setClock('seat-1', 0);
    await until(
      'the right clock on the status bar',
      async () => (await indicator(exam.room))?.state === 'passed',
    );
    await expectSteady(since);
  },
);

test.each([
  ['forward', dayMs],
  ['back', -dayMs],
])('a room that comes back with its clock a day %s goes on where the time really is', async (_, shiftMs) => {
  const since = { at: performance.now(), left: await timeLeft() };
  await exam.process('room').kill();
  setClock('room', shiftMs);
  await exam.again('room');
  await until('the room at its seat again', async () => (await seat.call.state.get()).roomOnline);
  await until(
    'the wrong clock on the status bar',
    async () => (await indicator(exam.room))?.state === 'failed',
  );
  // Back before the seat's next hello, the room shows the seat as away until then.
  await until(
    'the candidate in the exam',
    async () => (await exam.room.call.board.get()).sittings[0]?.state === 'in-exam',
  );
  await expectSteady(since);
  await exam.process('room').kill();
  setClock('room', 0);
  await exam.again('room');
});

test('a seat that comes back with its clock a day forward, while the room is away, still lets its candidate work', async () => {
  await exam.process('room').kill();
  await exam.process('seat-1').kill();
  setClock('seat-1', dayMs);
  await exam.again('seat-1');
  await isAnswering(seat);
  const question = await textQuestion(seat);
  await question.answer('alone with a wrong clock');
  setClock('seat-1', 0);
  await exam.again('room');
  await keptByRoom(seat);
});

test('entries keep their order whatever the clocks said, and the room says by which clock it went on', () => {
  const { entries, own } = journalOf(exam.data('room'));
  const [first] = entries.filter(({ text }) => text !== null);
  const places = entries.filter(({ origin }) => origin === first?.origin).map(({ seq }) => seq);
  expect(places).toEqual(places.map((_, i) => i + 1));
  const times = own().map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(own().filter(({ kind }) => kind === 'clock-resumed').length).toBeGreaterThanOrEqual(4);
});

test('clocks turned forward at site and room open nothing early, and the seal check says what to do', async () => {
  const early = await startExam({
    hosted: ['centre'],
    seats: 0,
    until: 'loaded',
    startAt: Date.now() + dayMs,
    disturbances,
  });
  try {
    await early.centre.call.authorisation.prepare({
      projectId: early.projectId,
      sessionId: early.sessionId,
      pin: releasePin,
    });
    setClock('site', dayMs);
    setClock('room', dayMs);
    await until('the wrong clock at the site', async () => (await indicator(early.site))?.state === 'failed');
    // By their clocks nobody has touched the consoles for a day; idle is what the steady clock says.
    for (const console of [early.site, early.room])
      expect((await console.call.account.me()).user).not.toBeNull();
    await early.site.call.authorisation.fetch();
    const refused = (asked: Promise<unknown>) => asked.then(() => null, refusalIn);
    const session = { sessionId: early.sessionId };
    expect(
      await refused(early.site.call.authorisation.calibrate({ ...session, pin: lockPin })),
    ).toMatchObject({
      type: 'too-early',
    });
    await early.room.call.session.choose({ ...session, administrator: 'A', invigilators: [] });
    expect(await refused(early.room.call.session.authorise(session))).toMatchObject({
      type: 'site-not-calibrated',
    });
    expect(await refused(early.room.call.session.allowSignIn(session))).toMatchObject({
      type: 'not-authorised',
    });
    const checks = [
      (await early.site.call.sealCheck.run()).checks,
      (await early.room.call.sealCheck.run()).sealCheck?.checks ?? [],
    ];
    expect(checks.map((list) => list.find(({ id }) => id === 'clock'))).toEqual([
      expect.objectContaining({ state: 'failed', remedy: { type: 'set-the-clock' } }),
      // The room is compared with its site, whose clock is wrong by as much.
      expect.objectContaining({ state: 'passed' }),
    ]);
  } finally {
    await early.close();
  }
});
