import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKeyFile } from '../../src/hardware/token/key-file.ts';
import { SoftHsm, softHsm } from '../../src/hardware/token/pkcs11/softhsm.fixture.ts';
import type { LockChoice } from '../../src/site/setup/contract.ts';
import { isAnswering } from '../../tools/exam-day/exam.ts';
import {
  approveSeats,
  chooseSession,
  exchangeOf,
  lockPin,
  openSignIn,
  prepareCentre,
  releasePin,
  scoreAndExport,
  signIn,
  takeSeat,
  type PreparedProject,
} from '../../tools/exam-day/exam-day.ts';
import {
  openConsole,
  refusalIn,
  until,
  type Console,
  type Contracts,
  type Disturbance,
} from '../../tools/exam-day/process.ts';
import { Processes } from '../../tools/exam-day/processes.ts';
import { Wire } from '../../tools/exam-day/wire.ts';
import { journalOf } from '../faults/journal-of.ts';
import { keptByRoom, textQuestion } from '../faults/text-question.ts';

type Room = Console<Contracts['room']>;

const password = 'room-password';
const data = mkdtempSync(join(tmpdir(), 'invigil-alone-'));
const processes = new Processes(data);
// Processes that are started from now on know its tokens.
const hsm = softHsm === null ? null : new SoftHsm();
let centre: Console<Contracts['centre']>;
let centreAddress: string;
let project: PreparedProject;
let sessionId: string;

beforeAll(async () => {
  const started = await processes.start('centre', { hosted: true });
  centre = await openConsole('centre', started.port);
  centreAddress = exchangeOf(started);
  await signIn(centre, password);
  project = await prepareCentre(centre, {
    code: 'P1',
    name: 'Trial',
    startAt: Date.now(),
    durationMin: 60,
    roster: { sessions: 1, sites: ['S1', 'S2'], roomsPerSite: 1, candidatesPerRoom: 1 },
    policy: { countdownS: 0, earliestHandInMin: 0, lateLimitMin: 60 },
  });
  sessionId = project.sessionIds[0] as string;
});
afterAll(async () => {
  await processes.kill();
  hsm?.remove();
  rmSync(data, { recursive: true, force: true });
});

const refused = (work: Promise<unknown>): Promise<{ type: string } | null> =>
  work.then(() => null, refusalIn);

async function startRoom(name: string, siteCode: string, mode = false): Promise<Room> {
  const room = await openConsole('room', (await processes.start('room', { name })).port);
  await signIn(room, password);
  await choose(room, { roomCode: `${siteCode}-R1`, siteMode: mode });
  return room;
}

const choose = (room: Room, choice: { roomCode: string; siteMode: boolean }) =>
  room.call.settings.save({ ...choice, siteAddress: '', ownAddress: '' });

async function setUpInput(siteCode: string, address: string, lock: string) {
  const rows = await centre.call.site.list({ projectId: project.projectId });
  return {
    siteCode,
    mode: 'formal' as const,
    centreAddress: address,
    registrationCode: rows.find(({ code }) => code === siteCode)?.registrationCode ?? '',
    lock: { kind: 'key-file' as const, path: join(data, lock), pin: lockPin, create: true },
  };
}

/** A token where there can be one, else null: then the lock is a key file here as well. */
async function tokenLock(room: Room): Promise<LockChoice | null> {
  if (softHsm === null || hsm === null) return null;
  const serial = hsm.create('room 2', lockPin);
  const { ownSite } = room.call;
  expect(await ownSite.libraries()).toContainEqual({ name: 'SoftHSM2', path: softHsm });
  expect(await ownSite.tokens({ library: softHsm })).toMatchObject([{ serial, problem: null }]);
  return { kind: 'pkcs11', library: softHsm, serial, pin: lockPin };
}

const stepsOf = async (room: Room): Promise<Record<string, string>> =>
  Object.fromEntries((await room.call.overview.get()).steps.map(({ id, state }) => [id, state]));

/** From the authorised room to a candidate who answers. */
async function sit(room: Room, roomName: string, seatName: string, admissionNumber: string) {
  const { pairingCode } = await room.call.overview.get();
  const { port } = await processes.start('seat', {
    hosted: true,
    name: seatName,
    options: { room: exchangeOf(processes.get(roomName)), 'pairing-code': pairingCode },
  });
  const seat = await openConsole('seat', port);
  await approveSeats(room, 1);
  await until('a ready seat', async () => (await seat.call.state.get()).phase === 'ready');
  await takeSeat(seat, admissionNumber);
  await room.call.session.allowStart({ sessionId });
  await isAnswering(seat);
  return { seat, question: await textQuestion(seat) };
}

async function authorisedByItself(room: Room): Promise<void> {
  await chooseSession(room, sessionId);
  await until('the authorised room', async () => {
    const { session } = await room.call.board.get();
    return session !== null && session.state !== 'loaded';
  });
  await openSignIn(room, sessionId);
}

/** Pulls the plug, and starts it again: everything that a person does then is to open the console. */
async function killed(name: string, disturbance?: Disturbance): Promise<void> {
  await processes.get(name).kill();
  await processes.again(name, disturbance);
}

/** As after a power cut in which the computer's clock was lost. */
function clockOff(byMs: number): Disturbance {
  const file = join(data, 'clock');
  writeFileSync(file, String(byMs));
  return {
    preload: [join(import.meta.dirname, '..', 'faults', 'disturb', 'shift-clock.ts')],
    env: { FAULT_CLOCK_FILE: file },
  };
}

test('a room by itself: joins the centre, holds the lock, authorises, runs the exam, reports; killed three times, it loses nothing', async () => {
  const room = await startRoom('room', 'S1', true);
  expect(await stepsOf(room)).not.toHaveProperty('authorise');
  expect(await refused(room.call.ownSite.authorisation.fetch())).toEqual({ type: 'room-has-a-site' });
  expect(await room.call.ownSite.support.get()).toBeNull();
  // Where its site's data cannot lie, everything stays as it was.
  const place = join(data, 'room', 'site');
  writeFileSync(place, '');
  expect(await refused(choose(room, { roomCode: 'S1-R1', siteMode: false }))).toEqual({
    type: 'own-site-does-not-open',
    problem: 'not-a-folder',
  });
  expect((await room.call.overview.get()).settings.siteMode).toBe(true);
  rmSync(place);
  await choose(room, { roomCode: 'S1-R1', siteMode: false });
  expect(Object.keys(await stepsOf(room))).toEqual([
    'settings',
    'seats',
    'environment',
    'load',
    'authorise',
    'seal-check',
    'verify',
  ]);

  // Mistyped, then right: nothing has to be begun anew.
  const input = await setUpInput('S1', centreAddress, 'lock.key');
  expect(
    await refused(room.call.ownSite.setUp({ ...input, registrationCode: 'AAAA-AAAA-AAAA-AAAA' })),
  ).toMatchObject({ type: 'wrong-registration-code' });
  expect(await stepsOf(room)).toMatchObject({ settings: 'current' });
  await room.call.ownSite.setUp(input);
  await room.call.exam.load();
  expect(await stepsOf(room)).toMatchObject({ settings: 'done', load: 'done', verify: 'waiting' });

  // The support desk is the centre's, as for any site.
  const { projectId } = project;
  await centre.call.support.announce({ projectId, prefix: 'S1', text: 'Begin ten minutes later' });
  const told = await until('what the centre tells its sites', async () =>
    (await room.call.ownSite.support.get())?.announcements.at(0),
  );
  expect(told).toMatchObject({ text: 'Begin ten minutes later', readAt: null });
  await room.call.ownSite.support.read({ announcementId: told.id });
  const { threadId } = await room.call.ownSite.support.open({
    stage: 'seal-check',
    priority: 'high',
    phone: '',
    text: 'The lock is warm',
  });
  await room.call.ownSite.support.confirm({ phase: 'day', sessionId, done: true });
  const desk = await until('the question and the confirmation at the desk', async () => {
    const seen = await centre.call.support.get({ projectId });
    return seen.threads.length > 0 && seen.confirmations.length > 0 && seen;
  });
  expect(desk).toMatchObject({
    threads: [{ id: threadId, siteCode: 'S1', openedBy: 'admin' }],
    confirmations: [{ siteCode: 'S1', phase: 'day', session: sessionId }],
    announcements: [{ read: [{ siteCode: 'S1' }] }],
  });
  expect(await refused(choose(room, { roomCode: 'S1-R1', siteMode: true }))).toMatchObject({
    type: 'site-mode-fixed',
  });
  expect(await refused(room.call.ownSite.setUp(input))).toMatchObject({ type: 'setup-already-done' });

  // Killed after its site had admitted it, before it had that on its own disk: loading again puts it right.
  await processes.get('room').kill();
  const db = new DatabaseSync(join(data, 'room', 'node.db'));
  db.exec("DELETE FROM setting WHERE name IN ('membership', 'package')");
  db.close();
  await processes.again('room');
  expect(await stepsOf(room)).toMatchObject({ settings: 'done', load: 'waiting' });
  await room.call.exam.load();
  expect(await stepsOf(room)).toMatchObject({ load: 'done' });
  const { authorisation } = room.call.ownSite;
  const calibrate = (pin = lockPin) => authorisation.calibrate({ sessionId, pin });
  expect(await refused(calibrate())).toMatchObject({ type: expect.stringMatching(/not-prepared|not-auth/) });
  await centre.call.authorisation.prepare({ projectId, sessionId, pin: releasePin });
  await authorisation.fetch();
  expect((await room.call.board.get()).next).toMatchObject({ type: 'choose-session' });

  // Without its lock, and with another one, nothing opens; status bar and seal check say so.
  const lock = join(data, 'lock.key');
  const lockCheck = async () =>
    (await room.call.sealCheck.run()).sealCheck?.checks.find(({ id }) => id === 'lock-present');
  renameSync(lock, `${lock}.away`);
  expect(await refused(calibrate())).toMatchObject({ type: 'lock-absent' });
  expect((await room.call.frame()).indicators.find(({ id }) => id === 'lock')).toMatchObject({
    state: 'failed',
    remedy: { type: 'insert-the-lock' },
  });
  await createKeyFile(lock, lockPin);
  expect(await refused(calibrate())).toMatchObject({ type: 'wrong-lock' });
  expect(await lockCheck()).toMatchObject({ state: 'failed', reason: { type: 'wrong-lock' } });
  renameSync(`${lock}.away`, lock);
  expect(await lockCheck()).toEqual({ id: 'lock-present', state: 'passed' });
  expect(await refused(calibrate('not-the-pin'))).toMatchObject({ type: 'wrong-pin' });
  await calibrate();
  await authorisation.verify({ sessionId });
  expect(await stepsOf(room)).toMatchObject({ authorise: 'done', verify: 'done' });

  await authorisedByItself(room);
  const { seat, question } = await sit(room, 'room', 'seat', '1000001');
  await question.answer('before the kill');
  await keptByRoom(seat);
  await killed('room');
  await question.answer('ответ 答 🙂');
  await until('the room at the seat', async () => (await seat.call.state.get()).pending === 0);
  await keptByRoom(seat);
  await seat.call.sitting.handIn();
  await room.call.session.end({ sessionId, password, reasons: [] });
  expect(await refused(room.call.session.report({ sessionId }))).toMatchObject({ type: 'backup-first' });
  await room.call.session.backup({ sessionId, directory: join(data, 'stick') });
  await killed('room');
  // Its own site is no reason for a room not to end as it is told.
  const { child } = processes.get('room');
  child?.kill('SIGTERM');
  await until('the end of the room', async () => child?.exitCode !== null || child.signalCode !== null);
  await processes.again('room');
  await room.call.session.report({ sessionId });
  await until(
    'the receipt in the room',
    async () => (await room.call.session.results({ sessionId })).receiptAt,
  );

  const { answers } = await scoreAndExport(centre, projectId);
  expect(
    answers.map(({ admissionNumber, item, responses }) => ({ admissionNumber, item, responses })),
  ).toEqual([
    { admissionNumber: '1000001', item: question.item, responses: { [question.response]: 'ответ 答 🙂' } },
  ]);
  // The evidence is that of any site: two chains, each whole, the room's copied at the site.
  const [roomJournal, siteJournal] = [journalOf(join(data, 'room')), journalOf(join(data, 'room', 'site'))];
  expect(siteJournal.of(roomJournal.own())).toEqual(roomJournal.own().map(({ hash }) => hash));
  expect(siteJournal.own().map(({ kind }) => kind)).toEqual(
    expect.arrayContaining([
      'registered-at-centre',
      'room-registered',
      'lock-calibrated',
      'results-reported',
    ]),
  );

  // Initialised with its settings, it can be another site, or the same one in another exam.
  await room.call.initialise.run({ roomCode: 'S1-R1', password, keepSettings: false, keepSeats: true });
  await choose(room, { roomCode: 'S1-R1', siteMode: false });
  expect(await room.call.overview.get()).toMatchObject({ ownSite: { registered: false, exam: null } });
  const { registrationCode } = await centre.call.site.newRegistrationCode({ projectId, siteCode: 'S1' });
  await room.call.ownSite.setUp({ ...input, registrationCode });
  await room.call.exam.load();
  expect(journalOf(join(data, 'room', 'site')).own()).toContainEqual(
    expect.objectContaining({ kind: 'site-initialised' }),
  );
});

test('with the centre out of reach everything goes by file, and only what is meant for this room is taken', async () => {
  const line = new Wire(processes.get('centre').exchangePort);
  await line.open();
  const { projectId } = project;
  const room = await startRoom('room-2', 'S2');
  const input = await setUpInput('S2', `127.0.0.1:${line.port}`, 'lock-2.key');
  await room.call.ownSite.setUp({ ...input, lock: (await tokenLock(room)) ?? input.lock });
  line.cut(true);
  const carry = async (ticket: { ticket: string; fileName: string }): Promise<{ uploadId: string }> => ({
    uploadId: await room.upload(ticket.fileName, await centre.download(ticket)),
  });
  const packageOf = async (siteCode: string) =>
    carry(await centre.call.publication.exportSite({ projectId, siteCode }));

  expect(await refused(room.call.exam.load())).toMatchObject({ type: 'parent-unreachable' });
  expect(await refused(room.call.exam.importFile(await packageOf('S1')))).toMatchObject({
    type: 'wrong-receiver',
  });
  await choose(room, { roomCode: 'S2-R7', siteMode: false });
  expect(await refused(room.call.exam.importFile(await packageOf('S2')))).toEqual({
    type: 'site-of-other-rooms',
    room: 'S2-R7',
    rooms: ['S2-R1'],
  });
  await choose(room, { roomCode: 'S2-R1', siteMode: false });
  await room.call.exam.importFile(await packageOf('S2'));
  const publication = (await room.call.sealCheck.run()).sealCheck?.checks.find(
    ({ id }) => id === 'publication-newest',
  );
  expect(publication).toMatchObject({ state: 'warning', reason: { type: 'publication-not-checked' } });

  const { authorisation } = room.call.ownSite;
  await centre.call.authorisation.prepare({ projectId, sessionId, pin: releasePin });
  const ptq = await centre.call.authorisation.exportFile({ sessionId, siteCode: 'S2' });
  await authorisation.importFile(await carry(ptq));
  const release = await centre.call.authorisation.exportRelease({ sessionId, siteCode: 'S2' });
  await authorisation.importRelease({ ...(await carry(release)), pin: lockPin });
  await authorisation.verify({ sessionId });
  await authorisedByItself(room);
  const { seat, question } = await sit(room, 'room-2', 'seat-2', '1000002');
  // Its own site shares the wrong clock and is no witness for it: nobody loses time.
  const timeLeft = async (): Promise<number> => {
    const { at, sittings } = await room.call.board.get();
    return (sittings[0]?.endsAt ?? at) - at;
  };
  const left = await timeLeft();
  await killed('room-2', clockOff(24 * 60 * 60_000));
  await until('the own site, which has heard of it and answered', async () =>
    journalOf(join(data, 'room-2', 'site')).entries.some(({ kind }) => kind === 'clock-resumed'),
  );
  await question.answer('by file 文件');
  await keptByRoom(seat);
  expect(await timeLeft()).toBeGreaterThan(left - 5 * 60_000);
  expect(
    journalOf(join(data, 'room-2'))
      .own()
      .filter(({ kind }) => kind === 'clock-resumed')
      .map((entry) => entry.data['source']),
  ).toEqual(['last-entry']);
  await killed('room-2', clockOff(0));
  await keptByRoom(seat);
  await seat.call.sitting.handIn();
  await room.call.session.end({ sessionId, password, reasons: [] });

  await room.call.session.backup({ sessionId, directory: join(data, 'stick-2') });
  expect(await refused(room.call.session.report({ sessionId }))).toMatchObject({
    type: 'parent-unreachable',
  });
  expect(await room.call.session.results({ sessionId })).toMatchObject({ reportedAt: null });
  const result = await room.call.session.exportResult({ sessionId });
  await centre.call.result.importFile({
    projectId,
    uploadId: await centre.upload(result.fileName, await room.download(result)),
  });
  const receipts = await centre.call.result.exportReceipts({ projectId, siteCode: 'S2' });
  expect((await room.call.session.importReceipt(await carry(receipts))).receiptAt).not.toBeNull();
  const { answers } = await scoreAndExport(centre, projectId);
  expect(answers.find(({ admissionNumber }) => admissionNumber === '1000002')?.responses).toEqual({
    [question.response]: 'by file 文件',
  });
  line.close();
});
