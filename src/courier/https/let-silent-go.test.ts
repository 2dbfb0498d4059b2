import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { letSilentGo } from './let-silent-go.ts';

const server = createServer((request, response) => {
  request.resume();
  request.once('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('first\n');
  });
});

beforeAll(async () => {
  letSilentGo(server, 30);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function send(text: string): Promise<{ socket: Socket; heard: () => string; over: Promise<void> }> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  // The other end cuts it.
  socket.on('error', () => undefined);
  const over = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.write(text);
  return { socket, heard: () => heard, over };
}

test('who falls silent in the middle of a body is let go, and who watches a view is not', async () => {
  const watches = await send('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nbody');
  const falters = await send('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nbo');
  const trickles = await send('POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n4\r\nbo');
  await Promise.all([falters.over, trickles.over]);
  expect([falters.heard(), trickles.heard()]).toEqual(['', '']);
  const later = await send('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nbo');
  await later.over;
  expect(watches.heard()).toContain('first');
  expect(watches.socket.readyState).toBe('open');
  watches.socket.destroy();
});
