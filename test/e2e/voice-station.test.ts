/** A candidate speaks at the voice station into a microphone that plays a known sound: it is in the package for the centre, through a pause and another take. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { voiceAnswersContentsSchema } from '../../src/exam/paper-day/parcels.ts';
import { readFlac, readWav } from '../../src/exam/recording/flac/flac.fixture.ts';
import { screensFolder } from '../../src/node/running.ts';
import { findParcels } from '../../src/node/stick/stick.ts';
import { startWebServer, type WebServer } from '../../src/node/web-server.ts';
import { openParcel } from '../../src/parcel/parcel.ts';
import { stationOperations } from '../../src/station/operations.ts';
import { workOf } from '../../src/station/work.ts';
import { lastCheck } from '../../src/station/voice/microphone-check.ts';
import { formOf, openVoice, type OpenVoice } from '../../src/station/voice/voice.fixture.ts';
import { stationVoice as say } from '../../src/ui/strings/en/station-voice.ts';
import { launchBrowser } from '../../tools/exam-day/browser.ts';
import { until } from '../../tools/exam-day/process.ts';
import { Screen } from './browser.ts';

const sox = spawnSync('sox', ['--version']).status === 0;
if (!sox)
  console.warn('Left out: the voice station hears nothing without sox, which makes what is played to it.');

const folder = mkdtempSync(join(tmpdir(), 'invigil-voice-'));
const played = join(folder, 'played.wav');
const rate = 48_000;
let open: OpenVoice;
let web: WebServer;
let browser: Browser;
let page: Screen;

beforeAll(async () => {
  if (!sox) return;
  // Three seconds that are the same nowhere: a tone that rises, over one that beats. Then a breath.
  const made = spawnSync('sox', [
    '-n',
    '-r',
    String(rate),
    '-b',
    '16',
    '-c',
    '1',
    played,
    'synth',
    '3',
    'sine',
    '300-1400',
    'synth',
    '3',
    'sine',
    'amod',
    '3.3',
    'gain',
    '-9',
    'pad',
    '0',
    '0.5',
  ]);
  if (made.status !== 0) throw new Error(made.stderr.toString());
  open = await openVoice();
  const { node } = open.here.station;
  web = expectOk(
    await startWebServer({
      host: '127.0.0.1',
      port: 0,
      publicNames: [],
      screens: screensFolder('consoles', 'station'),
      router: stationOperations(
        open.here.station,
        workOf(open.here.station, { print: null, voice: open.voice, scan: null }),
      ),
      accounts: node.accounts,
      files: node.files,
      log: node.log,
      health: () => ({ ok: true }),
      screenToken: 'a'.repeat(64),
      microphone: true,
    }),
  );
  browser = await launchBrowser({
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${played}`,
    ],
  });
  page = await Screen.open(await browser.newContext({ viewport: { width: 1366, height: 768 } }), web.port);
});
afterAll(async () => {
  await browser?.close();
  await web?.close();
  await open?.here.close();
  rmSync(folder, { recursive: true, force: true });
});

const step = (name: string) => page.page.getByRole('button', { name: new RegExp(name) }).first();
const seconds = (count: number) => page.page.waitForTimeout(count * 1_000);
const shown = (text: string) => page.page.getByText(text, { exact: false }).first().waitFor();
const closed = () => page.page.getByRole('dialog').waitFor({ state: 'hidden' });
/** Until the clock shows that so much was said. */
const recordsFor = async (count: number): Promise<void> => {
  await shown(say['voice.isKept']);
  await seconds(count);
};

test.skipIf(!sox)('the microphone is tried: five seconds are recorded, judged and heard', async () => {
  await step(say['step.station.microphone']).click();
  await page.page.getByRole('meter').waitFor();
  await page.press(say['voice.recordCheck'].replace('{seconds}', '5'));
  await page.button(say['voice.heard']).waitFor();
  expect(lastCheck(open.here.station)).toMatchObject({ verdict: 'good', heard: null });
  await page.press(say['voice.heard']);
  await shown(say['voice.wasHeard']);
});

test.skipIf(!sox)(
  'a candidate signs in, prepares, answers, is interrupted, goes on, answers again, and finishes',
  async () => {
    await step(say['step.station.speaking']).click();
    await page.type(say['voice.formNumber'], formOf(2));
    await page.press(say['voice.lookUp']);
    await page.press(say['voice.sameSignIn']);
    await page.press(say['voice.beginPreparing']);
    // The page of the task is drawn: it is not white all over.
    const ink = await until('the page of the task', () =>
      page.page.locator('canvas.voice-page').evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data;
        return pixels?.some((value, i) => i % 4 === 0 && value < 128) === true;
      }, undefined),
    );
    expect(ink).toBe(true);
    await page.press(say['voice.beginAnswer']);
    await recordsFor(2);
    await page.press(say['voice.pause']);
    await page.type(say['voice.pauseReason'], 'fire alarm');
    await page.press(say['voice.pauseNow']);
    await closed();
    await shown(say['voice.paused']);
    await page.press(say['voice.resume']);
    await page.press(say['voice.goOnNow']);
    await recordsFor(1);
    await page.press(say['voice.endAnswer'].replace('{task}', '1'));
    await page.press(say['voice.beginAnswer']);
    await recordsFor(1);
    // The page is loaded anew in the middle of an answer.
    await page.page.reload();
    await shown(say['voice.cause.page-lost']);
    await page.press(say['voice.resume']);
    await page.press(say['voice.goOnNow']);
    await recordsFor(1);
    await page.press(say['voice.endAnswer'].replace('{task}', '2'));
    await shown(say['voice.listenNow']);
    await page.page.getByRole('button', { name: say['voice.playBack'] }).first().click();
    await page.page.getByRole('button', { name: say['voice.stopPlaying'] }).click();
    await page.press(say['voice.again']);
    await page.type(say['voice.againReason'], 'somebody shouted');
    await page.press(say['voice.againNow']);
    await closed();
    await page.press(say['voice.beginAnswer']);
    await recordsFor(2);
    await page.press(say['voice.endAnswer'].replace('{task}', '2'));
    await page.press(say['voice.finish']);
    await shown(say['voice.whole']);
    await page.press(say['voice.toEnd']);
    await page.press(say['voice.writeAll']);
    await shown('END_VOICE_07_0801_010626_01_0001');
    expect(page.complaints).toEqual([]);
  },
);

test.skipIf(!sox)('the package holds what was played, in every take', async () => {
  const { here, above } = open;
  const [found] = await findParcels(here.station.drives, ['voice-answers']);
  const opened = expectOk(
    await openParcel(found?.path ?? '', {
      trust: { roots: [above.root], at: null },
      identities: [above.centreKeys.sealing.identity],
      recipient: above.centreKeys.sealing.recipient,
      staging: join(folder, 'opened'),
      expect: {
        kind: 'voice-answers',
        to: { role: 'centre', code: 'CENTRE' },
        project: 'project-1',
        mode: 'formal',
      },
    }),
  );
  const read = (name: string | null) => readFileSync(opened.parts.get(name ?? '')?.file ?? '');
  const [candidate] = voiceAnswersContentsSchema.parse(
    JSON.parse(read('contents.json').toString()),
  ).candidates;
  expect(candidate).toMatchObject({
    form: formOf(2),
    variant: 2,
    whole: true,
    pauses: [
      { task: 1, cause: 'organiser', words: 'fire alarm' },
      { task: 2, cause: 'page-lost' },
    ],
    again: [{ task: 2, reason: 'somebody shouted' }],
  });
  const takes = candidate?.takes ?? [];
  expect(takes.map(({ task, take, goesOn, how, gaps }) => [task, take, goesOn, how, gaps.length])).toEqual([
    [1, 1, false, 'paused', 0],
    [1, 2, true, 'done', 0],
    [2, 1, false, 'paused', 0],
    [2, 2, true, 'done', 0],
    [2, 3, false, 'done', 0],
  ]);
  const original = readWav(readFileSync(played)).samples;
  for (const { part, samples } of takes.filter((take) => take.samples > rate)) {
    const heard = readFlac(read(part));
    expect(heard.rate).toBe(rate);
    expect(heard.samples).toHaveLength(samples);
    // A busy computer lets its microphone slip a little; other sounds, or the same ones at another pace, are far from it.
    expect(likeness(heard.samples, original)).toBeGreaterThan(0.95);
  }
});

/** How well a quarter of a second out of the middle of what was heard is found in what is played in a circle: 1 is the same. */
function likeness(heard: Int16Array, original: Int16Array): number {
  // Its tones are far below this: every eighth sample is enough to find the place.
  const every = 8;
  const middle = Math.floor(heard.length / 2) - rate / 8;
  const piece = heard.subarray(middle, middle + rate / 4);
  let best = { at: 0, value: -1 };
  for (let at = 0; at < original.length; at += every) {
    const value = correlation(piece, original, at, 2 * every);
    if (value > best.value) best = { at, value };
  }
  for (let at = best.at - every; at <= best.at + every; at++) {
    const value = correlation(piece, original, at, 1);
    if (value > best.value) best = { at, value };
  }
  return best.value;
}

function correlation(piece: Int16Array, original: Int16Array, at: number, every: number): number {
  let [both, own, other] = [0, 0, 0];
  for (let i = 0; i < piece.length; i += every) {
    const a = piece[i] as number;
    const b = original[(at + i + original.length) % original.length] as number;
    both += a * b;
    own += a * a;
    other += b * b;
  }
  return both / Math.sqrt(Math.max(1, own * other));
}
