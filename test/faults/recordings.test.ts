/** Spoken answers and what can happen while somebody speaks: the program is killed, the disk is full. */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { concatBytes, utf8 } from '../../src/base/bytes.ts';
import { expectOk } from '../../src/base/result.ts';
import { webmOf } from '../../src/exam/recording/webm.fixture.ts';
import { recordingMigrations, Recordings, type Piece } from '../../src/seat/recording/recordings.ts';
import { openDatabase } from '../../src/store/sqlite.ts';
import { noSmallDisk, smallDisk } from './small-disk.ts';

const place = { sitting: 's1', attempt: 1, item: 'speak', response: 'RESPONSE' };
const asked = { seconds: 3_600, tries: 0, unreadable: [] };

/** Resolves when it is dead. @returns the last piece that it said was kept */
async function recordAndKill(file: string, part: number, after: number): Promise<number> {
  const child = fork(join(import.meta.dirname, 'disturb', 'record.ts'), [file, String(part)]);
  let said = 0;
  child.on('message', (number) => {
    said = Number(number);
    if (said === after) child.kill('SIGKILL');
  });
  const [code] = await new Promise<[number | null]>((resolve) =>
    child.on('close', (...args) => resolve([args[0]])),
  );
  expect(code).toBeNull();
  return said;
}

test('a program that is killed while pieces come loses none that it said was kept, and has no torn one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-record-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'node.db');
  for (const [part, after] of [
    [1, 1],
    [2, 7],
    [3, 20],
  ] as const) {
    const said = await recordAndKill(file, part, after);
    const db = expectOk(openDatabase(file, { migrations: recordingMigrations }));
    const recordings = new Recordings({ db, data: folder });
    const kept = recordings.kept(place);
    expect(kept?.last.part).toBe(part);
    // One more may have been kept without a word of it: the page would send it again.
    expect(kept?.last.number).toBeGreaterThanOrEqual(said);
    if (part === 1) {
      const whole = Array.from({ length: (kept?.last.number ?? 0) - 1 }, (_, i) =>
        utf8(`${i + 2};`.padEnd(20_000, '.')),
      );
      expect(recordings.whole(place)).toEqual(concatBytes(webmOf([]), ...whole));
    }
    db.close();
  }
  const db = new DatabaseSync(file);
  const torn = db.prepare(
    'SELECT count(*) AS n FROM recording_piece WHERE number > 1 AND length(content) <> 20000',
  );
  expect(torn.get()).toEqual({ n: 0 });
  db.close();
});

describe.skipIf(noSmallDisk !== null)(`a full disk${noSmallDisk === null ? '' : `: ${noSmallDisk}`}`, () => {
  test('keeps what was kept, refuses the piece that has no place, and takes it when there is space', () => {
    const disk = smallDisk(2_048);
    const db = expectOk(openDatabase(join(disk.path, 'node.db'), { migrations: recordingMigrations }));
    onTestFinished(() => {
      db.close();
      disk.remove();
    });
    const recordings = new Recordings({ db, data: disk.path });
    const piece = (number: number): Piece => ({
      try: 1,
      part: 1,
      number,
      ms: number,
      content: number === 1 ? webmOf([]) : new Uint8Array(20_000).fill(number),
    });
    for (const number of [1, 2, 3]) expectOk(recordings.take(place, piece(number), asked));
    disk.fill();
    // Pages that SQLite has in reserve may take a few more.
    let number = 4;
    let refused = recordings.take(place, piece(number), asked);
    while (refused.ok) refused = recordings.take(place, piece(++number), asked);
    expect(refused.refusal).toMatchObject({ type: 'disk-full' });
    expect(recordings.kept(place)?.last.number).toBe(number - 1);
    disk.free();
    expectOk(recordings.take(place, piece(number), asked));
    expect(recordings.whole(place)).toHaveLength(webmOf([]).length + (number - 1) * 20_000);
  });
});
