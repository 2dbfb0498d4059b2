import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { expectOk } from '../base/result.ts';
import { newSigningKeyPem, signingKeyFromPem } from '../trust/keys.ts';
import { openJournal, type Journal } from './journal.ts';
import { nextSegment } from './segment.ts';
import { compareJournals, verifyJournal } from './verify.ts';

const folders: string[] = [];
const signer = signingKeyFromPem(newSigningKeyPem());
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'journal-'));
  folders.push(made);
  return made;
}

async function journalIn(dir: string, origin = 'room-1'): Promise<Journal> {
  return expectOk(await openJournal({ dir, origin, signer, clock: systemClock }));
}

const answer = (n: number) => ({
  kind: 'answer-changed',
  subject: 'sitting-1',
  data: { item: `q${n}` },
  payload: { responses: { RESPONSE: `choice ${n}` } },
});

test('what was appended is there after the journal is opened again', async () => {
  const dir = folder();
  const journal = await journalIn(dir);
  await Promise.all(Array.from({ length: 50 }, (_, n) => journal.append([answer(n)])));
  await journal.close();
  const again = await journalIn(dir);
  const seen: unknown[] = [];
  again.replay((entry) => seen.push(entry.payload));
  expect(seen).toHaveLength(51);
  expect(again.self.epoch).toBe(journal.self.epoch);
  await again.close();
  expect(expectOk(verifyJournal(dir, new Map([['room-1', signer.publicKey]])))).toMatchObject({
    entries: 51,
    chains: 1,
  });
});

test("a child's entries are kept once, in order, byte for byte", async () => {
  const [seat, room] = [await journalIn(folder(), 'seat-1'), await journalIn(folder(), 'room-1')];
  await seat.append([answer(1), answer(2), answer(3)]);
  const segment = nextSegment((after, limit) => seat.ofOrigin('seat-1', seat.self.epoch, after, limit), 0);
  if (!segment) throw new Error('nothing to ship');
  expect(await room.accept(segment.entries)).toMatchObject({ head: { seq: 4 }, problem: null });
  expect(await room.accept(segment.entries)).toMatchObject({ kept: [], head: { seq: 4 }, problem: null });
  expect(room.ofOrigin('seat-1', seat.self.epoch, 0, 10).map((row) => row.header)).toEqual(
    segment.entries.map((entry) => entry.header),
  );
  await seat.append([answer(4), answer(5)]);
  const later = seat.ofOrigin('seat-1', seat.self.epoch, 5, 10);
  expect(await room.accept(later)).toMatchObject({ kept: [], problem: 'gap' });
  const [changed] = segment.entries.slice(-1);
  if (!changed) throw new Error('no entry');
  expect(await room.accept([{ ...changed, header: changed.header.replace('q3', 'q9') }])).toMatchObject({
    problem: 'fork',
  });
  await seat.close();
  await room.close();
});

test('any change to the file is found: a byte, a dropped, a swapped, an added entry', async () => {
  const dir = folder();
  const journal = await journalIn(dir);
  for (let n = 0; n < 12; n++) await journal.append([answer(n)]);
  await journal.close();
  const keys = new Map([['room-1', signer.publicKey]]);
  expect(verifyJournal(dir, keys).ok).toBe(true);
  const file = join(dir, 'journal.db');
  const db = new DatabaseSync(file);
  db.exec(
    'DROP TRIGGER entry_stays; DROP TRIGGER entry_unchanged; DROP TRIGGER payload_stays; DROP TRIGGER payload_unchanged; PRAGMA foreign_keys = OFF;',
  );
  const count = 13;
  const flip = (text: string, at: number): string => {
    const i = at % text.length;
    return text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) ^ 1) + text.slice(i + 1);
  };
  const attack = fc.oneof(
    fc.record({ what: fc.constant('header'), seq: fc.integer({ min: 1, max: count }), at: fc.nat() }),
    fc.record({ what: fc.constant('payload'), seq: fc.integer({ min: 2, max: count }), at: fc.nat() }),
    fc.record({ what: fc.constant('salt'), seq: fc.integer({ min: 2, max: count }), at: fc.nat() }),
    fc.record({ what: fc.constant('drop'), seq: fc.integer({ min: 1, max: count }), at: fc.constant(0) }),
    fc.record({ what: fc.constant('swap'), seq: fc.integer({ min: 1, max: count - 1 }), at: fc.constant(0) }),
  );
  fc.assert(
    fc.property(attack, ({ what, seq, at }) => {
      db.exec('BEGIN');
      const read = (column: string, table: string): string =>
        String(db.prepare(`SELECT ${column} AS v FROM ${table} WHERE position = ?`).get(seq)?.['v']);
      if (what === 'header')
        db.prepare('UPDATE entry SET header = ? WHERE position = ?').run(
          flip(read('header', 'entry'), at),
          seq,
        );
      else if (what === 'payload')
        db.prepare('UPDATE payload SET payload = ? WHERE position = ?').run(
          flip(read('payload', 'payload'), at),
          seq,
        );
      else if (what === 'salt')
        db.prepare('UPDATE payload SET salt = ? WHERE position = ?').run(
          flip(read('salt', 'payload'), at),
          seq,
        );
      else if (what === 'drop')
        db.exec(`DELETE FROM payload WHERE position = ${seq}; DELETE FROM entry WHERE position = ${seq};`);
      else
        db.exec(
          `UPDATE entry SET seq = -1 WHERE position = ${seq}; UPDATE entry SET seq = ${seq} WHERE position = ${seq + 1}; UPDATE entry SET seq = ${seq + 1} WHERE position = ${seq};`,
        );
      db.exec('COMMIT');
      const found = verifyJournal(dir, keys);
      // Put back what was changed, from the untouched copy.
      db.exec(
        `ATTACH '${file}.copy' AS whole; BEGIN; DELETE FROM payload; DELETE FROM entry; INSERT INTO entry SELECT * FROM whole.entry; INSERT INTO payload SELECT * FROM whole.payload; COMMIT; DETACH whole;`,
      );
      expect(found).toMatchObject({ ok: false, refusal: { type: 'journal-not-whole' } });
    }),
    { numRuns: 60, ...(db.exec(`VACUUM INTO '${file}.copy'`), {}) },
  );
  db.close();
  expect(verifyJournal(dir, keys).ok).toBe(true);
});

test("an older copy of a node's disk is found by its neighbour's copy", async () => {
  const [roomDir, siteDir] = [folder(), folder()];
  const [room, site] = [await journalIn(roomDir, 'room-1'), await journalIn(siteDir, 'site-1')];
  await room.append([answer(1)]);
  const older = room.heads();
  await room.append([answer(2)]);
  await site.accept(room.ofOrigin('room-1', room.self.epoch, 0, 100));
  expect(compareJournals(room.heads(), siteDir, 'room-1')).toMatchObject({ ok: true });
  expect(compareJournals(older, siteDir, 'room-1')).toMatchObject({
    ok: false,
    refusal: { what: 'older-copy', seq: 3 },
  });
  await room.close();
  await site.close();
});
