import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { expectOk, ok, refuse } from '../base/result.ts';
import { createNodeKeys } from '../trust/keys.ts';
import { readEntries, writeEntries } from './entries-file.ts';
import type { StoredEntry } from './entry.ts';
import { openJournal, type Journal } from './journal.ts';

let folder: string;
let journal: Journal;
let file: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'entries-file-'));
  file = join(folder, 'entries.jsonl');
  const { signing } = await createNodeKeys();
  journal = expectOk(await openJournal({ dir: folder, origin: 'seat', signer: signing, clock: systemClock }));
  await journal.append(
    Array.from({ length: 1_500 }, (_, i) => ({
      kind: 'answer-changed',
      subject: 'sitting:anna',
      data: { i },
      payload: { responses: { RESPONSE: `${i} 答 "\n\u2028` } },
    })),
  );
});
afterAll(async () => {
  await journal.close();
  rmSync(folder, { recursive: true, force: true });
});

async function readAll(): Promise<StoredEntry[]> {
  const entries: StoredEntry[] = [];
  expectOk(await readEntries(file, (entry) => ok(void entries.push(entry))));
  return entries;
}

test('a chain comes back byte for byte, up to the head that was asked for and no further', async () => {
  const [head] = journal.heads();
  if (!head) throw new Error('a journal without entries');
  await writeEntries(journal, [head], file);
  const rows = journal.ofOrigin(head.origin, head.epoch, 0, 5_000);
  const stored = rows.map(({ header, salt, payload }) => ({ header, salt, payload }));
  expect(await readAll()).toEqual(stored);
  await writeEntries(journal, [{ ...head, seq: 1_200 }], file);
  expect(await readAll()).toEqual(stored.slice(0, 1_200));
  await expect(writeEntries(journal, [{ ...head, seq: head.seq + 1 }], file)).rejects.toThrow('shorter');
});

test('a line that is no entry is named; whoever reads may stop', async () => {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, 3);
  for (const wrong of ['', 'no JSON', '{"header":1}', '[]', 'x'.repeat(27_000_000)]) {
    writeFileSync(file, [...lines, wrong, ''].join('\n'));
    expect(await readEntries(file, () => ok())).toEqual(refuse({ type: 'entries-unreadable', line: 4 }));
  }
  const enough = refuse({ type: 'enough' });
  expect(await readEntries(file, () => enough)).toEqual(enough);
});
