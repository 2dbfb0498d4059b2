/** The site's computer is lost in the middle of an exam, and another one takes its place from the backup. */
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { verifyJournal } from '../../src/journal/verify.ts';
import { formerSigningKeys } from '../../src/trust/keys.ts';
import { signingKeyFromPem } from '../../src/trust/signing-key.ts';
import { password, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { openConsole, refusalIn, startRole, until, type RoleProcess } from '../../tools/exam-day/process.ts';
import { lockPin } from '../../tools/exam-day/exam-day.ts';
import { Wire } from '../../tools/exam-day/wire.ts';
import { journalOf, nodeId } from './journal-of.ts';
import { keptByRoom, textQuestion } from './text-question.ts';

let exam: Exam;
let stick: string;
/** Its data folder, as it was when it was lost. */
let lost: string;
let lockPath: string;
let kdinfo: Uint8Array;
let oldMachine: RoleProcess | null = null;

beforeAll(async () => {
  exam = await startExam({
    hosted: ['centre', 'room', 'seat-1'],
    seats: 1,
    until: 'answering',
    cuttable: ['room-site'],
  });
  stick = join(exam.folder, 'stick');
  lost = `${exam.data('site')}.lost`;
  lockPath = join(exam.folder, 'lock.key');
});
afterAll(async () => {
  await oldMachine?.kill();
  await exam?.close();
});

const refused = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => null,
    (error: unknown) => refusalIn(error)?.type,
  );
const linkOfRoom = async (): Promise<string | undefined> =>
  (await exam.room.call.frame()).indicators.find(({ id }) => id === 'parent')?.state;
const roomIsOnline = (): Promise<unknown> =>
  until('the room at its site', async () => (await linkOfRoom()) === 'passed');
const ofSite = (kind: string) =>
  journalOf(exam.data('site'))
    .own()
    .filter((entry) => entry.kind === kind);
/** As the newest of the backups says. */
const backup = (): string => join(stick, readdirSync(stick).toSorted().at(-1) ?? '');

test('a backup is made while the exam goes on, opened, and told of', async () => {
  expect(await exam.site.call.backup.last()).toBeNull();
  const made = await exam.site.call.backup.make({ directory: stick, note: '考前备份 · before the start' });
  expect(made).toMatchObject({ file: backup(), note: '考前备份 · before the start', by: 'admin' });
  expect(await exam.site.call.backup.last()).toEqual(made);
});

test('what happened after the backup is with the centre when the computer is lost', async () => {
  await exam.site.call.sealCheck.run();
  await until('everything at the centre', async () => {
    const { state } = (await exam.site.call.frame()).indicators.find(({ id }) => id === 'outbox') ?? {};
    return state === 'passed';
  });
  await exam.process('site').kill();
  renameSync(exam.data('site'), lost);
});

test('on a new computer a backup is opened by the lock alone, and one that was changed by nobody', async () => {
  await exam.again('site');
  const { restore, setup } = exam.site.call;
  expect(await restore.look({ path: backup() })).toMatchObject({ siteCode: 'S1', rooms: 1, by: 'admin' });
  expect(await refused(restore.run({ path: backup(), lockPath, pin: '0000' }))).toBe('wrong-pin');
  expect(
    await refused(restore.run({ path: backup(), lockPath: join(exam.folder, 'none'), pin: lockPin })),
  ).toBe('lock-absent');
  expect(await refused(restore.look({ path: join(stick, 'none.parcel') }))).toBe('backup-cannot-be-read');
  const bytes = readFileSync(backup());
  const changed = join(exam.folder, 'changed.parcel');
  for (const at of [700, Math.floor(bytes.length / 2)]) {
    writeFileSync(
      changed,
      bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)),
    );
    expect(await refused(restore.run({ path: changed, lockPath, pin: lockPin }))).toBe('altered');
  }
  writeFileSync(changed, bytes.subarray(0, bytes.length - 3_000));
  expect(await refused(restore.look({ path: changed }))).toMatch(/cut-short|not-a-parcel/);
  rmSync(changed);
  expect(await setup.state()).toMatchObject({ done: false });
  expect(readdirSync(exam.data('site')).filter((name) => name.startsWith('restored'))).toEqual([]);
});

/** Where the site is now. Before it was lost, the room had it behind a wire: at another address. */
const siteNow = (): string => `127.0.0.1:${exam.process('site').exchangePort}`;

test('restored, it is the site: accounts, rooms and exam are there, the centre follows by itself and the room at the new address', async () => {
  // What it says of its link is of before, until it has looked.
  await until('a room that misses its site', async () => (await linkOfRoom()) !== 'passed');
  await exam.site.call.restore.run({ path: backup(), lockPath, pin: lockPin });
  await until('the restored site', async () => (await exam.site.call.setup.state().catch(() => null))?.done);
  await exam.site.call.account.signIn({ account: 'admin', password });
  exam.wire('room-site').cut(true);
  expect(await refused(exam.room.call.settings.siteMoved({ siteAddress: '127.0.0.1:1' }))).toBe(
    'parent-unreachable',
  );
  const { settings } = await exam.room.call.settings.siteMoved({ siteAddress: siteNow() });
  expect(settings).toMatchObject({ siteAddress: siteNow(), registered: true });
  await roomIsOnline();
  await until('the site at its centre', async () => {
    const board = await exam.centre.call.board.get({ projectId: exam.projectId });
    return (board.sites[0]?.lastContact ?? 0) > Date.now() - 5_000;
  });
  expect(await refused(exam.site.call.restore.run({ path: backup(), lockPath, pin: lockPin }))).toBe(
    'setup-already-done',
  );
  const { exam: loaded, sessions } = await exam.site.call.overview.get();
  expect(loaded?.rooms).toHaveLength(1);
  expect(sessions[0]?.calibratedAt).not.toBeNull();
  expect(nodeId(exam.data('site'))).toBe(nodeId(lost));
});

test('its journal goes on in a new epoch, has back what it said after the backup, and is provable', async () => {
  await until('what the centre had', () => Promise.resolve(ofSite('seal-checked').length > 0));
  expect(ofSite('data-restored')).toHaveLength(1);
  expect(ofSite('returned-to-centre')).toHaveLength(1);
  const data = exam.data('site');
  const key = (folder: string): string => {
    const text = readFileSync(join(folder, 'keys', 'node-keys.json'), 'utf8');
    return signingKeyFromPem((JSON.parse(text) as { signing: string }).signing).publicKey;
  };
  expect(key(data)).not.toBe(key(lost));
  expect(formerSigningKeys(join(data, 'keys'))).toEqual([key(lost)]);
  const verified = (signedBy: string[]) =>
    verifyJournal(data, { signingKeys: new Map([[nodeId(data), signedBy]]) });
  expectOk(verified([key(data), key(lost)]));
  expect(verified([key(data)]).ok).toBe(false);
  const { indicators } = await exam.site.call.frame();
  expect(indicators.find(({ id }) => id === 'journal')?.state).toBe('passed');
});

test('its rooms stand in a file, which tells when it is older than they are', async () => {
  expect(await exam.site.call.room.registrations()).toEqual({ exportedAt: null, since: 1 });
  kdinfo = await exam.site.download(await exam.site.call.room.exportRegistrations());
  expect(await exam.site.call.room.registrations()).toMatchObject({ since: 0 });
  expect(Buffer.from(kdinfo).toString('latin1')).not.toContain('returnCode');
});

test('the lost computer, found again, is nobody: neither its centre nor a room knows it, and it cannot come back', async () => {
  oldMachine = await startRole('site', {
    data: lost,
    port: 0,
    'exchange-host': '127.0.0.1',
    'log-level': 'error',
  });
  const old = await openConsole('site', oldMachine.port);
  await old.call.account.signIn({ account: 'admin', password });
  await until('the answer of its centre', async () => {
    const { indicators } = await old.call.frame();
    return indicators.find(({ id }) => id === 'parent')?.reason?.type === 'not-registered';
  });
  // Told that it is not known it tries at once, and again with every hello after ten seconds: the second time has come and gone, too.
  await new Promise((resolve) => setTimeout(resolve, 11_000));
  const { indicators } = await old.call.frame();
  expect(indicators.find(({ id }) => id === 'parent')?.reason).toEqual({ type: 'not-registered' });
  expect(
    journalOf(lost)
      .own()
      .filter(({ kind }) => kind === 'returned-to-centre'),
  ).toEqual([]);
  // Its certificate was the site's until it was lost, and its return codes are used up: for the room it is somebody else.
  expect(
    await refused(exam.room.call.settings.siteMoved({ siteAddress: `127.0.0.1:${oldMachine.exchangePort}` })),
  ).toBe('not-the-site');
  expect((await exam.room.call.overview.get()).settings.siteAddress).toBe(siteNow());
  await oldMachine.kill();
  oldMachine = null;
  await roomIsOnline();
});

test('a site that its router gave another address is known by its certificate; its room stays registered', async () => {
  const elsewhere = new Wire(exam.process('site').exchangePort);
  await elsewhere.open();
  try {
    const siteAddress = `127.0.0.1:${elsewhere.port}`;
    await exam.room.call.settings.siteMoved({ siteAddress });
    await roomIsOnline();
    elsewhere.cut(true);
    await until('a room that misses its site', async () => (await linkOfRoom()) !== 'passed');
    await exam.room.call.settings.siteMoved({ siteAddress: siteNow() });
    await roomIsOnline();
  } finally {
    elsewhere.close();
  }
  const moved = journalOf(exam.data('room'))
    .own()
    .filter(({ kind }) => kind === 'site-moved');
  expect(moved).toHaveLength(2);
});

test('restored once more from the same backup it is refused by everybody; with a new code and the file its rooms are back', async () => {
  await exam.process('site').kill();
  rmSync(exam.data('site'), { recursive: true });
  await exam.again('site');
  await exam.site.call.restore.run({ path: backup(), lockPath, pin: lockPin });
  await until('the restored site', async () => (await exam.site.call.setup.state().catch(() => null))?.done);
  await exam.site.call.account.signIn({ account: 'admin', password });
  const { registrationCode } = await exam.centre.call.site.newRegistrationCode({
    projectId: exam.projectId,
    siteCode: 'S1',
  });
  const centre = exam.process('centre');
  await exam.site.call.setup.register({
    centreAddress: `127.0.0.1:${centre.exchangePort}`,
    registrationCode,
  });
  await until('a room that refuses it', async () => (await linkOfRoom()) !== 'passed');
  const uploadId = await exam.site.upload('S1.KDINFO', kdinfo);
  expect(await refused(exam.site.call.room.restoreRegistrations({ uploadId, pin: 'wrong' }))).toBe(
    'wrong-pin',
  );
  const again = await exam.site.upload('S1.KDINFO', kdinfo);
  expect(await exam.site.call.room.restoreRegistrations({ uploadId: again, pin: lockPin })).toEqual({
    restored: 1,
    left: [],
  });
  await roomIsOnline();
});

test('the exam ends as any other: every answer is at the centre', async () => {
  const [seat] = exam.seats as [(typeof exam.seats)[number]];
  const question = await textQuestion(seat);
  await question.answer('written while the site was away');
  await keptByRoom(seat);
  const { answers } = await exam.collect();
  expect(JSON.stringify(answers)).toContain('written while the site was away');
});
