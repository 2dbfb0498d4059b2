/** A practical task on real processes: files saved by other programs, a killed agent, a move to another seat, and what the centre gets. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { ItemResponses } from '../../src/exam/paper/response.ts';
import { sha256Hex } from '../../src/trust/digest.ts';
import { isAnswering, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { practicalTasks, takeAnswerFiles, takeSeat } from '../../tools/exam-day/exam-day.ts';
import { until } from '../../tools/exam-day/process.ts';

let exam: Exam | undefined;
const data = mkdtempSync(join(tmpdir(), 'invigil-practical-'));
const folderAt = (seat: string, number: number): string => join(data, seat, '1000001', `question-${number}`);

afterAll(async () => {
  await exam?.close();
  rmSync(data, { recursive: true, force: true });
});

type Seat = Exam['seats'][number];

/** The room has this content as the answer, and the file itself. */
async function atTheRoom(seat: Seat, item: string, response: string, content: string): Promise<void> {
  await until(`"${content}" at the room`, async () => {
    const { responses } = await seat.call.sitting.paper();
    const { kept, pending } = await seat.call.state.get();
    const answer = responses[item]?.[response] as { file?: { digest: string } } | null | undefined;
    return answer?.file?.digest === sha256Hex(content) && kept[item]?.kept === 'room' && pending === 0;
  });
}

test('what is saved in the working folder reaches the centre through a killed agent and a move, flagged when a program still had it open', async () => {
  exam = await startExam({
    hosted: ['centre', 'site', 'room', 'seat-2'],
    seats: 1,
    until: 'sign-in',
    packageFile: practicalTasks,
    options: {
      'seat-1': { 'work-folder': join(data, 'seat-1') },
      'seat-2': { 'work-folder': join(data, 'seat-2') },
    },
  });
  const { centre, room, projectId } = exam;
  const [one] = exam.seats as [Seat];
  await takeSeat(one, '1000001');
  expect(existsSync(join(data, 'seat-1'))).toBe(false);
  await exam.allowStart();
  await isAnswering(one);
  await until('the task at the seat', () =>
    Promise.resolve(existsSync(join(folderAt('seat-1', 2), 'style.css'))),
  );

  writeFileSync(join(folderAt('seat-1', 1), 'totals.csv'), 'acknowledged');
  await atTheRoom(one, 'table', 'TOTALS', 'acknowledged');

  await exam.process('seat-1').kill();
  writeFileSync(join(folderAt('seat-1', 1), 'totals.csv'), 'saved while the agent was dead');
  await exam.again('seat-1');
  await atTheRoom(one, 'table', 'TOTALS', 'saved while the agent was dead');

  // The computer breaks for good.
  await exam.process('seat-1').kill();
  const sitting = (await room.call.board.get()).sittings.find((entry) => entry.admissionNumber === '1000001');
  await room.call.sitting.resume({ sittingIds: [sitting?.sittingId ?? ''], reason: 'broken' });
  const two = await exam.addSeat('seat-2');
  await takeSeat(two, '1000001');
  await isAnswering(two);
  const there = join(folderAt('seat-2', 1), 'totals.csv');
  await until('the newest version at the other seat', () => Promise.resolve(existsSync(there)));
  expect(readFileSync(there, 'utf8')).toBe('saved while the agent was dead');

  // The hand-in does not wait for a file to come to rest.
  await until('the other task', () => Promise.resolve(existsSync(join(folderAt('seat-2', 2), 'index.html'))));
  writeFileSync(join(folderAt('seat-2', 2), '.~lock.index.html#'), '');
  writeFileSync(join(folderAt('seat-2', 2), 'index.html'), '<p>still open</p>');
  expect((await two.call.sitting.handIn()).phase).toBe('handed-in');
  await until('the folder cleared away', () =>
    Promise.resolve(readdirSync(join(data, 'seat-2')).length === 0),
  );

  const { answers } = await exam.collect();
  const responses = (item: string): ItemResponses =>
    (answers.find((answer) => answer.item === item)?.responses ?? {}) as ItemResponses;
  expect(responses('table')['TOTALS']).not.toHaveProperty('file.open');
  expect(responses('page')['PAGE']).toMatchObject({ file: { name: 'index.html', open: true } });
  const files = await takeAnswerFiles(centre, projectId);
  expect(
    files.map(({ item, fileName, content }) => [item, fileName, new TextDecoder().decode(content)]),
  ).toEqual([
    ['page', '1000001_index.html', '<p>still open</p>'],
    ['table', '1000001_totals.csv', 'saved while the agent was dead'],
  ]);
});
