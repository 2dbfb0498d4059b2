/**
 * Recipients of age whose secret key stays in hardware: `age1tag1…`, a point of P-256 (c2sp.org/age, "p256tag"). Sealing to one is the age
 * library's, and of the `age` command from 1.3 on. Opening is HPKE (RFC 9180) with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and
 * ChaCha20-Poly1305, of which the token does one step: the key agreement.
 */
import { createDecipheriv, createHmac, ECDH } from 'node:crypto';
import { bech32, base64nopad } from '@scure/base';
import type { Identity, Stanza } from 'age-encryption';
import { concatBytes, equalBytes, utf8, type Bytes } from '../base/bytes.ts';
import { hmacSha256, sha256 } from './digest.ts';

const stanzaType = 'p256tag';
const info = utf8('age-encryption.org/p256tag');
const prefix = 'age1tag';
const pointSize = 65;
const wrappedSize = 32;

const kemSuite = concatBytes(utf8('KEM'), Uint8Array.of(0x00, 0x10));
const suite = concatBytes(utf8('HPKE'), Uint8Array.of(0x00, 0x10, 0x00, 0x01, 0x00, 0x03));

/** @param point uncompressed */
export function tagRecipientOf(point: Uint8Array): string {
  const compressed = ECDH.convertKey(point, 'prime256v1', undefined, undefined, 'compressed') as Buffer;
  return bech32.encodeFromBytes(prefix, new Uint8Array(compressed));
}

/** Of an `age1tag1…` recipient; null: it is none, or of no point of the curve. */
export function pointOfTagRecipient(recipient: string): { compressed: Bytes; uncompressed: Bytes } | null {
  try {
    const read = bech32.decodeToBytes(recipient);
    if (read.prefix !== prefix || read.bytes.length !== 33) return null;
    const whole = ECDH.convertKey(read.bytes, 'prime256v1', undefined, undefined, 'uncompressed') as Buffer;
    return { compressed: new Uint8Array(read.bytes), uncompressed: new Uint8Array(whole) };
  } catch {
    return null;
  }
}

/** What an exam lock may have: a key in a file (X25519) or on a token (P-256). Nothing else is sealed to. */
export function isLockRecipient(text: string): boolean {
  if (text !== text.toLowerCase()) return false;
  if (text.startsWith(`${prefix}1`)) return pointOfTagRecipient(text) !== null;
  try {
    const read = bech32.decodeToBytes(text);
    return read.prefix === 'age' && read.bytes.length === 32;
  } catch {
    return false;
  }
}

/** Opens what is sealed to a tag recipient, with whoever holds its secret key. */
export class TagIdentity implements Identity {
  readonly #point: { compressed: Bytes; uncompressed: Bytes };
  readonly #agree: (point: Uint8Array) => Promise<Uint8Array | null>;

  /**
   * @param agree the x coordinate of the point that the key and the given point (uncompressed) come to; null: it does not
   * @throws when the recipient is none
   */
  constructor(recipient: string, agree: (point: Uint8Array) => Promise<Uint8Array | null>) {
    const point = pointOfTagRecipient(recipient);
    if (!point) throw new Error('not a tag recipient');
    this.#point = point;
    this.#agree = agree;
  }

  async unwrapFileKey(stanzas: Stanza[]): Promise<Uint8Array | null> {
    for (const { args, body } of stanzas) {
      if (args[0] !== stanzaType) continue;
      const [, tag, encapsulated] = args;
      if (args.length !== 3 || tag === undefined || encapsulated === undefined || body.length !== wrappedSize)
        throw new Error('malformed p256tag stanza');
      const sent = base64nopad.decode(encapsulated);
      if (sent.length !== pointSize) throw new Error('malformed p256tag stanza');
      // The tag tells without the key for whom it is: a PIN is not asked for what is somebody else's.
      if (!equalBytes(base64nopad.decode(tag), this.#tagOf(sent))) continue;
      const agreed = await this.#agree(sent);
      if (agreed === null) return null;
      return open(agreed, concatBytes(sent, this.#point.uncompressed), body);
    }
    return null;
  }

  #tagOf(sent: Uint8Array): Bytes {
    const whom = sha256(this.#point.compressed).subarray(0, 4);
    return hmacSha256(info, concatBytes(sent, whom)).subarray(0, 4);
  }
}

/** HPKE's SetupBaseR and Open, without additional data, for the one message of a stanza. */
function open(agreed: Uint8Array, kemContext: Uint8Array, body: Uint8Array): Uint8Array | null {
  const nothing = new Uint8Array(0);
  const shared = expand(
    kemSuite,
    extract(kemSuite, nothing, 'eae_prk', agreed),
    'shared_secret',
    kemContext,
    32,
  );
  const context = concatBytes(
    Uint8Array.of(0),
    extract(suite, nothing, 'psk_id_hash', nothing),
    extract(suite, nothing, 'info_hash', info),
  );
  const secret = extract(suite, shared, 'secret', nothing);
  const cipher = createDecipheriv(
    'chacha20-poly1305',
    expand(suite, secret, 'key', context, 32),
    expand(suite, secret, 'base_nonce', context, 12),
    { authTagLength: 16 },
  );
  cipher.setAuthTag(body.subarray(16));
  const opened = cipher.update(body.subarray(0, 16));
  try {
    cipher.final();
  } catch {
    return null;
  }
  return new Uint8Array(opened);
}

function extract(suiteId: Uint8Array, salt: Uint8Array, label: string, keyMaterial: Uint8Array): Bytes {
  return hmacSha256(
    salt.length === 0 ? new Uint8Array(32) : salt,
    concatBytes(utf8('HPKE-v1'), suiteId, utf8(label), keyMaterial),
  );
}

/** At most 32 bytes, which is one round. */
function expand(
  suiteId: Uint8Array,
  key: Uint8Array,
  label: string,
  about: Uint8Array,
  length: number,
): Bytes {
  const labelled = concatBytes(
    Uint8Array.of(length >> 8, length & 0xff),
    utf8('HPKE-v1'),
    suiteId,
    utf8(label),
    about,
    Uint8Array.of(1),
  );
  return new Uint8Array(createHmac('sha256', key).update(labelled).digest().subarray(0, length));
}
