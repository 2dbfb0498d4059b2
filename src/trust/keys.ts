/** A node's own keys: Ed25519 to sign, X25519 (an age identity) to unseal, and a self-signed certificate for TLS. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign as edSign,
  type KeyObject,
  webcrypto,
  X509Certificate,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import * as z from 'zod';
import { sha256Hex } from './digest.ts';
import { fromBase64Url } from '../base/bytes.ts';

export interface SigningKey {
  /** First 16 hexadecimal digits of SHA-256 of the raw public key. */
  readonly keyId: string;
  /** Raw Ed25519 public key, base64url. */
  readonly publicKey: string;
  sign(bytes: Uint8Array): Uint8Array;
  /** For the thread that commits the journal: it signs heads inside its transaction. */
  readonly privateKey: KeyObject;
}

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

export function newSigningKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function signingKeyFromPem(pem: string): SigningKey {
  return signingKeyFrom(createPrivateKey(pem));
}

export function signingKeyFrom(privateKey: KeyObject): SigningKey {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (typeof x !== 'string') throw new Error('not an Ed25519 key');
  return {
    keyId: sha256Hex(fromBase64Url(x)).slice(0, 16),
    publicKey: x,
    sign: (bytes) => edSign(null, bytes, privateKey),
    privateKey,
  };
}

/** Hexadecimal SHA-256 of the certificate's DER: how neighbours know each other's connections. */
export function certificateFingerprint(certPem: string): string {
  return new X509Certificate(certPem).fingerprint256.replaceAll(':', '').toLowerCase();
}

async function selfSigned(name: string): Promise<{ keyPem: string; certPem: string }> {
  const crypto = webcrypto as unknown as Crypto;
  x509.cryptoProvider.set(crypto);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name.replaceAll(/[^A-Za-z0-9-]/g, '-')}`,
    keys,
    signingAlgorithm: algorithm,
    // Wide on purpose: it is pinned, and a PC whose clock is years off must still reach its room.
    notBefore: new Date('2000-01-01T00:00:00Z'),
    notAfter: new Date('2099-12-31T00:00:00Z'),
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
    ],
  });
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { certPem: certificate.toString('pem'), keyPem: x509.PemConverter.encode(key, 'PRIVATE KEY') };
}
