/** Rooms are found over loopback alone: nothing of this leaves the computer. */
import { createSocket, type Socket } from 'node:dgram';
import { afterEach, expect, test } from 'vitest';
import { startAnnouncer, type Announcer } from './announcer.ts';
import { answer, datagramBytes, newNonce, question, readAnswer, readQuestion } from './datagram.ts';
import { searchRooms } from './search.ts';
import { asksAt, broadcastOf, discoverySchema, listensAt } from './where.ts';

const certificate = 'ab'.repeat(32);
const notice = { code: '1999999001', name: '第三考场', port: 7431, certificate };
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

let second = 0;
async function room(said = notice): Promise<Announcer> {
  const announcer = await startAnnouncer({
    at: { host: '127.0.0.1', port: 0 },
    clock: { monotonic: () => second * 1_000 },
    notice: () => said,
    onError: (error) => expect.fail(error.message),
  });
  if (!announcer) throw new Error('no port');
  open.push(announcer);
  return announcer;
}
const spot = ({ port }: { port: number }) => ({ host: '127.0.0.1', port });
const look = (...spots: { host: string; port: number }[]) =>
  searchRooms(spots, { onError: (error) => expect.fail(error.message), patienceMs: 400 });

/** Answers what it is told to, as somebody in the network might. */
async function somebody(answers: (asked: string) => Uint8Array[]): Promise<{ host: string; port: number }> {
  const socket: Socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  open.push({ close: () => new Promise<void>((resolve) => socket.close(() => resolve())) });
  socket.on('message', (said, from) => {
    for (const one of answers(readQuestion(said) ?? '')) socket.send(one, from.port, from.address);
  });
  return spot(socket.address());
}

test('whoever looks finds every room, with the address from which it answers', async () => {
  const other = { ...notice, code: '1999999002', name: '', port: 9 };
  const found = await look(spot(await room()), spot(await room(other)), spot({ port: 1 }));
  expect(found).toEqual([
    { code: '1999999001', name: '第三考场', certificate, address: '127.0.0.1:7431' },
    { code: '1999999002', name: '', certificate, address: '127.0.0.1:9' },
  ]);
});

test('an answer is never longer than the question, whatever the room is called', () => {
  for (const text of ['"\\'.repeat(200), '考'.repeat(400), '\u0000\u202e'.repeat(400), '😀'.repeat(400)]) {
    const said = answer(newNonce(), { ...notice, code: text, name: text });
    expect(said.length).toBeLessThanOrEqual(datagramBytes);
  }
  expect(question(newNonce())).toHaveLength(datagramBytes);
});

test('a question that is shorter than an answer, or none at all, stays without one', () => {
  const asked = newNonce();
  expect(readQuestion(question(asked))).toBe(asked);
  expect(
    readQuestion(Buffer.from(JSON.stringify({ invigil: 'which-rooms', v: 1, nonce: asked }))),
  ).toBeNull();
  expect(readQuestion(Buffer.alloc(datagramBytes, 0xff))).toBeNull();
});

test('answers to others, altered and endless ones are not taken', async () => {
  const far = (text: object): Uint8Array => Buffer.from(JSON.stringify(text));
  const forger = await somebody((asked) => [
    answer(newNonce(), notice),
    far({ invigil: 'room', v: 2, nonce: asked, ...notice }),
    far({ invigil: 'room', v: 1, nonce: asked, ...notice, port: 70_000 }),
    far({ invigil: 'room', v: 1, nonce: asked, ...notice, certificate: 'x' }),
    far({ invigil: 'room', v: 1, nonce: asked, ...notice, more: 'x'.repeat(2_000) }),
    Buffer.from('{"invigil'),
    Buffer.alloc(0),
  ]);
  expect(await look(forger)).toEqual([]);
});

test('what a stranger writes cannot steer the screen, and a flood of rooms is cut off', async () => {
  const asked = newNonce();
  expect(readAnswer(answer(asked, { ...notice, name: 'A\u001b[2J\u202eB\nC' }), asked)?.name).toBe(
    'A [2J B C',
  );
  const flood = await somebody((nonce) =>
    Array.from({ length: 200 }, (_, i) => answer(nonce, { ...notice, port: i + 1 })),
  );
  expect((await look(flood)).length).toBeLessThanOrEqual(64);
});

test('a flood of questions costs a room a hundred answers a second', async () => {
  const at = spot(await room());
  const socket = createSocket('udp4');
  open.push({ close: () => new Promise<void>((resolve) => socket.close(() => resolve())) });
  let answers = 0;
  let onAnswer = (): void => undefined;
  socket.on('message', () => {
    answers++;
    onAnswer();
  });
  const ask = () =>
    new Promise<void>((resolve) => socket.send(question(newNonce()), at.port, at.host, () => resolve()));
  for (let i = 0; i < 150; i++) {
    await ask();
    // As fast as they are taken: none is lost on the way.
    await new Promise((resolve) => setImmediate(resolve));
  }
  second++;
  const one = new Promise<void>((resolve) => (onAnswer = resolve));
  await ask();
  await one;
  expect(answers).toBeGreaterThan(0);
  expect(answers).toBeLessThanOrEqual(101);
});

test('an address that is taken switches finding off, and nothing else', async () => {
  const first = await room();
  const errors: Error[] = [];
  const none = await startAnnouncer({
    at: spot(first),
    clock: { monotonic: () => 0 },
    notice: () => notice,
    onError: (error) => errors.push(error),
  });
  expect(none).toBeNull();
  expect(errors).toHaveLength(1);
});

test('networks of this computer are asked by their broadcast address; switched off, none', () => {
  const card = { family: 'IPv4' as const, mac: '', cidr: null };
  const interfaces = {
    eth0: [{ ...card, address: '192.168.1.20', netmask: '255.255.255.0', internal: false }],
    wlan0: [{ ...card, address: '10.3.77.1', netmask: '255.255.192.0', internal: false }],
    lo: [{ ...card, address: '127.0.0.1', netmask: '255.0.0.0', internal: true }],
  };
  expect(asksAt('lan', interfaces).map(({ host }) => host)).toEqual([
    '192.168.1.255',
    '10.3.127.255',
    '127.0.0.1',
  ]);
  expect(asksAt('10.1.255.255:7439')).toEqual([{ host: '10.1.255.255', port: 7439 }]);
  expect([asksAt('off'), listensAt('off')]).toEqual([[], null]);
  expect(broadcastOf('172.16.5.9', '255.255.255.252')).toBe('172.16.5.11');
  expect(discoverySchema.safeParse('everywhere').success).toBe(false);
});
