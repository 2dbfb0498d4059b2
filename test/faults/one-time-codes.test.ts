/** Exceptions by one-time code: wrong, used twice, over a restart, for another candidate, and never issued. */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromBase64 } from '../../src/base/bytes.ts';
import { roomPackageSchema } from '../../src/exam/package/room-package.ts';
import { expectOk } from '../../src/base/result.ts';
import { plainChallenge } from '../../src/exam/code/request.ts';
import { peekJws } from '../../src/trust/jws.ts';
import { answerFor } from '../../src/trust/one-time-code.ts';
import { endAndSend, takeSeat } from '../../tools/exam-day/exam-day.ts';
import { isAnswering, password, roomCode, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { until } from '../../tools/exam-day/process.ts';
import { journalOf } from './journal-of.ts';
import { keptByRoom, textQuestion } from './text-question.ts';

let exam: Exam;
const reason = 'the computer broke';

beforeAll(async () => {
  exam = await startExam({
    hosted: ['centre', 'site', 'seat-1', 'seat-2'],
    seats: 2,
    until: 'answering',
    roster: { candidatesPerRoom: 3 },
    policy: { lateLimitMin: 0, freeExtraTimeMin: 10 },
  });
});
afterAll(() => exam?.close());

const sittings = async () => (await exam.room.call.board.get()).sittings;
const sitting = async (i: number) => (await sittings())[i] ?? expect.fail('no such sitting');
const ask = async (action: 'extra-time' | 'late-candidate' | 'reinitialise', i: number, minutes = 0) => {
  const { sittingId } = await sitting(i);
  const { request } = await exam.room.call.code.ask({
    sessionId: exam.sessionId,
    action,
    sittingId,
    minutes,
    reason,
  });
  return request ?? expect.fail('nothing was asked');
};
const call = (challenge: string) => ({ roomCode, sessionId: exam.sessionId, challenge });
const issue = async (challenge: string): Promise<string> =>
  (await exam.centre.call.code.issue({ projectId: exam.projectId, ...call(challenge), reason: 'by phone' }))
    .answer;

test('extra time beyond what is free waits for the right answer, over a restart of the room, and is given once', async () => {
  const { sittingId } = await sitting(0);
  await expect(
    exam.room.call.sitting.extraTime({ sittingIds: [sittingId], minutes: 20 }),
  ).rejects.toMatchObject({ data: { type: 'extra-time-needs-code' } });
  const asked = await ask('extra-time', 0, 20);
  await until('the request at the centre', async () =>
    (await exam.centre.call.code.list({ projectId: exam.projectId })).some(
      (one) => one.challenge === asked.challenge && one.asked?.reason === reason,
    ),
  );
  await expect(exam.site.call.code.issue({ ...call(asked.challenge), reason })).rejects.toMatchObject({
    data: { type: 'codes-issued-by-centre' },
  });
  const read = await exam.centre.call.code.read({
    projectId: exam.projectId,
    ...call(asked.challenge.toLowerCase().replace('-', ' ')),
  });
  expect(read).toMatchObject({ action: 'extra-time', amount: 20, candidate: { index: 1 } });
  const answer = await issue(asked.challenge);
  const wrong = answer === '00000000' ? '00000001' : '00000000';
  await expect(
    exam.room.call.code.answer({ challenge: asked.challenge, answer: wrong }),
  ).rejects.toMatchObject({ data: { type: 'code-wrong' } });
  await exam.process('room').kill();
  await exam.again('room');
  await until('the room', async () => (await exam.room.call.code.list()).length === 1);
  await exam.room.call.code.answer({
    challenge: asked.challenge,
    answer: `${answer.slice(0, 4)} ${answer.slice(4)}`,
  });
  expect((await sitting(0)).extraTimeMin).toBe(20);
  await expect(exam.room.call.code.answer({ challenge: asked.challenge, answer })).rejects.toMatchObject({
    data: { type: 'code-used-already' },
  });
  expect((await sitting(0)).extraTimeMin).toBe(20);
  expect(await exam.room.call.code.list()).toEqual([]);
});

test('nothing happens by itself in a formal exam', async () => {
  const automatics = { signIn: true, answer: true, handIn: true };
  await expect(
    exam.room.call.session.setAutomatics({ sessionId: exam.sessionId, automatics }),
  ).rejects.toMatchObject({ data: { type: 'only-in-mock-exam' } });
  expect((await exam.room.call.board.get()).session?.automatics).toEqual({
    signIn: false,
    answer: false,
    handIn: false,
  });
});

test('an answer fits the request for which it was given and no other', async () => {
  const first = await ask('extra-time', 0, 15);
  const second = await ask('extra-time', 1, 15);
  const answer = await issue(first.challenge);
  await expect(exam.room.call.code.answer({ challenge: second.challenge, answer })).rejects.toMatchObject({
    data: { type: 'code-wrong' },
  });
  await exam.room.call.code.answer({ challenge: first.challenge, answer });
  expect((await sitting(0)).extraTimeMin).toBe(35);
  expect((await sitting(1)).extraTimeMin).toBe(0);
});

test('a late candidate signs in once the code was entered', async () => {
  const seat = await exam.addSeat('seat-3');
  await expect(takeSeat(seat, '1000003')).rejects.toMatchObject({ data: { type: 'too-late' } });
  const asked = await ask('late-candidate', 2);
  await exam.room.call.code.answer({
    challenge: asked.challenge,
    answer: await issue(asked.challenge),
  });
  await takeSeat(seat, '1000003');
  await isAnswering(seat);
});

test('who begins anew has an empty paper; the answers before stay as evidence', async () => {
  const seat = exam.seats[1] ?? expect.fail('no seat');
  const question = await textQuestion(seat);
  await question.answer('of the first attempt');
  await keptByRoom(seat);
  const asked = await ask('reinitialise', 1);
  await exam.room.call.code.answer({
    challenge: asked.challenge,
    answer: await issue(asked.challenge),
  });
  expect((await sitting(1)).state).toBe('not-signed-in');
  await until('the old screen goes', async () => (await seat.call.state.get()).phase !== 'answering');
  await seat.call.sitting.leave();
  await takeSeat(seat, '1000002');
  await isAnswering(seat);
  expect((await seat.call.sitting.paper()).responses[question.item]).toBeUndefined();
  expect(journalOf(exam.data('room')).entries.map(({ text }) => text)).toContain('of the first attempt');
});

test('a code that nobody issued holds the receipt until somebody at the centre answers for it', async () => {
  const asked = await ask('extra-time', 0, 1);
  await exam.room.call.code.answer({ challenge: asked.challenge, answer: computed(asked.challenge) });
  for (const seat of exam.seats) await seat.call.sitting.handIn();
  await endAndSend(exam.site, exam.room, {
    sessionId: exam.sessionId,
    roomPassword: password,
    backupFolder: join(exam.folder, 'backup'),
  });
  const row = async () =>
    (await exam.centre.call.result.list({ projectId: exam.projectId }))[0] ?? expect.fail('no row');
  expect(await row()).toMatchObject({
    sat: 3,
    receiptAt: null,
    problem: { type: 'codes-not-issued', count: 1, codes: [asked.challenge] },
  });
  await exam.centre.call.code.accept({
    projectId: exam.projectId,
    ...call(asked.challenge),
    reason: 'asked the room',
  });
  await until('the receipt at the room', async () => {
    const { receiptAt } = await exam.room.call.session.results({ sessionId: exam.sessionId });
    return receiptAt !== null;
  });
  expect(await row()).toMatchObject({ problem: null });
  expect((await row()).receiptAt).not.toBeNull();
});

/** As somebody can who read the key out of the room's disk. */
function computed(challenge: string): string {
  const db = new DatabaseSync(join(exam.data('room'), 'node.db'), { readOnly: true });
  const { value } = db.prepare("SELECT value FROM setting WHERE name = 'package'").get() as { value: string };
  db.close();
  const { jws } = JSON.parse(value) as { jws: string };
  const content = roomPackageSchema.parse(expectOk(peekJws(jws)).payload);
  const key = fromBase64(content.sessions[0]?.codeKey ?? '');
  return answerFor(key, expectOk(plainChallenge(challenge)));
}
