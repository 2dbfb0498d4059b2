/** The room checks its seats' computers: each measures itself for real; one lacks a program, one is killed before it answers. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExchangeClient } from '../../src/courier/https/client.ts';
import { probeBytes } from '../../src/exam/environment/measured.ts';
import { defaultRequirements } from '../../src/exam/environment/requirements.ts';
import { loadOrCreateNodeKeys } from '../../src/trust/keys.ts';
import { startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { until } from '../../tools/exam-day/process.ts';
import { journalOf, nodeId } from './journal-of.ts';

/** Stands in the search path of the first and third seat only. */
const program = process.platform === 'win32' ? 'exam-program.cmd' : 'exam-program';
const least = { userAgent: 'Mozilla/5.0 Chrome/140.0.0.0 Safari/537.36', language: 'en (en-GB)' };

let exam: Exam;
let programs: string;
const screens = new AbortController();

beforeAll(async () => {
  programs = mkdtempSync(join(tmpdir(), 'invigil-programs-'));
  writeFileSync(join(programs, program), '');
  chmodSync(join(programs, program), 0o755);
  const hasProgram = { env: { PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}` } };
  exam = await startExam({
    hosted: ['centre', 'site', 'seat-2'],
    seats: 3,
    until: 'loaded',
    // A machine that runs everything at once is slower than a seat.
    policy: {
      environment: { ...defaultRequirements, fsyncMs: 60_000, megabyteMs: 60_000, programs: [program] },
    },
    disturbances: { 'seat-1': hasProgram, 'seat-3': hasProgram },
  });
  for (const seat of exam.seats) await openScreen(seat);
});
afterAll(async () => {
  screens.abort();
  await exam?.close();
  rmSync(programs, { recursive: true, force: true });
});

/** As a browser does: says what it is, and stays. */
async function openScreen(seat: Exam['seats'][number]): Promise<void> {
  const { signal } = screens;
  const states = await seat.call.state.live(undefined, { signal });
  void (async () => {
    for await (const _ of states) if (signal.aborted) return;
  })().catch(() => undefined);
  await seat.call.environment.page({ ...least, width: 1366, height: 768 });
}

const view = () => exam.room.call.environment.get();
const row = async (i: number) => {
  const seats = await exam.room.call.seat.list();
  const id = nodeId(exam.data(`seat-${i}`));
  const found = (await view()).rows.find(({ seatId }) => seatId === id);
  if (!found) throw new Error(`no row of seat ${i} among ${seats.length}`);
  return found;
};
const step = async () =>
  (await exam.room.call.overview.get()).steps.find(({ id }) => id === 'environment') ??
  expect.fail('no such step');
const sealCheck = async () =>
  (await exam.room.call.sealCheck.run()).sealCheck?.checks.find(({ id }) => id === 'environment');
/** As the seat's program speaks to the room. */
async function asSeat(name: 'seat-1' | 'seat-2'): Promise<ExchangeClient> {
  const keys = await loadOrCreateNodeKeys(join(exam.data(name), 'keys'), { name: '' });
  const room = await loadOrCreateNodeKeys(join(exam.data('room'), 'keys'), { name: '' });
  return new ExchangeClient(
    { address: `127.0.0.1:${exam.process('room').exchangePort}`, certPem: room.tls.certPem },
    keys.tls,
  );
}

test('a seat that was never checked is a warning of the seal check, and loading is not held up', async () => {
  expect(await step()).toMatchObject({ state: 'current' });
  expect((await exam.room.call.overview.get()).exam).not.toBeNull();
  expect(await sealCheck()).toMatchObject({
    state: 'warning',
    remedy: { type: 'run-the-environment-check' },
  });
});

test('seats measure themselves; who lacks a program fails, who was killed is not reached', async () => {
  await exam.process('seat-3').kill();
  const started = await exam.room.call.environment.start({ seats: 'all' });
  expect(started).toMatchObject({ running: true, run: { seats: 3 }, counts: { underWay: 3 } });
  expect(started.start).toMatchObject({ allowed: false });
  await expect(exam.room.call.environment.start({ seats: 'all' })).rejects.toMatchObject({
    data: { type: 'environment-check-runs' },
  });

  await until('the results of both seats', async () => (await view()).counts.underWay === 1);
  const { requirements } = await view();
  expect(requirements.programs).toEqual([program]);
  const [first, second] = [await row(1), await row(2)];
  const verdicts = async (seatId: string) =>
    Object.fromEntries(
      (await exam.room.call.environment.seat({ seatId })).verdicts.map((one) => [one.id, one]),
    );
  const passed = await verdicts(first.seatId);
  // This machine may be a virtual one: that is a warning.
  expect(first.state).toMatch(/^(passed|warning)$/);
  for (const id of ['version', 'system', 'browser', 'screen', 'memory', 'disk', 'clock', 'network', 'room'])
    expect(passed[id]).toMatchObject({ id, state: 'passed' });
  expect(passed['storage']?.values?.['fsyncMs']).toBeGreaterThan(0);
  expect(passed['network']?.values?.['tookMs']).toBeGreaterThan(0);
  expect(passed['programs']).toMatchObject({ state: 'passed', values: { found: program } });
  expect(passed['browser']?.values).toMatchObject({ name: 'Chrome', version: 140 });

  expect(second.state).toBe('failed');
  expect((await verdicts(second.seatId))['programs']).toMatchObject({
    state: 'failed',
    reason: { type: 'programs-missing', programs: [program] },
    remedy: { type: 'install-the-programs' },
  });

  await until('the minute of the third seat', async () => !(await view()).running);
  expect((await row(3)).state).toBe('not-reached');
  expect((await view()).counts).toMatchObject({ seats: 3, passed: 1, failed: 1, notReached: 1 });
  expect(await step()).toMatchObject({
    state: 'failed',
    reason: { type: 'environment-not-passed', failed: 1, notReached: 1 },
  });
  expect(await sealCheck()).toMatchObject({ state: 'failed', reason: { seats: [second.number] } });
});

test('a seat reports only its own, only what is asked for, and fetches bytes only while it is checked', async () => {
  const [own, other] = [nodeId(exam.data('seat-1')), nodeId(exam.data('seat-2'))];
  const first = await asSeat('seat-1');
  const before = await view();
  const report = (change: object) =>
    first.post('/environment/report', { run: 'another-run', seat: own, measured: {}, done: true, ...change });
  expect(await report({ seat: other })).toMatchObject({ refusal: { type: 'not-this-seat' } });
  expect(await report({})).toMatchObject({ refusal: { type: 'environment-check-over' } });
  expect(await report({ measured: { memory: { value: -1 } } })).toMatchObject({
    refusal: { type: 'bad-request' },
  });
  expect(await report({ measured: { nothing: { value: 1 } } })).toMatchObject({
    refusal: { type: 'bad-request' },
  });
  expect(await report({ measured: { version: { problem: 'x'.repeat(100_000) } } })).toMatchObject({
    refusal: { type: 'answer-too-large' },
  });
  expect(await first.count('/environment/probe/another-run')).toMatchObject({
    refusal: { type: 'environment-check-over' },
  });
  expect(await view()).toEqual(before);
  first.close();
});

test('results are there after a restart of the room; the rest is checked again once it is back', async () => {
  const before = await view();
  await exam.process('room').kill();
  await exam.again('room');
  await until('the room', async () => (await exam.room.call.overview.get()).steps.length === 5);
  expect((await view()).rows).toEqual(before.rows);

  await exam.again('seat-3');
  const [, , third] = exam.seats;
  if (!third) throw new Error('three seats were started');
  await openScreen(third);
  await until('the third seat in the room', async () =>
    (await exam.room.call.seat.list()).every(({ online }) => online),
  );
  const passedAt = (await row(1)).at;
  const again = await exam.room.call.environment.start({ seats: 'open' });
  expect(again.run?.seats).toBe(2);
  await until('the check of the rest', async () => !(await view()).running);
  expect((await row(3)).state).toMatch(/^(passed|warning)$/);
  // Who had passed was left alone.
  expect((await row(1)).at).toBe(passedAt);
  expect((await row(2)).state).toBe('failed');

  // The view says so a moment before the journal does.
  const entries = await until('every result in the journal', async () => {
    const all = journalOf(exam.data('room')).entries;
    return all.filter(({ kind }) => kind === 'environment-checked').length >= 5 && all;
  });
  expect(
    entries.filter(({ kind }) => kind === 'environment-check-started').map(({ data }) => data['seats']),
  ).toEqual([3, 2]);
  const told = entries.filter(({ kind }) => kind === 'environment-checked');
  expect(told.map(({ data }) => data['reached'])).toEqual([true, true, false, true, true]);
  expect(told.filter(({ data }) => JSON.stringify(data['failed']).includes('programs'))).toHaveLength(2);
});

test('the report opens without any network and says of every seat what to do', async () => {
  for (const [language, words] of [
    ['en', ['Report of the environment check', 'Not installed: exam-program', 'Install the programs']],
    ['zh', ['环境检测报告', '未安装：exam-program']],
    ['ru', ['Отчёт о проверке компьютеров', 'Не установлено: exam-program']],
  ] as const) {
    const made = await exam.room.call.environment.report({ language });
    expect(made.fileName).toMatch(/\.html$/);
    const html = new TextDecoder().decode(await exam.room.download(made));
    for (const word of words) expect(html).toContain(word);
    expect(html).not.toMatch(/(src|href)=|https?:|\{\w+\}/);
    expect(html.match(/<tr>/g)).toHaveLength(4);
  }
});

test('a seat that has its answer may not fetch more bytes than it needs', async () => {
  await exam.process('seat-2').stop();
  const seat = await asSeat('seat-2');
  await exam.room.call.environment.start({ seats: 'open' });
  const { run } = await orderOf(seat);
  const fetched = [];
  for (let i = 0; i < 7; i++) fetched.push(await seat.count(`/environment/probe/${run}`));
  expect(fetched.filter((one) => one.ok).map((one) => one.ok && one.value.bytes)).toEqual(
    Array.from({ length: 5 }, () => probeBytes),
  );
  expect(fetched.at(-1)).toMatchObject({ refusal: { type: 'too-many-probes' } });
  // What it says in its own run is taken, and the run is over.
  expect(
    await seat.post('/environment/report', {
      run,
      seat: nodeId(exam.data('seat-2')),
      measured: { memory: { problem: 'not-said' } },
      done: true,
    }),
  ).toMatchObject({ ok: true });
  expect(await view()).toMatchObject({ running: false });
  seat.close();
});

/** What the room orders of a seat now. */
async function orderOf(seat: ExchangeClient): Promise<{ run: string }> {
  const stop = new AbortController();
  let order: { run: string } | null = null;
  await seat.events(
    '/events',
    ({ data }) => {
      order = (JSON.parse(data) as { environment: { run: string } | null }).environment;
      if (order) stop.abort();
    },
    stop.signal,
  );
  return order ?? expect.fail('no order');
}
