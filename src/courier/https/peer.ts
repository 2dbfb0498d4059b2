/** Who is at the other end of a TLS connection: the SHA-256 of the certificate that it proved to hold. */
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

const known = new WeakMap<object, string | null>();

/** Hexadecimal SHA-256 of the child's certificate; null when it showed none. Read once per connection: it cannot change. */
export function peerFingerprint(incoming: IncomingMessage): string | null {
  const socket = incoming.socket as TLSSocket;
  const before = known.get(socket);
  if (before !== undefined) return before;
  const certificate = socket.getPeerX509Certificate();
  const fingerprint = certificate ? certificate.fingerprint256.replaceAll(':', '').toLowerCase() : null;
  known.set(socket, fingerprint);
  return fingerprint;
}

export function fingerprintOf(c: Context): string | null {
  return peerFingerprint((c.env as HttpBindings).incoming);
}

/** Address from which the peer calls, for the lists that people read. */
export function addressOf(c: Context): string {
  return ((c.env as HttpBindings).incoming.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}
