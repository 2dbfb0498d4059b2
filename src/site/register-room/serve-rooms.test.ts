/** What a room gets from its site: what is its own, and nothing of another room. */
import { afterEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { createNodeKeys } from '../../trust/keys.ts';
import { openBytes } from '../../trust/seal.ts';
import { fromBase64 } from '../../base/bytes.ts';
import { ExchangeClient } from '../../courier/https/client.ts';
import { startExchangeServer } from '../../courier/https/server.ts';
import { trialSite } from '../site.fixture.ts';
import { roomRole } from './serve-rooms.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Both rooms are registered, each with its keys; both have a result with a receipt. */
async function twoRooms() {
  const trial = await trialSite('formal');
  closing.push(() => trial.close());
  const { site } = trial;
  const keys = await Promise.all([createNodeKeys(), createNodeKeys()]);
  for (const [i, room] of ['R1', 'R2'].entries()) {
    site.node.db
      .prepare(
        'UPDATE room SET registration_code = NULL, node_id = ?, tls_fingerprint = ?, sealing_key = ?, registered_at = 3 WHERE code = ?',
      )
      .run(`room-${i + 1}`, keys[i]?.tls.fingerprint ?? '', keys[i]?.sealing.recipient ?? '', room);
    site.node.db
      .prepare(
        'INSERT INTO result (digest, room_code, session_id, record, bytes, collected_at, receipt) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(`digest-${room}`, room, 's1', '{}', 1, 5, `receipt of ${room}`);
  }
  return { site, keys, role: roomRole(site) };
}

const child = { role: 'room', code: 'R1', id: 'room-1' } as const;
const typeOf = (answer: { ok: boolean; refusal?: { type: string } }): string =>
  answer.refusal?.type ?? 'done';

test('a room is offered its own package, and no name fetches another one', async () => {
  const { role } = await twoRooms();
  const offered = await role.parcelsFor(child);
  expect(offered.map(({ id }) => id)).toEqual([expect.stringMatching(/^room-package:R1:/)]);
  for (const name of ['room-package.R2', 'room-package:R2:1', 'R2', '../room-package'])
    expect([name, typeOf(await role.parcelFile(child, name, ''))]).toEqual([name, 'no-such-parcel']);
});

test('a room hears of its own receipts, is written down in its own row, and brings entries of no other room and not of the site', async () => {
  const { role, site } = await twoRooms();
  const report = { statuses: [], loaded: null, sealCheck: null };
  const told = expectOk(await role.hello(child, { status: report } as never, '10.0.0.1'));
  expect(told.notices).toMatchObject({ receipts: ['receipt of R1'] });
  const rows = site.node.db.prepare('SELECT code, address FROM room ORDER BY code').all();
  expect(rows.map(({ code, address }) => [code, address === '10.0.0.1'])).toEqual([
    ['R1', true],
    ['R2', false],
  ]);
  const origins = ['room-1', 'room-2', site.node.id, 'a-seat'];
  expect(origins.map((origin) => role.speaksFor(child, origin))).toEqual([true, false, false, true]);
});

test('the keys of a session go to each room sealed for itself', async () => {
  const { role, site, keys } = await twoRooms();
  site.node.db.prepare('UPDATE authorisation SET session_keys = ? WHERE session_id = ?').run('["key"]', 's1');
  const [server, client, other] = [await createNodeKeys(), keys[0], keys[1]];
  if (!client || !other) throw new Error('no keys');
  const exchange = expectOk(
    await startExchangeServer({
      host: '127.0.0.1',
      port: 0,
      tls: server.tls,
      routes: (app) => role.routes(app),
      onError: (error) => {
        throw error;
      },
    }),
  );
  closing.push(() => exchange.close());
  const address = `127.0.0.1:${exchange.port}`;
  const room = new ExchangeClient({ address, certPem: server.tls.certPem }, client.tls);
  closing.push(() => room.close());
  const { sealedKeys } = expectOk(await room.get<{ sealedKeys: string }>('/authorisation/s1'));
  const opensWith = async ({ sealing }: typeof client): Promise<boolean> =>
    (await openBytes(fromBase64(sealedKeys), { identities: [sealing.identity] })).ok;
  expect([await opensWith(client), await opensWith(other)]).toEqual([true, false]);
  const stranger = new ExchangeClient({ address, certPem: server.tls.certPem }, (await createNodeKeys()).tls);
  closing.push(() => stranger.close());
  expect(typeOf(await stranger.get('/authorisation/s1'))).toBe('not-registered');
});
