import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../../trust/digest.ts';
import {
  account,
  askPass,
  curl,
  has,
  password,
  run,
  runGateways,
  sftp,
  sftpParameters,
  start,
  until,
  type Running,
} from '../tree.fixture.ts';

const large = randomBytes(20 * 1024 * 1024);
const usual = randomBytes(1_000_003);
const usualWhole = { size: usual.length, sha256: sha256Hex(usual) };
const whole = { size: large.length, sha256: sha256Hex(large) };
let running: Running;
let file: string;
let smaller: string;

beforeAll(async () => {
  running = await runGateways();
  file = join(running.folder, '801_matem_20261127.zip');
  writeFileSync(file, large);
  smaller = join(running.folder, '802_matem_20261127.zip');
  writeFileSync(smaller, usual);
});
afterAll(() => running.end());
beforeEach(async () => {
  for (const name of await readdir(running.staging)) rmSync(join(running.staging, name));
  running.tree.files.clear();
  running.tree.received_.length = 0;
  running.tree.limit = 64 * 1024 * 1024;
  running.tree.refuses = null;
});

describe.skipIf(!has('sftp'))('sftp', () => {
  test('lists folders and a thousand files, fetches and sends, and shows what was sent', async () => {
    for (let i = 0; i < 1_000; i++) running.tree.files.set(`/matem/801/бланк ${i}.tif`, Buffer.from('x'));
    running.tree.files.set('/matem/801/数学.zip', usual);
    const got = join(running.folder, 'got.zip');
    const said = await sftp(running, [
      'cd matem/801',
      'ls -1',
      `get 数学.zip ${got}`,
      `put ${smaller} /inbox/sent.zip`,
      'ls -l /inbox',
    ]);
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(said.out.match(/бланк \d+\.tif/g)).toHaveLength(1_000);
    expect(sha256Hex(readFileSync(got))).toBe(usualWhole.sha256);
    expect(said.out).toMatch(/ 1000003 .* sent\.zip$/m);
    expect(running.tree.received_).toEqual([{ path: '/inbox/sent.zip', ...usualWhole }]);
    expect(await readdir(running.staging)).toEqual([]);
  });

  test('a client that is killed in the middle of an upload has sent nothing; the next one goes on', async () => {
    const child = start('sftp', ['-l', '80000', ...sftpParameters(running)], askPass(running.folder));
    child.stdin?.end(`put ${file} /inbox/cut.zip\n`);
    await until(async () => {
      const name = (await readdir(running.staging)).find((one) => one.endsWith('.arriving'));
      return name !== undefined && statSync(join(running.staging, name)).size > 300_000;
    });
    // The program that speaks to the network is a child of it: both die, as with the computer.
    await run('pkill', ['-KILL', '-P', String(child.pid)]);
    child.kill('SIGKILL');
    await until(async () => (await readdir(running.staging)).some((name) => name.endsWith('.unfinished')));
    expect(running.tree.received_).toEqual([]);
    expect((await sftp(running, ['ls -1 /inbox'])).out).not.toContain('cut.zip');
    expect(await sftp(running, [`reput ${file} /inbox/cut.zip`])).toMatchObject({ code: 0, err: '' });
    expect(running.tree.received_).toEqual([{ path: '/inbox/cut.zip', ...whole }]);

    const half = join(running.folder, 'half.zip');
    writeFileSync(half, large.subarray(0, 7_000_001));
    expect(await sftp(running, [`reget /inbox/cut.zip ${half}`])).toMatchObject({ code: 0, err: '' });
    expect(sha256Hex(readFileSync(half))).toBe(whole.sha256);
  });

  test.each([
    'rm a.zip',
    'mkdir x',
    'rmdir inbox',
    'rename a.zip b.zip',
    'chmod 600 a.zip',
    'ln -s a.zip b.zip',
  ])('nothing is changed by: %s', async (command) => {
    running.tree.files.set('/a.zip', Buffer.from('a'));
    const said = await sftp(running, [command]);
    expect(said.code).not.toBe(0);
    expect([...running.tree.files.keys()]).toEqual(['/a.zip']);
  });

  test('no path leads out of the tree', async () => {
    for (const path of ['/../etc/passwd', '../../etc/passwd', '/inbox/../../etc/passwd', '..\\\\..\\\\x'])
      expect((await sftp(running, [`get "${path}" ${join(running.folder, 'never')}`])).code).not.toBe(0);
    expect((await sftp(running, [`put ${file} /inbox/../../x`])).code).not.toBe(0);
    expect(await readdir(running.folder)).not.toContain('never');
    expect(running.tree.files.size).toBe(0);
  });

  test('too large and refused files fail, and nothing of them is kept', async () => {
    running.tree.limit = 500_000;
    expect((await sftp(running, [`put ${smaller} /inbox/large.zip`])).code).not.toBe(0);
    running.tree.limit = 64 * 1024 * 1024;
    running.tree.refuses = 'archive-damaged';
    expect((await sftp(running, [`put ${smaller} /inbox/bad.zip`])).code).not.toBe(0);
    expect((await sftp(running, [`put ${smaller} /elsewhere.zip`])).code).not.toBe(0);
    await until(async () => (await readdir(running.staging)).length === 0);
    expect(running.tree.received_).toEqual([]);
  });

  test('a wrong password opens nothing, and no log has it; there is no shell and no forwarding', async () => {
    expect((await sftp(running, ['ls'], 'secret of somebody')).code).not.toBe(0);
    const log = running.logged.join('\n');
    expect(log).toContain('a sign-in by SFTP was refused');
    expect(log).not.toContain('secret of somebody');
    expect(log).not.toContain(password);
    const [, , ...rest] = sftpParameters(running).toReversed();
    const options = rest.filter((one) => one.startsWith('-o'));
    const to = [...options, '-p', String(running.sftp), `${account}@127.0.0.1`];
    const env = askPass(running.folder);
    expect((await run('ssh', [...to, 'id'], '', env)).out).toBe('');
    const forwarding = [
      ...options,
      '-p',
      String(running.sftp),
      '-W',
      `127.0.0.1:${running.ftp}`,
      `${account}@127.0.0.1`,
    ];
    expect((await run('ssh', forwarding, '', env)).out).toBe('');
  });

  test('nothing old is spoken', async () => {
    for (const old of [
      'KexAlgorithms=diffie-hellman-group14-sha1',
      'KexAlgorithms=diffie-hellman-group14-sha256',
      'Ciphers=aes128-cbc',
      'HostKeyAlgorithms=ssh-rsa',
    ])
      expect(
        (await run('sftp', [`-o${old}`, ...sftpParameters(running)], 'ls\n', askPass(running.folder))).code,
      ).not.toBe(0);
  });

  test('the host key stays the same over a restart, and only the service reads it', async () => {
    const [before, key] = [running.hostKey, join(running.folder, 'keys', 'sftp-host-key')];
    running = await running.again();
    expect(running.hostKey).toBe(before);
    expect(before).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    if (process.platform !== 'win32') expect(statSync(key).mode & 0o777).toBe(0o600);
  });
});

describe.skipIf(!has('curl', 'sftp'))('curl', () => {
  test('sends, appends to what was cut off, and fetches', async () => {
    const url = (path: string): string => `sftp://127.0.0.1:${running.sftp}${path}`;
    const child = start('curl', [
      '-sS',
      '-k',
      '-u',
      `${account}:${password}`,
      '--limit-rate',
      '600k',
      '-T',
      smaller,
      url('/inbox/c.zip'),
    ]);
    await until(async () => {
      const name = (await readdir(running.staging)).find((one) => one.endsWith('.arriving'));
      return name !== undefined && statSync(join(running.staging, name)).size > 100_000;
    });
    child.kill('SIGKILL');
    await until(async () => (await readdir(running.staging)).some((name) => name.endsWith('.unfinished')));
    expect(await curl(['-C', '-', '-T', smaller, url('/inbox/c.zip')])).toMatchObject({ code: 0, err: '' });
    expect(running.tree.received_).toEqual([{ path: '/inbox/c.zip', ...usualWhole }]);
    const got = join(running.folder, 'again.zip');
    expect(await curl(['-o', got, url('/inbox/c.zip')])).toMatchObject({ code: 0, err: '' });
    expect(sha256Hex(readFileSync(got))).toBe(usualWhole.sha256);
  });
});

test('whoever says nothing, or something else than SSH, is let go, and the others go on', async () => {
  const strict = await runGateways({ limits: { signInMs: 300, connectionsPerAddress: 3 } });
  try {
    const silent = await connected(strict.sftp);
    const garbage = await connected(strict.sftp);
    garbage.write(randomBytes(100_000));
    const halfway = await connected(strict.sftp);
    halfway.write(Buffer.concat([Buffer.from('SSH-2.0-x\r\n'), randomBytes(5_000)]));
    // One more than may come from one address.
    await gone(await connected(strict.sftp));
    await Promise.all([silent, garbage, halfway].map(gone));
    expect((await sftp(strict, ['ls'])).code).toBe(0);
    expect(strict.tree.tried).toHaveLength(1);
  } finally {
    await strict.end();
  }
});

function connected(port: number): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    // How it ends does not matter here, but that it does.
    socket.on('error', () => undefined);
    socket.resume();
  });
}

function gone(socket: Socket): Promise<void> {
  return new Promise((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve())));
}
