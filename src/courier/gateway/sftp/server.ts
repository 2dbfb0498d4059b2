/** SFTP: SSH with password sign-in and nothing but the `sftp` subsystem. */
import type { AddressInfo, Socket } from 'node:net';
import ssh2, { type Client, type SignIn } from 'ssh2';
import { ok, type Result } from '../../../base/result.ts';
import { addressOf, Doorkeeper } from '../doorkeeper.ts';
import type { Gateway } from '../ftp/server.ts';
import { listen } from '../listen.ts';
import type { Tree } from '../tree.ts';
import type { Behind } from '../uploads.ts';
import { loadOrCreateHostKey } from './host-key.ts';
import { SftpSession } from './session.ts';

/** No SHA-1, no CBC, no keys below 128 bits of strength, no compression. */
const algorithms = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group18-sha512',
  ],
  serverHostKey: ['ssh-ed25519'],
  cipher: [
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'chacha20-poly1305@openssh.com',
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
  ],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
};
/** Of one connection: programs open a second one for a transfer in the background. */
const mostChannels = 4;
/** Requests without a password: a client asks once which ways there are. */
const mostAsked = 10;

export interface SftpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly hostKeyFile: string;
}

export async function startSftp(
  options: SftpServerOptions,
  behind: Behind,
): Promise<Result<Gateway & { readonly fingerprint: string }>> {
  const key = await loadOrCreateHostKey(options.hostKeyFile);
  if (!key.ok) return key;
  const ssh = new ssh2.Server({ hostKeys: [key.value.key], ident: 'invigil', algorithms });
  const doorkeeper = new Doorkeeper(behind.limits);
  const sessions = new Set<SftpSession>();
  const sockets = new Map<string, Socket>();
  ssh.on('connection', (client, { ip, port }) => {
    const socket = sockets.get(`${ip} ${port}`);
    if (socket) attend(client, { socket, behind, sessions });
    else client.end();
  });
  const listening = await listen(
    options,
    (socket) => {
      if (!doorkeeper.admit(socket)) {
        socket.destroy();
        return;
      }
      const from = `${socket.remoteAddress} ${socket.remotePort}`;
      sockets.set(from, socket);
      // The library has no eye on somebody who says nothing.
      const signIn = setTimeout(() => socket.destroy(), behind.limits.signInMs);
      socket.once('signedIn', () => clearTimeout(signIn));
      socket.once('close', () => {
        clearTimeout(signIn);
        sockets.delete(from);
      });
      ssh.injectSocket(socket);
    },
    (error) => behind.log.warn({ err: error }, 'the SFTP gateway could not take a connection'),
  );
  if (!listening.ok) return listening;
  const server = listening.value;
  return ok({
    port: (server.address() as AddressInfo).port,
    fingerprint: key.value.fingerprint,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      doorkeeper.endAll();
      await Promise.all([closed, ...[...sessions].map((one) => one.close())]);
    },
  });
}

interface Around {
  readonly socket: Socket;
  readonly behind: Behind;
  readonly sessions: Set<SftpSession>;
}

function attend(client: Client, { socket, behind, sessions }: Around): void {
  const address = addressOf(socket);
  let tree: Tree | null = null;
  let [wrong, asked, channels] = [0, 0, 0];
  const own = new Set<SftpSession>();
  let idle: NodeJS.Timeout | undefined;
  const rest = (): void => {
    clearTimeout(idle);
    idle = setTimeout(() => client.end(), behind.limits.idleMs);
  };
  // Of the other side's making: a connection that breaks, or what is no SSH. The library closes it.
  client.on('error', () => socket.destroySoon());
  client.on('close', () => {
    clearTimeout(idle);
    for (const session of own) void session.close();
  });

  const signIn = async (given: SignIn): Promise<void> => {
    if (given.method !== 'password' || given.password === undefined) {
      given.reject(['password']);
      if (++asked >= mostAsked) client.end();
      return;
    }
    const signed = await behind.gate.signIn(given.username, given.password, address);
    if (socket.destroyed) return;
    if (signed.ok) {
      tree = signed.value;
      behind.log.info({ account: given.username, address }, 'signed in by SFTP');
      socket.emit('signedIn');
      rest();
      given.accept();
      return;
    }
    behind.log.warn({ address, refusal: signed.refusal.type }, 'a sign-in by SFTP was refused');
    given.reject(['password']);
    if (++wrong >= behind.limits.tries) client.end();
  };
  client.on('authentication', (given) => {
    signIn(given).catch((error: unknown) => {
      behind.log.warn({ err: error, address }, 'a sign-in by SFTP failed');
      client.end();
    });
  });

  client.on('session', (accept, reject) => {
    if (tree === null || channels >= mostChannels) return reject();
    channels++;
    const mine = tree;
    // Without a listener for them, commands, shells, forwarding and all else are refused.
    accept()?.on('sftp', (open) => {
      const channel = open();
      if (channel === undefined) return;
      const session = new SftpSession(channel, { socket, tree: mine, address, behind });
      // From here on it is the channel that has something to do, or not.
      clearTimeout(idle);
      own.add(session);
      sessions.add(session);
      void session.ended.then(() => {
        channels--;
        own.delete(session);
        sessions.delete(session);
        if (own.size === 0 && !socket.destroyed) rest();
      });
    });
  });
}
