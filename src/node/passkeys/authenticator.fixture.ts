/** A security key in software (WebAuthn Level 3): Ed25519, verified user, no attestation. Its parts can be made wrong. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { concatBytes, fromBase64Url, toBase64Url, utf8 } from '../../base/bytes.ts';
import { sha256 } from '../../trust/digest.ts';

/** CBOR of the few kinds that are needed (RFC 8949). */
function head(major: number, value: number): Uint8Array {
  if (value < 24) return Uint8Array.of((major << 5) | value);
  if (value < 256) return Uint8Array.of((major << 5) | 24, value);
  return Uint8Array.of((major << 5) | 25, value >> 8, value & 255);
}
const int = (n: number): Uint8Array => (n < 0 ? head(1, -1 - n) : head(0, n));
const text = (s: string): Uint8Array => concatBytes(head(3, utf8(s).length), utf8(s));
const bytes = (b: Uint8Array): Uint8Array => concatBytes(head(2, b.length), b);
const map = (...pairs: readonly (readonly [Uint8Array, Uint8Array])[]): Uint8Array =>
  concatBytes(head(5, pairs.length), ...pairs.flat());

interface Wrong {
  readonly origin?: string;
  readonly rpId?: string;
  readonly counter?: number;
  readonly unverified?: boolean;
  readonly userHandle?: string;
}

export function softAuthenticator(origin: string, rpId = 'localhost') {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const id = toBase64Url(randomBytes(32));
  const x = fromBase64Url(publicKey.export({ format: 'jwk' }).x ?? '');
  let counter = 0;
  let userHandle = '';
  const clientData = (type: string, challenge: string, wrong: Wrong) =>
    utf8(JSON.stringify({ type, challenge, origin: wrong.origin ?? origin, crossOrigin: false }));
  const data = (flags: number, wrong: Wrong) => {
    counter = wrong.counter ?? counter + 1;
    return concatBytes(
      sha256(utf8(wrong.rpId ?? rpId)),
      Uint8Array.of(wrong.unverified === true ? flags & ~4 : flags),
      Uint8Array.of(0, 0, counter >> 8, counter & 255),
    );
  };
  return {
    id,
    create(options: { challenge: string; user?: unknown }, wrong: Wrong = {}) {
      userHandle = (options.user as { id: string }).id;
      const key = map([int(1), int(1)], [int(3), int(-8)], [int(-1), int(6)], [int(-2), bytes(x)]);
      const raw = fromBase64Url(id);
      const credential = concatBytes(new Uint8Array(16), Uint8Array.of(0, raw.length), raw, key);
      const attestation = map(
        [text('fmt'), text('none')],
        [text('attStmt'), map()],
        [text('authData'), bytes(concatBytes(data(0x45, wrong), credential))],
      );
      return {
        id,
        rawId: id,
        type: 'public-key' as const,
        clientExtensionResults: {},
        response: {
          clientDataJSON: toBase64Url(clientData('webauthn.create', options.challenge, wrong)),
          attestationObject: toBase64Url(attestation),
        },
      };
    },
    get(options: { challenge: string }, wrong: Wrong = {}) {
      const client = clientData('webauthn.get', options.challenge, wrong);
      const authenticatorData = data(0x05, wrong);
      const signature = sign(null, concatBytes(authenticatorData, sha256(client)), privateKey);
      return {
        id,
        rawId: id,
        type: 'public-key' as const,
        clientExtensionResults: {},
        response: {
          clientDataJSON: toBase64Url(client),
          authenticatorData: toBase64Url(authenticatorData),
          signature: toBase64Url(signature),
          userHandle: wrong.userHandle ?? userHandle,
        },
      };
    },
  };
}
