/** A port that is listened on, or why it is not. */
import { createServer, type Server, type Socket } from 'node:net';
import { ok, refuse, type Result } from '../../base/result.ts';

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'port-in-use',
  EACCES: 'port-not-permitted',
  EADDRNOTAVAIL: 'address-not-here',
};

export async function listen(
  { host, port }: { host: string; port: number },
  onConnection: (socket: Socket) => void,
  onError: (error: Error) => void,
): Promise<Result<Server>> {
  const server = createServer({ noDelay: true, keepAlive: true }, onConnection);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const type = reasons[error.code ?? ''];
      if (type === undefined) reject(error);
      else resolve(refuse({ type, host, port }));
    });
    server.listen(port, host, () => {
      // A connection that could not be taken, for want of file handles for example: the next one may be.
      server.on('error', onError);
      resolve(ok(server));
    });
  });
}
