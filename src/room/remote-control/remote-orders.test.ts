import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { ok, refuse, type Result } from '../../base/result.ts';
import { remoteOrderType, type RemoteAction } from '../../exam/remote-control/order.ts';
import { verifyJws } from '../../trust/jws.ts';
import { RemoteOrders } from './remote-orders.ts';
import { remoteControlMigration, SeatOrders } from './seat-orders.ts';
import { newSigningKeyPem, signingKeyFromPem, type SigningKey } from '../../trust/signing-key.ts';

const newKey = (): SigningKey => signingKeyFromPem(newSigningKeyPem());

function world() {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE seat (id TEXT PRIMARY KEY) STRICT; PRAGMA foreign_keys = ON;');
  for (const seat of ['a', 'b', 'c']) db.prepare('INSERT INTO seat (id) VALUES (?)').run(seat);
  db.exec(remoteControlMigration.sql);
  const key = newKey();
  const here = {
    now: 1_000,
    key,
    entries: [] as { kind: string; subject: string; data: Record<string, unknown> }[],
    may: (_seat: string, _action: RemoteAction, _insisted: boolean): Result<void> => ok(),
    /** As after a restart. */
    begin() {
      const orders = new SeatOrders(db);
      const remote = new RemoteOrders({
        orders,
        journal: {
          append: (drafts) => {
            here.entries.push(...drafts);
            return Promise.resolve([]);
          },
        },
        clock: { now: () => here.now },
        key,
        may: (...asked) => here.may(...asked),
        onChange: () => undefined,
      });
      return { orders, remote };
    },
  };
  return here;
}
const given = { action: 'restart' as const, seatIds: ['a', 'b', 'c'], reason: '', by: 'admin' };

test('each seat hears its own order, signed, until it has said what became of it', async () => {
  const here = world();
  const { orders, remote } = here.begin();
  await remote.give(given);
  const said = remote.orderFor('a') ?? expect.fail();
  expect(verifyJws(said, remoteOrderType, here.key.publicKey)).toMatchObject({
    ok: true,
    value: { seat: 'a', action: 'restart', at: 1_000, until: 61_000 },
  });
  const id = orders.of('a')?.id ?? '';
  await remote.take('a', { id, state: 'begun' });
  expect(orders.of('a')?.state).toBe('under-way');
  expect(remote.orderFor('a')).toBe(said);
  await remote.take('a', { id, state: 'done' });
  expect(remote.orderFor('a')).toBeNull();
  expect(await remote.take('a', { id, state: 'done' })).toMatchObject({ ok: true });
  expect(await remote.take('b', { id: 'another', state: 'done' })).toMatchObject({
    refusal: { type: 'no-such-order' },
  });
  expect(here.entries.filter(({ kind }) => kind === 'remote-order-ended')).toHaveLength(1);
});

test('one that is refused does not hold up the others, and never hears of it', async () => {
  const here = world();
  here.may = (seat, _, insisted) => (seat === 'b' && !insisted ? refuse({ type: 'seat-at-work' }) : ok());
  const { orders, remote } = here.begin();
  await remote.give(given);
  expect(['a', 'b', 'c'].map((seat) => orders.of(seat)?.state)).toEqual(['waiting', 'failed', 'waiting']);
  expect(orders.of('b')?.reason).toEqual({ type: 'seat-at-work' });
  expect(remote.orderFor('b')).toBeNull();
  await remote.give({ ...given, seatIds: ['b'], reason: 'smoke' });
  expect(remote.orderFor('b')).not.toBeNull();
  expect(here.entries.at(-1)).toMatchObject({
    kind: 'remote-order-given',
    data: { reason: 'smoke', by: 'admin' },
  });
});

test('a seat that is away is not reached, also over a restart of the room, and may still say that it was done', async () => {
  const here = world();
  const before = here.begin();
  await before.remote.give(given);
  const id = before.orders.of('a')?.id ?? '';
  await before.remote.take('a', { id, state: 'begun' });
  const { orders, remote } = here.begin();
  here.now += 60_001;
  await remote.look();
  expect(['a', 'b', 'c'].map((seat) => orders.of(seat)?.state)).toEqual([
    'under-way',
    'not-reached',
    'not-reached',
  ]);
  expect(remote.orderFor('b')).toBeNull();
  here.now += 10 * 60_000;
  await remote.look();
  expect(orders.of('a')).toMatchObject({ state: 'not-reached', reason: { type: 'seat-did-not-come-back' } });
  await remote.take('a', { id, state: 'done' });
  expect(orders.of('a')).toMatchObject({ state: 'done', reason: null });
});

test('a seat that carries out an order finishes it first', async () => {
  const here = world();
  const { orders, remote } = here.begin();
  await remote.give(given);
  await remote.take('a', { id: orders.of('a')?.id ?? '', state: 'begun' });
  await remote.give({ ...given, action: 'shut-down' });
  expect(['a', 'b'].map((seat) => orders.of(seat)?.action)).toEqual(['restart', 'shut-down']);
  expect(await remote.give({ ...given, seatIds: ['a'] })).toMatchObject({
    refusal: { type: 'seat-order-under-way' },
  });
  expect(await remote.give({ ...given, seatIds: [] })).toMatchObject({
    refusal: { type: 'no-seats-chosen' },
  });
});
