import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAnswering, startExam, type Exam, type Names } from '../../tools/exam-day/exam.ts';
import { until, type Disturbance, type RoleProcess } from '../../tools/exam-day/process.ts';
import { journalOf } from './journal-of.ts';
import { keptByRoom, textQuestion, type Question } from './text-question.ts';

/** In the order in which a node passes them for one change. */
const steps = [
  'received',
  'checked',
  'handed-to-the-disk',
  'in-the-transaction',
  'before-the-commit',
  'on-the-disk',
  'committed',
  'applied',
  'acknowledging',
  'acknowledged',
  'shipping',
  'shipped',
] as const;

const marks = mkdtempSync(join(tmpdir(), 'invigil-steps-'));
const stepFile = (name: Names): string => join(marks, name);
const disturbance = (name: Names): Disturbance => ({
  preload: [join(import.meta.dirname, 'disturb', 'kill-at-step.ts')],
  env: { FAULT_STEP_FILE: stepFile(name) },
});

let exam: Exam;
let seat: Exam['seats'][number];
let question: Question;
/** What the candidate was told is kept, in order. */
const kept: string[] = [];

beforeAll(async () => {
  const disturbed = ['site', 'room', 'seat-1'] as const;
  exam = await startExam({
    hosted: ['centre'],
    seats: 1,
    until: 'answering',
    disturbances: Object.fromEntries(disturbed.map((name) => [name, disturbance(name)])),
  });
  [seat] = exam.seats as [typeof seat];
  question = await textQuestion(seat);
});
afterAll(async () => {
  await exam?.close();
  rmSync(marks, { recursive: true, force: true });
});

/** Waits until a process that is killed from inside is dead. */
async function ended({ role, child }: RoleProcess): Promise<NodeJS.Signals | null | undefined> {
  await until(`the end of the ${role}`, async () => child?.signalCode != null || child?.exitCode != null);
  return child?.signalCode;
}

/** Has the process killed at that step of the next change, and starts it again. */
async function dieAt(name: Names, step: string): Promise<void> {
  writeFileSync(stepFile(name), step);
  expect({ name, step, ended: await ended(exam.process(name)) }).toEqual({ name, step, ended: 'SIGKILL' });
  rmSync(stepFile(name));
  await exam.again(name);
}

async function answer(text: string): Promise<boolean> {
  const told = await question.answer(text).then(
    () => true,
    () => false,
  );
  if (told) kept.push(text);
  return told;
}

test.each(steps)(
  'what is acknowledged is there, once, after seat, room and site were killed at the step "%s"',
  async (step) => {
    const seatDead = dieAt('seat-1', step);
    const told = await answer(`seat, ${step}`);
    await seatDead;
    await isAnswering(seat);
    // What the screen does with an answer that was not acknowledged.
    if (!told) expect(await answer(`seat, ${step}, again`)).toBe(true);
    await keptByRoom(seat);

    // Answers end their way at the site until they go up inside a result.
    const ships = ['shipping', 'shipped'].includes(step);
    const dead = ships ? [dieAt('room', step)] : [dieAt('room', step), dieAt('site', step)];
    expect(await answer(`room and site, ${step}`)).toBe(true);
    await Promise.all(dead);
    await keptByRoom(seat);
    expect((await seat.call.sitting.paper()).responses[question.item]).toEqual({
      [question.response]: kept.at(-1),
    });
  },
);

test('after all these deaths seat, room and site hold the same whole journal, and the centre the last answer', async () => {
  await seat.call.sitting.handIn();
  const { answers } = await exam.collect();
  const atSeat = journalOf(exam.data('seat-1')).own();
  const changes = atSeat.filter(({ kind }) => kind === 'answer-changed');
  const texts = changes.map(({ text }) => text);
  // A change that was on the disk when the acknowledgement was cut off may stand there besides; nothing stands there twice.
  expect(texts.filter((text) => kept.includes(text ?? ''))).toEqual(kept);
  expect(new Set(texts).size).toBe(texts.length);
  for (const above of ['room', 'site'] as const)
    expect(journalOf(exam.data(above)).of(atSeat)).toEqual(atSeat.map(({ hash }) => hash));
  expect(answers).toEqual([
    expect.objectContaining({
      item: question.item,
      changes: texts.length,
      responses: { [question.response]: kept.at(-1) },
    }),
  ]);
});
