import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { expectOk, ok } from '../../base/result.ts';
import { sha256Hex } from '../../trust/digest.ts';
import { createNodeKeys } from '../../trust/keys.ts';
import { deliver } from './child.ts';
import { ExchangeClient } from './client.ts';
import { parentRoutes, type ParentRole } from './parent.ts';
import { startExchangeServer, type ExchangeServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'invigil-resume-'));
const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  rmSync(folder, { recursive: true, force: true });
});

/** Passes bytes on and cuts the connection once so many went up. */
async function startCuttingWire(target: () => number) {
  const sockets = new Set<Socket>();
  let up = 0;
  let cutAt = Number.POSITIVE_INFINITY;
  const server: Server = createServer((child) => {
    const parent = connect(target(), '127.0.0.1');
    for (const one of [child, parent]) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => sockets.delete(one));
    }
    child.on('data', (chunk: Buffer) => {
      up += chunk.length;
      if (up < cutAt) return void parent.write(chunk);
      cutAt = Number.POSITIVE_INFINITY;
      child.destroy();
      parent.destroy();
    });
    child.on('end', () => parent.end());
    parent.on('data', (chunk: Buffer) => child.write(chunk));
    parent.on('end', () => child.end());
    parent.on('close', () => child.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    sentUp: () => up,
    cutAfter: (bytes: number) => void (cutAt = up + bytes),
  };
}

test('a delivery that is cut goes on where it stopped: over a new connection, a new child and a restarted parent', async () => {
  const [childKeys, parentKeys] = [await createNodeKeys(), await createNodeKeys()];
  const content = new Uint8Array(Buffer.alloc(40_000_000, 'what a room reports; '));
  const file = join(folder, 'result.parcel');
  const uploads = join(folder, 'uploads');
  writeFileSync(file, content);
  mkdirSync(uploads);
  const received: string[] = [];
  const role = {
    childWith: () => ({ id: 'room1', role: 'room' as const, code: 'R1' }),
    receive: (_child: unknown, _delivery: unknown, path: string) => {
      received.push(sha256Hex(readFileSync(path)));
      return Promise.resolve(ok({ taken: true }));
    },
  } as unknown as ParentRole;
  const startParent = async (): Promise<ExchangeServer> =>
    expectOk(
      await startExchangeServer({
        host: '127.0.0.1',
        port: 0,
        tls: parentKeys.tls,
        routes: parentRoutes({
          keys: parentKeys,
          uploads,
          clock: systemClock,
          journal: {
            heads: () => [],
            hashAt: () => null,
            ofOrigin: () => [],
            accept: () => Promise.reject(new Error('no entries here')),
            append: () => Promise.reject(new Error('no entries here')),
          },
          role,
        }),
        onError: (error) => {
          throw error;
        },
      }),
    );
  let parent = await startParent();
  closing.push(() => parent.close());
  const wire = await startCuttingWire(() => parent.port);
  const address = `127.0.0.1:${wire.port}`;
  const send = async () => {
    const client = new ExchangeClient({ address, certPem: parentKeys.tls.certPem }, childKeys.tls);
    try {
      return await deliver<{ taken: boolean }>({
        client,
        address,
        childId: 'room1',
        file,
        kind: 'room-result',
      });
    } finally {
      client.close();
    }
  };
  const overhead = 2_000_000;

  // Cut within the first piece, and once more later: the same delivery finds its way.
  wire.cutAfter(5_000_000);
  const aborted = send();
  await aborted;
  expect(received).toEqual([sha256Hex(content)]);
  expect(wire.sentUp()).toBeLessThan(content.length + 8_388_608 + overhead);

  // The parent goes away in the middle, for longer than the child tries; both start again.
  writeFileSync(file, Buffer.alloc(40_000_000, 'what another room reports; '));
  const before = wire.sentUp();
  wire.cutAfter(25_000_000);
  const watch = setInterval(() => {
    if (wire.sentUp() - before > 20_000_000) void parent.close();
  }, 1);
  const failed = await send();
  clearInterval(watch);
  expect(failed).toMatchObject({ ok: false, refusal: { type: 'parent-unreachable' } });
  const sentBefore = wire.sentUp();
  parent = await startParent();
  expectOk(await send());
  expect(received.at(-1)).toBe(sha256Hex(readFileSync(file)));
  expect(wire.sentUp() - sentBefore).toBeLessThan(40_000_000 - 15_000_000 + overhead);
  expect(readdirSync(uploads)).toEqual([]);
});
