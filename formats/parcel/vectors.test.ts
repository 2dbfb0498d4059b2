import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import * as z from 'zod';
import { inspectParcel, openParcel, parcelKinds, verifyParcel } from '../../src/parcel/parcel.ts';
import { verifyChain } from '../../src/trust/certificate.ts';
import { fileSha256Hex } from '../../src/trust/digest.ts';
import { testKeys } from '../../tools/vectors/test-keys.ts';

const folder = join(import.meta.dirname, 'vectors');
const scratch = mkdtempSync(join(tmpdir(), 'parcel-vectors-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const keys = await testKeys();
const roots = [keys.centre.signing.publicKey];

const expected = z.union([
  z.object({
    ok: z.literal(true),
    parts: z.record(z.string(), z.string()),
    sealed: z.array(z.string()).default([]),
  }),
  z.object({ ok: z.literal(false), refusal: z.looseObject({ type: z.string() }) }),
]);
const vectors = z
  .array(
    z.object({
      name: z.string(),
      about: z.string(),
      open: z.object({
        key: z.enum(['centre', 'site']),
        role: z.string(),
        code: z.string(),
        kind: z.enum(parcelKinds),
        mode: z.enum(['formal', 'mock']),
        at: z.number(),
      }),
      expect: expected,
    }),
  )
  .parse(JSON.parse(readFileSync(join(folder, 'vectors.json'), 'utf8')));

test.each(vectors)('$name: $about', async ({ name, open, expect: said }) => {
  const staging = join(scratch, 'staging');
  const { identity, recipient } = keys[open.key];
  const opened = await openParcel(join(folder, `${name}.parcel`), {
    trust: { roots, at: open.at },
    identities: [identity],
    recipient,
    staging,
    expect: { kind: open.kind, to: { role: open.role, code: open.code }, project: null, mode: open.mode },
  });
  if (!said.ok) {
    expect(opened).toMatchObject(said);
    expect(existsSync(staging)).toBe(false);
    return;
  }
  if (!opened.ok) throw new Error(JSON.stringify(opened.refusal));
  const digests: Record<string, string> = {};
  const sealed: string[] = [];
  for (const [part, found] of opened.value.parts)
    if (found.sealed) sealed.push(part);
    else digests[part] = await fileSha256Hex(found.file);
  expect({ digests, sealed }).toEqual({ digests: said.parts, sealed: said.sealed });
  await opened.value.dispose();
});

test('a resealed parcel has the same identity', async () => {
  const [one, other] = [
    await inspectParcel(join(folder, 'whole.parcel')),
    await inspectParcel(join(folder, 'resealed.parcel')),
  ];
  if (!one.ok || !other.ok) throw new Error('vectors are damaged');
  expect(other.value.manifest.id).toBe(one.value.manifest.id);
  expect(await fileSha256Hex(join(folder, 'resealed.parcel'))).not.toBe(
    await fileSha256Hex(join(folder, 'whole.parcel')),
  );
});

test('a parcel says nothing to who trusts another root', async () => {
  expect(
    await verifyParcel(join(folder, 'whole.parcel'), { roots: [keys.stranger.signing.publicKey], at: null }),
  ).toMatchObject({ ok: false, refusal: { type: 'untrusted-sender', code: 'S1' } });
});

const certificates = z
  .object({
    chains: z.array(
      z.object({
        about: z.string(),
        chain: z.array(z.string()),
        at: z.number().nullable(),
        expect: z.union([
          z.object({ ok: z.literal(true), leaf: z.looseObject({}).nullable() }),
          z.object({ ok: z.literal(false), refusal: z.looseObject({}) }),
        ]),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(folder, 'certificates.json'), 'utf8')));

test.each(certificates.chains)('certificates: $about', ({ chain, at, expect: said }) => {
  const judged = verifyChain(chain, { roots, at });
  if (said.ok) expect(judged.ok ? (judged.value[0]?.subject ?? null) : judged).toEqual(said.leaf);
  else expect(judged).toEqual(said);
});
