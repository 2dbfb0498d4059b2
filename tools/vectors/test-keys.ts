/** The keys of the test vectors: published, so worth nothing anywhere else. Made once, then the same for ever. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import * as z from 'zod';
import { newSigningKeyPem, signingKeyFromPem, type SigningKey } from '../../src/trust/signing-key.ts';

const owners = ['centre', 'site', 'room', 'seat', 'stranger'] as const;
export type KeyOwner = (typeof owners)[number];

const fileSchema = z.object({
  about: z.string(),
  keys: z.record(
    z.enum(owners),
    z.object({ signing: z.string(), publicKey: z.string(), identity: z.string(), recipient: z.string() }),
  ),
});

export interface TestKeys {
  readonly signing: SigningKey;
  /** age */
  readonly identity: string;
  readonly recipient: string;
}

const path = join(import.meta.dirname, '../../formats/test-keys.json');

export async function testKeys(): Promise<Record<KeyOwner, TestKeys>> {
  if (!existsSync(path)) writeFileSync(path, `${JSON.stringify(await made(), null, 2)}\n`);
  const { keys } = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const read = (owner: KeyOwner): TestKeys => ({
    ...keys[owner],
    signing: signingKeyFromPem(keys[owner].signing),
  });
  return {
    centre: read('centre'),
    site: read('site'),
    room: read('room'),
    seat: read('seat'),
    stranger: read('stranger'),
  };
}

async function made(): Promise<z.infer<typeof fileSchema>> {
  const entries = await Promise.all(
    owners.map(async (owner) => {
      const signing = newSigningKeyPem();
      const identity = await generateX25519Identity();
      const recipient = await identityToRecipient(identity);
      return [
        owner,
        { signing, publicKey: signingKeyFromPem(signing).publicKey, identity, recipient },
      ] as const;
    }),
  );
  return fileSchema.parse({
    about:
      'TEST KEYS, published on purpose: never use them. signing: Ed25519 private key (PKCS #8); publicKey: its raw public key, base64url; identity, recipient: age X25519.',
    keys: Object.fromEntries(entries),
  });
}
