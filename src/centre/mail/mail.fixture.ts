/** A mail server on loopback that takes messages, or does not, as a test says. */
import { SMTPServer } from 'smtp-server';
import { afterEach } from 'vitest';
import { selfSigned } from '../../trust/tls-certificate.ts';
import type { AddressInfo } from 'node:net';
import type { MailServer } from './contract.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

export const mailPassword = 'the mail server’s';

interface Wishes {
  readonly security?: MailServer['security'];
  /** It asks to log in as `invigil`. */
  readonly login?: boolean;
  readonly offersStartTls?: boolean;
  readonly port?: number;
}

export interface Taken {
  readonly from: string;
  readonly to: string;
  readonly user: string;
  /** As it went over the line. */
  readonly raw: string;
  readonly id: string;
  readonly subject: string;
  readonly text: string;
}

function refusal(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

export async function mailServer({
  security = 'none',
  login = false,
  offersStartTls = true,
  port = 0,
}: Wishes = {}) {
  const certificate = await selfSigned('mail');
  const taken: Taken[] = [];
  const does = {
    refusesSender: false,
    refusesAddress: null as number | null,
    refusesMessage: false,
    /** Ends the connection when half of a message has come. */
    breaksOff: false,
    /** Takes the message and never says so. */
    saysNothing: false,
  };
  const server = new SMTPServer({
    secure: security === 'tls',
    key: certificate.keyPem,
    cert: certificate.certPem,
    hideSTARTTLS: security === 'none',
    authOptional: !login,
    allowInsecureAuth: true,
    disabledCommands: [...(login ? [] : ['AUTH']), ...(offersStartTls ? [] : ['STARTTLS'])],
    logger: false,
    onAuth: (auth, _, callback) =>
      auth.username === 'invigil' && auth.password === mailPassword
        ? callback(null, { user: 'invigil' })
        : callback(refusal(535, 'Authentication credentials invalid')),
    onMailFrom: (_, __, callback) =>
      callback(does.refusesSender ? refusal(553, 'Sender address not owned by user') : null),
    onRcptTo: (_, __, callback) =>
      callback(does.refusesAddress === null ? null : refusal(does.refusesAddress, 'No such user here')),
    onData: (stream, session, callback) => {
      if (does.breaksOff) {
        stream.once('data', () => {
          for (const { _socket } of server.connections as unknown as Set<{ _socket: { destroy(): void } }>)
            _socket.destroy();
        });
        return;
      }
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (does.refusesMessage) return callback(refusal(554, 'Looks like spam'));
        const raw = Buffer.concat(parts).toString();
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address).join(),
          user: String(session.user ?? ''),
          raw,
          ...read(raw),
        });
        if (!does.saysNothing) callback();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      for (const one of server.connections as unknown as Set<{ _socket: { destroy(): void } }>)
        one._socket.destroy();
      server.close(() => resolve());
    });
  ends.push(close);
  const at: MailServer = {
    host: '127.0.0.1',
    port: (server.server.address() as AddressInfo).port,
    security,
    user: login ? 'invigil' : '',
    from: 'invigil@exam.example',
    consoleAddress: 'https://exam.example',
    authority: certificate.certPem,
  };
  return { at, taken, does, close };
}

/** Of a message of one part. */
function read(raw: string): Pick<Taken, 'id' | 'subject' | 'text'> {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const headers = head.replaceAll(/\r\n[ \t]+/g, ' ');
  const of = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1] ?? '';
  const body = rest.join('\r\n\r\n');
  const encoding = of('content-transfer-encoding');
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString()
      : encoding === 'quoted-printable'
        ? quoted(body.replaceAll(/=\r\n/g, ''))
        : body;
  const subject = of('subject')
    .replaceAll(/\?= =\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([qb])\?(.*?)\?=/gi, (_, way: string, word: string) =>
      way.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString() : quoted(word.replaceAll('_', ' ')),
    );
  return { id: of('message-id'), subject, text: text.replaceAll('\r\n', '\n') };
}

function quoted(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}
