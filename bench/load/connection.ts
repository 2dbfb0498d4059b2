/**
 * A keep-alive HTTPS connection that costs the measuring side as little as possible, so that the two servers that are compared, and
 * not the load on them, fill the machine. One request at a time, as a seat does it.
 */
import { connect, type TLSSocket } from 'node:tls';

export interface Connection {
  /** @returns the body of the answer; throws unless its status is 200. */
  post(path: string, body: string): Promise<string>;
  /** Opens an event stream. `onBytes` gets whatever comes, headers included, until the connection is closed. */
  stream(path: string, onBytes: (bytes: Buffer) => void): void;
  close(): void;
}

export interface Identity {
  readonly keyPem: string;
  readonly certPem: string;
}

export function openConnection(port: number, identity: Identity): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: '127.0.0.1',
      port,
      key: identity.keyPem,
      cert: identity.certPem,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
    });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      socket.off('error', reject);
      socket.setNoDelay(true);
      resolve(overSocket(socket));
    });
  });
}

function overSocket(socket: TLSSocket): Connection {
  let waiting: { resolve: (body: string) => void; reject: (error: Error) => void } | null = null;
  let onBytes: ((bytes: Buffer) => void) | null = null;
  let received = '';
  const fail = (error: Error): void => {
    waiting?.reject(error);
    waiting = null;
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the connection was closed')));
  socket.on('data', (bytes: Buffer) => {
    if (onBytes) return onBytes(bytes);
    received += bytes.toString('latin1');
    const answer = readAnswer(received);
    if (!answer || !waiting) return;
    received = '';
    const { resolve, reject } = waiting;
    waiting = null;
    if (answer.status === 200) resolve(answer.body);
    else reject(new Error(`${answer.status}: ${answer.body}`));
  });
  return {
    post(path, body) {
      return new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('the connection is closed'));
        waiting = { resolve, reject };
        const length = Buffer.byteLength(body);
        socket.write(
          `POST ${path} HTTP/1.1\r\nhost: room\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`,
        );
      });
    },
    stream(path, listener) {
      onBytes = listener;
      socket.write(`GET ${path} HTTP/1.1\r\nhost: room\r\naccept: text/event-stream\r\n\r\n`);
    },
    close: () => socket.destroy(),
  };
}

/** A whole answer, with a length or in chunks; null while some of it is missing. */
function readAnswer(text: string): { status: number; body: string } | null {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = text.slice(0, end);
  const body = text.slice(end + 4);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (length) return body.length >= Number(length[1]) ? { status, body } : null;
  if (!body.endsWith('0\r\n\r\n')) return null;
  return { status, body: body.replaceAll(/(^|\r\n)[0-9a-f]+\r\n/gi, '') };
}
