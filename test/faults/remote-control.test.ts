/** The room and its seats' computers: a real browser that is killed, orders that are refused, a restart that is only written down, and a seat that is initialised. */
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RemoteAction } from '../../src/exam/remote-control/order.ts';
import { linux } from '../../src/seat/computer/linux.ts';
import { browserProgram } from '../../tools/exam-day/browser.ts';
import { password, roomCode, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { until } from '../../tools/exam-day/process.ts';
import { journalOf, nodeId } from './journal-of.ts';
import { keptByRoom, textQuestion } from './text-question.ts';

const secret = 'A sentence that only this candidate wrote.';
const chromium = browserProgram();
let exam: Exam;
let programs: string;

/** A program that writes down how it was called, before it does `then`. */
function program(name: string, then: string): string {
  const file = join(programs, name);
  writeFileSync(file, `#!/bin/sh\necho "$$ $*" >> "${join(programs, `${name}.called`)}"\n${then}\n`);
  chmodSync(file, 0o755);
  return file;
}
const called = (name: string): string[] => {
  const file = join(programs, `${name}.called`);
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};

const seatId = (i: number): string => nodeId(exam.data(`seat-${i}`));
const row = async (i: number) => {
  const { rows } = await exam.room.call.remoteControl.get();
  return rows.find((one) => one.seatId === seatId(i)) ?? expect.fail(`no row of seat ${i}`);
};
const order = async (
  action: Exclude<RemoteAction, 'initialise' | 'uninstall'>,
  seats: number[],
  reason = '',
) => {
  await exam.room.call.remoteControl.order({ action, seatIds: seats.map((i) => seatId(i)), reason });
};
const outcome = (i: number) =>
  until('the outcome', async () => {
    const { order: last } = await row(i);
    return last && !['waiting', 'under-way'].includes(last.state) ? last : null;
  });
const screen = (i: number, state: string) =>
  until(`the screen of seat ${i}: ${state}`, async () => (await row(i)).screen === state);

const initialiseRoom = (more: { roomCode?: string; password?: string } = {}) =>
  exam.room.call.initialise.run({ roomCode, password, keepSettings: true, keepSeats: true, ...more });
const filesWith = (folder: string, text: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && readFileSync(join(file.parentPath, file.name)).includes(text))
    .map(({ name }) => name);

describe.runIf(process.platform === 'linux' && chromium !== undefined)('on Linux with a browser', () => {
  beforeAll(async () => {
    programs = mkdtempSync(join(tmpdir(), 'invigil-programs-'));
    const path = { env: { PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}` } };
    // The browser without windows knows no window of an application: it gets the page by itself.
    const browser = program(
      'browser',
      `for one; do case $one in --app=*) page=\${one#--app=};; esac; done\nexec "${chromium}" --headless --no-sandbox --disable-gpu "$@" "$page"`,
    );
    program('systemctl', 'exit 0');
    exam = await startExam({
      hosted: ['centre', 'site'],
      seats: 2,
      until: 'answering',
      options: {
        'seat-1': { browser },
        'seat-2': { browser: program('broken', 'echo no display >&2; exit 1') },
      },
      disturbances: { 'seat-1': path, 'seat-2': path },
    });
  });
  afterAll(async () => {
    // The seats are killed and end no browser themselves.
    for (const i of [1, 2])
      await linux.endPrograms(`--user-data-dir=${join(exam.data(`seat-${i}`), 'screen-profile')}`, 0);
    await exam?.close();
    rmSync(programs, { recursive: true, force: true });
  });

  test('the room opens the screens and sees which are not there, and why', async () => {
    expect(await exam.room.call.remoteControl.get()).toMatchObject({ notShown: 2, newest: null });
    await order('open-screen', [1, 2]);
    await screen(1, 'shown');
    await screen(2, 'failed');
    expect(await outcome(1)).toMatchObject({ action: 'open-screen', state: 'done' });
    expect(await row(2)).toMatchObject({
      screenProblem: { type: 'browser-ends-at-once', problem: 'no display' },
    });
    expect((await exam.room.call.seat.list()).map((one) => one.screen).toSorted()).toEqual([
      'failed',
      'shown',
    ]);
  });

  test('a browser that is killed comes back with the page', async () => {
    const [pid = ''] = called('browser')[0]?.split(' ') ?? [];
    process.kill(Number(pid), 'SIGKILL');
    await until('the next browser', () => Promise.resolve(called('browser').length === 2));
    await screen(1, 'shown');
  });

  test('who is at work is not disturbed without a written reason', async () => {
    expect(await row(1)).toMatchObject({ atWork: true });
    await order('close-screen', [1]);
    expect(await outcome(1)).toMatchObject({ state: 'failed', reason: { type: 'seat-at-work' } });
    await order('restart', [1, 2]);
    for (const i of [1, 2])
      expect(await outcome(i)).toMatchObject({ state: 'failed', reason: { type: 'seat-at-work' } });
    expect(called('systemctl')).toEqual([]);
    await order('close-screen', [1], 'smoke in the corner');
    expect(await outcome(1)).toMatchObject({ state: 'done' });
    await screen(1, 'closed');
  });

  test('a restart is ordered of the system once, also when the agent starts again', async () => {
    await order('restart', [1], 'it hangs');
    expect(await outcome(1)).toMatchObject({ action: 'restart', state: 'done' });
    await exam.process('seat-1').kill();
    await exam.again('seat-1');
    await until('the seat', async () => (await row(1)).screen === 'closed');
    expect(called('systemctl').map((line) => line.split(' ').slice(1).join(' '))).toEqual(['reboot']);
  });

  test('a seat that was used is initialised only with the receipt; then nothing of the answers is left on it', async () => {
    const seat = exam.seats[1] ?? expect.fail();
    await (await textQuestion(seat)).answer(secret);
    await keptByRoom(seat);
    const initialise = (secretWord = password) =>
      exam.room.call.remoteControl.initialise({ seatIds: [seatId(2)], password: secretWord });
    await expect(initialise('wrong')).rejects.toMatchObject({ data: { type: 'wrong-password' } });
    await initialise();
    expect(await outcome(2)).toMatchObject({ state: 'failed', reason: { type: 'receipt-missing' } });
    const before = journalOf(exam.data('seat-2')).own();
    expect(before.some(({ text }) => text === secret)).toBe(true);

    await expect(initialiseRoom()).rejects.toMatchObject({ data: { type: 'receipt-missing' } });
    expect(await exam.room.call.initialise.gate()).toMatchObject({
      allowed: false,
      reason: { type: 'receipt-missing', sessions: '1' },
    });

    const { answers } = await exam.collect();
    expect(JSON.stringify(answers)).toContain(secret);
    await initialise();
    expect(await outcome(2)).toMatchObject({ action: 'initialise', state: 'done' });

    const after = journalOf(exam.data('seat-2')).own();
    expect(after.slice(0, before.length).map(({ hash }) => hash)).toEqual(before.map(({ hash }) => hash));
    expect(after.every(({ text }) => text === null)).toBe(true);
    expect(after.some(({ kind }) => kind === 'seat-initialised')).toBe(true);
    expect(filesWith(exam.data('seat-2'), secret)).toEqual([]);
    expect(await seat.call.state.get()).toMatchObject({ phase: 'ready', candidate: null });
  });

  test('the room is initialised after the receipt: its journal stays whole, the answers go, and nothing is reported twice', async () => {
    const before = journalOf(exam.data('room')).entries.map(({ hash }) => hash);
    expect(filesWith(exam.data('room'), secret)).not.toEqual([]);
    await expect(initialiseRoom({ roomCode: 'S1-R2' })).rejects.toMatchObject({
      data: { type: 'other-room-code' },
    });
    await expect(initialiseRoom({ password: 'wrong' })).rejects.toMatchObject({
      data: { type: 'wrong-password' },
    });
    await initialiseRoom();
    const { call } = exam.room;
    expect(await call.overview.get()).toMatchObject({ exam: null, settings: { registered: true } });
    expect(await call.seat.list()).toHaveLength(2);
    // Copies of the seats' entries have lost what was in them, and the journal says so.
    expect(
      journalOf(exam.data('room'))
        .entries.map(({ hash }) => hash)
        .slice(0, before.length),
    ).toEqual(before);
    expect(filesWith(exam.data('room'), secret)).toEqual([]);

    await exam.process('room').kill();
    await exam.again('room');
    await until('the exam to be loaded anew', () =>
      exam.room.call.exam.load().then(
        () => true,
        () => false,
      ),
    );
    await exam.room.call.session.choose({ sessionId: exam.sessionId, administrator: 'A', invigilators: [] });
    expect(await exam.room.call.session.results({ sessionId: exam.sessionId })).toMatchObject({
      report: { allowed: false, reason: { type: 'session-erased' } },
    });
    await expect(exam.room.call.session.exportResult({ sessionId: exam.sessionId })).rejects.toMatchObject({
      data: { type: 'session-erased' },
    });
  });
});
