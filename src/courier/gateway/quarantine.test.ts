import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectOk, ok, refuse } from '../../base/result.ts';
import { sha256Hex } from '../../trust/digest.ts';
import { Quarantine } from './quarantine.ts';
import type { ReceivedFile } from './tree.ts';

let folder: string;
let now: number;
const clock = { now: () => now };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-quarantine-'));
  now = Date.now();
});
afterEach(() => rmSync(folder, { recursive: true }));

async function cutOff(quarantine: Quarantine, owner: string, name: string, content: Buffer): Promise<void> {
  const upload = expectOk(await quarantine.begin(owner, ['inbox', name], 1_000_000));
  expectOk(await upload.continueAt(0));
  expectOk(await upload.write(content));
  await upload.leave();
}

test('what is given on is whole, with the digest of all its bytes, also after it was gone on with', async () => {
  const quarantine = await Quarantine.open(folder, clock);
  const content = Buffer.from('the first half, and the second half');
  await cutOff(quarantine, 'site', 'a.zip', content.subarray(0, 20));
  const upload = expectOk(await quarantine.begin('site', ['inbox', 'a.zip'], 1_000_000));
  // The last byte was let go: whoever had sent everything still has something to send.
  expect(upload.size).toBe(19);
  expectOk(await upload.continueAt(15));
  expectOk(await upload.write(content.subarray(15)));
  let given: ReceivedFile | null = null;
  const said = await upload.complete(async (received) => {
    given = received;
    expect(readFileSync(received.file).equals(content)).toBe(true);
    // A second one of the same name must not touch the first.
    expect(await quarantine.begin('site', ['inbox', 'a.zip'], 1)).toEqual(
      refuse({ type: 'gateway-upload-under-way' }),
    );
    return ok();
  });
  expect(said.ok).toBe(true);
  expect(given).toMatchObject({ size: content.length, sha256: sha256Hex(content) });
  expect(await readdir(folder)).toEqual([]);
});

test('nobody goes on with what somebody else has sent', async () => {
  const quarantine = await Quarantine.open(folder, clock);
  await cutOff(quarantine, 'site-1', 'a.zip', Buffer.alloc(10));
  expect(await quarantine.unfinished('site-2', ['inbox', 'a.zip'])).toBeNull();
  expect(await quarantine.unfinished('site-1', ['inbox', 'a.zip'])).toBe(9);
});

test('an unfinished upload is kept for a day, and of many the newest', async () => {
  const quarantine = await Quarantine.open(folder, clock);
  for (let i = 0; i < 20; i++) await cutOff(quarantine, 'site', `${i}.zip`, Buffer.alloc(10));
  await cutOff(quarantine, 'another', 'a.zip', Buffer.alloc(10));
  const upload = expectOk(await quarantine.begin('site', ['inbox', '19.zip'], 1_000));
  await upload.leave();
  expect((await readdir(folder)).length).toBeLessThanOrEqual(17);
  expect(await quarantine.unfinished('another', ['inbox', 'a.zip'])).toBe(9);
  now += 25 * 60 * 60 * 1000;
  await Quarantine.open(folder, clock);
  expect(await readdir(folder)).toEqual([]);
});

test('what the tree throws is no loss of the quarantine: the next upload of that name begins', async () => {
  const quarantine = await Quarantine.open(folder, clock);
  const upload = expectOk(await quarantine.begin('site', ['a'], 10));
  expectOk(await upload.continueAt(0));
  await expect(upload.complete(() => Promise.reject(new Error('the tree fell')))).rejects.toThrow(
    'the tree fell',
  );
  await expectOk(await quarantine.begin('site', ['a'], 10)).discard();
});

test('a byte more than the limit is one too many', async () => {
  const quarantine = await Quarantine.open(folder, clock);
  const upload = expectOk(await quarantine.begin('site', ['a'], 10));
  expectOk(await upload.continueAt(0));
  expectOk(await upload.write(Buffer.alloc(10)));
  expect(await upload.write(Buffer.alloc(1))).toEqual(refuse({ type: 'file-too-large', limit: 10 }));
  const said = await upload.complete(() => Promise.reject(new Error('never given on')));
  expect(said).toEqual(refuse({ type: 'file-too-large', limit: 10 }));
  expect(await readdir(folder)).toEqual([]);
});
