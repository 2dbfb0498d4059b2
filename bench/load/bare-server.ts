/**
 * What the room is compared with: a bare node:https server with nothing between the wire and the disk. `/journal` appends the request's bytes
 * to SQLite with group commit, `/events` sends every connection the same message when told to.
 */
import { createServer } from 'node:https';
import { DatabaseSync } from 'node:sqlite';
import type { AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createNodeKeys } from '../../src/trust/keys.ts';

const [folder = ''] = process.argv.slice(2);
const db = new DatabaseSync(join(folder, 'bare.db'));
db.exec(
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE entry (position INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;',
);
const insert = db.prepare('INSERT INTO entry (bytes) VALUES (?)');
let waiting: { bytes: Buffer; response: ServerResponse }[] = [];

function commit(): void {
  const batch = waiting;
  waiting = [];
  db.exec('BEGIN IMMEDIATE');
  for (const { bytes } of batch) insert.run(bytes);
  db.exec('COMMIT');
  const answer = '{"acknowledged":true}';
  for (const { response } of batch) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  }
}

const streams = new Set<ServerResponse>();
const { tls } = await createNodeKeys('bare');
const server = createServer(
  {
    key: tls.keyPem,
    cert: tls.certPem,
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.3',
  },
  (request, response) => {
    if (request.url === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': open\n\n');
      streams.add(response);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (waiting.length === 0) setImmediate(commit);
      waiting.push({ bytes: Buffer.concat(chunks), response });
    });
  },
);
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', (message: { send: string }) => {
  for (const stream of streams) stream.write(message.send);
});
process.once('disconnect', () => process.exit(0));
