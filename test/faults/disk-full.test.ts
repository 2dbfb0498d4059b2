import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAnswering, password, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { refusalIn, until } from '../../tools/exam-day/process.ts';
import { journalOf } from './journal-of.ts';
import { noSmallDisk, smallDisk, type SmallDisk } from './small-disk.ts';
import { keptByRoom, textQuestion, type Question } from './text-question.ts';

describe.skipIf(noSmallDisk !== null)(`a full disk${noSmallDisk === null ? '' : `: ${noSmallDisk}`}`, () => {
  let roomDisk: SmallDisk;
  let seatDisk: SmallDisk;
  let exam: Exam;
  let seat: Exam['seats'][number];
  let question: Question;

  beforeAll(async () => {
    // A room's settings are refused on a small disk: it becomes one afterwards.
    roomDisk = smallDisk(8 * 1024 ** 2);
    seatDisk = smallDisk(32 * 1024);
    exam = await startExam({
      hosted: ['centre', 'site'],
      seats: 1,
      until: 'answering',
      options: { room: { data: `${roomDisk.path}/room` }, 'seat-1': { data: `${seatDisk.path}/seat` } },
    });
    roomDisk.resize(32 * 1024);
    [seat] = exam.seats as [typeof seat];
    question = await textQuestion(seat);
    await question.answer('with space');
    await keptByRoom(seat);
  });
  afterAll(async () => {
    await exam?.close();
    roomDisk?.remove();
    seatDisk?.remove();
  });

  const journalState = async (): Promise<string | undefined> =>
    (await exam.room.call.frame()).indicators.find(({ id }) => id === 'journal')?.state;

  test('a room acknowledges nothing that it cannot keep, says so, and goes on by itself when there is space', async () => {
    roomDisk.fill();
    // Pages that SQLite has in reserve may take a few more.
    let number = 0;
    await until('the full disk on the status bar', async () => {
      await question.answer(`on a full disk ${++number} ${'x'.repeat(2_000)}`);
      return (await journalState()) === 'failed';
    });
    const health = await fetch(`${exam.room.url}/health`);
    expect(await health.json()).toMatchObject({ role: 'room', ok: false });
    const here = (await seat.call.state.get()).kept[question.item];
    expect(here?.kept).toBe('seat');
    // The console can be used: the board is read, and an order is refused with the reason.
    const { sittings } = await exam.room.call.board.get();
    const refused = await exam.room.call.sitting
      .extraTime({ sittingIds: [sittings[0]?.sittingId ?? ''], minutes: 1 })
      .then(() => null, refusalIn);
    expect(refused).toMatchObject({ type: 'journal-failed', reason: 'disk-full' });

    roomDisk.free();
    await keptByRoom(seat);
    expect(await journalState()).toBe('passed');
    expect((await exam.room.call.board.get()).sittings[0]?.extraTimeMin).toBe(0);
    const atSeat = journalOf(exam.data('seat-1')).own();
    await until(
      'the whole journal of the seat in the room',
      async () => journalOf(exam.data('room')).of(atSeat).length === atSeat.length,
    );
  });

  test('a seat tells its screen that an answer is not kept, stays up, and keeps it when there is space', async () => {
    seatDisk.fill();
    let refused: ReturnType<typeof refusalIn> = null;
    for (let number = 1; refused === null; number++)
      refused = await question
        .answer(`does not fit ${number} ${'x'.repeat(2_000)}`)
        .then(() => null, refusalIn);
    expect(refused).toMatchObject({ type: 'journal-failed', reason: 'disk-full' });
    const health = await fetch(`${seat.url}/health`);
    expect(await health.json()).toMatchObject({ ok: false, phase: 'answering' });
    // Orders of the room still reach the screen, although they cannot be written down.
    const { sittings } = await exam.room.call.board.get();
    await exam.room.call.sitting.extraTime({
      sittingIds: [sittings[0]?.sittingId ?? ''],
      minutes: 5,
    });
    await until('the extra time at the seat', async () => {
      const { timeLeftMs } = await seat.call.state.get();
      return timeLeftMs !== null && timeLeftMs > 60 * 60_000;
    });

    seatDisk.free();
    await question.answer('after there was space again');
    await keptByRoom(seat);
    expect((await seat.call.sitting.paper()).responses[question.item]).toEqual({
      [question.response]: 'after there was space again',
    });
  });

  test('a room and a seat that are started again on full disks refuse in one line and lose nothing', async () => {
    for (const [name, disk] of [
      ['seat-1', seatDisk],
      ['room', roomDisk],
    ] as const) {
      await exam.process(name).kill();
      disk.fill();
      const said = await exam.again(name).then(
        () => 'started',
        (error: Error) => error.message,
      );
      // What is needed to start may just fit.
      if (said !== 'started')
        expect(said).toMatch(/^The disk is full: .* Make room and start again; nothing was lost\.$/);
      else await exam.process(name).kill();
      disk.free();
      await exam.again(name);
    }
    await isAnswering(seat);
    await keptByRoom(seat);
    expect((await seat.call.sitting.paper()).responses[question.item]).toEqual({
      [question.response]: 'after there was space again',
    });
  });

  test('a room that cannot note that a seat has nothing left goes on, and notes it when there is space', async () => {
    const sittings = async () => (await exam.room.call.board.get()).sittings;
    await until('a seat that owes nothing', async () => (await sittings())[0]?.pending === 0);
    await exam.process('seat-1').kill();
    const [sitting] = await sittings();
    if (!sitting) throw new Error('nobody sits here');
    const reasons = [{ sittingId: sitting.sittingId, reason: 'the computer broke down' }];
    await exam.room.call.session.end({ sessionId: exam.sessionId, password, reasons });
    roomDisk.fill();
    // Also the shortest entry: pages that SQLite has in reserve take a few more.
    const { sittingId } = sitting;
    await until('a disk on which nothing fits', () =>
      exam.room.call.sitting.violation({ sittingId, code: '', description: '' }).then(() => null, refusalIn),
    );
    const heardAt = async (): Promise<number> => (await exam.room.call.seat.list())[0]?.lastContact ?? 0;
    const before = await heardAt();
    await exam.again('seat-1');
    await until('two hellos of the seat', async () => (await heardAt()) > before + 1_000);
    expect(await (await fetch(`${exam.room.url}/health`)).json()).toMatchObject({ role: 'room', ok: false });
    expect((await sittings())[0]).toMatchObject({ state: 'closed', collected: false });
    roomDisk.free();
    await until('the collected sitting', async () => (await sittings())[0]?.collected);
  });
});
