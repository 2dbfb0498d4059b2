import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { expectOk, ok } from '../../base/result.ts';
import { makeParcel } from '../../parcel/parcel.ts';
import { createNodeKeys } from '../../trust/keys.ts';
import { withCopy } from './copy-from-stick.ts';
import { findParcels } from './stick.ts';

test('a file that became another one is looked into again; what is none, or gone, is not listed', async () => {
  const stick = mkdtempSync(join(tmpdir(), 'invigil-stick-'));
  const drives = { list: async () => [{ path: stick, name: 'stick', freeBytes: 1 }] };
  const keys = await createNodeKeys();
  mkdirSync(join(stick, 'INVIGIL', 'packages'), { recursive: true });
  const file = join(stick, 'INVIGIL', 'packages', 'one.parcel');
  const write = async (id: string): Promise<void> => {
    expectOk(
      await makeParcel(
        file,
        {
          kind: 'answer-sheets',
          id,
          to: { role: 'centre', code: 'C' },
          project: 'p',
          session: 'e',
          mode: 'formal',
          createdAt: 1,
          about: {},
        },
        [{ name: 'page-1', content: utf8(id), recipients: [keys.sealing.recipient] }],
        { name: { role: 'station', code: 's', id: 's' }, key: keys.signing, chain: [] },
      ),
    );
  };
  const ids = async (): Promise<string[]> =>
    (await findParcels(drives, ['answer-sheets'])).map(({ manifest }) => manifest.id);
  try {
    await write('first');
    writeFileSync(join(stick, 'holiday.parcel'), 'a photo');
    expect(await ids()).toEqual(['first']);
    expect(await ids()).toEqual(['first']);
    expect(await findParcels(drives, ['release'])).toEqual([]);
    await write('other');
    utimesSync(file, 5, 5);
    expect(await ids()).toEqual(['other']);
    const ofCentre = join(stick, 'matem_010627', '0801');
    mkdirSync(ofCentre, { recursive: true });
    renameSync(file, join(ofCentre, 'two.parcel'));
    expect(await ids()).toEqual(['other']);
    rmSync(ofCentre, { recursive: true });
    expect(await ids()).toEqual([]);
  } finally {
    rmSync(stick, { recursive: true, force: true });
  }
});

test('what is taken from a stick is a copy, which is gone afterwards; a file that is gone takes nobody down', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-stick-'));
  const staging = join(folder, 'staging');
  mkdirSync(staging);
  try {
    const path = join(folder, 'file.parcel');
    writeFileSync(path, 'first');
    const read = expectOk(
      await withCopy(path, staging, async (copy) => {
        // Another stick may lie there by now.
        writeFileSync(path, 'second');
        return ok(readFileSync(copy, 'utf8'));
      }),
    );
    expect(read).toBe('first');
    rmSync(path);
    expect(await withCopy(path, staging, () => Promise.resolve(ok()))).toMatchObject({
      refusal: { type: 'stick-pulled-out' },
    });
    expect(readdirSync(staging)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
