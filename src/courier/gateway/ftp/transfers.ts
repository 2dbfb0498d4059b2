/** What goes over a data connection: listings, downloads and uploads. */
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import type { Refusal, Result } from '../../../base/result.ts';
import { facts, unixLine } from '../listing.ts';
import { readPath } from '../path.ts';
import { beginUpload, fill, finishUpload, unexpected } from '../uploads.ts';
import type { Upload } from '../quarantine.ts';
import type { Entry, Tree, TreePath } from '../tree.ts';
import type { Command } from './commands.ts';
import type { FtpSession } from './session.ts';

/**
 * The end of a data connection says «that was all», and so does a client's death: the system closes what it had open, the data first or the commands first.
 * Whoever is still there after this long has ended it on purpose.
 */
const settleMs = 500;

type Outcome = readonly [code: number, words: string] | Refusal;

/** @param work is given the connection, and whether the client has broken it off since; what it throws broke off. */
async function overData(
  session: FtpSession,
  work: (data: Socket, aborted: () => boolean) => Promise<Outcome>,
): Promise<void> {
  const port = session.passive;
  session.passive = null;
  if (session.secure && !session.dataSecure) {
    port?.close();
    return session.refused(521, { type: 'gateway-tls-for-data' });
  }
  if (port === null) return session.refused(425, { type: 'gateway-passive-only' });
  let aborted = false;
  session.abort = () => {
    aborted = true;
    port.close();
  };
  try {
    session.reply(150, 'Here it goes.');
    const plain = await port.connected();
    if (plain === null)
      return session.reply(
        aborted ? 426 : 425,
        aborted ? 'Broken off.' : 'Nobody came to the data connection.',
      );
    const data = session.secure ? encrypted(session, plain) : plain;
    // Of the encrypted one where there is one: what it reads does not count for the one below.
    data.setTimeout(session.behind.limits.transferIdleMs, () => data.destroy());
    const said = await work(data, () => aborted);
    if ('type' in said) session.refused(said.type === 'file-too-large' ? 552 : 550, said as Refusal);
    else session.reply(said[0], said[1]);
  } catch (error) {
    if (!isBroken(error)) throw error;
    session.reply(426, 'Broken off.');
  } finally {
    session.abort = null;
    port.close();
  }
}

function encrypted(session: FtpSession, plain: Socket): Socket {
  const secureContext = session.options.tls;
  if (secureContext === null) throw new Error('encrypted without a certificate');
  const data = new TLSSocket(plain, { isServer: true, secureContext });
  // Breaks off what reads or writes it, and that says so.
  data.on('error', () => undefined);
  return data;
}

/** What a network or the other side does to a connection, as opposed to a fault of ours. */
function isBroken(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return /^(ECONNRESET|EPIPE|ETIMEDOUT|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE|ERR_STREAM_DESTROYED|ABORT_ERR|ERR_SSL_.*|ERR_TLS_.*)$/.test(
    code,
  );
}

const listed =
  (line: (entry: Entry, now: number) => string): Command =>
  async (session, argument) => {
    // Options as `-la`, which many clients add out of habit.
    const path = readPath(argument.replace(/^(-\S*\s*)+/, ''), session.folder);
    const found = path.ok ? await entriesAt(session.tree as Tree, path.value) : path;
    if (!found.ok) return session.refused(550, found.refusal);
    const now = session.behind.clock.now();
    await overData(session, async (data) => {
      const text = found.value.map((entry) => `${line(entry, now)}\r\n`).join('');
      await pipeline(Readable.from([Buffer.from(text)]), data);
      return [226, 'That is all.'];
    });
  };

async function entriesAt(tree: Tree, path: TreePath): Promise<Result<readonly Entry[]>> {
  const found = await tree.stat(path);
  if (!found.ok) return found;
  return found.value.kind === 'folder' ? tree.list(path) : { ok: true, value: [found.value] };
}

export const list: Command = listed(unixLine);
export const machineList: Command = listed(facts);
export const names: Command = listed(({ name }) => name);

export const fetchFile: Command = async (session, argument) => {
  const start = session.restart;
  session.restart = 0;
  const path = readPath(argument, session.folder);
  const found = path.ok ? await (session.tree as Tree).read(path.value, start) : path;
  if (!found.ok) return session.refused(550, found.refusal);
  const { size, stream } = found.value;
  if (start > size) {
    stream.destroy();
    return session.refused(550, { type: 'gateway-nothing-to-resume', held: size, start });
  }
  try {
    await overData(session, async (data) => {
      await pipeline(stream, data);
      return [226, 'That is all.'];
    });
  } finally {
    stream.destroy();
  }
};

export const store: Command = (session, argument) => {
  const start = session.restart;
  session.restart = 0;
  return receive(session, argument, start);
};

/** Goes on with an upload that was cut off; where there is none, it begins one. */
export const append: Command = (session, argument) => {
  session.restart = 0;
  return receive(session, argument, 'at-its-end');
};

async function receive(session: FtpSession, argument: string, from: number | 'at-its-end'): Promise<void> {
  const announced = session.announcedSize;
  session.announcedSize = null;
  const tree = session.tree as Tree;
  // Line ends would be changed on the way, and an archive with them.
  if (session.ascii) return session.refused(550, { type: 'gateway-binary-only' });
  const path = readPath(argument, session.folder);
  const begun = path.ok ? await beginUpload(session.behind, tree, path.value) : path;
  if (!begun.ok || !path.ok)
    return session.refused(550, begun.ok ? { type: 'internal-error' } : begun.refusal);
  const upload = begun.value;
  try {
    const resumed = await resume(tree, path.value, upload, from);
    if (!resumed.ok) return session.refused(550, resumed.refusal);
    const start = upload.size;
    await overData(session, async (data, aborted) => {
      const kept = await fill(upload, data);
      if (!kept.ok) return kept.refusal;
      const { address } = session;
      if (start === 0 && announced !== null && upload.size < announced)
        return { type: 'gateway-not-whole', came: upload.size, expected: announced };
      await Promise.race([session.ended, delay(settleMs, undefined, { ref: false })]);
      if (session.over || aborted()) return [426, 'Broken off.'];
      const said = await finishUpload(session.behind, { tree, path: path.value, upload, address });
      return said.ok ? [226, `Received, ${upload.size} bytes.`] : said.refusal;
    });
  } catch (error) {
    session.refused(451, unexpected(session.behind, error, 'an upload by FTP'));
  } finally {
    // Nothing happens here to one that came whole.
    await upload.leave();
  }
}

async function resume(
  tree: Tree,
  path: TreePath,
  upload: Upload,
  from: number | 'at-its-end',
): Promise<Result<void>> {
  if (from === 'at-its-end' && upload.size === 0) {
    const there = await tree.stat(path);
    // To append to what was received already would make another file of it.
    if (there.ok)
      return { ok: false, refusal: { type: 'gateway-nothing-to-resume', held: 0, start: there.value.size } };
  }
  return upload.continueAt(from === 'at-its-end' ? upload.size : from);
}
