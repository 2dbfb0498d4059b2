import { randomBytes, scrypt, type ScryptOptions } from 'node:crypto';
import { fromBase64Url, toBase64Url } from '../base/bytes.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { sameSecret } from './digest.ts';

const cost = { N: 2 ** 15, r: 8, p: 1 };
const wellKnown = new Set([
  '12345678',
  '123456789',
  'password',
  '88888888',
  'qwertyui',
  '11111111',
  'invigil1',
  '00000000',
]);

/** `scrypt$N$r$p$salt$hash`, RFC 7914. */
export function hashPassword(password: string): Promise<string> {
  return hashAt(cost, password);
}

/** @param costs RFC 7914: N a power of two, memory 128 · N · r bytes */
export async function hashAt(costs: typeof cost, password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, costs);
  return ['scrypt', costs.N, costs.r, costs.p, toBase64Url(salt), toBase64Url(key)].join('$');
}

/** @param stored null when there is no such account: takes as long as a wrong password, so that accounts cannot be guessed. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [scheme, n, r, p, salt, hash] = (stored ?? absent).split('$');
  if (scheme !== 'scrypt' || salt === undefined || hash === undefined)
    throw new Error('unknown password hash');
  const key = await derive(password, fromBase64Url(salt), { N: Number(n), r: Number(r), p: Number(p) });
  return sameSecret(key, fromBase64Url(hash)) && stored !== null;
}

/** What a person may choose: at least 8 characters, and not what everybody tries first. */
export function checkPassword(password: string): Result<void> {
  if (password.length < 8) return refuse({ type: 'password-too-short', least: 8 });
  if (wellKnown.has(password.toLowerCase()) || /^(.)\1+$/.test(password))
    return refuse({ type: 'password-too-common' });
  return ok();
}

const absent = `scrypt$${cost.N}$${cost.r}$${cost.p}$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`;

function derive(password: string, salt: Uint8Array, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, { ...options, maxmem: 128 * 1024 * 1024 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
