import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../../trust/digest.ts';
import {
  account,
  curl,
  has,
  lftp,
  password,
  runGateways,
  start,
  until,
  type Running,
} from '../tree.fixture.ts';

const large = randomBytes(20 * 1024 * 1024);
const usual = randomBytes(1_000_003);
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

const url = (path: string): string => `ftp://127.0.0.1:${running.ftp}${path}`;
const whole = { size: large.length, sha256: sha256Hex(large) };
const usualWhole = { size: usual.length, sha256: sha256Hex(usual) };

const hasLftp = has('lftp');
const hasCurl = has('curl', 'ftps');

describe.skipIf(!hasLftp)('lftp, encrypted', () => {
  test('lists folders and names in any script, and a thousand files', async () => {
    for (let i = 0; i < 1_000; i++)
      running.tree.files.set(`/matem_20261127/801/бланк ${i}.tif`, Buffer.from('x'));
    running.tree.files.set('/matem_20261127/801/数学.zip', Buffer.alloc(300_000));
    const said = await lftp(running, ['cd matem_20261127/801', 'cls -1 --size --block-size=1', 'ls']);
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(said.out).toMatch(/^ *300000 +数学\.zip$/m);
    expect(said.out.match(/бланк \d+\.tif/g)).toHaveLength(2_000);
  });

  test('a file that was sent is there whole, and the next listing shows its size', async () => {
    const said = await lftp(running, [`put -O /inbox ${smaller}`, 'cls -1 --size --block-size=1 /inbox']);
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(said.out).toMatch(/^ *1000003 \/inbox\/802_matem_20261127\.zip$/m);
    expect(running.tree.received_).toEqual([{ path: '/inbox/802_matem_20261127.zip', ...usualWhole }]);
    expect(await readdir(running.staging)).toEqual([]);
  });

  test('an upload and a download that were cut off go on where they stopped', async () => {
    await cutOff('/inbox/cut.zip', file);
    const said = await lftp(running, [`put -c ${file} -o /inbox/cut.zip`]);
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(running.tree.received_).toEqual([{ path: '/inbox/cut.zip', ...whole }]);

    const half = join(running.folder, 'half.zip');
    writeFileSync(half, large.subarray(0, 7_000_001));
    await lftp(running, [`get -c /inbox/cut.zip -o ${half}`]);
    expect(sha256Hex(readFileSync(half))).toBe(whole.sha256);
  });

  test.each(['rm a.zip', 'mkdir x', 'rmdir inbox', 'mv a.zip b.zip', 'chmod 600 a.zip'])(
    'nothing is changed by: %s',
    async (command) => {
      running.tree.files.set('/a.zip', Buffer.from('a'));
      const said = await lftp(running, [command]);
      expect(said.code).not.toBe(0);
      expect([...running.tree.files.keys()]).toEqual(['/a.zip']);
    },
  );
});

describe.skipIf(!hasCurl)('curl', () => {
  test('fetches and sends, encrypted and not', async () => {
    running.tree.files.set('/matem/задания.zip', usual);
    for (const [i, tls] of [['--ssl-reqd'], []].entries()) {
      const got = join(running.folder, 'got.zip');
      expect(
        await curl([...tls, '-o', got, url('/matem/%D0%B7%D0%B0%D0%B4%D0%B0%D0%BD%D0%B8%D1%8F.zip')]),
      ).toMatchObject({ code: 0, err: '' });
      expect(readFileSync(got).equals(usual)).toBe(true);
      expect(await curl([...tls, '-T', smaller, url(`/inbox/${i}.zip`)])).toMatchObject({ code: 0, err: '' });
      expect(running.tree.received_[i]).toEqual({
        path: `/inbox/${i}.zip`,
        size: usual.length,
        sha256: sha256Hex(usual),
      });
    }
  });

  test('small files come whole, one after the other and many at once', async () => {
    const small = join(running.folder, 'small.txt');
    writeFileSync(small, 'received, quality good');
    await Promise.all(
      [0, 1, 2].map(async (part) => {
        const many = Array.from({ length: 2 }, (_, i) => [
          '-T',
          small,
          url(`/inbox/${part}-${i}.txt`),
        ]).flat();
        expect(await curl(['--ssl-reqd', ...many])).toMatchObject({ code: 0, err: '' });
      }),
    );
    expect(running.tree.received_).toHaveLength(6);
    for (const { size } of running.tree.received_) expect(size).toBe(22);
  });

  test('a client that is killed in the middle of an upload has sent nothing; the next one goes on', async () => {
    await cutOff('/inbox/killed.zip');
    expect(running.tree.received_).toEqual([]);
    // No listing takes it for a file; who asks for its size hears where to go on.
    expect((await curl(['--ssl-reqd', url('/inbox/')])).out).toBe('');
    expect(await curl(['--ssl-reqd', '-C', '-', '-T', smaller, url('/inbox/killed.zip')])).toMatchObject({
      code: 0,
      err: '',
    });
    expect(running.tree.received_).toEqual([{ path: '/inbox/killed.zip', ...usualWhole }]);
  });

  test('what was cut off is there after a restart, and what was being written then is not', async () => {
    await cutOff('/inbox/later.zip');
    writeFileSync(join(running.staging, 'whatever.arriving'), 'x');
    running = await running.again();
    expect((await readdir(running.staging)).filter((name) => !name.endsWith('.unfinished'))).toEqual([]);
    expect((await curl(['-C', '-', '-T', smaller, url('/inbox/later.zip')])).code).toBe(0);
    expect(running.tree.received_).toEqual([{ path: '/inbox/later.zip', ...usualWhole }]);
  });

  test('two uploads of one name do not get into each other’s way: the second is refused', async () => {
    const slow = start('curl', [
      '-sS',
      '-u',
      `${account}:${password}`,
      '--limit-rate',
      '1M',
      '-T',
      file,
      url('/inbox/same.zip'),
    ]);
    await until(async () => (await readdir(running.staging)).length === 1);
    const said = await curl(['-v', '-T', file, url('/inbox/same.zip')]);
    expect(said.code).not.toBe(0);
    expect(said.err).toContain('550 It was refused - "gateway-upload-under-way". [gateway-upload-under-way]');
    slow.kill('SIGKILL');
    await until(async () => (await readdir(running.staging)).every((name) => name.endsWith('.unfinished')));
    expect(running.tree.received_).toEqual([]);
  });

  test('a file over the limit is refused, and nothing of it is kept', async () => {
    running.tree.limit = 500_000;
    const said = await curl(['-v', '--ssl-reqd', '-T', smaller, url('/inbox/large.zip')]);
    expect(said.code).not.toBe(0);
    await until(async () => (await readdir(running.staging)).length === 0);
    expect(running.tree.received_).toEqual([]);
  });

  test('what the tree refuses is said to the client with its type, and is gone', async () => {
    running.tree.refuses = 'archive-damaged';
    const said = await curl(['-v', '--ssl-reqd', '-T', smaller, url('/inbox/bad.zip')]);
    expect(said.code).not.toBe(0);
    expect(said.err).toContain('550 It was refused - "archive-damaged". [archive-damaged]');
    expect((await curl(['-v', '-T', file, url('/matem.zip')])).err).toContain('[no-uploads-here]');
    expect((await curl(['-v', '-T', file, url('/inbox/a.zip.filepart')])).err).toContain(
      '[gateway-temporary-name]',
    );
    expect(await readdir(running.staging)).toEqual([]);
    expect(running.tree.files.size).toBe(0);
  });

  test('a wrong password opens nothing, and no log has it', async () => {
    const said = await curl(['-v', '--ssl-reqd', url('/')], 'secret of somebody');
    expect(said.code).toBe(67);
    expect(said.err).toContain('530 It was refused - "wrong-password". [wrong-password]');
    const log = running.logged.join('\n');
    expect(log).toContain('a sign-in by FTP was refused');
    expect(log).not.toContain('secret of somebody');
    expect(log).not.toContain(password);
  });
});

test('unless plain FTP was asked for, no password is taken unencrypted', async () => {
  const careful = await runGateways({ plain: false });
  try {
    if (hasCurl) {
      const address = `ftp://127.0.0.1:${careful.ftp}/`;
      const said = await curl(['-v', address]);
      expect(said.err).toContain('530 It was refused - "gateway-tls-first"');
      expect(said.err).not.toContain('PASS');
      expect(careful.tree.tried).toEqual([]);
      expect((await curl(['--ssl-reqd', address])).code).toBe(0);
    }
    if (hasLftp) expect((await lftp(careful, ['ls'])).code).toBe(0);
  } finally {
    await careful.end();
  }
});

/** A client that dies while it sends. */
async function cutOff(path: string, sent = smaller): Promise<void> {
  const child = start('curl', [
    '-sS',
    '-k',
    '--ssl-reqd',
    '-u',
    `${account}:${password}`,
    '--limit-rate',
    sent === file ? '8M' : '800k',
    '-T',
    sent,
    url(path),
  ]);
  await until(async () => {
    const name = (await readdir(running.staging)).find((one) => one.endsWith('.arriving'));
    return (
      name !== undefined && statSync(join(running.staging, name)).size > (sent === file ? 1_000_000 : 100_000)
    );
  });
  child.kill('SIGKILL');
  await until(async () => (await readdir(running.staging)).some((name) => name.endsWith('.unfinished')));
}
