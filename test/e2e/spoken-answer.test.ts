/** A candidate speaks an answer into a microphone that the browser plays; browser and program die meanwhile, and the recording reaches the centre. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { utf8 } from '../../src/base/bytes.ts';
import type { FileReference } from '../../src/exam/paper/response.ts';
import { clusterOf, webmOf } from '../../src/exam/recording/webm.fixture.ts';
import type { KeptRecording } from '../../src/seat/recording/contract.ts';
import { sha256Hex } from '../../src/trust/digest.ts';
import { launchBrowser } from '../../tools/exam-day/browser.ts';
import { isAnswering, password, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { endAndReport, spokenSample, takeAnswerFiles, takeSeat } from '../../tools/exam-day/exam-day.ts';
import { refusalIn, until } from '../../tools/exam-day/process.ts';
import { CandidatePage, needScreens, sayPages, texts } from './candidate-page.ts';

type Seat = Exam['seats'][number];

const say = texts.en;
const folder = mkdtempSync(join(tmpdir(), 'invigil-spoken-'));
let exam: Exam;
let browser: Browser;
let own: CandidatePage;
let one: Seat;
let two: Seat;

const openBrowser = (): Promise<Browser> =>
  launchBrowser({ args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] });

beforeAll(async () => {
  needScreens();
  [exam, browser] = await Promise.all([
    startExam({
      hosted: ['centre', 'site', 'room'],
      seats: 2,
      until: 'answering',
      packageFile: spokenSample,
    }),
    openBrowser(),
  ]);
  [one, two] = exam.seats as [Seat, Seat];
  own = await CandidatePage.open(browser, one);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await sayPages();
});
afterAll(async () => {
  await browser?.close();
  await exam?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function keptAt(seat: Seat, item = 'speak'): Promise<KeptRecording | null> {
  const { work } = await seat.call.sitting.paper();
  return seat.call.recording.kept({ work, item, response: 'RESPONSE' });
}

const piecesAt = (seat: Seat, part: number, number: number): Promise<KeptRecording> =>
  until(`piece ${number} of part ${part}`, async () => {
    const kept = await keptAt(seat).catch(() => null);
    return kept && kept.last.part === part && kept.last.number >= number ? kept : null;
  });

async function answerAt(seat: Seat, item = 'speak'): Promise<FileReference | null> {
  const { responses } = await seat.call.sitting.paper();
  return (responses[item]?.['RESPONSE'] as { file: FileReference } | undefined)?.file ?? null;
}

/** How long a browser plays the candidate's file, s. */
function playedSeconds(digest: string): Promise<number> {
  return own.page.evaluate(async (name) => {
    const answer = await fetch(`/files/${name}`);
    const context = new OfflineAudioContext(1, 48_000, 48_000);
    return (await context.decodeAudioData(await answer.arrayBuffer())).duration;
  }, digest);
}

const status = (text: string) => own.page.getByRole('status').filter({ hasText: text });

test('the seat, and only the seat, may hear its candidate', async () => {
  const policy = async (url: string): Promise<string> =>
    (await fetch(url)).headers.get('permissions-policy') ?? '';
  expect(await policy(one.url)).toContain('microphone=(self)');
  expect(await policy(exam.room.url)).toContain('microphone=()');
});

test('a candidate tries the microphone, and records by the keyboard', async () => {
  await own.atWork();
  expect(await own.barriers(), 'before').toEqual([]);
  await own.tabTo(say['recording.try']);
  await own.page.keyboard.press('Enter');
  await own.page.getByRole('meter', { name: say['sound.level'] }).waitFor();
  await until('a sound on the meter', () =>
    own.page.locator('meter').evaluate((meter) => (meter as HTMLMeterElement).value > 0),
  );
  await own.button(say['recording.try-end']).click();
  expect(await own.page.locator('meter').count()).toBe(0);
  await own.tabTo(say['recording.start']);
  await own.page.keyboard.press('Enter');
  await status(say['recording.running']).waitFor();
  expect(await own.barriers(), 'recording').toEqual([]);
});

test('a browser that dies loses no piece that was kept, and the candidate goes on where it ended', async () => {
  const kept = await piecesAt(one, 1, 2);
  const session = await browser.newBrowserCDPSession();
  const gone = new Promise((resolve) => browser.once('disconnected', resolve));
  await Promise.all([session.send('Browser.crash').catch(() => undefined), gone]);
  browser = await openBrowser();
  own = await CandidatePage.open(browser, one);
  await status(say['recording.interrupted']).waitFor();
  const answer = await until('what was recorded as the answer', () => answerAt(one));
  expect((await keptAt(one))?.ms).toBeGreaterThanOrEqual(kept.ms);
  expect(await playedSeconds(answer.digest)).toBeGreaterThan(kept.ms / 1_000 - 1);
  expect(await own.barriers(), 'interrupted').toEqual([]);
});

test('the program that is killed while the candidate speaks takes everything after it is back', async () => {
  await own.button(say['recording.go-on']).click();
  const { last } = await piecesAt(one, 2, 1);
  await exam.process('seat-1').kill();
  await exam.again('seat-1');
  await piecesAt(one, 2, last.number + 2);
  await own.button(say['recording.stop']).click();
  await status(say['recording.kept']).waitFor();
  const kept = await keptAt(one);
  const answer = await until('all of it as the answer', async () => {
    const now = await answerAt(one);
    return now?.digest === kept?.file?.digest ? now : null;
  });
  // Two parts, played as one.
  expect(Math.abs((await playedSeconds(answer.digest)) - (kept?.ms ?? 0) / 1_000)).toBeLessThan(2);
  await own.button(say['recording.listen']).click();
  await own.button(say['recording.listen-stop']).click();
  await own.button(say['recording.listen']).waitFor();
});

test('recording again replaces it; leaving the question ends the recording and keeps it', async () => {
  const before = await answerAt(one);
  await own.button(say['recording.again']).click();
  await piecesAt(one, 1, 1);
  await own.button(say.next).click();
  await until('the new answer', async () => {
    const now = await answerAt(one);
    return now !== null && now.digest !== before?.digest;
  });
  await own.button(say.previous).click();
  await own.button(say['recording.go-on']).waitFor();
  // Both tries that the question gives are used.
  expect(await own.button(say['recording.again']).count()).toBe(0);
  expect(own.complaints).toEqual([]);
});

test.each([
  ['missing', [], 'recording.no-microphone'],
  [
    'refused',
    ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream=deny'],
    'recording.refused',
  ],
  [
    'silent',
    [
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${join(folder, 'silence.wav')}`,
    ],
    'sound.nothing',
  ],
] as const)('a microphone that is %s is said in plain words', async (_, args, text) => {
  writeFileSync(join(folder, 'silence.wav'), silentWave());
  const quiet = await launchBrowser({ args });
  try {
    const page = await CandidatePage.open(quiet, two);
    await page.atWork();
    await page.button(say['recording.try']).click();
    await page.page.getByRole('alert').filter({ hasText: say[text] }).waitFor();
  } finally {
    await quiet.close();
  }
});

/** A second of nothing, 16 bit, one channel. */
function silentWave(): Uint8Array {
  const rate = 48_000;
  const wave = Buffer.alloc(44 + rate * 2);
  wave.write('RIFF', 0);
  wave.writeUInt32LE(36 + rate * 2, 4);
  wave.write('WAVEfmt ', 8);
  wave.writeUInt32LE(16, 16);
  wave.writeUInt16LE(1, 20);
  wave.writeUInt16LE(1, 22);
  wave.writeUInt32LE(rate, 24);
  wave.writeUInt32LE(rate * 2, 28);
  wave.writeUInt16LE(2, 32);
  wave.writeUInt16LE(16, 34);
  wave.write('data', 36);
  wave.writeUInt32LE(rate * 2, 40);
  return wave;
}

/** Pieces as a page sends them, and no end. */
async function speakAt(seat: Seat, tryNumber: number, text: string): Promise<void> {
  const { work } = await seat.call.sitting.paper();
  const webm = webmOf([clusterOf(0, [0, utf8(text)])]);
  for (const [i, content] of [webm.subarray(0, 60), webm.subarray(60)].entries())
    await seat.call.recording.piece({
      work,
      item: 'speak',
      response: 'RESPONSE',
      try: tryNumber,
      part: 1,
      number: i + 1,
      ms: 2_500 * (i + 1),
      content: new Blob([new Uint8Array(content)]),
    });
}

test('what was never finished is in the answer package and goes on at another seat; the time ends, and it is kept', async () => {
  await speakAt(two, 1, 'first words');
  const another = two.call.recording.kept({ work: 'x', item: 'speak', response: 'RESPONSE' });
  expect(await another.then(() => null, refusalIn)).toMatchObject({ type: 'moved-elsewhere' });
  const { seatCode } = await exam.room.call.answerPackage.seatCode();
  const exported = await two.call.answerPackage.export({ seatCode });
  expect(exported.size).toBeGreaterThan(0);
  const first = await answerAt(two);
  expect(first?.name).toBe('speak_RESPONSE.webm');
  await until('the file in the room', async () => (await two.call.state.get()).pending === 0);
  await exam.process('seat-2').kill();
  const { sittings } = await exam.room.call.board.get();
  const sittingId = sittings.find((entry) => entry.admissionNumber === '1000002')?.sittingId ?? '';
  await exam.room.call.sitting.resume({ sittingIds: [sittingId], reason: 'broken' });
  const three = await exam.addSeat('seat-3');
  await takeSeat(three, '1000002');
  await isAnswering(three);
  expect(await answerAt(three)).toEqual(first);
  await speakAt(three, 1, 'last words');

  const handedIn = await one.call.sitting.handIn();
  expect(handedIn.phase).toBe('handed-in');
  await exam.room.call.session.end({
    sessionId: exam.sessionId,
    password,
    reasons: [{ sittingId, reason: 'time' }],
  });
  await until('the recording of the one whose time ended', async () => {
    const { pending, phase } = await three.call.state.get();
    return phase === 'ended' && pending === 0;
  });
  await endAndReport(exam.site, exam.room, {
    sessionId: exam.sessionId,
    roomPassword: password,
    backupFolder: join(folder, 'stick'),
  });
  const taken = await takeAnswerFiles(exam.centre, exam.projectId);
  expect(taken.map(({ fileName }) => fileName)).toEqual([
    '1000001_speak_RESPONSE.webm',
    '1000002_speak_RESPONSE.webm',
  ]);
  expect(sha256Hex(taken[1]?.content ?? new Uint8Array())).toBe(
    sha256Hex(webmOf([clusterOf(0, [0, utf8('last words')])])),
  );
});
