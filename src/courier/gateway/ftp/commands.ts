/** What a client may say. What is not here is not understood; what would change anything but by an upload is refused in words. */
import { showPath, readPath } from '../path.ts';
import { facts, stamp } from '../listing.ts';
import { statOf } from '../uploads.ts';
import type { Tree } from '../tree.ts';
import { append, fetchFile, list, names, store, machineList } from './transfers.ts';
import { PassivePort } from './passive.ts';
import type { FtpSession } from './session.ts';
import { account, authenticate, password, protection } from './sign-in.ts';

export type Command = (session: FtpSession, argument: string) => void | Promise<void>;

const say =
  (code: number, ...lines: readonly string[]): Command =>
  (session) =>
    session.reply(code, ...lines);

const notPossible: Command = (session) => session.refused(550, { type: 'gateway-not-possible' });
const passiveOnly: Command = (session) => session.refused(502, { type: 'gateway-passive-only' });

/** What can be said before somebody has signed in. */
export const withoutSignIn: ReadonlySet<string> = new Set(
  'AUTH PBSZ PROT USER PASS QUIT FEAT SYST NOOP OPTS CLNT HELP TYPE'.split(' '),
);

const changeFolder: Command = async (session, argument) => {
  const tree = session.tree as Tree;
  const path = readPath(argument, session.folder);
  if (!path.ok) return session.refused(550, path.refusal);
  const found = await tree.stat(path.value);
  if (!found.ok) return session.refused(550, found.refusal);
  if (found.value.kind !== 'folder') return session.refused(550, { type: 'gateway-not-a-folder' });
  session.folder = path.value;
  session.reply(250, `In ${quoted(session)}`);
};

const upwards: Command = (session) => changeFolder(session, session.folder.length === 0 ? '.' : '..');
const where: Command = (session) => session.reply(257, quoted(session));

/** In quotes, doubled within (RFC 959, appendix II). Names have none. */
const quoted = (session: FtpSession): string => `"${showPath(session.folder)}"`;

/** SIZE and MDTM: of a file only. */
const ofFile =
  (answer: (size: number, changedAt: number) => string): Command =>
  async (session, argument) => {
    const path = readPath(argument, session.folder);
    const found = path.ok ? await statOf(session.behind, session.tree as Tree, path.value) : path;
    if (!found.ok) return session.refused(550, found.refusal);
    if (found.value.kind !== 'file') return session.refused(550, { type: 'gateway-not-a-file' });
    session.reply(213, answer(found.value.size, found.value.changedAt));
  };

const machineStat: Command = async (session, argument) => {
  const path = readPath(argument, session.folder);
  const found = path.ok ? await (session.tree as Tree).stat(path.value) : path;
  if (!found.ok || !path.ok)
    return session.refused(550, found.ok ? { type: 'internal-error' } : found.refusal);
  session.reply(250, 'Is', facts({ ...found.value, name: showPath(path.value) }), 'End');
};

const passive =
  (way: 'PASV' | 'EPSV'): Command =>
  async (session, argument) => {
    if (way === 'EPSV' && argument.toUpperCase() === 'ALL') return session.reply(200, 'Passive it is.');
    const { host, announced } = session.options;
    const address = announced ?? session.localAddress;
    if (way === 'PASV' && !/^\d+(\.\d+){3}$/.test(address)) return session.reply(425, 'Use EPSV.');
    session.passive?.close();
    session.passive = null;
    const opened = await PassivePort.open({
      host,
      range: session.options.passive,
      from: session.address,
      waitMs: session.behind.limits.transferIdleMs,
    });
    if (!opened.ok) return session.refused(425, opened.refusal);
    // The client went while the port was opened.
    if (session.over) return opened.value.close();
    session.passive = opened.value;
    const { port } = opened.value;
    if (way === 'EPSV') return session.reply(229, `Entering Extended Passive Mode (|||${port}|)`);
    const numbers = [...address.split('.'), port >> 8, port & 0xff].join(',');
    session.reply(227, `Entering Passive Mode (${numbers})`);
  };

const features: Command = (session) =>
  session.reply(
    211,
    'Features:',
    ...(session.options.tls === null ? [] : ['AUTH TLS', 'PBSZ', 'PROT']),
    'EPSV',
    'MDTM',
    'MLST type*;size*;modify*;',
    'PASV',
    'REST STREAM',
    'SIZE',
    'TVFS',
    'UTF8',
    'End',
  );

const options: Command = (session, argument) => {
  const [name = '', setting = ''] = argument.toUpperCase().split(' ');
  if (name === 'UTF8' || name === 'UTF-8')
    return setting === 'OFF'
      ? session.reply(504, 'Names are UTF-8.')
      : session.reply(200, 'Names are UTF-8.');
  if (name === 'MLST') return session.reply(200, 'MLST OPTS type;size;modify;');
  session.reply(501, 'No such option.');
};

const type: Command = (session, argument) => {
  const wanted = argument.toUpperCase();
  if (!/^(?:I|A|A N|L 8|L8)$/.test(wanted)) return session.reply(504, 'Types are I and A.');
  session.ascii = wanted.startsWith('A');
  session.reply(200, session.ascii ? 'Listings and texts.' : 'Bytes as they are.');
};

const restart: Command = (session, argument) => {
  if (!/^\d{1,15}$/.test(argument)) return session.reply(501, 'A number of bytes.');
  session.restart = Number(argument);
  session.reply(350, `From byte ${session.restart} on.`);
};

const announce: Command = (session, argument) => {
  const size = /^(\d{1,15})(?: R \d+)?$/i.exec(argument)?.[1];
  if (size === undefined) return session.reply(501, 'A number of bytes.');
  session.announcedSize = Number(size);
  session.reply(200, 'Noted.');
};

const only =
  (allowed: string): Command =>
  (session, argument) =>
    argument.toUpperCase() === allowed
      ? session.reply(200, 'So it is.')
      : session.reply(504, `Only ${allowed}.`);

export const commands: Readonly<Record<string, Command>> = {
  ABOR: say(226, 'Nothing is under way.'),
  ACCT: say(202, 'Not needed.'),
  ALLO: announce,
  APPE: append,
  AUTH: authenticate,
  CDUP: upwards,
  CLNT: say(200, 'Welcome.'),
  CWD: changeFolder,
  EPRT: passiveOnly,
  EPSV: passive('EPSV'),
  FEAT: features,
  HELP: say(
    214,
    'Files can be listed, fetched and sent: LIST MLSD RETR STOR APPE REST SIZE MDTM CWD PWD PASV EPSV.',
  ),
  LIST: list,
  MDTM: ofFile((_, changedAt) => stamp(changedAt)),
  MLSD: machineList,
  MLST: machineStat,
  MODE: only('S'),
  NLST: names,
  NOOP: say(200, 'Here.'),
  OPTS: options,
  PASS: password,
  PASV: passive('PASV'),
  PBSZ: (session, argument) =>
    session.secure
      ? session.reply(200, argument === '0' ? 'PBSZ=0' : 'PBSZ=0, as with TLS always.')
      : session.reply(503, 'AUTH first.'),
  PORT: passiveOnly,
  PROT: protection,
  PWD: where,
  QUIT: (session) => {
    session.reply(221, 'Goodbye.');
    session.end();
  },
  REST: restart,
  RETR: fetchFile,
  SIZE: ofFile((size) => String(size)),
  STAT: (session, argument) =>
    argument === '' ? session.reply(211, 'All is well.') : session.reply(502, 'Use LIST or MLSD.'),
  STOR: store,
  STRU: only('F'),
  SYST: say(215, 'UNIX Type: L8'),
  TYPE: type,
  USER: account,
  XCUP: upwards,
  XCWD: changeFolder,
  XPWD: where,
  ...Object.fromEntries(
    ['DELE', 'MFMT', 'MKD', 'RMD', 'RNFR', 'RNTO', 'SITE', 'STOU', 'XMKD', 'XRMD'].map((verb) => [
      verb,
      notPossible,
    ]),
  ),
};
