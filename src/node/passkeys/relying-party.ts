/** Under which name passkeys are made and used. Comes from the request's Host, after that was found to be one of ours. */
import { isIP } from 'node:net';

export interface RelyingParty {
  /** The name that the browser binds a passkey to. */
  readonly id: string;
  readonly origin: string;
}

/**
 * @param publicNames names under which the console is published, behind a proxy with HTTPS
 * @returns null: browsers have no passkeys there, because it is an address or not safe from listeners
 */
export function relyingPartyOf(
  host: string | undefined,
  publicNames: readonly string[],
): RelyingParty | null {
  if (host === undefined) return null;
  const id = host.replace(/:\d+$/, '');
  if (id === 'localhost') return { id, origin: `http://${host}` };
  if (isIP(id) !== 0 || !publicNames.includes(id)) return null;
  return { id, origin: `https://${host}` };
}
