/** A node's own keys: Ed25519 to sign, X25519 (an age identity) to unseal, and a self-signed certificate for TLS. */
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import * as z from 'zod';
import { newSigningKeyPem, signingKeyFromPem, type SigningKey } from './signing-key.ts';

export interface NodeKeys {
  readonly signing: SigningKey;
  readonly sealing: { readonly identity: string; readonly recipient: string };
  readonly tls: { readonly keyPem: string; readonly certPem: string; readonly fingerprint: string };
}

const fileSchema = z.object({
  format: z.literal(1),
  signing: z.string(),
  sealing: z.string().startsWith('AGE-SECRET-KEY-1'),
  tlsKey: z.string(),
  tlsCert: z.string(),
});
type KeyFile = z.infer<typeof fileSchema>;

/** New keys instead would cut the node off from its parent and from what was sealed for it. */
export class DamagedKeyFile extends Error {
  readonly path: string;
  constructor(path: string) {
    super(`damaged key file: ${path}`);
    this.path = path;
  }
}

/** The same keys at every start. @throws DamagedKeyFile */
export async function loadOrCreateNodeKeys(dir: string, { name }: { name: string }): Promise<NodeKeys> {
  const path = join(dir, 'node-keys.json');
  if (existsSync(path)) {
    const text = readFileSync(path, 'utf8');
    try {
      return await fromFile(fileSchema.parse(JSON.parse(text)));
    } catch {
      // Neither the file's content nor a parser's complaint about it belongs into a message.
      throw new DamagedKeyFile(path);
    }
  }
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const made = await createKeyFile(name);
  const partial = `${path}.part`;
  writeFileSync(partial, JSON.stringify(made), { mode: 0o600, flush: true });
  renameSync(partial, path);
  return fromFile(made);
}

export async function createNodeKeys(name = 'node'): Promise<NodeKeys> {
  return fromFile(await createKeyFile(name));
}

async function createKeyFile(name: string): Promise<KeyFile> {
  // Needed once in a node's life, and slow to load.
  const { selfSigned } = await import('./tls-certificate.ts');
  const tls = await selfSigned(name);
  return {
    format: 1,
    signing: newSigningKeyPem(),
    sealing: await generateX25519Identity(),
    tlsKey: tls.keyPem,
    tlsCert: tls.certPem,
  };
}

async function fromFile(file: KeyFile): Promise<NodeKeys> {
  return {
    signing: signingKeyFromPem(file.signing),
    sealing: { identity: file.sealing, recipient: await identityToRecipient(file.sealing) },
    tls: { keyPem: file.tlsKey, certPem: file.tlsCert, fingerprint: certificateFingerprint(file.tlsCert) },
  };
}

const formerSchema = z.object({ signing: z.array(z.string().max(64)).max(100) });

/** Public signing keys that this node had before it was restored: what they signed stays provable. @throws DamagedKeyFile */
export function formerSigningKeys(dir: string): string[] {
  const path = join(dir, formerKeysFile);
  if (!existsSync(path)) return [];
  try {
    return formerSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).signing;
  } catch {
    throw new DamagedKeyFile(path);
  }
}

export const formerKeysFile = 'former-keys.json';

/** Hexadecimal SHA-256 of the certificate's DER: how neighbours know each other's connections. */
export function certificateFingerprint(certPem: string): string {
  return new X509Certificate(certPem).fingerprint256.replaceAll(':', '').toLowerCase();
}
