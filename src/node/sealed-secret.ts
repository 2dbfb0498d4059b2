/** A secret of somebody else's (a client secret, a mail password) that this node has to use again: kept sealed to the node's own key. */
import { fromBase64, fromUtf8, toBase64, utf8 } from '../base/bytes.ts';
import { expectOk } from '../base/result.ts';
import type { NodeKeys } from '../trust/keys.ts';
import { openBytes, sealBytes } from '../trust/seal.ts';

type Keys = Pick<NodeKeys, 'sealing'>;

/** @returns Base64. */
export async function sealSecret({ sealing }: Keys, secret: string): Promise<string> {
  return toBase64(await sealBytes(utf8(secret), { recipients: [sealing.recipient] }));
}

export async function openSecret({ sealing }: Keys, sealed: string): Promise<string> {
  return fromUtf8(expectOk(await openBytes(fromBase64(sealed), { identities: [sealing.identity] })));
}
