/** The site's system functions on a real day: it does not end while it is needed, and what kills it while it is initialised leaves nothing half. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockPin } from '../../tools/exam-day/exam-day.ts';
import { password, siteCode, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { builtProgram, openConsole, refusalIn, until } from '../../tools/exam-day/process.ts';
import { journalOf } from './journal-of.ts';

let exam: Exam;
let site: Exam['site'];
let marks: string;

beforeAll(async () => {
  marks = mkdtempSync(join(tmpdir(), 'invigil-removal-'));
  exam = await startExam({ hosted: ['centre', 'room', 'seat-1'], seats: 1, until: 'answering' });
  ({ site } = exam);
  await until('the room’s word at the site', async () =>
    (await site.call.monitor.get()).rooms.some(({ counts }) => counts.inExam === 1),
  );
});
afterAll(async () => {
  await exam?.close();
  rmSync(marks, { recursive: true, force: true });
});

const refused = (work: Promise<unknown>) => work.then(() => null, refusalIn);
const proof = { siteCode, password };
const stop = (...more: string[]) =>
  spawnSync(process.execPath, [builtProgram(), 'site', 'stop', '--data', exam.data('site'), ...more], {
    encoding: 'utf8',
  });
const ended = () =>
  until('the end of the site', async () => {
    const { child } = exam.process('site');
    return child && (child.exitCode !== null || child.signalCode !== null) ? child : null;
  });
/** Signs in where it runs now. */
async function enter(): Promise<void> {
  site = await openConsole('site', exam.process('site').port);
  await site.call.account.signIn({ account: 'admin', password });
}

test.skipIf(process.platform === 'win32')(
  'a site whose room is at work refuses every signal with one line, and its console says so',
  async () => {
    const { child } = exam.process('site');
    let said = '';
    child?.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    for (const [i, signal] of (['SIGTERM', 'SIGINT', 'SIGTERM'] as const).entries()) {
      child?.kill(signal);
      await until(`the answer to ${signal}`, async () => said.split('\n').length === i + 2);
    }
    expect(said.split('\n')[0]).toMatch(
      /^Not closed\. In these rooms a formal session is in use, .*: S1-R1 \(1\)\..*invigil site stop/,
    );
    expect(await site.call.frame()).toMatchObject({ notice: { type: 'close-refused' } });
    expect(await site.call.close.state()).toMatchObject({ unreported: { type: 'rooms-in-use' } });
  },
);

test('it is not initialised either, whoever asks', async () => {
  expect(await site.call.initialise.gate()).toMatchObject({
    allowed: false,
    reason: { type: 'rooms-in-use' },
    goes: { rooms: ['S1-R1'], registeredRooms: 1, authorisations: 1, results: 0 },
  });
  const run = (given: Partial<typeof proof>) =>
    refused(site.call.initialise.run({ ...proof, keepRegistration: false, ...given }));
  expect(await run({})).toMatchObject({ type: 'rooms-in-use' });
  expect(await run({ siteCode: 'S2' })).toEqual({ type: 'other-site-code' });
  expect(await run({ password: 'guessed' })).toEqual({ type: 'wrong-password' });
});

test('the site code ends it, and the exam goes on when it is there again', async () => {
  expect(stop()).toMatchObject({ status: 1, stderr: expect.stringContaining('in use') });
  expect(stop('--code', 'S2')).toMatchObject({
    status: 1,
    stderr: 'This is not the code of this site.\n',
  });
  expect(stop('--code', siteCode)).toMatchObject({ status: 0, stderr: '' });
  expect((await ended()).exitCode).toBe(0);
  expect(stop('--code', siteCode)).toMatchObject({ status: 1, stderr: expect.stringContaining('No site') });
  await exam.again('site');
  await enter();
  await exam.seats[0]?.call.sitting.handIn();
  await exam.collect();
  expect(await site.call.close.state()).toMatchObject({ unreported: null });
  expect(await site.call.initialise.gate()).toMatchObject({ allowed: true });
});

test.skipIf(process.platform === 'win32')('with every receipt it ends as it is told', async () => {
  exam.process('site').child?.kill('SIGTERM');
  expect((await ended()).exitCode).toBe(0);
});

test('killed while it is initialised, it is as before or done: asked again it finishes, and the journal is whole', async () => {
  const armed = join(marks, 'armed');
  if (process.platform === 'win32') await exam.process('site').stop();
  await exam.again('site', {
    preload: [join(import.meta.dirname, 'disturb', 'kill-at-removal.ts')],
    env: { FAULT_STEP_FILE: armed },
  });
  const dieAt = async (step: string): Promise<void> => {
    await enter();
    writeFileSync(armed, step);
    await site.call.initialise.run({ ...proof, keepRegistration: false }).catch(() => undefined);
    expect((await ended()).signalCode).toBe('SIGKILL');
    rmSync(armed);
    await exam.again('site');
  };
  await dieAt('DELETE FROM room;');
  await enter();
  expect(await site.call.setup.state()).toMatchObject({ done: true, siteCode });
  expect(await site.call.frame()).toMatchObject({ notice: { type: 'initialise-unfinished' } });
  expect(await site.call.room.list()).toHaveLength(1);

  await dieAt('blobs');
  await enter();
  expect(await site.call.setup.state()).toMatchObject({ done: false, accounts: true });
  expect(await site.call.frame()).not.toHaveProperty('notice');
  expect(await site.call.room.list()).toEqual([]);
  for (const folder of ['blobs', 'uploads']) expect(readdirSync(join(exam.data('site'), folder))).toEqual([]);
  const told = journalOf(exam.data('site')).entries.map(({ kind }) => kind);
  expect(told.filter((kind) => ['site-closed', 'site-initialised'].includes(kind))).toEqual([
    'site-closed',
    'site-initialised',
    'site-initialised',
  ]);
});

test('the room is told that its site was initialised, and says so', async () => {
  const frame = await until('the room’s notice', async () => {
    const found = await exam.room.call.frame();
    return found.notice ? found : null;
  });
  expect(frame.notice).toEqual({ type: 'site-was-initialised' });
  expect(frame.indicators.find(({ id }) => id === 'parent')?.reason).toEqual({
    type: 'site-was-initialised',
  });
});

test('set up anew with the same account; nobody makes another one without signing in', async () => {
  const name = {
    siteCode: 'S7',
    mode: 'mock' as const,
    centreAddress: null,
    registrationCode: null,
    lock: { kind: 'key-file' as const, path: join(marks, 'lock.key'), pin: lockPin, create: true },
  };
  expect(
    await refused(site.call.setup.complete({ ...name, account: 'intruder', password: 'longer than 8' })),
  ).toEqual({ type: 'sign-in-needed' });
  const stranger = await openConsole('site', exam.process('site').port);
  for (const work of [stranger.call.restore.find(), stranger.call.restore.look({ path: '/backup' })])
    expect(await refused(work)).toEqual({ type: 'sign-in-needed' });
  expect(await site.call.setup.again(name)).toEqual({ registered: false });
  expect(await site.call.frame()).toMatchObject({ code: 'S7', mode: 'mock' });
});
