import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selfSigned } from '../../../trust/tls-certificate.ts';
import { startGateways } from '../gateways.ts';
import { account, password, runGateways, until, type Running } from '../tree.fixture.ts';

let running: Running;
beforeAll(async () => {
  running = await runGateways({ limits: { connectionsPerAddress: 8 } });
});
afterAll(() => running.end());

/** Speaks by hand what no client would say. */
class Talk {
  readonly socket: Socket;
  #heard = '';

  constructor(port: number, socket: Socket = connect(port, '127.0.0.1')) {
    this.socket = socket;
    // How it ends does not matter here, but that it does.
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => (this.#heard += chunk.toString()));
  }

  static async signedIn(port: number): Promise<Talk> {
    const talk = new Talk(port);
    await talk.reply();
    await talk.say(`USER ${account}`);
    const said = await talk.say(`PASS ${password}`);
    if (!said.startsWith('230 ')) throw new Error(said);
    return talk;
  }

  /** The next reply, whole. */
  async reply(): Promise<string> {
    const whole = /^(?:(\d{3})-[^]*?^\1 |\d{3} )[^]*?\r\n/m;
    await until(() => whole.test(this.#heard) || this.socket.closed);
    const said = whole.exec(this.#heard)?.[0] ?? '';
    this.#heard = this.#heard.slice(said.length);
    return said;
  }

  say(line: string | Buffer): Promise<string> {
    this.socket.write(typeof line === 'string' ? `${line}\r\n` : line);
    return this.reply();
  }

  async data(): Promise<Socket> {
    const port = Number(/\|(\d+)\|/.exec(await this.say('EPSV'))?.[1]);
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.resume();
    await new Promise((resolve) => socket.once('connect', resolve));
    return socket;
  }

  async gone(): Promise<void> {
    this.socket.resume();
    await until(() => this.socket.closed);
  }

  end(): Promise<void> {
    this.socket.destroy();
    return this.gone();
  }
}

test('nobody is connected to by the server, and nobody else than the client gets a file', async () => {
  let came = 0;
  const victim = createServer((socket) => {
    came++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => victim.listen(0, '127.0.0.1', resolve));
  const { port } = victim.address() as AddressInfo;
  running.tree.files.set('/a.txt', Buffer.from('a'));
  const talk = await Talk.signedIn(running.ftp);
  for (const to of [
    `PORT 127,0,0,1,${port >> 8},${port & 255}`,
    `EPRT |1|127.0.0.1|${port}|`,
    'PORT 10,0,0,1,0,22',
  ])
    expect(await talk.say(to)).toMatch(/^502 .*\[gateway-passive-only\]/);
  expect(await talk.say('RETR a.txt')).toMatch(/^425 /);
  expect(came).toBe(0);
  victim.close();

  // From another address of this computer, which the client's is not.
  const passive = Number(/\|(\d+)\|/.exec(await talk.say('EPSV'))?.[1]);
  const thief = connect({ port: passive, host: '127.0.0.1', localAddress: '127.0.0.2' });
  thief.on('error', () => undefined);
  let stolen = '';
  thief.on('data', (chunk: Buffer) => (stolen += chunk.toString()));
  await until(() => thief.closed);
  talk.socket.write('RETR a.txt\r\n');
  expect(await talk.reply()).toMatch(/^150 /);
  const own = connect(passive, '127.0.0.1');
  let got = '';
  own.on('data', (chunk: Buffer) => (got += chunk.toString()));
  expect(await talk.reply()).toMatch(/^226 /);
  await until(() => own.closed);
  expect([stolen, got]).toEqual(['', 'a']);
  await talk.end();
});

test.each([
  ['../../etc/passwd', 'gateway-path-outside'],
  ['/inbox/../../x', 'gateway-path-outside'],
  ['..\\..\\x', 'gateway-path-impossible'],
  ['C:\\Windows\\x', 'gateway-path-impossible'],
  ['a\0/../../x', 'gateway-path-impossible'],
  ['%2e%2e/%2e%2e/x', 'no-such-file'],
])('no path leads out of the tree: %j', async (path, type) => {
  const talk = await Talk.signedIn(running.ftp);
  for (const verb of ['CWD', 'SIZE', 'MDTM', 'MLST', 'RETR', 'LIST'])
    expect(await talk.say(`${verb} ${path}`)).toMatch(new RegExp(`^550 .*\\[${type}\\]`));
  expect(await talk.say(`STOR ${path}`)).toMatch(/^550 /);
  expect(await readdir(running.staging)).toEqual([]);
  await talk.end();
});

test('what was said before the encryption counts for nothing after it', async () => {
  const careful = await runGateways({ plain: false });
  try {
    const injected = new Talk(careful.ftp);
    await injected.reply();
    await injected.say(`AUTH TLS\r\nUSER ${account}\r\nPASS ${password}`);
    await injected.gone();
    expect(careful.tree.tried).toEqual([]);

    const plain = new Talk(careful.ftp);
    await plain.reply();
    expect(await plain.say('AUTH TLS')).toMatch(/^234 /);
    plain.socket.removeAllListeners('data');
    const secure = new Talk(0, connectTls({ socket: plain.socket, rejectUnauthorized: false }));
    await secure.say(`USER ${account}`);
    expect(await secure.say(`PASS ${password}`)).toMatch(/^230 /);
    // Files go encrypted, or not at all.
    expect(await secure.say('PROT C')).toMatch(/^536 /);
    await secure.say('EPSV');
    expect(await secure.say('LIST')).toMatch(/^521 .*\[gateway-tls-for-data\]/);
    await secure.end();
  } finally {
    await careful.end();
  }
});

test('after three wrong passwords the connection ends', async () => {
  const talk = new Talk(running.ftp);
  await talk.reply();
  for (let i = 0; i < 3; i++) {
    expect(await talk.say(`USER ${account}`)).toMatch(/^331 /);
    expect(await talk.say(`PASS guess-${i}`)).toMatch(/^530 /);
  }
  expect(await talk.reply()).toMatch(/^421 /);
  await talk.gone();
  expect(running.logged.join('\n')).not.toMatch(/guess-\d/);
});

test('nothing but the sign-in is possible before it', async () => {
  const talk = new Talk(running.ftp);
  await talk.reply();
  for (const line of [
    'LIST',
    'RETR a.txt',
    'STOR /inbox/a',
    'PASV',
    'EPSV',
    'CWD /',
    'PWD',
    'SIZE a.txt',
    'DELE a.txt',
  ])
    expect(await talk.say(line)).toMatch(/^530 /);
  await talk.end();
});

test('commands come in whatever pieces, and what is none ends the conversation', async () => {
  const pieces = new Talk(running.ftp);
  await pieces.reply();
  for (const byte of `USER ${account}\r\n`) pieces.socket.write(byte);
  expect(await pieces.reply()).toMatch(/^331 /);
  expect(await pieces.say(`PASS ${password}`)).toMatch(/^230 /);
  expect(await pieces.say(Buffer.from([...Buffer.from('CWD '), 0xff, 0xfe, 0x0d, 0x0a]))).toMatch(
    /gateway-name-not-utf8/,
  );
  expect(await pieces.say(Buffer.from([0xff, 0xf4, 0xff, 0xf2, ...Buffer.from('ABOR\r\n')]))).toMatch(
    /^226 /,
  );
  await pieces.end();
  for (const garbage of [
    randomBytes(100_000),
    Buffer.alloc(100_000, 'a'),
    Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n'.repeat(50)),
  ]) {
    const talk = new Talk(running.ftp);
    talk.socket.write(garbage);
    await talk.gone();
  }
});

test('who says nothing is let go, and so is who is one too many', async () => {
  const strict = await runGateways({
    limits: { signInMs: 300, idleMs: 300, transferIdleMs: 300, connectionsPerAddress: 2 },
  });
  try {
    const [silent, idle] = [new Talk(strict.ftp), await Talk.signedIn(strict.ftp)];
    expect(await new Talk(strict.ftp).reply()).toMatch(/^421 Too many/);
    await Promise.all([silent.gone(), idle.gone()]);
    // In the middle of an upload, too: what came is kept for whoever goes on.
    const stuck = await Talk.signedIn(strict.ftp);
    const data = await stuck.data();
    expect(await stuck.say('STOR /inbox/stuck.zip')).toMatch(/^150 /);
    data.write(Buffer.alloc(1_000));
    expect(await stuck.reply()).toMatch(/^426 /);
    // Nobody comes to the data connection.
    await stuck.say('EPSV');
    expect(await stuck.say('LIST')).toMatch(/^150 /);
    expect(await stuck.reply()).toMatch(/^425 /);
    expect(await stuck.say('SIZE /inbox/stuck.zip')).toBe('213 999\r\n');
    expect(strict.tree.received_).toEqual([]);
    await stuck.end();
  } finally {
    await strict.end();
  }
});

test('an upload is given on only when the client is still there after its end, and by its size where it said one', async () => {
  const talk = await Talk.signedIn(running.ftp);
  const upload = async (before: string[], after: (data: Socket) => void): Promise<string> => {
    for (const line of ['TYPE I', ...before]) await talk.say(line);
    const data = await talk.data();
    expect(await talk.say('STOR /inbox/u.zip')).toMatch(/^150 /);
    data.write(Buffer.alloc(10_000, 1), () => after(data));
    return talk.reply();
  };
  // Fewer bytes than were announced.
  expect(await upload(['ALLO 20000'], (data) => data.end())).toMatch(/^550 .*\[gateway-not-whole\]/);
  // Broken off on purpose: one reply for the upload, one for the command.
  expect(await upload([], () => talk.socket.write('ABOR\r\n'))).toMatch(/^426 /);
  expect(await talk.reply()).toMatch(/^226 /);
  expect(running.tree.received_).toEqual([]);
  // The data connection ends as it should, and the client is gone in the same moment.
  const dying = await Talk.signedIn(running.ftp);
  const data = await dying.data();
  await dying.say('STOR /inbox/u.zip');
  data.end(Buffer.alloc(10_000, 1), () => dying.socket.destroy());
  await until(async () => (await readdir(running.staging)).some((name) => name.endsWith('.unfinished')));
  expect(running.tree.received_).toEqual([]);
  // Text mode would change what is sent.
  await talk.say('TYPE A');
  expect(await talk.say('STOR /inbox/u.zip')).toMatch(/\[gateway-binary-only\]/);
  for (const line of ['TYPE I', 'REST 10001']) await talk.say(line);
  expect(await talk.say('STOR /inbox/u.zip')).toMatch(/\[gateway-nothing-to-resume\]/);
  expect(await upload(['ALLO 10000'], (data) => data.end())).toMatch(/^226 /);
  expect(running.tree.received_.map(({ size }) => size)).toEqual([10_000]);
  // Nothing is appended to what was received.
  await talk.data();
  expect(await talk.say('APPE /inbox/u.zip')).toMatch(/\[gateway-nothing-to-resume\]/);
  await talk.end();
});

test('closing ends every connection, and keeps what was being sent', async () => {
  const closing = await runGateways();
  const talk = await Talk.signedIn(closing.ftp);
  const data = await talk.data();
  expect(await talk.say('STOR /inbox/open.zip')).toMatch(/^150 /);
  data.write(Buffer.alloc(50_000));
  await until(async () => (await readdir(closing.staging)).length === 1);
  const again = await closing.again();
  await talk.gone();
  expect(again.tree.received_).toEqual([]);
  expect((await readdir(again.staging)).every((name) => name.endsWith('.unfinished'))).toBe(true);
  await again.end();
});

test('a certificate and a key that do not belong together are refused', async () => {
  const [one, other] = [await selfSigned('one'), await selfSigned('other')];
  const started = await startGateways({
    host: '127.0.0.1',
    ftp: { port: 0, tls: { certPem: one.certPem, keyPem: other.keyPem } },
    tree: running.tree,
    staging: running.staging,
    log: { info: () => undefined, warn: () => undefined },
  });
  expect(started).toEqual({ ok: false, refusal: { type: 'gateway-certificate-unusable' } });
});
