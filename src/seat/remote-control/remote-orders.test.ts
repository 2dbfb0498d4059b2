import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import { until } from '../../../tools/exam-day/process.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import {
  remoteOrderType,
  type RemoteAction,
  type RemoteAnswer,
  type RemoteOrder,
} from '../../exam/remote-control/order.ts';
import { openLogger } from '../../node/logger.ts';
import { Settings, settingMigrations } from '../../node/settings.ts';
import { signJws } from '../../trust/jws.ts';
import { RemoteOrders, type Deeds } from './remote-orders.ts';
import { newSigningKeyPem, signingKeyFromPem, type SigningKey } from '../../trust/signing-key.ts';

const newKey = (): SigningKey => signingKeyFromPem(newSigningKeyPem());

const room = newKey();
const now = 1_000_000;
const begun: RemoteOrders[] = [];
afterEach(async () => {
  for (const one of begun.splice(0)) await one.close();
});

function world() {
  const db = new DatabaseSync(':memory:');
  for (const { sql } of settingMigrations) db.exec(sql);
  const done: RemoteAction[] = [];
  const told: RemoteAnswer[] = [];
  const here = {
    done,
    told,
    /** What the room had been told last when the program went. */
    left: [] as string[],
    boot: 'first',
    away: false,
    pending: 0,
    atWork: false,
    /** What an action does beside being written down. */
    deed: (): Promise<Result<void>> => Promise.resolve(ok()),
    begin(): RemoteOrders {
      const act = (action: RemoteAction) => () => {
        done.push(action);
        return here.deed();
      };
      const deeds: Deeds = {
        'open-screen': act('open-screen'),
        'close-screen': act('close-screen'),
        restart: act('restart'),
        'shut-down': act('shut-down'),
        initialise: act('initialise'),
        uninstall: act('uninstall'),
      };
      const made = new RemoteOrders({
        seat: 'me',
        settings: new Settings(db),
        journal: { append: () => Promise.resolve([]) },
        log: openLogger('seat', 'silent'),
        roomKey: () => room.publicKey,
        roomNow: () => now,
        seatNow: () => ({ atWork: here.atWork, formal: true, pending: here.pending }),
        ask: (_path, answer) => {
          if (here.away) return Promise.resolve(refuse({ type: 'parent-unreachable' }));
          told.push(answer);
          return Promise.resolve(ok({}));
        },
        bootMark: () => Promise.resolve(here.boot),
        deeds,
        afterTold: {
          uninstall: () => {
            here.left.push(told.at(-1)?.state ?? 'nothing');
            return Promise.resolve(ok());
          },
        },
      });
      begun.push(made);
      return made;
    },
  };
  return here;
}

function order(more: Partial<RemoteOrder> = {}, key = room): string {
  const whole: RemoteOrder = {
    v: 1,
    id: 'o1',
    seat: 'me',
    action: 'restart',
    insisted: false,
    at: now,
    until: now + 60_000,
    ...more,
  };
  return signJws(remoteOrderType, whole, key);
}

const ended = ({ told }: { told: RemoteAnswer[] }): Promise<unknown> =>
  until('the outcome', () => Promise.resolve(told.some(({ state }) => state !== 'begun')));

test('an order is carried out once, however often it is said, also after a restart of the agent', async () => {
  const here = world();
  const orders = here.begin();
  for (let i = 0; i < 3; i++) orders.follow(order());
  await ended(here);
  orders.follow(null);
  orders.follow(order());
  await orders.close();
  const again = here.begin();
  again.follow(order());
  await again.close();
  expect(here.done).toEqual(['restart']);
  expect(here.told).toEqual([
    { id: 'o1', state: 'begun' },
    { id: 'o1', state: 'done' },
  ]);
});

test.each([
  ['of another room', order({}, newKey())],
  ['for another seat', order({ seat: 'you' })],
  ['that is too old', order({ until: now - 1 })],
  ['that nobody signed', order().replace(/\.[^.]+$/, '.AAAA')],
  ['that was signed for something else', signJws('invigil-head+jws', { v: 1 }, room)],
])('an order %s is not believed', async (_, said) => {
  const here = world();
  const orders = here.begin();
  orders.follow(said);
  await orders.close();
  expect([here.done, here.told]).toEqual([[], []]);
});

test('an older order that is said again after a newer one does nothing', async () => {
  const here = world();
  const orders = here.begin();
  orders.follow(order({ id: 'o2', at: now + 1, action: 'open-screen' }));
  await ended(here);
  orders.follow(order({ id: 'o1', at: now }));
  await orders.close();
  expect(here.done).toEqual(['open-screen']);
});

test('the seat has the last word: what only it holds is not put at risk', async () => {
  const here = world();
  here.pending = 3;
  const orders = here.begin();
  orders.follow(order({ insisted: true }));
  await ended(here);
  expect(here.done).toEqual([]);
  expect(here.told).toEqual([
    { id: 'o1', state: 'failed', reason: { type: 'answers-only-at-seat', count: 3 } },
  ]);
});

test('a program that is to go does so once, after the room knows that everything is initialised', async () => {
  const here = world();
  here.deed = () => {
    here.away = true;
    return Promise.resolve(ok());
  };
  const orders = here.begin();
  orders.follow(order({ action: 'uninstall' }));
  await until('the deed', () => Promise.resolve(here.away));
  expect(here.left).toEqual([]);
  here.away = false;
  await ended(here);
  await orders.close();
  // Installed anew with the same data it stays.
  const again = here.begin();
  again.follow(order({ action: 'uninstall' }));
  await again.close();
  expect([here.done, here.left]).toEqual([['uninstall'], ['done']]);
});

test('a program that may not go is not initialised either, and stays', async () => {
  const here = world();
  here.deed = () => Promise.resolve(refuse({ type: 'uninstall-needs-administrator' }));
  const orders = here.begin();
  orders.follow(order({ action: 'uninstall' }));
  await ended(here);
  await orders.close();
  expect(here.told.at(-1)).toMatchObject({ reason: { type: 'uninstall-needs-administrator' } });
  expect(here.left).toEqual([]);
});

test('a room that is away is told the outcome when it is back', async () => {
  const here = world();
  here.deed = () => {
    here.away = true;
    return Promise.resolve(refuse({ type: 'computer-does-not-obey', problem: 'no' }));
  };
  const orders = here.begin();
  orders.follow(order());
  await until('the attempt', () => Promise.resolve(here.away));
  here.away = false;
  await ended(here);
  expect(here.told.at(-1)).toEqual({
    id: 'o1',
    state: 'failed',
    reason: { type: 'computer-does-not-obey', problem: 'no' },
  });
});

test.each([
  ['has restarted is told as done', 'second', { id: 'o1', state: 'done' }],
  [
    'has not restarted is told as not done',
    'first',
    { id: 'o1', state: 'failed', reason: { type: 'order-interrupted' } },
  ],
])('a restart whose agent was killed in the middle of it and that %s', async (_, boot, answer) => {
  const here = world();
  here.deed = () => new Promise(() => undefined);
  const killed = here.begin();
  begun.pop();
  killed.follow(order());
  await until('the restart', () => Promise.resolve(here.done.length === 1));
  here.boot = boot;
  const again = here.begin();
  again.follow(order());
  await ended(here);
  await again.close();
  expect(here.told.at(-1)).toEqual(answer);
  expect(here.done).toEqual(['restart']);
});
