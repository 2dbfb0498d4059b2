/** Handing one message to the mail server (SMTP, RFC 5321; STARTTLS, RFC 3207), and what its refusals mean. */
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { KnownServer } from './settings.ts';

const connectMs = 15_000;
const silentMs = 30_000;

export interface Message {
  /** The same at every try: a server or reader that has it already knows it by that. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Loaded by the first message: it costs 20 MB, and many centres send none. */
const mailer = () => import('nodemailer');

/** @returns a refusal with `final: true` where trying again would change nothing */
export async function deliver(server: KnownServer, sender: string, message: Message): Promise<Result<void>> {
  const { host, port, security, user, password, from, authority } = server;
  const { createTransport } = await mailer();
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === '' ? {} : { auth: { user, pass: password } }),
    tls: { minVersion: 'TLSv1.2', ...(authority === '' ? {} : { ca: authority }) },
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silentMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      messageId: `<${message.id}@${new URL(server.consoleAddress).hostname}>`,
      from: { name: sender, address: from },
      to: message.to,
      subject: message.subject,
      text: message.text,
      // No answering machine answers it.
      headers: { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' },
    });
    return ok();
  } catch (error) {
    const refusal = refusalOf(error, server, message.to);
    if (!refusal) throw error;
    return refuse(refusal);
  } finally {
    transport.close();
  }
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
  readonly cause?: { readonly code?: string };
}

/** Said by the other end, not by this program. */
function refusalOf(error: unknown, { host, port }: KnownServer, to: string): Refusal | null {
  const { code = '', command = '', response = '', responseCode = 0, message, cause } = error as SmtpError;
  const said = plain(response || message);
  const final = responseCode >= 500;
  switch (code) {
    case 'EAUTH':
    case 'ENOAUTH':
    case 'EOTP':
      return { type: 'mail-login-refused', said };
    case 'EENVELOPE':
      return command === 'MAIL FROM'
        ? { type: 'mail-sender-refused', said }
        : { type: 'mail-address-refused', address: to, said, final };
    case 'EMESSAGE':
      return { type: 'mail-refused', said, final };
    default:
  }
  const reason = `${code} ${cause?.code ?? ''} ${message}`;
  if (/cert|self.signed|altname|issuer|UNABLE_TO/i.test(reason))
    return { type: 'mail-certificate', host, said: plain(cause?.code ?? message) };
  if (code === 'ETLS' && command === 'STARTTLS') return { type: 'mail-no-starttls', host, said };
  // Of the network and of the library; a fault of this program has another name.
  return /^E(?!RR_|CONFIG)[A-Z_]+$/.test(code) ? { type: 'mail-cannot-connect', host, port, said } : null;
}

/** Somebody else's words, for a message. */
function plain(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} .,:;@_'()/-]/gu, ' ').slice(0, 200);
}
