import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { collect } from '../store/blobs.ts';
import { createNodeKeys } from '../trust/keys.ts';
import { verifyParcel } from './parcel.ts';
import { sealedParcel } from './sealed-parcel.ts';

test('a parcel of parts that are sealed already is one that everybody verifies, and goes on from any byte', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-sealed-'));
  try {
    const keys = await createNodeKeys();
    const make = () =>
      sealedParcel(
        {
          kind: 'paper-materials',
          id: 'paper-materials:e:801:1',
          to: { role: 'site', code: '801' },
          project: 'p',
          session: 'e',
          mode: 'formal',
          createdAt: 5,
          about: { revision: 1 },
        },
        [plan, paper].map((content, i) => ({
          name: i === 0 ? 'plan.json' : 'variant-1',
          size: content.length,
          sha256: createHash('sha256').update(content).digest('hex'),
          sealedTo: ['session'],
          content: async () => inPieces(content),
        })),
        { name: { role: 'centre', code: 'C', id: 'c' }, key: keys.signing, chain: [] },
      );
    const whole = await collect(await make().from(0));
    expect(whole.length).toBe(make().size);
    const file = join(folder, 'one.parcel');
    await writeFile(file, whole);
    const verified = expectOk(await verifyParcel(file, { roots: [keys.signing.publicKey], at: null }));
    expect(verified.manifest.parts.map(({ name }) => name)).toEqual(['plan.json', 'variant-1']);
    for (const start of [1, 511, 512, 700, 5_000, whole.length - 1]) {
      const rest = await collect(await make().from(start));
      expect([start, Buffer.compare(rest, whole.subarray(start))]).toEqual([start, 0]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const plan = new Uint8Array(randomBytes(1_234));
const paper = new Uint8Array(randomBytes(100_000));

async function* inPieces(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 999) yield content.subarray(at, at + 999);
}
