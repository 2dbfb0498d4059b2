import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { expectOk } from '../base/result.ts';
import { newSigningKeyPem, signingKeyFromPem } from '../trust/signing-key.ts';
import { nextEntry } from './chain.ts';
import { compareHeads } from './epoch.ts';
import { openJournal, type Journal } from './journal.ts';
import { nextEntries } from './segment.ts';
import { compareJournals, verifyJournal } from './verify.ts';

const folders: string[] = [];
const signer = signingKeyFromPem(newSigningKeyPem());
const keys = new Map([['room-1', signer.publicKey]]);
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
  expect(expectOk(verifyJournal(dir, { signingKeys: keys }))).toMatchObject({
    entries: 51,
    chains: 1,
  });
});

test("a child's entries are kept once, in order, byte for byte", async () => {
  const [seat, room] = [await journalIn(folder(), 'seat-1'), await journalIn(folder(), 'room-1')];
  await seat.append([answer(1), answer(2), answer(3)]);
  const segment = nextEntries((after, limit) => seat.ofOrigin('seat-1', seat.self.epoch, after, limit), 0);
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

test('nobody writes entries of this node but itself; what a neighbour kept of a lost tail comes back', async () => {
  const [roomDir, siteDir] = [folder(), folder()];
  let room = await journalIn(roomDir, 'room-1');
  const site = await journalIn(siteDir, 'site-1');
  await room.append([answer(1)]);
  await room.close();
  cpSync(join(roomDir, 'journal.db'), join(roomDir, 'older.db'));
  room = await journalIn(roomDir, 'room-1');
  await room.append([answer(2), answer(3)]);
  const { epoch } = room.self;
  await site.accept(room.ofOrigin('room-1', epoch, 0, 100));
  await room.close();
  putBack(roomDir);
  room = await journalIn(roomDir, 'room-1');
  expect(
    compareHeads(
      'room-1',
      site.heads(),
      (o, e) => room.head(o, e),
      (o, e, n) => room.hashAt(o, e, n),
    )
      .filter((one) => one.head.origin === 'room-1')
      .map((one) => one.standing),
  ).toEqual(['rolled-back']);
  const tail = site.ofOrigin('room-1', epoch, 2, 100);
  expect(await room.accept(tail)).toMatchObject({ kept: [], problem: 'fork' });
  await room.openEpoch('rolled-back', () => ({ previous: site.heads(), restored: tail, carried: [] }));
  await room.append([answer(4)]);
  expect(room.self.epoch).not.toBe(epoch);
  expect(room.head('room-1', epoch)?.seq).toBe(4);
  expect(room.head('room-1', room.self.epoch)?.seq).toBe(2);
  await room.close();
  expect(verifyJournal(roomDir, { signingKeys: keys }).ok).toBe(true);
  await site.close();
});

test('what is erased is gone from the file, the rest is whole and says so', async () => {
  const dir = folder();
  const journal = await journalIn(dir);
  const secret = 'a very particular answer';
  await journal.append([{ ...answer(1), payload: secret }, answer(2)]);
  const { epoch } = journal.self;
  expect(readFileSync(join(dir, 'journal.db-wal')).includes(secret)).toBe(true);
  await journal.erase([{ origin: 'room-1', epoch, seq: 2 }], 'retention is over');
  await journal.close();
  expect(readFileSync(join(dir, 'journal.db')).includes(secret)).toBe(false);
  expect(expectOk(verifyJournal(dir, { signingKeys: keys }))).toMatchObject({ entries: 4, erased: 1 });
  const again = await journalIn(dir);
  expect(again.ofOrigin('room-1', epoch, 1, 1)[0]?.payload).toBeNull();
  await again.close();
});

test("a child's broken entry is refused by itself and harms nobody else's commit", async () => {
  const [seat, room] = [await journalIn(folder(), 'seat-1'), await journalIn(folder(), 'room-1')];
  await seat.append([answer(1)]);
  const [first, second] = seat.ofOrigin('seat-1', seat.self.epoch, 0, 10);
  if (!first || !second) throw new Error('no entries');
  const [good, ...bad] = await Promise.all([
    room.accept([first]),
    room.accept([{ ...second, payload: '{"responses":{}}' }]),
    room.accept([{ ...second, salt: 'not hexadecimal' }]),
    room.accept([{ ...second, header: '{"v":1}' }]),
    room.accept([{ ...second, header: 'x' }]),
    room.accept([{ ...second, salt: null, payload: null }]),
    room.accept([{ ...second, payload: null }]),
  ]);
  expect(good).toMatchObject({ problem: null });
  for (const one of bad) expect(one).toMatchObject({ kept: [], problem: 'broken' });
  expect(await room.accept([second])).toMatchObject({ head: { seq: 2 } });
  await seat.close();
  await room.close();
});

test('any change to the file is found: a byte, a dropped, a swapped, an added entry', async () => {
  const dir = folder();
  const journal = await journalIn(dir);
  for (let n = 0; n < 12; n++) await journal.append([answer(n)]);
  await journal.close();
  expect(verifyJournal(dir, { signingKeys: keys }).ok).toBe(true);
  const file = join(dir, 'journal.db');
  cpSync(file, join(dir, 'copy.db'));
  const count = 13;
  const flip = (text: string, at: number): string => {
    const i = at % text.length;
    return text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) ^ 1) + text.slice(i + 1);
  };
  const any = fc.integer({ min: 1, max: count });
  const withPayload = fc.integer({ min: 2, max: count });
  const attack = fc.oneof(
    fc.tuple(fc.constant('header'), any, fc.nat()),
    fc.tuple(fc.constant('hash'), any, fc.nat()),
    fc.tuple(fc.constant('payload'), withPayload, fc.nat()),
    fc.tuple(fc.constant('salt'), withPayload, fc.nat()),
    fc.tuple(fc.constant('jws'), any, fc.nat()),
    fc.tuple(fc.constant('drop'), any, fc.constant(0)),
    fc.tuple(fc.constant('drop-tail'), withPayload, fc.constant(0)),
    fc.tuple(fc.constant('drop-payload'), withPayload, fc.constant(0)),
    fc.tuple(fc.constant('erase-unsaid'), withPayload, fc.constant(0)),
    fc.tuple(fc.constant('swap'), fc.integer({ min: 1, max: count - 1 }), fc.constant(0)),
    fc.tuple(fc.constant('add'), fc.constant(count + 1), fc.constant(0)),
    fc.tuple(fc.constant('rewrite-tail'), withPayload, fc.constant(0)),
  );
  fc.assert(
    fc.property(attack, ([what, seq, at]) => {
      const db = new DatabaseSync(file);
      db.exec(
        `DROP TRIGGER entry_stays; DROP TRIGGER entry_unchanged; DROP TRIGGER payload_stays; DROP TRIGGER payload_unchanged;
         PRAGMA foreign_keys = OFF; BEGIN`,
      );
      const change = (table: string, column: string, key: string): void => {
        const old = db.prepare(`SELECT ${column} AS v FROM ${table} WHERE ${key} = ?`).get(seq)?.['v'];
        db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`).run(flip(String(old), at), seq);
      };
      const rewrite = (from: number, to: number): void => {
        for (let n = from; n <= to; n++) {
          const prev = String(db.prepare('SELECT hash FROM entry WHERE seq = ?').get(n - 1)?.['hash']);
          const made = nextEntry(
            { ...answer(n), data: { item: 'other' } },
            { origin: 'room-1', epoch: journal.self.epoch, seq: n },
            prev,
            0,
            '00'.repeat(16),
          );
          db.prepare(
            'INSERT OR REPLACE INTO entry (position, origin, epoch, seq, header, hash) VALUES (?, ?, ?, ?, ?, ?)',
          ).run(n, 'room-1', journal.self.epoch, n, made.stored.header, made.hash);
          db.prepare('INSERT OR REPLACE INTO payload (position, salt, payload) VALUES (?, ?, ?)').run(
            n,
            made.stored.salt,
            made.stored.payload,
          );
        }
      };
      if (what === 'header' || what === 'hash') change('entry', what, 'position');
      else if (what === 'payload' || what === 'salt') change('payload', what, 'position');
      else if (what === 'jws') change('head', what, 'seq');
      else if (what === 'drop')
        db.exec(`DELETE FROM payload WHERE position = ${seq}; DELETE FROM entry WHERE position = ${seq};`);
      else if (what === 'drop-tail')
        db.exec(`DELETE FROM payload WHERE position >= ${seq}; DELETE FROM entry WHERE position >= ${seq};`);
      else if (what === 'drop-payload') db.exec(`DELETE FROM payload WHERE position = ${seq};`);
      else if (what === 'erase-unsaid')
        db.exec(
          `INSERT INTO erasure SELECT ${seq}, hash FROM entry WHERE position = 1; DELETE FROM payload WHERE position = ${seq};`,
        );
      else if (what === 'swap')
        db.exec(
          `UPDATE entry SET seq = -1 WHERE position = ${seq}; UPDATE entry SET seq = ${seq} WHERE position = ${seq + 1}; UPDATE entry SET seq = ${seq + 1} WHERE position = ${seq};`,
        );
      else rewrite(seq, Math.max(seq, count));
      db.exec('COMMIT');
      db.close();
      const found = verifyJournal(dir, { signingKeys: keys });
      cpSync(join(dir, 'copy.db'), file);
      for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
      expect({ what, ...found }).toMatchObject({ ok: false, refusal: { type: 'journal-not-whole' } });
      if (!found.ok && what !== 'swap' && what !== 'jws' && what !== 'add')
        expect({ what, seq: found.refusal['seq'] }).toEqual({ what, seq });
    }),
    { numRuns: 150 },
  );
  expect(verifyJournal(dir, { signingKeys: keys }).ok).toBe(true);
});

test('a file whose guards were taken away is found, even when no entry was changed yet', async () => {
  const dir = folder();
  const journal = await journalIn(dir);
  await journal.append([answer(1)]);
  await journal.close();
  const db = new DatabaseSync(join(dir, 'journal.db'));
  db.exec('DROP TRIGGER entry_unchanged; CREATE TRIGGER mine AFTER INSERT ON entry BEGIN SELECT 1; END');
  db.close();
  expect(verifyJournal(dir, { signingKeys: keys })).toMatchObject({
    ok: false,
    refusal: { type: 'journal-guards-changed', changed: ['entry_unchanged', 'mine'] },
  });
});

test("an older copy of a node's disk is found by its neighbour's copy", async () => {
  const [roomDir, siteDir] = [folder(), folder()];
  let room = await journalIn(roomDir, 'room-1');
  const site = await journalIn(siteDir, 'site-1');
  await room.append([answer(1)]);
  await room.close();
  cpSync(join(roomDir, 'journal.db'), join(roomDir, 'older.db'));
  room = await journalIn(roomDir, 'room-1');
  await room.append([answer(2)]);
  await site.accept(room.ofOrigin('room-1', room.self.epoch, 0, 100));
  await room.close();
  await site.close();
  const compare = () =>
    compareJournals({ path: roomDir, origin: 'room-1' }, { path: siteDir, origin: 'site-1' });
  expect(compare()).toMatchObject({ ok: true, value: { compared: 3 } });
  putBack(roomDir);
  expect(verifyJournal(roomDir, { signingKeys: keys }).ok).toBe(true);
  expect(compare()).toMatchObject({ ok: false, refusal: { what: 'older-copy', seq: 3 } });
  expect(
    compareJournals({ path: siteDir, origin: 'site-1' }, { path: roomDir, origin: 'room-1' }),
  ).toMatchObject({ ok: false, refusal: { what: 'neighbour-older-copy', seq: 3 } });
  room = await journalIn(roomDir, 'room-1');
  await room.append([answer(7)]);
  await room.close();
  expect(compare()).toMatchObject({ ok: false, refusal: { what: 'differs-from-neighbour', seq: 3 } });
});

test('a copy that is shorter than what was acknowledged of it is found without asking anybody', async () => {
  const [seatDir, roomDir] = [folder(), folder()];
  const [seat, room] = [await journalIn(seatDir, 'seat-1'), await journalIn(roomDir, 'room-1')];
  await seat.append([answer(1), answer(2)]);
  const { epoch } = seat.self;
  await room.accept(seat.ofOrigin('seat-1', epoch, 0, 100));
  const seatHead = seat.head('seat-1', epoch);
  if (!seatHead) throw new Error('no head');
  await room.append([{ kind: 'handed-in', subject: 'sitting-1', data: { seatHead: { ...seatHead } } }]);
  await seat.close();
  await room.close();
  const verify = () => verifyJournal(roomDir, { signingKeys: keys, copiesHavePayloads: true });
  expect(verify()).toMatchObject({ ok: true, value: { entries: 5 } });
  const db = new DatabaseSync(join(roomDir, 'journal.db'));
  db.exec(
    `DROP TRIGGER entry_stays; DROP TRIGGER payload_stays;
     CREATE TEMP TABLE last AS SELECT position FROM entry WHERE origin = 'seat-1' AND seq = 3;
     DELETE FROM payload WHERE position IN (SELECT position FROM last);
     DELETE FROM entry WHERE position IN (SELECT position FROM last)`,
  );
  db.close();
  expect(verify()).toMatchObject({
    ok: false,
    refusal: { origin: 'seat-1', seq: 3, what: 'missing-below-named-head' },
  });
});

test('a journal whose last entries are damaged is not opened for new ones', async () => {
  const dir = folder();
  const journal = await journalIn(dir);
  await journal.append([answer(1), answer(2)]);
  await journal.close();
  const db = new DatabaseSync(join(dir, 'journal.db'));
  db.exec(
    "DROP TRIGGER entry_unchanged; UPDATE entry SET header = replace(header, 'q2', 'q3') WHERE seq = 3",
  );
  db.close();
  expect(await openJournal({ dir, origin: 'room-1', signer, clock: systemClock })).toMatchObject({
    ok: false,
    refusal: { type: 'journal-not-whole', seq: 3, what: 'header-changed' },
  });
});

/** The disk as it was when `older.db` was copied. */
function putBack(dir: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(join(dir, `journal.db${suffix}`), { force: true });
  cpSync(join(dir, 'older.db'), join(dir, 'journal.db'));
}
