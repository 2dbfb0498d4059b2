import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectOk } from '../../../base/result.ts';
import { has } from '../tree.fixture.ts';
import { loadOrCreateHostKey, newKey } from './host-key.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'invigil-host-key-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('every key that is made can be read again', () => {
  for (let i = 0; i < 300; i++) expect(ssh2.utils.parseKey(newKey())).not.toBeInstanceOf(Error);
});

test.skipIf(!has('sftp'))('OpenSSH reads it, and shows the same fingerprint', async () => {
  const file = join(folder, 'keys', 'host');
  const { fingerprint } = expectOk(await loadOrCreateHostKey(file));
  expect(execFileSync('ssh-keygen', ['-l', '-f', file], { encoding: 'utf8' })).toContain(` ${fingerprint} `);
});

test('a key that others could read is closed to them, and a damaged one is refused and stays as it is', async () => {
  const file = join(folder, 'host');
  await loadOrCreateHostKey(file);
  chmodSync(file, 0o644);
  await loadOrCreateHostKey(file);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  writeFileSync(file, 'half a key');
  expect(await loadOrCreateHostKey(file)).toEqual({
    ok: false,
    refusal: { type: 'gateway-host-key-damaged', path: file },
  });
  expect(readFileSync(file, 'utf8')).toBe('half a key');
});
