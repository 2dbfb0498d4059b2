/** What a power cut leaves of the newest writes of a journal: cut anywhere, or followed by rubbish. Copied from a journal in use, as a dead computer leaves it. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { expectOk } from '../../src/base/result.ts';
import { openJournal, type Journal } from '../../src/journal/journal.ts';
import { verifyJournal } from '../../src/journal/verify.ts';
import { createNodeKeys } from '../../src/trust/keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'invigil-torn-'));
const { signing } = await createNodeKeys();
const changes = 40;
/** Size of the write-ahead log when each change had been acknowledged. */
const acknowledgedAt: number[] = [];

const open = async (dir: string): Promise<Journal> =>
  expectOk(await openJournal({ dir, origin: 'seat', signer: signing, clock: systemClock }));
const change = (number: number) => ({
  kind: 'answer-changed',
  subject: 'sitting:1',
  data: { number },
  payload: { text: `${number} `.repeat(200) },
});

beforeAll(async () => {
  const dir = join(folder, 'running');
  mkdirSync(dir);
  const journal = await open(dir);
  for (let number = 1; number <= changes; number++) {
    await journal.append([change(number)]);
    acknowledgedAt.push(statSync(join(dir, 'journal.db-wal')).size);
  }
  mkdirSync(join(folder, 'dead'));
  for (const name of ['journal.db', 'journal.db-wal', 'journal.db-shm'])
    copyFileSync(join(dir, name), join(folder, 'dead', name));
  await journal.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let copies = 0;

/** Starts on what is left, and proves it whole. @returns the changes that are there */
async function startsWith(damage: (log: Buffer) => Uint8Array, keepIndex = false): Promise<number[]> {
  const dir = join(folder, `copy-${++copies}`);
  mkdirSync(dir);
  for (const name of ['journal.db', ...(keepIndex ? ['journal.db-shm'] : [])])
    copyFileSync(join(folder, 'dead', name), join(dir, name));
  writeFileSync(join(dir, 'journal.db-wal'), damage(readFileSync(join(folder, 'dead', 'journal.db-wal'))));
  const journal = await open(dir);
  const found: number[] = [];
  journal.replay(({ kind, data }) => {
    if (kind === 'answer-changed') found.push(Number(data['number']));
  });
  await journal.append([change(found.length + 1)]);
  await journal.close();
  expectOk(verifyJournal(dir, { signingKeys: new Map([['seat', signing.publicKey]]) }));
  expect(existsSync(join(dir, 'journal.db'))).toBe(true);
  return found;
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);

test('cut off anywhere in its newest writes, a journal starts whole with everything that was acknowledged before the cut', async () => {
  const end = acknowledgedAt.at(-1) ?? 0;
  const first = acknowledgedAt[0] ?? 0;
  for (let at = first; at <= end; at += Math.ceil((end - first) / 13)) {
    const acknowledged = acknowledgedAt.filter((size) => size <= at).length;
    expect({ at, found: await startsWith((log) => log.subarray(0, at)) }).toEqual({
      at,
      found: upTo(acknowledged),
    });
  }
});

test('rubbish behind the newest write is passed over', async () => {
  for (const size of [1, 50_000])
    expect(await startsWith((log) => Buffer.concat([log, Buffer.alloc(size, 0xa5)]))).toEqual(upTo(changes));
});

test('a changed byte in the newest write takes that write away, and nothing before it', async () => {
  const before = acknowledgedAt.at(-2) ?? 0;
  const found = await startsWith((log) => {
    log[before + 500] = (log[before + 500] ?? 0) ^ 0xff;
    return log;
  });
  expect(found).toEqual(upTo(changes - 1));
});

test('the index of the log may be gone or stale', async () => {
  expect(await startsWith((log) => log)).toEqual(upTo(changes));
  expect(await startsWith((log) => log, true)).toEqual(upTo(changes));
  const cut = acknowledgedAt[20] ?? 0;
  expect(await startsWith((log) => log.subarray(0, cut), true)).toEqual(upTo(21));
});
