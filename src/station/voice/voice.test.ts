/** What a candidate says is on the disk before it is acknowledged, and reaches the centre sample by sample, whatever happens in between. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectOk, type Result } from '../../base/result.ts';
import {
  stationJournalParts,
  voiceAnswersAboutSchema,
  voiceAnswersContentsSchema,
  voiceFatesSchema,
  type PackageWord,
  type VoiceAnswersContents,
  type VoiceFates,
} from '../../exam/paper-day/parcels.ts';
import { bytesOf, readFlac } from '../../exam/recording/flac/flac.fixture.ts';
import { findParcels } from '../../node/stick/stick.ts';
import { openParcel, type Manifest, type ParcelKind } from '../../parcel/parcel.ts';
import { begin, endTake, keepPiece, lookUp, pause, prepare, signIn } from './answering.ts';
import { close } from './closing.ts';
import { listen } from './listen.ts';
import { hearCheck, judgeCheck, lastCheck, lastSound } from './microphone-check.ts';
import { taskPage } from './task-page.ts';
import { formOf, openVoice, speech, type OpenVoice } from './voice.fixture.ts';
import { takeWords } from './package-words.ts';
import { voiceView } from './voice-view.ts';

const rate = 16_000;
let open: OpenVoice;
beforeEach(async () => {
  open = await openVoice();
});
afterEach(() => open.here.close());

const said = (done: Result<unknown>): string => (done.ok ? 'done' : done.refusal.type);
/** One second of a take. */
const second = (take: string, number: number, of: Int16Array, start = (number - 1) * rate): Result<void> =>
  keepPiece(open.voice, take, { number, start }, bytesOf(of.subarray(start, start + rate)));
const secondsOf = (take: string, of: Int16Array, from = 1): void => {
  for (let n = from; n <= of.length / rate; n++) expectOk(second(take, n, of));
};

async function answering(form = formOf(1)): Promise<string> {
  expectOk(await signIn(open.voice, form));
  expectOk(await prepare(open.voice));
  return expectOk(await begin(open.voice, rate)).id;
}

/** Somebody answers both tasks. */
async function speaks(form: string, first: Int16Array, then: Int16Array): Promise<void> {
  const one = await answering(form);
  secondsOf(one, first);
  expectOk(await endTake(open.voice, one, 'done', first.length));
  const two = expectOk(await begin(open.voice, rate)).id;
  secondsOf(two, then);
  expectOk(await endTake(open.voice, two, 'time-over', then.length));
  expectOk(await open.voice.does({ do: 'finish', reason: '' }));
}

/** As centre, or site, opens what lies on the stick. */
async function onStick(kind: ParcelKind): Promise<{ manifest: Manifest; part: (name: string) => Buffer }[]> {
  const { here, above } = open;
  const { centreKeys } = above;
  const found = await findParcels(here.station.drives, [kind]);
  return Promise.all(
    found.map(async ({ path, manifest }) => {
      const { parts } = expectOk(
        await openParcel(path, {
          trust: { roots: [above.root], at: null },
          identities: [centreKeys.sealing.identity],
          recipient: centreKeys.sealing.recipient,
          staging: join(here.folder, `opened-${manifest.id}`),
          expect: { kind, to: manifest.to, project: 'project-1', mode: 'formal' },
        }),
      );
      return { manifest, part: (name: string) => readFileSync(parts.get(name)?.file ?? '') };
    }),
  );
}
const contentsIn = (part: (name: string) => Buffer): VoiceAnswersContents =>
  voiceAnswersContentsSchema.parse(JSON.parse(part('contents.json').toString()));
const fatesIn = (part: (name: string) => Buffer): VoiceFates =>
  voiceFatesSchema.parse(JSON.parse(part(stationJournalParts.fates).toString()));
const heardIn = (part: (name: string) => Buffer, name: string | null | undefined): Int16Array =>
  readFlac(part(name ?? '')).samples;

test('two candidates speak; what they said is in the package, and the journal tells of every take', async () => {
  const [a, b, c] = [speech(3), speech(2, rate, 7), speech(4, rate, 5)];
  await speaks(formOf(1), a, b);
  await speaks(formOf(2), c, b);
  const { paths } = expectOk(await close(open.voice, open.here.stick));
  expect(paths.map((path) => path.split(/[\\/]/).at(-1))).toEqual([
    expect.stringMatching(/^VOICE_07_0801_010626_01_Русский_язык_0001_1_[0-9a-z]{8}\.parcel$/),
    'END_VOICE_07_0801_010626_01_0001_Русский_язык_3.dat',
  ]);
  const [parcel] = await onStick('voice-answers');
  const about = voiceAnswersAboutSchema.parse(parcel?.manifest.about);
  expect(about).toMatchObject({ room: '0001', part: 1, parts: 1, candidates: 2, takes: 4, replaces: null });
  const part = parcel?.part as (name: string) => Buffer;
  const { candidates } = contentsIn(part);
  expect(candidates.map(({ form, variant, whole }) => ({ form, variant, whole }))).toEqual([
    { form: formOf(1), variant: 1, whole: true },
    { form: formOf(2), variant: 2, whole: true },
  ]);
  const [first, second_] = candidates.map(({ takes }) => takes.map((take) => heardIn(part, take.part)));
  expect([first?.[0], first?.[1], second_?.[0]]).toEqual([a, b, c]);
  const [journal] = await onStick('station-journal');
  const fates = fatesIn(journal?.part as (name: string) => Buffer);
  expect(fates.packages).toEqual([parcel?.manifest.id]);
  expect(fates.candidates[0]?.takes.map(({ task, samples, how }) => [task, samples / rate, how])).toEqual([
    [1, 3, 'done'],
    [2, 2, 'time-over'],
  ]);
});

test('pieces come twice, out of order, altered, too late or not at all: the take says what it holds', async () => {
  const spoken = speech(6);
  const take = await answering();
  for (const number of [1, 3, 3, 2, 1, 6]) expectOk(second(take, number, spoken));
  expect(said(second(take, 2, speech(6, rate, 3)))).toBe('piece-out-of-place');
  expect(said(second(take, 9, spoken, rate))).toBe('piece-out-of-place');
  expect(said(keepPiece(open.voice, take, { number: 9, start: 130 * rate }, bytesOf(speech(1))))).toBe(
    'recording-too-long',
  );
  // The fifth second never arrives, and of the seventh the page heard a half.
  expectOk(second(take, 4, spoken));
  expectOk(await endTake(open.voice, take, 'done', 6.5 * rate));
  expect(said(second(take, 5, spoken))).toBe('take-over');
  expect(said(second('another', 1, spoken))).toBe('take-over');
  const { takes = [] } = voiceView(open.voice).candidate ?? {};
  expect(takes).toMatchObject([{ seconds: 6.5, missingS: 1.5, how: 'done' }]);
  const heard = readFlac(expectOk(await listen(open.voice, take))).samples;
  expect(heard.subarray(0, 4 * rate)).toEqual(spoken.subarray(0, 4 * rate));
  expect(heard.subarray(4 * rate, 5 * rate)).toEqual(new Int16Array(rate));
  expect(heard.subarray(5 * rate, 6 * rate)).toEqual(spoken.subarray(5 * rate));
  expectOk(await open.voice.does({ do: 'finish', reason: 'one task only' }));
  expectOk(await close(open.voice, open.here.stick));
  const [parcel] = await onStick('voice-answers');
  expect(contentsIn(parcel?.part as never).candidates[0]).toMatchObject({
    whole: false,
    reason: 'one task only',
    takes: [
      {
        gaps: [
          { from: 4 * rate, to: 5 * rate },
          { from: 6 * rate, to: 6.5 * rate },
        ],
      },
    ],
  });
});

test('a station that is killed between two pieces has every piece that it acknowledged, and goes on with another take', async () => {
  const spoken = speech(4);
  const take = await answering();
  for (const number of [1, 2]) expectOk(second(take, number, spoken));
  await open.killed();
  // Its page is still there, and gives what it holds; the materials are closed until the member comes.
  expectOk(second(take, 3, spoken));
  expect(voiceView(open.voice)).toMatchObject({ open: false, candidate: { stage: 'answering', take } });
  expectOk(await pause(open.voice, 'page-lost', '', null));
  expect(said(await begin(open.voice, rate))).toBe('key-not-activated');
  await open.open();
  expectOk(await open.voice.does({ do: 'resume' }));
  expect(voiceView(open.voice).candidate).toMatchObject({ stage: 'ready', goesOn: true, answerMs: 117_000 });
  const next = expectOk(await begin(open.voice, rate));
  expect(next).toMatchObject({ take: 2, goesOn: true, limit: 117 * rate });
  await open.killed();
  await open.open();
  expect(readFlac(expectOk(await listen(open.voice, take))).samples).toEqual(spoken.subarray(0, 3 * rate));
});

test('killed between two takes, or before the file of a take was made: nothing is lost', async () => {
  const spoken = speech(2);
  const take = await answering();
  secondsOf(take, spoken);
  // The entry of its end is on the disk, and nothing after it.
  const { does } = open.voice;
  expectOk(await does({ do: 'end', id: take, how: 'done', samples: spoken.length, gaps: [] }));
  expect(open.voice.recordings.kept(take)).toBeNull();
  await open.killed();
  await open.open();
  expect(voiceView(open.voice).candidate).toMatchObject({ stage: 'ready', task: 2, unanswered: [2] });
  expectOk(await open.voice.does({ do: 'finish', reason: 'left' }));
  expectOk(await close(open.voice, open.here.stick));
  const [parcel] = await onStick('voice-answers');
  expect(heardIn(parcel?.part as never, 'take-1')).toEqual(spoken);
});

test('a clock that is set takes nobody’s preparation away and gives nobody more', async () => {
  const { here } = open;
  const left = () => voiceView(open.voice).candidate?.prepareMs;
  expectOk(await signIn(open.voice, formOf(1)));
  expectOk(await prepare(open.voice));
  for (const byMs of [86_400_000, -2 * 86_400_000, 86_400_000]) {
    here.setClock(byMs);
    here.pass(10_000);
    const before = left();
    expectOk(await pause(open.voice, 'organiser', 'the clock is set', null));
    expect(left()).toBe(before);
    expectOk(await open.voice.does({ do: 'resume' }));
  }
  expect(left()).toBe(60_000);
});

test('a disk that is full acknowledges nothing and loses nothing; with room again the same piece is kept', async () => {
  const spoken = speech(3);
  const take = await answering();
  expectOk(second(take, 1, spoken));
  const { db } = open.here.station.node;
  const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count']);
  db.exec(`PRAGMA max_page_count = ${pages}`);
  expect(said(second(take, 2, spoken))).toBe('disk-full');
  db.exec('PRAGMA max_page_count = 4294967294');
  for (const number of [2, 3]) expectOk(second(take, number, spoken));
  expectOk(await endTake(open.voice, take, 'done', spoken.length));
  expect(readFlac(expectOk(await listen(open.voice, take))).samples).toEqual(spoken);
});

test('a stick that is pulled out changes nothing: the next one gets the same packages, byte by byte', async () => {
  await speaks(formOf(1), speech(1), speech(1));
  const { station } = open.here;
  const pulled = {
    ...open.voice,
    station: { ...station, drives: { ...station.drives, list: async () => [] } },
  };
  expect(said(await close(pulled, open.here.stick))).toBe('no-such-drive');
  expect(await onStick('voice-answers')).toEqual([]);
  const packages = join(open.here.folder, 'data', 'voice-packages');
  const [made = ''] = readdirSync(packages);
  const bytes = readFileSync(join(packages, made));
  const { paths } = expectOk(await close(open.voice, open.here.stick));
  expect(readFileSync(paths[0] ?? '').equals(bytes)).toBe(true);
  // No copy is left anywhere else.
  expect(readdirSync(station.node.staging).filter((name) => !name.endsWith('.jsonl'))).toEqual([]);
});

test('what the centre cannot use is packed once more, and says whose place it takes', async () => {
  await speaks(formOf(1), speech(1), speech(1));
  expectOk(await close(open.voice, open.here.stick));
  const [before] = await onStick('voice-answers');
  const packageId = before?.manifest.id ?? '';
  const rejected: PackageWord = {
    packageId,
    state: 'rejected',
    quality: 'checking',
    rescan: [],
    reason: 'damaged',
    at: 10,
  };
  expectOk(await takeWords(open.voice, await open.above.words([rejected])));
  expectOk(await close(open.voice, open.here.stick));
  const newest = (await onStick('voice-answers')).find(({ manifest }) => manifest.id !== packageId);
  expect(newest?.manifest.about).toMatchObject({ replaces: packageId, candidates: 1, takes: 2 });
  // And is the same from then on.
  expectOk(await close(open.voice, open.here.stick));
  expect(voiceView(open.voice).packages).toBe(1);
  expect(await onStick('voice-answers')).toHaveLength(2);
});

test('two windows that close at once make one set of packages, and two journals of which the second goes on from the first', async () => {
  await speaks(formOf(1), speech(1), speech(1));
  const both = await Promise.all([close(open.voice, open.here.stick), close(open.voice, open.here.stick)]);
  for (const one of both) expectOk(one);
  expect(await onStick('voice-answers')).toHaveLength(1);
  expect(readdirSync(join(open.here.folder, 'data', 'voice-packages'))).toHaveLength(1);
  const closings = (await onStick('station-journal')).map(({ manifest }) => manifest.id);
  expect(closings.every((id) => id.endsWith(':2'))).toBe(true);
});

test('who speaks after the packages were made is in the next ones, which take their place', async () => {
  await speaks(formOf(1), speech(1), speech(1));
  expectOk(await close(open.voice, open.here.stick));
  const [before] = await onStick('voice-answers');
  await speaks(formOf(2), speech(1), speech(1));
  expect(voiceView(open.voice).packages).toBeNull();
  expectOk(await close(open.voice, open.here.stick));
  const newest = (await onStick('voice-answers')).find(({ manifest }) => manifest.id !== before?.manifest.id);
  expect(newest?.manifest.about).toMatchObject({ replaces: before?.manifest.id, candidates: 2, takes: 4 });
  expect(readdirSync(join(open.here.folder, 'data', 'voice-packages'))).toHaveLength(1);
});

test('a form is used once, in its room, and while nobody else speaks', async () => {
  expect(expectOk(lookUp(open.voice, formOf(1)))).toEqual({ form: formOf(1), kit: '100001', variant: 1 });
  expect(said(await signIn(open.voice, formOf(4)))).toBe('form-of-another-room');
  expect(said(await signIn(open.voice, formOf(9)))).toBe('form-unknown');
  // Two windows, one form.
  const both = await Promise.all([signIn(open.voice, formOf(1)), signIn(open.voice, formOf(1))]);
  expect(both.map(said)).toEqual(['done', 'station-taken']);
  expect(said(lookUp(open.voice, formOf(2)))).toBe('station-taken');
  expectOk(await open.voice.does({ do: 'finish', reason: 'left' }));
  expect(said(await signIn(open.voice, formOf(1)))).toBe('form-used');
  await open.killed();
  await open.open();
  expect(said(await signIn(open.voice, formOf(1)))).toBe('form-used');
});

test('nobody speaks into a microphone that was not heard, or while the materials are closed', async () => {
  const { station } = open.voice;
  expectOk(judgeCheck(station, { device: 'Desk', rate, content: bytesOf(new Int16Array(5 * rate)) }));
  expect(lastCheck(station)).toMatchObject({ device: 'Desk', verdict: 'nothing', good: false });
  expect(said(lookUp(open.voice, formOf(1)))).toBe('microphone-not-tried');
  expectOk(await hearCheck(station, true));
  // The organiser says so; the machine's doubt stays in the readiness.
  expect(lastCheck(station)).toMatchObject({ heard: true, good: false });
  expect(said(lookUp(open.voice, formOf(1)))).toBe('done');
  expect(readFlac(expectOk(lastSound(station))).samples).toEqual(new Int16Array(5 * rate));
  expect(said(judgeCheck(station, { device: 'x', rate, content: bytesOf(speech(2)) }))).toBe(
    'check-too-short',
  );
  station.openDay(null);
  expect(said(lookUp(open.voice, formOf(1)))).toBe('key-not-activated');
});

test('the page of a task is shown alone, and not before its time', async () => {
  expect(said(await taskPage(open.voice, 1))).toBe('nobody-signed-in');
  expectOk(await signIn(open.voice, formOf(2)));
  expect(said(await taskPage(open.voice, 1))).toBe('task-not-open');
  expectOk(await prepare(open.voice));
  const paper = await PDFDocument.load(expectOk(await taskPage(open.voice, 1)));
  // Of the second variant the first page.
  expect(paper.getPages().map((page) => page.getWidth())).toEqual([421]);
  expect(said(await taskPage(open.voice, 2))).toBe('task-not-open');
});

test('a reserve station takes candidates of every room, and one where nobody spoke gives its journal', async () => {
  await open.here.close();
  open = await openVoice(null);
  expect(said(lookUp(open.voice, formOf(4)))).toBe('done');
  const { paths } = expectOk(await close(open.voice, open.here.stick));
  expect(paths.map((path) => path.split(/[\\/]/).at(-1))).toEqual([
    'END_VOICE_07_0801_010626_01_0000_Русский_язык_3.dat',
  ]);
  const [journal] = await onStick('station-journal');
  expect(fatesIn(journal?.part as never)).toEqual({ v: 1, candidates: [], packages: [] });
});

test('what was said lies sealed on the stick: to the centre, and to nobody else', async () => {
  await speaks(formOf(1), speech(1), speech(1));
  expectOk(await close(open.voice, open.here.stick));
  const [found] = await findParcels(open.here.station.drives, ['voice-answers']);
  const recipients = found?.manifest.parts.map(({ sealedTo }) => sealedTo);
  expect(recipients).toEqual(Array.from({ length: 3 }, () => [open.above.centreKeys.sealing.recipient]));
});
