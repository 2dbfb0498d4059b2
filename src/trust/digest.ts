import { createHash, createHmac, hash, hkdfSync, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Bytes } from '../base/bytes.ts';
import { fromHex, utf8 } from '../base/bytes.ts';

export function sha256(bytes: Uint8Array): Bytes {
  return fromHex(sha256Hex(bytes));
}

export function sha256Hex(data: Uint8Array | string): string {
  return hash('sha256', data, 'hex');
}

/** Reads the file as a stream: its size does not matter. */
export async function fileSha256Hex(path: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), digest);
  return digest.digest('hex');
}

export function hmacSha256(key: Uint8Array, data: Uint8Array | string): Bytes {
  return new Uint8Array(createHmac('sha256', key).update(data).digest());
}

/** HKDF-SHA256 (RFC 5869). `info` keeps keys for different uses apart. */
export function hkdf(
  secret: Uint8Array,
  info: string,
  length: number,
  salt: Uint8Array = new Uint8Array(0),
): Bytes {
  return new Uint8Array(hkdfSync('sha256', secret, salt, utf8(info), length));
}

/** Compares without telling by its duration where the difference is. */
export function sameSecret(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
