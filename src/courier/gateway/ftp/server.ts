/** FTP with explicit TLS. */
import type { AddressInfo } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { Doorkeeper } from '../doorkeeper.ts';
import { listen } from '../listen.ts';
import type { Behind } from '../uploads.ts';
import { FtpSession, type FtpOptions } from './session.ts';

export interface FtpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly passive: readonly [number, number] | null;
  readonly announced: string | null;
  readonly plain: boolean;
  readonly tls: { readonly keyPem: string; readonly certPem: string } | null;
}

export interface Gateway {
  readonly port: number;
  /** Ends every connection, and waits until what they had under way is put away. */
  close(): Promise<void>;
}

export async function startFtp(options: FtpServerOptions, behind: Behind): Promise<Result<Gateway>> {
  const { tls, host, passive, announced, plain } = options;
  const certificate = tls === null ? ok(null) : secured(tls);
  if (!certificate.ok) return certificate;
  const context = certificate.value;
  const session: FtpOptions = { behind, host, passive, announced, plain, tls: context };
  const doorkeeper = new Doorkeeper(behind.limits);
  const sessions = new Set<FtpSession>();
  const listening = await listen(
    options,
    (socket) => {
      if (!doorkeeper.admit(socket)) {
        socket.on('error', () => undefined);
        socket.end('421 Too many connections.\r\n', () => socket.destroy());
        return;
      }
      const one = new FtpSession(socket, session);
      sessions.add(one);
      void one.settled().then(() => sessions.delete(one));
    },
    (error) => behind.log.warn({ err: error }, 'the FTP gateway could not take a connection'),
  );
  if (!listening.ok) return listening;
  const server = listening.value;
  return ok({
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const left = [...sessions].map((one) => one.settled());
      for (const one of sessions) one.bye('The gateway closes.');
      doorkeeper.endAll();
      await Promise.all([closed, ...left]);
    },
  });
}

/** An administrator can give a certificate of his own, and so a wrong one. */
function secured({ keyPem, certPem }: { keyPem: string; certPem: string }): Result<SecureContext> {
  try {
    return ok(createSecureContext({ key: keyPem, cert: certPem, minVersion: 'TLSv1.2' }));
  } catch {
    // The parser's complaint can have parts of the key in it.
    return refuse({ type: 'gateway-certificate-unusable' });
  }
}
