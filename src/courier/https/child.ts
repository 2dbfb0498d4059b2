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

interface Meeting {
  readonly address: string;
  readonly code: string;
  readonly child: Pick<PairBegin, 'role' | 'code' | 'id'>;
  readonly keys: NodeKeys;
  /** SHA-256 of the parent's certificate, where it is known beforehand: nobody else is believed. */
  readonly pin?: string | null;
}

/**
 * Proves to each other that both know the registration code, bound to the certificates of this very connection, so that somebody in
 * between can neither join nor pretend to be the parent. The code is not sent.
 */
export async function pairWithParent<W>(
  options: Meeting & { details: Record<string, unknown> },
): Promise<Result<Paired<W>>> {
  const client = new ExchangeClient({ address: options.address, certPem: null }, options.keys.tls);
  try {
    const met = await meet(client, options);
    if (!met.ok) return met;
    const { begin, parent, binding, certPem, fingerprint } = met.value;
    const finish = {
      begin,
      nonce: parent.nonce,
      proof: pairingProof({ ...binding, side: 'child' }),
      details: options.details,
    };
    const finished = await client.postUnpinned<W>('/pair/finish', finish);
    if (!finished.ok) return finished;
    if (finished.value.fingerprint !== fingerprint)
      return refuse({ type: 'parent-is-another', code: 'changed' });
    return ok({
      certPem,
      tlsFingerprint: fingerprint,
      parentKeys: parent.keys,
      welcome: finished.value.answer,
    });
  } finally {
    client.close();
  }
}

/** Has the parent prove that it knows the code, and joins nothing. @returns SHA-256 of its certificate. */
export async function meetParent(options: Meeting): Promise<Result<string>> {
  const client = new ExchangeClient({ address: options.address, certPem: null }, options.keys.tls);
  try {
    const met = await meet(client, options);
    return met.ok ? ok(met.value.fingerprint) : met;
  } finally {
    client.close();
  }
}

async function meet(client: ExchangeClient, options: Meeting) {
  const keys: NodeKeysView = {
    signingKey: options.keys.signing.publicKey,
    sealingKey: options.keys.sealing.recipient,
  };
  const begin: PairBegin = { ...options.child, keys, nonce: toHex(randomBytes(16)) };
  const begun = await client.postUnpinned<unknown>('/pair/begin', begin);
  if (!begun.ok) return begun;
  const { certPem, fingerprint } = begun.value;
  if (options.pin != null && fingerprint !== options.pin)
    return refuse({ type: 'parent-is-another', code: 'pin' });
  const parsed = pairBegunSchema.safeParse(begun.value.answer);
  if (!parsed.success) return refuse({ type: 'parent-not-understood' });
  const parent = parsed.data;
  const binding = {
    code: options.code,
    childNonce: begin.nonce,
    parentNonce: parent.nonce,
    childTls: options.keys.tls.fingerprint,
    parentTls: fingerprint,
    childKeys: [begin.role, begin.code, begin.id, keys.signingKey, keys.sealingKey].join('\n'),
    parentKeys: [parent.keys.signingKey, parent.keys.sealingKey].join('\n'),
  };
  // Either the code was mistyped or somebody else answers at this address: nothing is told to them.
  const expected = pairingProof({ ...binding, side: 'parent' });
  if (![parent.proof, ...parent.others].some((proof) => proofMatches(proof, expected)))
    return refuse({ type: 'wrong-registration-code' });
  return ok({ begin, parent, binding, certPem, fingerprint });
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
