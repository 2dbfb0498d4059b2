import type { IncomingMessage, Server } from 'node:http';

/** Longer than any network that still works keeps a file waiting. */
const silenceMs = 60_000;

/**
 * Whoever begins to send something and falls silent is let go: open connections are few, and each costs memory. How long all of it takes does not
 * matter, a site's whole result may take hours; nor how long an answer takes, a view is watched all day.
 */
export function letSilentGo(server: Server, ms = silenceMs): void {
  server.on('request', (request: IncomingMessage) => {
    if (!hasBody(request)) return;
    // Without a listener the server closes a connection whose time is over.
    request.setTimeout(ms);
    request.once('end', () => request.setTimeout(0));
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
