/**
 * Sealing in the age format (age-encryption.org/v1), so that anybody with the key can open it with public tools. The header (keys) is the
 * age library's; the payload goes through Node's own ChaCha20-Poly1305, which is several times faster.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Decrypter, Encrypter, type Identity } from 'age-encryption';
import { concatBytes } from '../base/bytes.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { hkdf } from './digest.ts';
import { passphraseIdentity, passphraseRecipient } from './passphrase.ts';

export type SealTo = { readonly recipients: readonly string[] } | { readonly passphrase: string };
/** An identity is a secret key as text, or whatever holds one and opens with it. */
export type OpenWith =
  | { readonly identities: readonly (string | Identity)[] }
  | { readonly passphrase: string };

const chunkSize = 64 * 1024;
const tagSize = 16;
/** 2^16: about 100 ms and 64 MiB. What comes in may not ask for more than four times that. */
const scryptWorkFactor = 16;
const mostWork = scryptWorkFactor + 2;
const headerLimit = 64 * 1024;

/** Thrown while reading a stream whose seal does not hold. */
export class SealBroken extends Error {
  readonly refusal: { type: 'wrong-key' | 'altered' | 'cut-short' | 'not-sealed' };
  constructor(type: 'wrong-key' | 'altered' | 'cut-short' | 'not-sealed') {
    super(`seal: ${type}`);
    this.refusal = { type };
  }
}

export async function* sealStream(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  to: SealTo,
): AsyncGenerator<Uint8Array> {
  const { header, fileKey } = await newHeader(to);
  const nonce = randomBytes(16);
  yield concatBytes(header, nonce);
  const key = hkdf(fileKey, 'payload', 32, nonce);
  let number = 0;
  for await (const { chunk, last } of chunksOf(source, chunkSize)) {
    const cipher = createCipheriv('chacha20-poly1305', key, chunkNonce(number++, last), {
      authTagLength: tagSize,
    });
    const body = cipher.update(chunk);
    cipher.final();
    yield body;
    yield cipher.getAuthTag();
  }
}

/** @throws SealBroken when the key does not fit or a byte was changed; what was yielded before is to be thrown away. */
export async function* openStream(
  source: AsyncIterable<Uint8Array>,
  keys: OpenWith,
): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  const { header, rest } = await readHeader(iterator);
  const fileKey = await unwrap(header, keys);
  let key: Uint8Array | null = null;
  let number = 0;
  for await (const { chunk, last } of chunksOf(withNonce(rest, iterator), chunkSize + tagSize, 16)) {
    if (key === null) {
      key = hkdf(fileKey, 'payload', 32, chunk);
      continue;
    }
    if (chunk.length < tagSize || (last && number > 0 && chunk.length === tagSize))
      throw new SealBroken('cut-short');
    const decipher = createDecipheriv('chacha20-poly1305', key, chunkNonce(number++, last), {
      authTagLength: tagSize,
    });
    decipher.setAuthTag(chunk.subarray(chunk.length - tagSize));
    const body = decipher.update(chunk.subarray(0, chunk.length - tagSize));
    try {
      decipher.final();
    } catch {
      throw new SealBroken(last ? 'cut-short' : 'altered');
    }
    yield body;
  }
  if (number === 0) throw new SealBroken('cut-short');
}

export async function sealBytes(bytes: Uint8Array, to: SealTo): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const part of sealStream([bytes], to)) parts.push(part);
  return concatBytes(...parts);
}

export async function openBytes(
  sealed: Uint8Array,
  keys: OpenWith,
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of openStream(once(sealed), keys)) parts.push(part);
  } catch (error) {
    if (error instanceof SealBroken) return refuse(error.refusal);
    throw error;
  }
  return ok(concatBytes(...parts));
}

async function newHeader(to: SealTo): Promise<{ header: Uint8Array; fileKey: Uint8Array }> {
  const receivers =
    'passphrase' in to ? [passphraseRecipient(to.passphrase, scryptWorkFactor)] : to.recipients;
  if (receivers.length === 0) throw new Error('sealing needs a receiver');
  let fileKey: Uint8Array = new Uint8Array(0);
  const encrypter = new Encrypter();
  for (const receiver of receivers) encrypter.addRecipient(receiver);
  // The library makes the file key itself and shows it to recipients only: this one looks and adds nothing.
  encrypter.addRecipient({
    wrapFileKey: (key) => {
      fileKey = key;
      return [];
    },
  });
  const empty = await encrypter.encrypt(new Uint8Array(0));
  // Nothing is ever sealed under a key that the library did not show.
  if (fileKey.length === 0) throw new Error('the library made no file key');
  return { header: empty.subarray(0, headerEnd(empty) ?? 0), fileKey };
}

async function unwrap(header: Uint8Array, keys: OpenWith): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  try {
    if ('passphrase' in keys) decrypter.addIdentity(passphraseIdentity(keys.passphrase, mostWork));
    // One that came from elsewhere may be no key at all.
    else for (const identity of keys.identities) decrypter.addIdentity(identity);
    return await decrypter.decryptHeader(header);
  } catch {
    throw new SealBroken('wrong-key');
  }
}

/** The header ends with the line `--- <mac>`. */
function headerEnd(bytes: Uint8Array): number | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, headerLimit));
  const mac = text.indexOf('\n--- ');
  if (mac === -1) return null;
  const end = text.indexOf('\n', mac + 1);
  return end === -1 ? null : end + 1;
}

async function readHeader(
  iterator: AsyncIterator<Uint8Array>,
): Promise<{ header: Uint8Array; rest: Uint8Array }> {
  let read: Uint8Array = new Uint8Array(0);
  for (;;) {
    const next = await iterator.next();
    if (next.done) throw new SealBroken(read.length === 0 ? 'cut-short' : 'not-sealed');
    read = concatBytes(read, next.value);
    const end = headerEnd(read);
    if (end !== null) return { header: read.subarray(0, end), rest: read.subarray(end) };
    if (read.length > headerLimit) throw new SealBroken('not-sealed');
  }
}

async function* withNonce(rest: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (rest.length > 0) yield rest;
  for (;;) {
    const next = await iterator.next();
    if (next.done) return;
    yield next.value;
  }
}

/** Cuts a stream into chunks of one size (the first may have its own), and says of each whether it is the last. What need not be copied is not. */
async function* chunksOf(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number,
  firstSize = 0,
): AsyncGenerator<{ chunk: Uint8Array; last: boolean }> {
  let want = firstSize || size;
  let held: Uint8Array[] = [];
  let heldSize = 0;
  for await (const piece of source) {
    let at = 0;
    while (at < piece.length) {
      // A full chunk is only given out when more follows: otherwise it is the last one.
      if (heldSize === want) {
        yield { chunk: joined(held), last: false };
        want = size;
        held = [];
        heldSize = 0;
      }
      const taken = piece.subarray(at, at + want - heldSize);
      held.push(taken);
      heldSize += taken.length;
      at += taken.length;
    }
  }
  yield { chunk: joined(held), last: true };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

/** 11 bytes big-endian counter, then 1 for the last chunk (age's STREAM). */
function chunkNonce(number: number, last: boolean): Uint8Array {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
