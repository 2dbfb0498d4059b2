import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removableDrives } from '../../hardware/removable-drive/drives.ts';
import { FakeDrives } from '../../hardware/removable-drive/fake.ts';
import { sha256Hex } from '../../trust/digest.ts';
import { Backups, type BackupFile } from './backup.ts';

function file(name: string, size: number, pieces = 4): BackupFile {
  const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7) % 251);
  return {
    name,
    size,
    digest: sha256Hex(bytes),
    async *content() {
      for (let i = 0; i < pieces; i++) yield bytes.subarray((i * size) / pieces, ((i + 1) * size) / pieces);
    },
  };
}

const stick = '/media/lin/EXAM';

test('a backup is on the stick under its name, and how far it is was told while it was written', async () => {
  const drives = new FakeDrives();
  const files = drives.plugIn(stick, 10_000);
  const backups = new Backups(drives);
  const told: string[] = [];
  backups.onProgress(() => {
    void backups.view().then(({ writing }) => {
      if (writing) told.push(`${writing.stage} ${writing.doneBytes}/${writing.allBytes}`);
    });
  });
  let half: unknown = null;
  drives.onWrite = () => {
    void backups.view().then(({ writing }) => (half ??= writing));
  };
  expect(await backups.write(stick, [file('a.parcel', 400), file('b.parcel', 600)])).toEqual({
    ok: true,
    value: { bytes: 1_000 },
  });
  expect([...files.keys()]).toEqual([`${stick}/a.parcel`, `${stick}/b.parcel`]);
  expect(half).toMatchObject({ folder: stick, allBytes: 1_000 });
  expect(await backups.view()).toEqual({
    drives: [{ path: stick, name: 'EXAM', freeBytes: 9_000 }],
    writing: null,
  });
});

test('a stick that is pulled out half-way leaves a file that is named incomplete; the next try makes it whole', async () => {
  const drives = new FakeDrives();
  const files = drives.plugIn(stick, 10_000);
  const backups = new Backups(drives);
  drives.pullOutAfter(250);
  expect(await backups.write(stick, [file('a.parcel', 400)])).toEqual({
    ok: false,
    refusal: { type: 'drive-pulled-out', folder: stick, file: 'a.parcel.incomplete' },
  });
  expect([...files].map(([name, bytes]) => [name, bytes.length])).toEqual([
    [`${stick}/a.parcel.incomplete`, 250],
  ]);
  expect(await backups.view()).toEqual({ drives: [], writing: null });
  expect(await backups.write(stick, [file('a.parcel', 400)])).toMatchObject({
    ok: false,
    refusal: { type: 'backup-failed' },
  });
  drives.plugIn(stick, 10_000, files);
  expect((await backups.write(stick, [file('a.parcel', 400)])).ok).toBe(true);
  expect([...files].map(([name, bytes]) => [name, bytes.length])).toEqual([[`${stick}/a.parcel`, 400]]);
});

test('a copy that does not read back the same does not count, and does not stand in the place of a good one', async () => {
  const drives = new FakeDrives();
  const files = drives.plugIn(stick, 10_000);
  const backups = new Backups(drives);
  expect((await backups.write(stick, [file('a.parcel', 400)])).ok).toBe(true);
  drives.spoilNext();
  expect(await backups.write(stick, [file('a.parcel', 400)])).toMatchObject({
    ok: false,
    refusal: { type: 'backup-not-readable' },
  });
  expect(sha256Hex(files.get(`${stick}/a.parcel`) ?? new Uint8Array())).toBe(file('a.parcel', 400).digest);
});

test('a stick without enough space is refused before anything is written, with what is missing', async () => {
  const drives = new FakeDrives();
  const files = drives.plugIn(stick, 300);
  const backups = new Backups(drives);
  expect(await backups.write(stick, [file('a.parcel', 400)])).toEqual({
    ok: false,
    refusal: { type: 'backup-drive-full', folder: stick, free: 300, needed: 400 },
  });
  expect(files.size).toBe(0);
});

test('a stick that somebody else fills meanwhile is said to be full, and the half is named incomplete', async () => {
  const drives = new FakeDrives();
  const files = drives.plugIn(stick, 500);
  const backups = new Backups(drives);
  drives.onWrite = () => files.set(`${stick}/holiday.jpg`, new Uint8Array(300));
  expect(await backups.write(stick, [file('a.parcel', 400)])).toMatchObject({
    ok: false,
    refusal: { type: 'backup-drive-full', needed: 400 },
  });
  expect([...files.keys()]).toContain(`${stick}/a.parcel.incomplete`);
});

test('two backups are not written at the same time', async () => {
  const drives = new FakeDrives();
  drives.plugIn(stick, 10_000);
  const backups = new Backups(drives);
  const [first, second] = await Promise.all([
    backups.write(stick, [file('a.parcel', 400)]),
    backups.write(stick, [file('a.parcel', 400)]),
  ]);
  expect(first.ok).toBe(true);
  expect(second).toMatchObject({ refusal: { type: 'backup-running' } });
});

test('a folder that was typed is made, and holds the file', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'invigil-backup-')), 'new', 'folder');
  try {
    expect((await new Backups(removableDrives).write(folder, [file('a.parcel', 400)])).ok).toBe(true);
    expect(readdirSync(folder)).toEqual(['a.parcel']);
    expect(sha256Hex(readFileSync(join(folder, 'a.parcel')))).toBe(file('a.parcel', 400).digest);
  } finally {
    rmSync(join(folder, '..', '..'), { recursive: true });
  }
});
