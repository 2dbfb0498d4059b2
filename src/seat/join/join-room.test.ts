import { expect, test } from 'vitest';
import { ok, refuse, type Refusal } from '../../base/result.ts';
import type { FoundRoom } from '../../courier/discovery/search.ts';
import { JoinRoom, type JoinRoomOptions } from './join-room.ts';

const [own, others] = ['aa'.repeat(32), 'bb'.repeat(32)];
const found = (address: string, certificate: string): FoundRoom => ({
  code: 'R',
  name: '',
  address,
  certificate,
});

/** A seat in a network; `turn` lets the time of one look pass. */
function world(wanted: JoinRoomOptions['wanted'] = null) {
  const here = {
    paired: null as { address: string; certificate: string; online: boolean } | null,
    /** Certificate of whoever answers at an address. */
    network: new Map<string, string>(),
    announced: [] as FoundRoom[],
    refusals: new Map<string, Refusal>(),
    tried: [] as string[],
    searches: 0,
    pending: null as (() => void) | null,
    join: null as unknown as JoinRoom,
    async turn() {
      const work = here.pending ?? expect.fail('nothing is to be done later');
      here.pending = null;
      work();
      while (here.pending === null) await new Promise((resolve) => setImmediate(resolve));
    },
  };
  here.join = new JoinRoom({
    wanted,
    seat: {
      room: () => here.paired,
      pair(address, _, pin) {
        here.tried.push(address);
        const there = here.network.get(address);
        if (there === undefined) return Promise.resolve(refuse({ type: 'parent-unreachable' }));
        if (pin !== null && pin !== there) return Promise.resolve(refuse({ type: 'parent-is-another' }));
        const refusal = here.refusals.get(address);
        if (refusal) return Promise.resolve({ ok: false, refusal });
        here.paired = { address, certificate: there, online: true };
        return Promise.resolve(ok());
      },
      answersAt(address) {
        here.tried.push(address);
        return Promise.resolve(here.network.get(address) === here.paired?.certificate);
      },
      roomMoved(address) {
        if (here.paired) here.paired = { ...here.paired, address, online: true };
        return Promise.resolve();
      },
    },
    search: () => {
      here.searches++;
      return Promise.resolve(here.announced);
    },
    timers: {
      after(_, work) {
        here.pending = work;
        return () => (here.pending = null);
      },
    },
    random: () => 0.5,
    log: { info: () => undefined, warn: () => undefined, error: (what) => expect.fail(JSON.stringify(what)) },
  });
  return here;
}
const wanted = { address: 'old:1', pairingCode: 'code', pin: own };

test('a room that is off still is waited for, and joined when it answers', async () => {
  const here = world(wanted);
  expect(await here.join.start()).toEqual(ok());
  expect(here.paired).toBeNull();
  here.network.set('old:1', own);
  await here.turn();
  expect(here.paired?.address).toBe('old:1');
  await here.turn();
  expect(here.tried).toEqual(['old:1', 'old:1']);
});

test('the room is joined at another address only when its certificate is the one of the configuration', async () => {
  const here = world(wanted);
  here.announced = [found('false:1', others), found('liar:1', own), found('new:1', own)];
  for (const [address, certificate] of [
    ['old:1', others],
    ['false:1', others],
    ['liar:1', others],
    ['new:1', own],
  ] as const)
    here.network.set(address, certificate);
  await here.join.start();
  expect(here.paired?.address).toBe('new:1');
  expect(here.tried).toEqual(['old:1', 'liar:1', 'new:1']);
});

test('without a pin nobody else than the named address is asked with the code', async () => {
  const here = world({ ...wanted, pin: null });
  here.announced = [found('new:1', own)];
  here.network.set('new:1', own);
  await here.join.start();
  await here.turn();
  expect([here.paired, here.searches]).toEqual([null, 0]);
});

test('a wrong code is for a person to put right', async () => {
  const here = world(wanted);
  here.network.set('old:1', own);
  here.refusals.set('old:1', { type: 'wrong-registration-code' });
  expect(await here.join.start()).toMatchObject({ ok: false, refusal: { type: 'wrong-registration-code' } });
  expect(here.pending).toBeNull();
});

test('a seat follows its room to a new address, and nobody who only says to be it', async () => {
  const here = world();
  here.paired = { address: 'old:1', certificate: own, online: false };
  here.announced = [found('liar:1', own), found('other:1', others)];
  here.network.set('liar:1', others).set('other:1', others);
  await here.join.start();
  // The room may just be starting again.
  for (let i = 0; i < 2; i++) await here.turn();
  expect(here.searches).toBe(0);
  await here.turn();
  expect([here.searches, here.paired.address, here.tried]).toEqual([1, 'old:1', ['liar:1']]);
  here.announced.push(found('new:1', own));
  here.network.set('new:1', own);
  await here.turn();
  expect(here.paired).toEqual({ address: 'new:1', certificate: own, online: true });
  await here.turn();
  expect(here.searches).toBe(2);
});

test('a paired seat joins no other room, whatever its configuration names and the network says', async () => {
  const here = world({ address: 'other:1', pairingCode: 'code', pin: others });
  here.paired = { address: 'old:1', certificate: own, online: false };
  here.announced = [found('other:1', others)];
  here.network.set('other:1', others);
  await here.join.start();
  for (let i = 0; i < 5; i++) await here.turn();
  expect(here.paired).toEqual({ address: 'old:1', certificate: own, online: false });
  expect(here.tried).toEqual([]);
});

test('a flood of rooms costs a few connections at each look', async () => {
  const here = world();
  here.paired = { address: 'old:1', certificate: own, online: false };
  here.announced = Array.from({ length: 64 }, (_, i) => found(`liar:${i}`, own));
  await here.join.start();
  for (let i = 0; i < 3; i++) await here.turn();
  expect(here.tried).toHaveLength(3);
  await here.join.close();
  expect(here.pending).toBeNull();
});
