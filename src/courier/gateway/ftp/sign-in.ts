/** Encryption and the sign-in. A password that would go unencrypted is not even asked for, unless plain FTP was switched on. */
import type { Command } from './commands.ts';

export const authenticate: Command = (session, argument) => {
  const { tls } = session.options;
  if (tls === null) return session.reply(502, 'There is no TLS here.');
  if (!/^(TLS|TLS-C|SSL)$/i.test(argument)) return session.reply(504, 'AUTH TLS it is.');
  if (session.secure) return session.reply(503, 'Encrypted already.');
  session.reply(234, 'Go on with TLS.');
  if (!session.startTls(tls)) session.end();
  // Whatever was said unencrypted counts no more.
  session.account = null;
};

export const protection: Command = (session, argument) => {
  if (!session.secure) return session.reply(503, 'AUTH first.');
  if (argument.toUpperCase() !== 'P') return session.refused(536, { type: 'gateway-tls-for-data' });
  session.dataSecure = true;
  session.reply(200, 'Files and listings go encrypted.');
};

export const account: Command = (session, argument) => {
  if (session.tree !== null) return session.reply(530, 'Signed in already.');
  if (!session.secure && !session.options.plain) return session.refused(530, { type: 'gateway-tls-first' });
  if (argument === '') return session.reply(501, 'Which account?');
  session.account = argument;
  session.reply(331, 'And the password?');
};

export const password: Command = async (session, argument) => {
  const { account } = session;
  if (session.tree !== null) return session.reply(202, 'Signed in already.');
  if (account === null) return session.reply(503, 'USER first.');
  const { gate, log, limits } = session.behind;
  const signed = await gate.signIn(account, argument, session.address);
  if (session.over) return;
  if (signed.ok) {
    log.info({ account, address: session.address, secure: session.secure }, 'signed in by FTP');
    session.signedIn(account, signed.value);
    return session.reply(230, 'Signed in.');
  }
  session.account = null;
  log.warn({ address: session.address, refusal: signed.refusal.type }, 'a sign-in by FTP was refused');
  session.refused(530, signed.refusal);
  if (++session.wrongTries >= limits.tries) session.bye('Too many tries.');
};
