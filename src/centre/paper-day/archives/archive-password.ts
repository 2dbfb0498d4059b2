/**
 * The password of a site's archive: 32 digits, because it is read out on telephones and typed on any keyboard; that is more than 2^106.
 * It lies sealed to the event's key, whose secret part only the release token opens, and around that to the centre's own key: whoever
 * carries the centre's disks away lacks the token, whoever has the token and its PIN lacks the centre.
 */
import { randomInt } from 'node:crypto';
import { fromBase64, fromUtf8, toBase64, utf8 } from '../../../base/bytes.ts';
import type { Result } from '../../../base/result.ts';
import { openBytes, sealBytes } from '../../../trust/seal.ts';
import type { Centre } from '../../centre.ts';

const digits = 32;

export function newPassword(): string {
  return Array.from({ length: digits }, () => randomInt(10)).join('');
}

/** @param recipient the event's public key */
export async function lockPassword(
  { node }: Pick<Centre, 'node'>,
  password: string,
  recipient: string,
): Promise<string> {
  const inner = await sealBytes(utf8(password), { recipients: [recipient] });
  return toBase64(await sealBytes(inner, { recipients: [node.keys.sealing.recipient] }));
}

/** @param key the event's secret key. Refusals: `wrong-key`, `altered`. */
export async function unlockPassword(
  { node }: Pick<Centre, 'node'>,
  locked: string,
  key: string,
): Promise<Result<string>> {
  const inner = await openBytes(fromBase64(locked), { identities: [node.keys.sealing.identity] });
  if (!inner.ok) return inner;
  const password = await openBytes(inner.value, { identities: [key] });
  return password.ok ? { ok: true, value: fromUtf8(password.value) } : password;
}

/** Once it was released: for whoever has to tell it once more, without the token. */
export async function keepTold({ node }: Pick<Centre, 'node'>, password: string): Promise<string> {
  return toBase64(await sealBytes(utf8(password), { recipients: [node.keys.sealing.recipient] }));
}

export async function readTold({ node }: Pick<Centre, 'node'>, told: string): Promise<string> {
  const password = await openBytes(fromBase64(told), { identities: [node.keys.sealing.identity] });
  if (!password.ok) throw new Error('a password that was released is not sealed to this centre');
  return fromUtf8(password.value);
}
