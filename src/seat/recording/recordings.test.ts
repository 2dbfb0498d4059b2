import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { concatBytes, utf8 } from '../../base/bytes.ts';
import { expectOk, type Result } from '../../base/result.ts';
import { recordingLimit } from '../../exam/recording/recording-limits.ts';
import { clusterOf, timesOf, webmOf } from '../../exam/recording/webm.fixture.ts';
import { openDatabase } from '../../store/sqlite.ts';
import { recordingMigrations, Recordings, type Piece, type RecordingPlace } from './recordings.ts';

const place: RecordingPlace = { sitting: 's1', attempt: 1, item: 'speak', response: 'RESPONSE' };
const asked = { seconds: 10, tries: 2, unreadable: [] };
const spoken = webmOf([clusterOf(0, [0, utf8('a')], [60, utf8('b')], [120, utf8('c')])]);
const pieces = [spoken.subarray(0, 70), spoken.subarray(70, 80), spoken.subarray(80)];
const file = { digest: 'b'.repeat(64), name: 'speak.webm', mediaType: 'audio/webm', size: 1 };

let folder: string;
let recordings: Recordings;
let close: () => void;
const open = (): void => {
  const db = expectOk(openDatabase(join(folder, 'node.db'), { migrations: recordingMigrations }));
  recordings = new Recordings({ db, data: folder });
  close = () => db.close();
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-recordings-'));
  open();
});
afterEach(() => {
  close();
  rmSync(folder, { recursive: true, force: true });
});

function piece(tryNumber: number, part: number, number: number, change: Partial<Piece> = {}): Piece {
  const content = pieces[number - 1] ?? utf8(`piece ${number}`);
  return { try: tryNumber, part, number, ms: number * 1_000, content, ...change };
}
const take = (one: Piece, of = place): Result<void> => recordings.take(of, one, asked);
const refusal = (done: Result<void>): string => (done.ok ? 'taken' : done.refusal.type);

test('pieces are the recording, in their order and over a restart', () => {
  expect(recordings.kept(place)).toBeNull();
  for (const number of [1, 2, 3]) expectOk(take(piece(1, 1, number)));
  close();
  open();
  expect(recordings.kept(place)).toEqual({ last: { try: 1, part: 1, number: 3 }, ms: 3_000, file: null });
  expect(recordings.whole(place)).toEqual(concatBytes(...pieces));
  // Of another candidate, another attempt, another question: nothing.
  for (const other of [{ sitting: 's2' }, { attempt: 2 }, { item: 'x' }, { response: 'x' }])
    expect(recordings.kept({ ...place, ...other })).toBeNull();
});

test('a piece that comes again is kept once; another one under its number is refused', () => {
  for (const number of [1, 2, 2, 1, 2, 3]) expectOk(take(piece(1, 1, number)));
  expect(recordings.whole(place)).toEqual(concatBytes(...pieces));
  expect(refusal(take(piece(1, 1, 2, { content: utf8('other') })))).toBe('recording-out-of-order');
  expect(recordings.whole(place)).toEqual(concatBytes(...pieces));
});

test('nothing is taken out of order', () => {
  for (const early of [piece(1, 1, 2), piece(2, 1, 1), piece(1, 2, 1)])
    expect(refusal(take(early))).toBe('recording-out-of-order');
  expectOk(take(piece(1, 1, 1)));
  for (const wrong of [piece(1, 1, 3), piece(1, 3, 1), piece(1, 2, 2), piece(3, 1, 1), piece(2, 1, 2)])
    expect(refusal(take(wrong))).toBe('recording-out-of-order');
  expect(recordings.kept(place)?.last).toEqual({ try: 1, part: 1, number: 1 });
});

test('after an interruption it goes on with another part, and plays as one', () => {
  expectOk(take(piece(1, 1, 1)));
  expectOk(take(piece(1, 1, 2)));
  for (const number of [1, 2, 3]) expectOk(take(piece(1, 2, number)));
  expect(recordings.kept(place)).toMatchObject({ last: { part: 2, number: 3 }, ms: 5_000 });
  const heard = timesOf(recordings.whole(place)).map(([, text]) => text);
  expect(heard.slice(-3)).toEqual(['a', 'b', 'c']);
});

test('the first piece of another try takes the place of the one before; there are as many as the author says', () => {
  expectOk(take(piece(1, 1, 1)));
  expectOk(take(piece(1, 1, 2)));
  expectOk(recordings.noteFile(place, { try: 1, part: 1, number: 2 }, file));
  expect(recordings.kept(place)?.file).toEqual(file);
  expectOk(take(piece(2, 1, 1)));
  // Its acknowledgement was lost: it costs no further try.
  expectOk(take(piece(2, 1, 1)));
  expect(recordings.kept(place)).toEqual({ last: { try: 2, part: 1, number: 1 }, ms: 1_000, file: null });
  expect(refusal(take(piece(3, 1, 1)))).toBe('recording-tries-used');
  expect(recordings.whole(place)).toEqual(pieces[0]);
});

test('a file holds what it was made of: with a piece more it is not the whole recording', () => {
  expectOk(take(piece(1, 1, 1)));
  expectOk(take(piece(1, 1, 2)));
  expect(refusal(recordings.noteFile(place, { try: 1, part: 1, number: 1 }, file))).toBe(
    'recording-out-of-order',
  );
  expectOk(recordings.noteFile(place, { try: 1, part: 1, number: 2 }, file));
  expectOk(take(piece(1, 1, 3)));
  expect(recordings.kept(place)?.file).toBeNull();
});

test('too long is refused, in time over all parts and in bytes; what was there stays', () => {
  expectOk(take(piece(1, 1, 1, { ms: 9_000 })));
  expectOk(take(piece(1, 2, 1, { ms: 5_000 })));
  expect(refusal(take(piece(1, 2, 2, { ms: 7_000 })))).toBe('recording-too-long');
  // A clock of a browser is not exact to the second.
  expectOk(take(piece(1, 2, 2, { ms: 6_000 })));
  expect(refusal(take(piece(2, 1, 1, { ms: 16_000 })))).toBe('recording-too-long');
  expect(recordings.kept(place)?.last).toEqual({ try: 1, part: 2, number: 2 });

  const large = { ...place, item: 'large' };
  expectOk(take(piece(1, 1, 1), large));
  const first = pieces[0]?.length ?? 0;
  const content = new Uint8Array(recordingLimit - first);
  expectOk(take(piece(1, 1, 2, { content }), large));
  expect(refusal(take(piece(1, 1, 3), large))).toBe('recording-too-long');
});

test('what does not begin as a recording is refused', () => {
  expect(refusal(take(piece(1, 1, 1, { content: utf8('<html>') })))).toBe('recording-not-understood');
  expect(recordings.kept(place)).toBeNull();
});

test('when the candidate has left nothing stays of the recordings', () => {
  expectOk(take(piece(1, 1, 1)));
  expectOk(take(piece(1, 1, 1), { ...place, sitting: 's2' }));
  recordings.forget('s1');
  expect(recordings.kept(place)).toBeNull();
  expect(recordings.ofSitting('s2', 1)).toHaveLength(1);
});

test('when a seat is initialised nothing that anybody said stays in its files', () => {
  const [voice = new Uint8Array()] = pieces;
  for (const sitting of ['s1', 's2']) expectOk(take(piece(1, 1, 1), { ...place, sitting }));
  const holds = (): boolean =>
    readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(voice));
  expect(holds()).toBe(true);
  recordings.forgetEverybody();
  expect(recordings.kept(place)).toBeNull();
  expect(holds()).toBe(false);
});
