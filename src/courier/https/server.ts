/**
 * The server on which a node's children reach it: HTTPS where both sides show certificates. The certificates are self-signed and
 * known to each other by their fingerprints since the pairing, so no name service, clock or authority has to be right.
 */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { Refused } from '../../base/refused.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { failureRefusal } from '../../journal/journal.ts';
import { letSilentGo } from './let-silent-go.ts';

export interface ExchangeServer {
  readonly port: number;
  close(): Promise<void>;
}

export async function startExchangeServer(options: {
  host: string;
  port: number;
  tls: { keyPem: string; certPem: string };
  routes: (app: Hono) => void;
  onError: (error: unknown, path: string) => void;
}): Promise<Result<ExchangeServer>> {
  const app = new Hono();
  options.routes(app);
  app.notFound((c) => c.json({ type: 'no-such-exchange' }, 404));
  app.onError((error, c) => {
    // What is away for a while (a database) is no fault of ours: the child keeps what it brought and tries again.
    if (error instanceof Refused) return c.json(error.refusal, 503);
    const failure = failureRefusal(error);
    if (failure) return c.json(failure, 503);
    options.onError(error, c.req.path);
    return c.json({ type: 'internal-error' }, 500);
  });
  const server = createServer(
    {
      key: options.tls.keyPem,
      cert: options.tls.certPem,
      requestCert: true,
      // Self-signed by design: each request is judged by its fingerprint, not by an authority.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
    },
    getRequestListener(app.fetch),
  );
  server.keepAliveTimeout = 60_000;
  // A room's whole result takes as long as it takes.
  server.requestTimeout = 0;
  letSilentGo(server);
  const started = await new Promise<Result<void>>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        resolve(refuse({ type: 'port-in-use', host: options.host, port: options.port }));
      else if (error.code === 'EACCES')
        resolve(refuse({ type: 'port-not-permitted', host: options.host, port: options.port }));
      else if (error.code === 'EADDRNOTAVAIL')
        resolve(refuse({ type: 'address-not-here', host: options.host, port: options.port }));
      else reject(error);
    });
    server.listen(options.port, options.host, () => resolve(ok()));
  });
  if (!started.ok) return started;
  return ok({
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
