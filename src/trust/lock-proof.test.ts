import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { fromHex } from '../base/bytes.ts';
import { lockProof, lockProofMatches } from './lock-proof.ts';

const vectors = z
  .array(
    z.object({
      secret: z.string(),
      purpose: z.enum(['register', 'calibrate']),
      serial: z.string(),
      recipient: z.string(),
      centreTls: z.string(),
      proof: z.string(),
    }),
  )
  .parse(
    JSON.parse(
      readFileSync(join(import.meta.dirname, '..', '..', 'formats', 'lock', 'vectors', 'proof.json'), 'utf8'),
    ),
  );

test('proofs are those of the documented vectors, and hold for nothing else', () => {
  for (const { secret, proof, ...about } of vectors) {
    expect(lockProof(fromHex(secret), about)).toBe(proof);
    expect(lockProofMatches(proof, fromHex(secret), about)).toBe(true);
    for (const other of [
      { ...about, purpose: about.purpose === 'register' ? ('calibrate' as const) : ('register' as const) },
      { ...about, serial: `${about.serial}0` },
      { ...about, recipient: 'age1other' },
      { ...about, centreTls: 'cd'.repeat(32) },
      // Characters that move from one field to the next.
      {
        ...about,
        serial: about.serial.slice(0, -1),
        recipient: `${about.serial.slice(-1)}${about.recipient}`,
      },
    ])
      expect(lockProofMatches(proof, fromHex(secret), other)).toBe(false);
    expect(lockProofMatches(proof.toUpperCase(), fromHex(secret), about)).toBe(false);
  }
});
