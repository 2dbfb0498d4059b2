/** 机考锁注册 and 机考锁校时 on another computer: the helper as it is built, a centre, and the site that gets its lock back. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { exchangeOf, prepareCentre, releasePin, setUpSite, signIn } from '../../tools/exam-day/exam-day.ts';
import { openConsole, until } from '../../tools/exam-day/process.ts';
import { Processes } from '../../tools/exam-day/processes.ts';

const data = mkdtempSync(join(tmpdir(), 'invigil-lock-helper-'));
const processes = new Processes(data);
const root = join(import.meta.dirname, '..', '..');
const password = 'site-password';
let helper: ChildProcess | null = null;

afterEach(async () => {
  helper?.kill('SIGKILL');
  await processes.stop();
  rmSync(data, { recursive: true, force: true });
});

/** Roles whose data goes with the test make scrypt cheap: who opens the same key files has to do so, too. */
const quick = ['--import', pathToFileURL(join(root, 'tools', 'exam-day', 'quick-passwords.ts')).href];

/** @returns its serial number */
function newKeyFile(path: string, pin: string): string {
  const module = pathToFileURL(join(root, 'src', 'hardware', 'token', 'key-file.ts')).href;
  const script = `const { createKeyFile } = await import(${JSON.stringify(module)});
    const made = await createKeyFile(process.argv[1], process.argv[2]);
    process.stdout.write(made.value.serial);`;
  return execFileSync(process.execPath, [...quick, '--input-type=module', '-e', script, path, pin], {
    encoding: 'utf8',
  });
}

interface Page {
  readonly act: (what: string, body?: object) => Promise<{ status: number; said: Record<string, unknown> }>;
  /** The page is open until this is called. */
  readonly leave: () => Promise<void>;
  readonly ended: Promise<number | null>;
}

/** As its launcher starts it, with the page open as a browser has it. */
async function openHelper(centre: string, keyFiles: readonly string[]): Promise<Page> {
  const child = spawn(
    process.execPath,
    [
      ...quick,
      join(root, 'dist', 'lock', 'main.mjs'),
      '--centre',
      centre,
      '--no-browser',
      ...keyFiles.flatMap((path) => ['--key-file', path]),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  helper = child;
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [address] = await Promise.race([
    new Promise<string[]>((resolve) => createInterface(child.stdout).once('line', (line) => resolve([line]))),
    ended.then(() => []),
  ]);
  const url = new URL(address ?? '');
  const headers = {
    'content-type': 'application/json',
    'x-invigil-lock': url.hash.slice(1),
    origin: url.origin,
  };
  const left = new AbortController();
  const here = await fetch(`${url.origin}/do/here`, {
    method: 'POST',
    headers,
    body: '{}',
    signal: left.signal,
  });
  // As the page does: what nobody reads is closed by whoever cleans up.
  const reading = here.text().catch(() => null);
  return {
    ended,
    leave: async () => {
      left.abort();
      await reading;
    },
    act: async (what, body = {}) => {
      const answer = await fetch(`${url.origin}/do/${what}`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ language: 'zh', ...body }),
      });
      return { status: answer.status, said: (await answer.json()) as Record<string, unknown> };
    },
  };
}

test('a reserve is registered and calibrated by the helper; the first lock is revoked, and the site opens its exam with the reserve', async () => {
  const started = await processes.start('centre', { hosted: true });
  const centre = await openConsole('centre', started.port);
  await signIn(centre, password);
  const { projectId, sessionIds } = await prepareCentre(centre, {
    code: 'P1',
    name: 'Trial',
    startAt: Date.now(),
    durationMin: 60,
    roster: { sessions: 2, sites: ['S1'], roomsPerSite: 1, candidatesPerRoom: 1 },
  });
  const [sessionId = '', later = ''] = sessionIds;
  const stick = join(data, 'stick');
  mkdirSync(stick);
  const first = join(stick, 'first.key');
  const site = await openConsole('site', (await processes.start('site', { hosted: true })).port);
  const centreAddress = exchangeOf(started);
  await setUpSite(centre, site, { projectId, siteCode: 'S1', centreAddress, lockPath: first, password });
  const ofSite = async () =>
    (await centre.call.lock.list({ projectId })).find(({ siteCode }) => siteCode === 'S1');
  const firstSerial = (await ofSite())?.locks[0]?.serial ?? '';

  // On a computer of the office: the reserve, which no site has ever seen.
  const reserve = join(stick, 'reserve.key');
  const serial = newKeyFile(reserve, 'pin-2');
  const { fingerprint } = await centre.call.lock.helper();
  const page = await openHelper(`https://${centreAddress}#${fingerprint}`, [reserve]);
  const id = `file ${reserve}`;
  expect((await page.act('state', { again: false })).said).toMatchObject({
    centre: { code: 'CENTRE', problem: null, contacts: [{ phone: '+7 700 000 00 00' }] },
    locks: [{ id, serial, calibration: null }],
  });
  const { code } = await centre.call.lock.newCode({ projectId, siteCode: 'S1' });
  expect(await page.act('calibrate', { id, pin: 'pin-2' })).toMatchObject({
    status: 422,
    said: { type: 'lock-not-registered' },
  });
  expect(await page.act('register', { id, pin: 'wrong', code })).toMatchObject({
    status: 422,
    said: { type: 'wrong-pin', what: 'PIN 码错误。' },
  });
  expect(await page.act('register', { id, pin: 'pin-2', code })).toMatchObject({
    status: 200,
    said: { siteCode: 'S1', siteName: 'School S1', state: 'reserve' },
  });
  await until('the site to hear of its reserve', async () =>
    (await site.call.lock.list()).locks.some((one) => one.serial === serial && one.state === 'reserve'),
  );

  // Sealed to both.
  const { file } = await site.call.backup.make({ directory: join(data, 'backups') });

  for (const one of sessionIds)
    await centre.call.authorisation.prepare({ projectId, sessionId: one, pin: releasePin });
  await site.call.authorisation.fetch();
  const lost = { projectId, siteCode: 'S1', serial: firstSerial, reason: 'Lost on the way to school' };
  expect(await centre.call.lock.revoke(lost)).toEqual({ again: 2, released: 0 });
  await until('the site to refuse the first lock', async () => {
    const lock = (await site.call.frame()).indicators.find((one) => one.id === 'lock');
    return lock?.reason?.type === 'lock-revoked';
  });
  expect(await page.act('calibrate', { id, pin: 'pin-2' })).toMatchObject({
    said: { type: 'prepared-for-revoked-lock' },
  });
  for (const one of sessionIds)
    await centre.call.authorisation.prepare({ projectId, sessionId: one, pin: releasePin });
  await site.call.authorisation.fetch();
  const calibrated = await page.act('calibrate', { id, pin: 'pin-2' });
  expect(calibrated).toMatchObject({
    status: 200,
    said: { calibration: { releases: [{ sessionId }] }, waiting: [{ sessionNumber: 2 }] },
  });
  expect((await page.act('state', { again: false })).said).toMatchObject({
    locks: [{ serial, calibration: { sites: [{ siteCode: 'S1' }], releases: [{ number: 1 }] } }],
  });
  await page.leave();
  expect(await page.ended).toBe(0);

  // Back at the site, in the computer that had the first lock: the release is found on it, the PIN opens the key.
  await site.call.lock.choose({ kind: 'key-file', path: reserve, pin: 'pin-2' });
  const session = async (wanted: string) =>
    (await site.call.overview.get()).sessions.find((one) => one.sessionId === wanted);
  await until(
    'the release that the lock has brought',
    async () => (await session(sessionId))?.carriedAt !== null,
  );
  expect(await session(later)).toMatchObject({ carriedAt: null, calibrate: { allowed: false } });
  await site.call.authorisation.calibrate({ sessionId, pin: 'pin-2' });
  expect((await site.call.authorisation.verify({ sessionId })).verifiedAt).not.toBeNull();
  await until('the centre to see the reserve in use', async () => {
    const lock = (await ofSite())?.locks.find((one) => one.serial === serial);
    return lock?.state === 'active' && lock.seenAt !== null;
  });
  expect((await ofSite())?.locks.map((one) => [one.serial, one.state, one.calibrations.length])).toEqual([
    [firstSerial, 'revoked', 0],
    [serial, 'active', 1],
  ]);

  // The computer breaks as well: another one comes back from the backup with the reserve.
  await processes.get('site').stop();
  const another = await openConsole('site', (await processes.start('site', { name: 'site-2' })).port);
  await another.call.restore.run({ path: file, lockPath: reserve, pin: 'pin-2' });
  await until('the restored site', async () =>
    another.call.setup.state().then(
      ({ lockSerial }) => lockSerial === serial,
      () => false,
    ),
  );
  await another.call.account.signIn({ account: 'admin', password });
  await until('the centre to take it back', async () => {
    const { indicators } = await another.call.frame();
    return indicators.some(({ id: one, state }) => one === 'parent' && state === 'passed');
  });
});
