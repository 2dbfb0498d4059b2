/** A site of exams on paper has no exam lock: a password opens its backup. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk, refuse } from '../../base/result.ts';
import type { DayEvent } from '../../exam/paper-day/parcels.ts';
import { createKeyFile, openKeyFile } from '../../hardware/token/key-file.ts';
import { putInPlace } from '../../node/restored-data.ts';
import { openTestDay, type TestDay } from '../paper-day/paper-day.fixture.ts';
import { siteSetupSchema, type Site } from '../site.ts';
import { makeBackup } from './make-backup.ts';
import { lookAtBackup, restoreSite } from './restore.ts';

const password = 'Пароль копии 801';
const event: DayEvent = {
  id: 'e1',
  code: 'rus',
  name: 'Russian',
  subjectCode: '01',
  subjectName: 'Русский язык',
  subjectLatin: 'rus',
  date: '2026-06-01',
  stage: '01',
  speaking: false,
};

let day: TestDay;
let alone: Site;
let computer: string;
beforeAll(async () => {
  day = await openTestDay(event);
  computer = mkdtempSync(join(tmpdir(), 'invigil-restored-'));
  const { settings } = day.site.node;
  settings.write('setup', {
    siteCode: '0801',
    mode: 'formal',
    lockKind: 'none',
    lockPath: '',
    lockSerial: null,
  });
  alone = { ...day.site, lock: () => refuse({ type: 'site-set-up-without-lock' }) };
});
afterAll(async () => {
  await day?.close();
  rmSync(computer, { recursive: true, force: true });
});

const back = (site: Site, withPassword: string | null) =>
  makeBackup(site, {
    directory: day.stick,
    note: '',
    by: 'admin',
    password: withPassword,
    addresses: [],
    backups: day.sticks.sticks,
  });

/** On a computer whose site is not set up. */
const restore = (path: string, pin: string, lockPath: string | null = null) =>
  restoreSite(
    { ...day.site, setup: () => null, node: { ...day.site.node, data: computer } },
    {
      path,
      lockPath,
      tokenSerial: null,
      pin,
    },
  );

test('a site without an exam lock is backed up under a password, which opens it and nothing else does', async () => {
  expect(await back(alone, null)).toMatchObject({ refusal: { type: 'backup-needs-password' } });
  const { file } = expectOk(await back(alone, password));
  expect(readFileSync(file).includes(password)).toBe(false);
  expect(expectOk(await lookAtBackup(file)).opens).toBe('password');
  expect(await restore(file, 'Пароль копии 802')).toMatchObject({
    refusal: { type: 'wrong-backup-password' },
  });
  expect(existsSync(join(computer, 'restored'))).toBe(false);
  expectOk(await restore(file, password));
  putInPlace(computer);
  const restored = new DatabaseSync(join(computer, 'node.db'));
  const row = restored.prepare("SELECT value FROM setting WHERE name = 'setup'").get();
  restored.close();
  expect(siteSetupSchema.parse(JSON.parse(String(row?.['value'])))).toMatchObject({
    siteCode: '0801',
    lockKind: 'none',
    lockSerial: null,
  });
});

test('where a lock is, no password opens the backup beside it', async () => {
  const lockPath = join(day.folder, 'lock.key');
  expectOk(await createKeyFile(lockPath, '1234-lock'));
  day.pass(1_000);
  const { file } = expectOk(await back({ ...day.site, lock: () => openKeyFile(lockPath) }, password));
  expect(expectOk(await lookAtBackup(file)).opens).toBe('lock');
  expect(await restore(file, password)).toMatchObject({ refusal: { type: 'backup-needs-lock' } });
  expect(await restore(file, password, lockPath)).toMatchObject({ refusal: { type: 'wrong-pin' } });
});
