/** The child's side of the exchange: pairing with a registration code, and sending files that go on where they stopped. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { DefaultHttpStack, Upload } from 'tus-js-client';
import { toHex } from '../../base/bytes.ts';
import { randomBytes } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { fileSha256Hex } from '../../trust/digest.ts';
import type { NodeKeys } from '../../trust/keys.ts';
import { pairingProof, proofMatches } from '../../trust/pairing.ts';
import { ExchangeClient } from './client.ts';
import { pairBegunSchema, type Delivery, type NodeKeysView, type PairBegin } from './wire.ts';

export interface Paired<W> {
  /** The parent's certificate: the only one that later connections accept. */
  readonly certPem: string;
  readonly tlsFingerprint: string;
  readonly parentKeys: NodeKeysView;
  /** What the parent gave: the certificate chain and what the role needs. */
  readonly welcome: W;
}

/**
 * Proves to each other that both know the registration code, bound to the certificates of this very connection, so that somebody in
 * between can neither join nor pretend to be the parent. The code is not sent.
 */
export async function pairWithParent<W>(options: {
  address: string;
  code: string;
  child: Pick<PairBegin, 'role' | 'code' | 'id'>;
  keys: NodeKeys;
  details: Record<string, unknown>;
  /** SHA-256 of the parent's certificate, where it is known beforehand: nobody else is even asked to prove anything. */
  pin?: string | null;
}): Promise<Result<Paired<W>>> {
  const client = new ExchangeClient({ address: options.address, certPem: null }, options.keys.tls);
  try {
    const keys: NodeKeysView = {
      signingKey: options.keys.signing.publicKey,
      sealingKey: options.keys.sealing.recipient,
    };
    const begin: PairBegin = { ...options.child, keys, nonce: toHex(randomBytes(16)) };
    const begun = await client.postUnpinned<unknown>('/pair/begin', begin);
    if (!begun.ok) return begun;
    if (options.pin != null && begun.value.fingerprint !== options.pin)
      return refuse({ type: 'parent-is-another', code: 'pin' });
    const parsed = pairBegunSchema.safeParse(begun.value.answer);
    if (!parsed.success) return refuse({ type: 'parent-not-understood' });
    const parent = parsed.data;
    const binding = {
      code: options.code,
      childNonce: begin.nonce,
      parentNonce: parent.nonce,
      childTls: options.keys.tls.fingerprint,
      parentTls: begun.value.fingerprint,
      childKeys: [begin.role, begin.code, begin.id, keys.signingKey, keys.sealingKey].join('\n'),
      parentKeys: [parent.keys.signingKey, parent.keys.sealingKey].join('\n'),
    };
    // Either the code was mistyped or somebody else answers at this address: nothing is told to them.
    if (!proofMatches(parent.proof, pairingProof({ ...binding, side: 'parent' })))
      return refuse({ type: 'wrong-registration-code' });
    const finish = {
      begin,
      nonce: parent.nonce,
      proof: pairingProof({ ...binding, side: 'child' }),
      details: options.details,
    };
    const finished = await client.postUnpinned<W>('/pair/finish', finish);
    if (!finished.ok) return finished;
    if (finished.value.fingerprint !== begun.value.fingerprint)
      return refuse({ type: 'parent-is-another', code: 'changed' });
    return ok({
      certPem: begun.value.certPem,
      tlsFingerprint: begun.value.fingerprint,
      parentKeys: parent.keys,
      welcome: finished.value.answer,
    });
  } finally {
    client.close();
  }
}

/** Uploads a file by tus, going on where an earlier try stopped (also of an earlier process), and hands it in. Safe to repeat. */
export async function deliver<A>(options: {
  client: ExchangeClient;
  address: string;
  childId: string;
  file: string;
  kind: string;
  onProgress?: (sent: number, total: number) => void;
}): Promise<Result<A>> {
  const sha256 = await fileSha256Hex(options.file);
  const name = `${options.childId}-${sha256.slice(0, 32)}`;
  const { size } = await stat(options.file);
  const base = `https://${options.address}`;
  const uploaded = await new Promise<Result<void>>((resolve) => {
    const upload = new Upload(createReadStream(options.file), {
      endpoint: `${base}/uploads`,
      // The name follows from the content, so a restarted child finds its own unfinished upload without having noted anything.
      uploadUrl: `${base}/uploads/${name}`,
      uploadSize: size,
      chunkSize: 8 * 1024 * 1024,
      headers: { 'x-upload-name': name },
      httpStack: new DefaultHttpStack({ agent: options.client.agent }),
      retryDelays: [500, 2_000],
      storeFingerprintForResuming: false,
      onProgress: (sent, total) => options.onProgress?.(sent, total ?? size),
      onError: (error) => resolve(refuse({ type: 'parent-unreachable', code: error.message.slice(0, 200) })),
      onSuccess: () => resolve(ok()),
    });
    upload.start();
  });
  if (!uploaded.ok) return uploaded;
  return options.client.post<A>(
    '/deliveries',
    { name, kind: options.kind, sha256 } satisfies Delivery,
    // The parent checks, unseals and keeps it before it answers: a slow disk takes a second for a megabyte.
    60_000 + size / 1_000,
  );
}
