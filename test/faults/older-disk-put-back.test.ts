import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAnswering, startExam, type Exam, type Names } from '../../tools/exam-day/exam.ts';
import { until } from '../../tools/exam-day/process.ts';
import { journalOf } from './journal-of.ts';
import { keptByRoom, textQuestion, type Question } from './text-question.ts';

let exam: Exam;
let seat: Exam['seats'][number];
let question: Question;
const given: string[] = [];

beforeAll(async () => {
  exam = await startExam({ hosted: ['centre', 'site'], seats: 1, until: 'answering' });
  [seat] = exam.seats as [typeof seat];
  question = await textQuestion(seat);
});
afterAll(() => exam?.close());

async function answer(text: string): Promise<void> {
  await question.answer(text);
  given.push(text);
}

/** Kills the node and keeps a copy of its disk; it goes on from where it was. */
async function copyDisk(name: Names): Promise<void> {
  await exam.process(name).kill();
  cpSync(exam.data(name), join(exam.folder, `${name}.old`), { recursive: true });
  await exam.again(name);
}

async function putBack(name: Names): Promise<void> {
  await exam.process(name).kill();
  rmSync(exam.data(name), { recursive: true });
  cpSync(join(exam.folder, `${name}.old`), exam.data(name), { recursive: true });
}

async function shown(): Promise<unknown> {
  return (await seat.call.sitting.paper()).responses[question.item]?.[question.response];
}

const ofKind = (name: Names, kind: string) =>
  journalOf(exam.data(name))
    .own()
    .filter((entry) => entry.kind === kind);

test('a seat whose disk was put back gets its answers back from the room and says so', async () => {
  await answer('before the copy');
  await keptByRoom(seat);
  await copyDisk('seat-1');
  await isAnswering(seat);
  await answer('after the copy');
  await keptByRoom(seat);
  await putBack('seat-1');
  await exam.again('seat-1');
  await isAnswering(seat);
  await until('the answer that the old disk does not have', async () => (await shown()) === 'after the copy');
  await answer('after it came back');
  await keptByRoom(seat);
  expect(ofKind('seat-1', 'disk-rolled-back')).toHaveLength(1);
});

test('what a candidate answers on an old disk, cut off from the room, counts as later', async () => {
  await copyDisk('seat-1');
  await isAnswering(seat);
  await answer('before the cut');
  await keptByRoom(seat);
  await exam.process('room').kill();
  await putBack('seat-1');
  await exam.again('seat-1');
  await isAnswering(seat);
  await answer('on the old disk');
  await exam.again('room');
  await keptByRoom(seat);
  expect(await shown()).toBe('on the old disk');
  expect(ofKind('seat-1', 'disk-rolled-back')).toHaveLength(2);
});

test('a room whose disk was put back has after it what it ordered and what it acknowledged, and shows it', async () => {
  await copyDisk('room');
  await keptByRoom(seat);
  const sittingId = (await exam.room.call.board.get()).sittings[0]?.sittingId ?? '';
  await exam.room.call.sitting.extraTime({ sittingIds: [sittingId], minutes: 7 });
  await answer('kept by the room after the copy');
  await keptByRoom(seat);
  const before = journalOf(exam.data('room')).own();
  await until(
    "the room's journal at the site",
    async () => journalOf(exam.data('site')).of(before).length >= before.length,
  );
  await putBack('room');
  await exam.again('room');
  await until(
    'the extra time',
    async () => (await exam.room.call.board.get()).sittings[0]?.extraTimeMin === 7,
  );
  await until(
    'the alarm on the status bar',
    async () =>
      (await exam.room.call.frame()).indicators.find(({ id }) => id === 'journal')?.reason?.type ===
      'disk-rolled-back',
  );
  await answer('after the room came back');
  await keptByRoom(seat);
  expect(ofKind('room', 'disk-rolled-back')).toHaveLength(1);
  expect(ofKind('seat-1', 'parent-rolled-back')).not.toEqual([]);
});

test('the centre gets every answer of the day, the last one in force', async () => {
  await seat.call.sitting.handIn();
  const { answers } = await exam.collect();
  const atRoom = journalOf(exam.data('room')).entries.flatMap(({ text }) => text ?? []);
  expect([...new Set(atRoom)].toSorted()).toEqual(given.toSorted());
  expect(answers.map(({ responses }) => responses)).toEqual([{ [question.response]: given.at(-1) }]);
});
