/** A mock exam does by itself what a formal one must never do. */
import { afterAll, expect, test } from 'vitest';
import { everyInteraction } from '../../tools/exam-day/exam-day.ts';
import { startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { until } from '../../tools/exam-day/process.ts';
import { journalOf } from './journal-of.ts';

let exam: Exam | null = null;
afterAll(() => exam?.close());

test('in a mock exam seats sign in, answer what is chosen and hand in by themselves, and need no code', async () => {
  exam = await startExam({
    hosted: ['centre', 'site', 'room', 'seat-1', 'seat-2'],
    seats: 2,
    until: 'sign-in',
    mode: 'mock',
    packageFile: everyInteraction,
    policy: { earliestHandInMin: 60, lateLimitMin: 0 },
    roster: { candidatesPerRoom: 3 },
  });
  const { room, sessionId, seats } = exam;
  const set = (automatics: { signIn: boolean; answer: boolean; handIn: boolean }) =>
    room.call.session.setAutomatics({ sessionId, automatics });
  await set({ signIn: true, answer: false, handIn: false });
  await until('both signed in', async () => (await room.call.board.get()).counts.signedIn === 2);
  const { sittings } = await room.call.board.get();
  expect(sittings.slice(0, 2).map((one) => [one.index, one.seatNumber])).toEqual([
    [1, 1],
    [2, 2],
  ]);
  // Switched off again, nothing more happens by itself.
  await set({ signIn: false, answer: false, handIn: false });
  await exam.allowStart();
  for (const seat of seats)
    await until('the questions', async () => (await seat.call.state.get()).phase === 'answering');
  const [first] = seats;
  const own = (await first?.call.sitting.paper())?.instance.items.find(({ item }) =>
    item.responses.some(({ cardinality, baseType }) => cardinality === 'single' && baseType === 'string'),
  );
  const [response] = own?.item.responses ?? [];
  if (!first || !own || !response) throw new Error('the sample paper has no text question');
  const mine = { [response.identifier]: 'written by hand' };
  await first.call.sitting.answer({ item: own.identifier, responses: mine });
  await set({ signIn: false, answer: true, handIn: false });
  await until('answers of both at the room', async () =>
    (await room.call.board.get()).sittings.slice(0, 2).every((one) => one.answered >= 3),
  );
  expect((await first.call.sitting.paper()).responses[own.identifier]).toEqual(mine);
  await expect(first.call.sitting.handIn()).rejects.toMatchObject({ data: { type: 'too-early' } });
  // What a code permits goes without one, and nothing is entered as a code.
  const late = sittings[2]?.sittingId ?? '';
  const asked = await room.call.code.ask({
    sessionId,
    action: 'late-candidate',
    sittingId: late,
    minutes: 0,
    reason: 'rehearsal',
  });
  expect(asked.request).toBeNull();
  await set({ signIn: false, answer: true, handIn: true });
  await until('everybody handed in', async () => (await room.call.board.get()).counts.handedIn === 2);
  const kinds = journalOf(exam.data('room'))
    .own()
    .map(({ kind }) => kind);
  expect(kinds).toContain('late-candidate-admitted');
  expect(kinds.filter((kind) => kind.startsWith('code-'))).toEqual([]);
  await exam.close();
  exam = null;
});
