import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import * as z from 'zod';
import { systemClock } from '../../src/base/clock.ts';
import { expectOk } from '../../src/base/result.ts';
import type { StoredEntry } from '../../src/journal/entry.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { verifyEntries } from '../../src/journal/verify-entries.ts';
import { verifyJournal } from '../../src/journal/verify.ts';
import { newSigningKeyPem, signingKeyFromPem } from '../../src/trust/signing-key.ts';

const folder = join(import.meta.dirname, 'vectors');
const scratch = mkdtempSync(join(tmpdir(), 'journal-vectors-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const head = z.object({ origin: z.string(), epoch: z.string(), seq: z.number(), hash: z.string() });
const vectors = z
  .array(
    z.object({
      name: z.string(),
      about: z.string(),
      keys: z.record(z.string(), z.string()),
      heads: z.array(head),
      expect: z.looseObject({ ok: z.boolean() }),
    }),
  )
  .parse(JSON.parse(readFileSync(join(folder, 'vectors.json'), 'utf8')));

function lines(file: string): string[] {
  return readFileSync(join(folder, file), 'utf8').split('\n').slice(0, -1);
}

test.each(vectors)('$name: $about', ({ name, keys, heads, expect: said }) => {
  const judged = verifyEntries(lines(`${name}.jsonl`), {
    heads,
    signedHeads: lines(`${name}.heads`),
    signingKeys: new Map(Object.entries(keys)),
  });
  expect(judged.ok ? { ok: true, ...judged.value } : judged).toMatchObject(said);
});

test.each(vectors.filter((vector) => vector.expect.ok && vector.name !== 'erased'))(
  'a node keeps the entries of $name byte for byte',
  async ({ name }) => {
    const dir = mkdtempSync(join(scratch, 'node-'));
    const signer = signingKeyFromPem(newSigningKeyPem());
    const journal = expectOk(await openJournal({ dir, origin: 'parent', signer, clock: systemClock }));
    const given = lines(`${name}.jsonl`).map((line) => JSON.parse(line) as StoredEntry);
    expect(await journal.accept(given)).toMatchObject({ problem: null });
    const kept = journal
      .after(0, 100)
      .slice(1)
      .map(({ header, salt, payload }) => ({ header, salt, payload }));
    expect(kept).toEqual(given);
    await journal.close();
    expect(
      verifyJournal(dir, {
        signingKeys: new Map([['parent', signer.publicKey]]),
        copiesHavePayloads: true,
      }),
    ).toMatchObject({ ok: true, value: { entries: given.length + 1 } });
  },
);
