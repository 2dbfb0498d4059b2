import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { expectOk } from '../base/result.ts';
import { openJournal, readStored } from '../journal/journal.ts';
import { newSigningKeyPem, signingKeyFromPem } from '../trust/signing-key.ts';
import { beginAfterRestore, declareReady, putInPlace, unfinishedFolder } from './restored-data.ts';

let data: string;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'invigil-restored-'));
});
afterEach(() => rmSync(data, { recursive: true }));

const restored = ['journal.db', 'node.db', 'blobs', 'keys', 'node.json', 'restored.json'];
const text = (name: string): string => readFileSync(join(data, name), 'utf8');

function before(): void {
  for (const name of ['journal.db', 'journal.db-wal', 'node.db', 'node.db-shm', 'node.json', 'in-use.db'])
    writeFileSync(join(data, name), 'before');
  mkdirSync(join(data, 'keys'));
  writeFileSync(join(data, 'keys', 'node-keys.json'), 'before');
}

function prepare(): void {
  const folder = join(data, unfinishedFolder);
  mkdirSync(folder);
  for (const name of restored)
    if (['blobs', 'keys'].includes(name)) mkdirSync(join(folder, name));
    else writeFileSync(join(folder, name), 'restored');
  writeFileSync(join(folder, 'keys', 'former-keys.json'), 'restored');
}

function expectRestored(): void {
  for (const name of ['journal.db', 'node.db', 'node.json', 'restored.json'])
    expect(text(name)).toBe('restored');
  expect(readdirSync(join(data, 'keys'))).toEqual(['former-keys.json']);
  expect(readdirSync(data).filter((name) => /-wal|-shm|^restored$|\.part/.test(name))).toEqual([]);
  expect(text('in-use.db')).toBe('before');
}

test('what was restored takes the place of what was there, which is kept beside it', () => {
  before();
  prepare();
  declareReady(data);
  putInPlace(data);
  expectRestored();
  expect(readdirSync(join(data, 'before-restore-1')).toSorted()).toEqual(
    ['journal.db', 'journal.db-wal', 'keys', 'node.db', 'node.db-shm', 'node.json'].toSorted(),
  );
  expect(text(join('before-restore-1', 'keys', 'node-keys.json'))).toBe('before');
});

test('a restore that was not declared ready is cleared away, and nothing else', () => {
  before();
  prepare();
  putInPlace(data);
  expect(existsSync(join(data, unfinishedFolder))).toBe(false);
  expect(text('node.db')).toBe('before');
  putInPlace(data);
  expect(text('journal.db-wal')).toBe('before');
});

test('cut off after any of its steps, the next start goes on', () => {
  before();
  prepare();
  declareReady(data);
  const copy = `${data}-copy`;
  cpSync(data, copy, { recursive: true });
  // As it goes about it: what belongs to the old databases, then one part after the other, the old one aside and the new one in.
  const steps: [from: string, to: string][] = [
    ...['journal.db-wal', 'node.db-shm'].map((name): [string, string] => [name, join('aside', name)]),
    ...restored.flatMap((name): [string, string][] => [
      [name, join('aside', name)],
      [join('restored', name), name],
    ]),
  ];
  try {
    for (let done = 0; done <= steps.length; done++) {
      rmSync(data, { recursive: true });
      cpSync(copy, data, { recursive: true });
      mkdirSync(join(data, 'aside'));
      for (const [from, to] of steps.slice(0, done))
        if (existsSync(join(data, from))) renameSync(join(data, from), join(data, to));
      putInPlace(data);
      expectRestored();
    }
  } finally {
    rmSync(copy, { recursive: true });
  }
});

test('the journal goes on in a new epoch that says from when it is, once', async () => {
  const signer = signingKeyFromPem(newSigningKeyPem());
  const options = { dir: data, origin: 'site', signer, clock: systemClock };
  const first = expectOk(await openJournal(options));
  await first.append([{ kind: 'exam-loaded', subject: 'site', data: {} }]);
  const { epoch } = first.self;
  await first.close();
  writeFileSync(join(data, 'restored.json'), JSON.stringify({ madeAt: 5, by: 'admin', note: 'n' }));
  const journal = expectOk(await openJournal(options));
  await beginAfterRestore(data, journal);
  await beginAfterRestore(data, journal);
  const entries = journal.ofOrigin('site', journal.self.epoch, 0, 10).map(readStored);
  expect(entries.map(({ kind, data: said }) => [kind, said])).toMatchObject([
    ['epoch-opened', { reason: 'restored', previous: [{ epoch, seq: 2 }] }],
    ['data-restored', { madeAt: 5, by: 'admin', note: 'n' }],
  ]);
  await journal.close();
  const newKeys = { ...options, signer: signingKeyFromPem(newSigningKeyPem()) };
  expect(await openJournal(newKeys)).toMatchObject({ refusal: { type: 'journal-not-whole' } });
  const again = expectOk(await openJournal({ ...newKeys, formerKeys: [signer.publicKey] }));
  await again.close();
});
