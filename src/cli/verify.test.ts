import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { expectOk } from '../base/result.ts';
import { openJournal } from '../journal/journal.ts';
import { loadOrCreateNodeKeys } from '../trust/keys.ts';
import { builtProgram } from '../../tools/exam-day/process.ts';

const scratch = mkdtempSync(join(tmpdir(), 'verify-command-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const vectors = join(import.meta.dirname, '../../formats');

function invigil(...words: string[]): Promise<{ code: number; out: string; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [builtProgram(), ...words], (error, out, said) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, said }),
    );
  });
}

async function node(name: string, role: string): Promise<string> {
  const dir = join(scratch, name);
  const keys = await loadOrCreateNodeKeys(join(dir, 'keys'), { name });
  writeFileSync(join(dir, 'node.json'), JSON.stringify({ format: 1, role, id: name }));
  const journal = expectOk(
    await openJournal({ dir, origin: name, signer: keys.signing, clock: systemClock }),
  );
  await journal.append([
    { kind: 'answer-changed', subject: 'sitting:p1', data: { item: 'q1' }, payload: 'A' },
  ]);
  await journal.close();
  return dir;
}

test('says of a whole journal what was checked and what was not, and ends with 0', async () => {
  const dir = await node('whole-room', 'room');
  const alone = join(scratch, 'alone');
  cpSync(join(dir, 'journal.db'), join(alone, 'journal.db'));
  const [full, file, json] = await Promise.all([
    invigil('verify', dir, '--against', dir),
    invigil('verify', join(alone, 'journal.db')),
    invigil('verify', dir, '--json'),
  ]);
  expect(full).toMatchObject({ code: 0, said: '' });
  expect(full.out).toContain('Whole: the journal of room whole-room.');
  expect(full.out).toContain('2 signed heads hold');
  expect(full.out).not.toContain('Not checked');
  expect(file).toMatchObject({ code: 0 });
  expect(file.out).toContain('Not checked, signatures');
  expect(file.out).toContain('Not checked, copies');
  expect(JSON.parse(json.out)).toMatchObject({ ok: true, whole: true, entries: 2, signedHeads: 2 });
});

test('names the first entry that is not whole, what that means and what to do, and ends with 1', async () => {
  const dir = await node('damaged-room', 'room');
  const db = new DatabaseSync(join(dir, 'journal.db'));
  db.exec('DROP TRIGGER payload_unchanged; UPDATE payload SET payload = \'"B"\'');
  db.close();
  const [text, json] = await Promise.all([invigil('verify', dir), invigil('verify', dir, '--json')]);
  expect(text).toMatchObject({ code: 1, out: '' });
  expect(text.said).toMatch(/^Not whole: entry 2 of the chain damaged-room .*another payload/);
  expect(text.said).toContain('What this means:');
  expect(text.said).toContain('What to do:');
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({
    ok: false,
    refusal: { type: 'journal-not-whole', origin: 'damaged-room', seq: 2, what: 'payload-changed' },
  });
});

test('ends with 2 where nothing could be checked', async () => {
  const parcel = join(vectors, 'parcel/vectors/whole.parcel');
  const ended = await Promise.all([
    invigil('verify', join(scratch, 'nothing-here')),
    invigil('verify'),
    invigil('verify', parcel),
    invigil('parcel', 'verify', parcel),
    invigil('parcel', 'verify', parcel, '--root', 'x', '--at', 'noon'),
  ]);
  expect(ended.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
  for (const { said } of ended) expect(said).not.toBe('');
});

test('carried entries and parcels are verified, too', async () => {
  const { publicKey } = (await import('../../formats/test-keys.json', { with: { type: 'json' } })).default
    .keys.centre;
  const [entries, cut, parcel, expired, altered, inspected] = await Promise.all([
    invigil('verify', join(vectors, 'journal/vectors/room-with-copy.jsonl')),
    invigil('verify', join(vectors, 'journal/vectors/copy-cut.jsonl')),
    invigil('verify', join(vectors, 'parcel/vectors/whole.parcel'), '--root', publicKey),
    invigil(
      'parcel',
      'verify',
      join(vectors, 'parcel/vectors/whole.parcel'),
      '--root',
      publicKey,
      '--at',
      '2027-01-01',
    ),
    invigil('verify', join(vectors, 'parcel/vectors/part-flipped.parcel'), '--root', publicKey),
    invigil('parcel', 'inspect', join(vectors, 'parcel/vectors/by-a-stranger.parcel')),
  ]);
  expect(entries).toMatchObject({ code: 0 });
  expect(cut).toMatchObject({ code: 1 });
  expect(cut.said).toContain('entry 5 of the chain seat-1');
  expect(parcel).toMatchObject({ code: 0 });
  expect(parcel.out).toContain('certified  room S1-R1 by site S1');
  expect(expired).toMatchObject({ code: 1 });
  expect(altered).toMatchObject({ code: 1 });
  expect(altered.said).toContain('altered');
  expect(inspected).toMatchObject({ code: 0 });
  expect(inspected.out).toContain('not verified');
});
