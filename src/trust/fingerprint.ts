/** Public keys as people compare them, at two computers that know nothing of each other yet. */
import { createHash } from 'node:crypto';
import { fromBase64Url } from '../base/bytes.ts';

/** Of a raw public key, base64url: five groups of four. */
export function fingerprintOf(publicKey: string): string {
  const digest = createHash('sha256')
    .update(fromBase64Url(publicKey))
    .digest('hex')
    .slice(0, 20)
    .toUpperCase();
  return (digest.match(/.{4}/g) ?? []).join(' ');
}
