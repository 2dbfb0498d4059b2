/** Working folders on a real disk, saved into as programs do: in place, by renaming, held open, too large, behind links; and the agent killed in between. */
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { expectOk, ok, refuse, type Result } from '../../base/result.ts';
import { importPaper } from '../../exam/paper/import-paper.ts';
import { instantiatePaper } from '../../exam/paper/instance.ts';
import type { FileReference } from '../../exam/paper/response.ts';
import { openNode, type Node } from '../../node/node.ts';
import { sha256Hex } from '../../trust/digest.ts';
import { AnswerFiles } from '../agent/answer-files.ts';
import { CandidateWork } from '../agent/candidate-work.ts';
import type { OpenPaper } from '../agent/paper.ts';
import type { Claim } from '../agent/stored.ts';
import type { SeatState } from '../contract.ts';
import { seatMigrations } from '../storage.ts';
import type { PracticalTaskView } from './contract.ts';
import { PracticalWork, type WorkFolderOptions } from './practical-work.ts';

const claim: Claim = {
  sittingId: 'sitting-1',
  projectId: 'P',
  sessionId: 'S',
  admissionNumber: '1000001',
  name: 'A',
  confirmed: true,
  lease: 1,
  attempt: 1,
  startKey: null,
  openedAt: 1,
  carried: [],
  handInHead: null,
  receipt: null,
  accommodations: null,
};

const started: (() => Promise<void>)[] = [];
let data = '';
let folder = '';
let paper: OpenPaper;
/** Added to the clock: what waits for a rest need not be waited for. */
let later = 0;
const clock = { now: () => systemClock.now() + later, monotonic: () => systemClock.monotonic() + later };

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'invigil-practical-'));
  folder = join(data, 'candidates');
  later = 0;
  const zip = readFileSync(join(import.meta.dirname, '../../../samples/practical.zip'));
  const imported = expectOk(await importPaper(new Uint8Array(zip)));
  paper = {
    sittingId: claim.sittingId,
    instance: instantiatePaper(imported.paper, 'seed'),
    files: new Map(
      imported.paper.files.map((file) => [
        file.digest,
        { file, content: imported.files.get(file.path) ?? new Uint8Array() },
      ]),
    ),
  };
});
afterEach(async () => {
  for (const stop of started.splice(0)) await stop();
  rmSync(data, { recursive: true, force: true });
});

interface Seat {
  readonly node: Node;
  readonly work: CandidateWork;
  readonly practical: PracticalWork;
  at(phase: SeatState['phase'], held?: Claim): void;
  /** A killed agent is one whose folders nobody clears away or looks at any more. */
  stop(): Promise<void>;
}

let takes: () => Result<unknown> = () => ok();
let atRoom = new Map<string, string>();

async function seat(options: Partial<WorkFolderOptions> = {}, name = 'seat'): Promise<Seat> {
  takes = () => ok();
  const node = expectOk(
    await openNode({
      role: 'seat',
      data: join(data, name),
      logLevel: 'silent',
      clock,
      migrations: seatMigrations,
    }),
  );
  const files = new AnswerFiles(node);
  const work = new CandidateWork(node, files);
  const practical = new PracticalWork({
    folder,
    afterwards: 'move',
    ...options,
    node,
    system: {
      documents: () => Promise.resolve(null),
      show: (path) => Promise.resolve(refuse({ type: 'cannot-open-folder', path })),
    },
    files,
    responses: (item) => work.responsesTo(item),
    isNamed: (digest) => work.answerFile(digest) !== null,
    answer: (item, response, file) => {
      const may = takes();
      return may.ok ? work.answerFromFolder(item, response, file) : Promise.resolve(may);
    },
    fetch: (_sitting, digest, path) => {
      const content = atRoom.get(digest);
      if (content === undefined) return Promise.resolve(refuse({ type: 'room-unreachable' }));
      writeFileSync(path, content);
      return Promise.resolve(ok());
    },
    onChange: () => undefined,
  });
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    await practical.close();
    await node.close();
  };
  started.push(stop);
  return {
    node,
    work,
    practical,
    at(phase, held = claim) {
      if (work.claim !== held) work.hold(held);
      practical.follow({ claim: held, paper, phase });
    },
    stop,
  };
}

const question = (n: number): string => join(folder, '1000001', `question-${n}`);
const until = (said: () => void): Promise<void> => vi.waitFor(said, { timeout: 120_000, interval: 30 });
const task = ({ practical }: Seat, n = 0): PracticalTaskView => practical.view.tasks[n] ?? expect.fail();
const expected = (of: Seat, n = 0, place = 0) => task(of, n).expected[place] ?? expect.fail();

function answered({ work }: Seat, item: string, response: string): FileReference | null {
  const value = work.responsesTo(item)[response];
  return typeof value === 'object' && value !== null && 'file' in value
    ? (value.file as FileReference)
    : null;
}

async function atWork(options: Partial<WorkFolderOptions> = {}): Promise<Seat> {
  const one = await seat(options);
  one.at('answering');
  await until(() => expect(task(one, 1).folder).toBe(question(2)));
  return one;
}

/** Saved, and long enough ago. */
async function kept(of: Seat, item: string, response: string, content: string): Promise<FileReference> {
  await until(() => {
    later += 1_000;
    expect(answered(of, item, response)?.digest).toBe(sha256Hex(content));
  });
  return answered(of, item, response) ?? expect.fail();
}

test('nothing lies in the folder before the start; then the task’s files do, under their names', async () => {
  const one = await seat();
  one.at('countdown');
  one.at('waiting');
  await one.practical.takeEverything();
  one.practical.release();
  expect(existsSync(folder)).toBe(false);
  one.at('answering');
  await until(() => expect(readdirSync(question(2))).toEqual(['index.html', 'style.css']));
  expect(readFileSync(join(question(1), 'sales.csv'), 'utf8')).toContain('2026-01-08,chair');
  await until(() => expect(expected(one, 1).state).toBe('as-given'));
  expect(answered(one, 'page', 'PAGE')).toBeNull();
});

test('a saved file becomes the answer, each save a version, and what was typed beside it stays', async () => {
  const one = await atWork();
  writeFileSync(join(question(2), 'index.html'), 'first');
  await kept(one, 'page', 'PAGE', 'first');
  expectOk(await one.work.answer({ item: 'page', responses: { WHY: 'too small' } }, paper));
  expect(answered(one, 'page', 'PAGE')?.digest).toBe(sha256Hex('first'));
  writeFileSync(join(question(2), 'index.html'), 'second');
  const file = await kept(one, 'page', 'PAGE', 'second');
  expect(file).toEqual({
    digest: sha256Hex('second'),
    name: 'index.html',
    mediaType: 'application/octet-stream',
    size: 6,
  });
  expect(one.work.responsesTo('page')['WHY']).toBe('too small');
  await until(() => expect(expected(one, 1)).toMatchObject({ state: 'kept', versions: 2 }));
});

test('a screen cannot put another file in the place of the one in the folder', async () => {
  const one = await atWork();
  writeFileSync(join(question(1), 'totals.csv'), 'mine');
  await kept(one, 'table', 'TOTALS', 'mine');
  const foreign = { digest: 'f'.repeat(64), name: 'x', mediaType: 'text/plain', size: 1 };
  expectOk(await one.work.answer({ item: 'table', responses: { TOTALS: { file: foreign } } }, paper));
  expect(answered(one, 'table', 'TOTALS')?.digest).toBe(sha256Hex('mine'));
});

test('a program that saves by writing elsewhere and renaming is understood, its other files are no answers', async () => {
  const one = await atWork();
  const [temporary, final] = [join(question(1), '~WRD0001.tmp'), join(question(1), 'totals.csv')];
  writeFileSync(temporary, 'one');
  renameSync(temporary, final);
  await kept(one, 'table', 'TOTALS', 'one');
  writeFileSync(temporary, 'two');
  rmSync(final);
  renameSync(temporary, final);
  await kept(one, 'table', 'TOTALS', 'two');
  writeFileSync(join(question(1), '~$totals.csv'), 'mark');
  // Nothing is saved anew, and the program has it open now.
  await until(() => expect(answered(one, 'table', 'TOTALS')?.open).toBe(true));
  rmSync(join(question(1), '~$totals.csv'));
  await until(() => expect(answered(one, 'table', 'TOTALS')?.open).toBeUndefined());
  await until(() => expect(expected(one).versions).toBe(2));
});

test('a file that is written all the time is not taken half-written, and is taken as it is at the hand-in', async () => {
  const one = await atWork();
  const path = join(question(1), 'totals.csv');
  writeFileSync(path, 'half');
  await until(() => expect(expected(one).state).toBe('saving'));
  expect(answered(one, 'table', 'TOTALS')).toBeNull();
  writeFileSync(join(question(1), '.~lock.totals.csv#'), 'x');
  expectOk(await one.practical.takeEverything());
  expect(answered(one, 'table', 'TOTALS')).toMatchObject({ digest: sha256Hex('half'), open: true });
  // From then on nothing more is taken, until the hand-in was refused.
  writeFileSync(path, 'after');
  await until(() => {
    later += 60_000;
    expect(expected(one).state).toBe('saving');
  });
  expect(answered(one, 'table', 'TOTALS')?.digest).toBe(sha256Hex('half'));
  one.practical.release();
  await kept(one, 'table', 'TOTALS', 'after');
});

test('a file that vanishes, is emptied or grows beyond its limit is no erased answer', async () => {
  const one = await atWork();
  const path = join(question(1), 'totals.csv');
  writeFileSync(path, 'good');
  await kept(one, 'table', 'TOTALS', 'good');
  rmSync(path);
  await until(() => expect(expected(one)).toMatchObject({ state: 'gone', name: 'totals.csv' }));
  writeFileSync(path, '');
  await until(() => expect(expected(one).state).toBe('empty'));
  writeFileSync(path, new Uint8Array(1024 ** 2 + 1));
  await until(() => expect(expected(one).state).toBe('too-large'));
  later += 60_000;
  expectOk(await one.practical.takeEverything());
  expect(answered(one, 'table', 'TOTALS')?.digest).toBe(sha256Hex('good'));
});

test('links out of the folder are not followed', async () => {
  const one = await atWork();
  const secret = join(data, 'secret.csv');
  writeFileSync(secret, 'secret');
  symlinkSync(secret, join(question(1), 'totals.csv'));
  linkSync(secret, join(question(2), 'print.css'));
  await until(() => expect(task(one).passedOver).toEqual(['totals.csv']));
  await until(() => expect(task(one, 1).passedOver).toEqual(['print.css']));
  expectOk(await one.practical.takeEverything());
  one.practical.release();
  expect(answered(one, 'table', 'TOTALS')).toBeNull();
  expect(answered(one, 'page', 'STYLE')).toBeNull();
  // The folder itself, too.
  rmSync(question(1), { recursive: true });
  const elsewhere = join(data, 'elsewhere');
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, 'totals.csv'), 'secret');
  symlinkSync(elsewhere, question(1));
  await until(() => expect(task(one).problem?.type).toBe('work-folder-gone'));
  expectOk(await one.practical.takeEverything());
  expect(answered(one, 'table', 'TOTALS')).toBeNull();
});

test('a folder with thousands of files is said to be too full, and the seat goes on', async () => {
  const one = await atWork();
  for (let n = 0; n < 1_100; n++) writeFileSync(join(question(1), `${n}.log`), '');
  await until(() => expect(task(one).problem?.type).toBe('work-folder-full'));
  writeFileSync(join(question(2), 'index.html'), 'goes on');
  await kept(one, 'page', 'PAGE', 'goes on');
});

test('a killed agent finds what was saved meanwhile, and lays nothing over it', async () => {
  const one = await atWork();
  writeFileSync(join(question(1), 'totals.csv'), 'acknowledged');
  await kept(one, 'table', 'TOTALS', 'acknowledged');
  await one.stop();
  writeFileSync(join(question(1), 'totals.csv'), 'saved while it was dead');
  writeFileSync(join(question(2), 'index.html'), 'changed');
  const again = await seat();
  expect(answered(again, 'table', 'TOTALS')?.digest).toBe(sha256Hex('acknowledged'));
  // Until the paper is open again the candidate's files stay where they are.
  again.at('waiting', again.work.claim ?? expect.fail());
  await again.practical.takeEverything();
  again.practical.release();
  expect(existsSync(join(question(1), 'totals.csv'))).toBe(true);
  again.at('answering', again.work.claim ?? expect.fail());
  await kept(again, 'table', 'TOTALS', 'saved while it was dead');
  await kept(again, 'page', 'PAGE', 'changed');
  await until(() => expect(expected(again).versions).toBe(2));
});

test('a task’s file comes back as it was, and what stood there is a version', async () => {
  const one = await atWork();
  const path = join(question(2), 'index.html');
  const given = readFileSync(path, 'utf8');
  writeFileSync(path, 'spoilt, and not kept yet');
  expectOk(await one.practical.bringBack('page', 'index.html'));
  expect(readFileSync(path, 'utf8')).toBe(given);
  expect(one.node.blobs.holds(sha256Hex('spoilt, and not kept yet'))).toBe(true);
  await until(() => expect(expected(one, 1)).toMatchObject({ state: 'as-given', versions: 1 }));
  expect(await one.practical.bringBack('page', '../../node.db')).toMatchObject({ ok: false });
  expect(await one.practical.openFolder('page')).toMatchObject({ refusal: { type: 'cannot-open-folder' } });
});

test('at another seat the folder has the newest version instead of the task’s file', async () => {
  atRoom = new Map();
  const file = { digest: sha256Hex('from the other seat'), name: 'index.html', mediaType: 'x', size: 19 };
  const carried = [{ item: 'page', responses: { PAGE: { file } }, lease: 1, epoch: 0, seq: 9 }];
  const one = await seat();
  const moved = { ...claim, lease: 2, carried };
  one.at('answering', moved);
  await until(() => expect(task(one, 1).problem?.type).toBe('room-unreachable'));
  expect(existsSync(join(question(2), 'index.html'))).toBe(false);
  atRoom.set(file.digest, 'from the other seat');
  await until(() =>
    expect(readFileSync(join(question(2), 'index.html'), 'utf8')).toBe('from the other seat'),
  );
  await until(() => expect(existsSync(join(question(2), 'style.css'))).toBe(true));
  await until(() => {
    later += 1_000;
    expect(expected(one, 1).state).toBe('kept');
  });
});

test('after the end the folder is cleared away with what was saved last, and the next candidate finds none of it', async () => {
  const one = await atWork();
  writeFileSync(join(question(1), 'totals.csv'), 'last moment');
  one.at('ended');
  await until(() => expect(existsSync(join(folder, '1000001'))).toBe(false));
  expect(answered(one, 'table', 'TOTALS')?.digest).toBe(sha256Hex('last moment'));
  const [moved = ''] = readdirSync(join(one.node.data, 'work-closed'));
  expect(readFileSync(join(one.node.data, 'work-closed', moved, 'question-1', 'totals.csv'), 'utf8')).toBe(
    'last moment',
  );
});

test('by the other policy the folder is deleted; of a candidate who moved away nothing is taken any more', async () => {
  const one = await atWork({ afterwards: 'delete' });
  writeFileSync(join(question(1), 'totals.csv'), 'too late');
  one.at('moved');
  await until(() => expect(existsSync(join(folder, '1000001'))).toBe(false));
  expect(answered(one, 'table', 'TOTALS')).toBeNull();
  expect(existsSync(join(one.node.data, 'work-closed'))).toBe(false);
});

test('initialising leaves nothing of any candidate: no folder, no moved one, no version', async () => {
  const one = await atWork();
  writeFileSync(join(question(2), 'index.html'), 'first candidate');
  const { digest } = await kept(one, 'page', 'PAGE', 'first candidate');
  one.at('ended');
  await until(() => expect(readdirSync(join(one.node.data, 'work-closed'))).toHaveLength(1));
  const next = { ...claim, sittingId: 'sitting-2', admissionNumber: '1000002' };
  paper = { ...paper, sittingId: next.sittingId };
  one.at('answering', next);
  await until(() => expect(existsSync(join(folder, '1000002', 'question-1', 'sales.csv'))).toBe(true));
  expectOk(await one.practical.forgetEverybody());
  expect(readdirSync(folder)).toEqual([]);
  expect(existsSync(join(one.node.data, 'work-closed'))).toBe(false);
  expect(one.node.blobs.holds(digest)).toBe(false);
  await until(() => expect(one.practical.view).toEqual({ tasks: [], left: [] }));
});

test('an answer that this seat cannot keep is said, ends no exam, and is tried again', async () => {
  const one = await atWork();
  takes = () => refuse({ type: 'journal-failed', reason: 'disk-full' });
  writeFileSync(join(question(1), 'totals.csv'), 'wait');
  await until(() => {
    later += 1_000;
    expect(task(one).problem?.type).toBe('journal-failed');
  });
  expect(await one.practical.takeEverything()).toMatchObject({ refusal: { type: 'journal-failed' } });
  one.practical.release();
  takes = () => ok();
  await kept(one, 'table', 'TOTALS', 'wait');
});

test('behind a lock what was saved before counts, and later saves wait for the unlocking', async () => {
  const one = await atWork();
  writeFileSync(join(question(1), 'totals.csv'), 'before');
  one.at('locked');
  await until(() => expect(answered(one, 'table', 'TOTALS')?.digest).toBe(sha256Hex('before')));
  writeFileSync(join(question(1), 'totals.csv'), 'behind the lock');
  await until(() => {
    later += 60_000;
    expect(expected(one).state).toBe('saving');
  });
  one.at('answering');
  await kept(one, 'table', 'TOTALS', 'behind the lock');
});
