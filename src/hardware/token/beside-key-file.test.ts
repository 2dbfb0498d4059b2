/** What is written beside a key file is whole or as it was before, whatever happens to the stick. */
import { expect, test } from 'vitest';
import { fromUtf8, utf8 } from '../../base/bytes.ts';
import { FakeDrives } from '../removable-drive/fake.ts';
import { besideKeyFile, carriedBeside, carryBeside } from './beside-key-file.ts';

const key = '/stick/lock.key';
const [before, after] = [utf8('of yesterday'), utf8('of today, and longer than before')];

async function stickWith(size = 10_000): Promise<{ drives: FakeDrives; files: Map<string, Uint8Array> }> {
  const drives = new FakeDrives();
  const files = drives.plugIn('/stick', size);
  expect(await carryBeside(drives, key, before)).toMatchObject({ ok: true });
  return { drives, files };
}

const lying = async (drives: FakeDrives): Promise<string[]> =>
  (await carriedBeside(drives, key)).map((one) => fromUtf8(one));

test('the newest takes the place of the one before, and nothing else is left on the stick', async () => {
  const { drives, files } = await stickWith();
  expect(await carryBeside(drives, key, after)).toMatchObject({ ok: true });
  expect(await lying(drives)).toEqual([fromUtf8(after)]);
  expect([...files.keys()]).toEqual([besideKeyFile(key)]);
});

test('a stick that is full, pulled out in the middle or worn keeps what it had', async () => {
  const full = await stickWith(before.length + 5);
  expect(await carryBeside(full.drives, key, after)).toEqual({
    ok: false,
    refusal: { type: 'lock-drive-full', path: key },
  });
  expect(await lying(full.drives)).toEqual([fromUtf8(before)]);

  const pulled = await stickWith();
  pulled.drives.pullOutAfter(4);
  expect(await carryBeside(pulled.drives, key, after)).toMatchObject({
    ok: false,
    refusal: { type: 'lock-not-writable', path: key },
  });
  expect(await lying(pulled.drives)).toEqual([]);
  pulled.drives.plugIn('/stick', 10_000, pulled.files);
  expect(await lying(pulled.drives)).toEqual([fromUtf8(before)]);

  const worn = await stickWith();
  worn.drives.spoilNext();
  expect(await carryBeside(worn.drives, key, after)).toMatchObject({
    ok: false,
    refusal: { type: 'lock-not-readable' },
  });
  expect(await lying(worn.drives)).toEqual([fromUtf8(before)]);
});

test('killed between writing and renaming, the stick has what it had, and the next time it has the new one', async () => {
  const { drives, files } = await stickWith();
  const killed = { ...bound(drives), rename: () => Promise.reject(new Error('killed')) };
  await expect(carryBeside(killed, key, after)).rejects.toThrow('killed');
  expect(await lying(drives)).toEqual([fromUtf8(before)]);
  expect(await carryBeside(drives, key, after)).toMatchObject({ ok: true });
  expect(await lying(drives)).toEqual([fromUtf8(after)]);
  expect([...files.keys()]).toEqual([besideKeyFile(key)]);
});

function bound(drives: FakeDrives) {
  return {
    create: (path: string) => drives.create(path),
    read: (path: string) => drives.read(path),
    rename: (from: string, to: string) => drives.rename(from, to),
  };
}
