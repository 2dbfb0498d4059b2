import { existsSync, mkdtempSync, openAsBlob, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { FileReference } from '../../src/exam/paper/response.ts';
import { fileSha256Hex, sha256Hex } from '../../src/trust/digest.ts';
import {
  approveSeats,
  authoriseSession,
  endAndReport,
  everyInteraction,
  exchangeOf,
  keepAnswerFile,
  openSignIn,
  prepareCentre,
  setUpRoom,
  setUpSite,
  signIn,
  takeAnswerFiles,
} from '../../tools/exam-day/exam-day.ts';
import { openConsole, refusalIn, startRole, until, type RoleProcess } from '../../tools/exam-day/process.ts';

const running: RoleProcess[] = [];
const data = mkdtempSync(join(tmpdir(), 'invigil-file-'));

afterEach(async () => {
  for (const one of running.splice(0).toReversed()) await one.stop();
  rmSync(data, { recursive: true, force: true });
});

const start = async (...given: Parameters<typeof startRole>): Promise<RoleProcess> => {
  const started = await startRole(...given);
  running.push(started);
  return started;
};

/** More than a process needs for its work beside it, so that one whole copy in memory would show. */
const large = 180_000_000;

/** The most memory that a process ever held, bytes; 0 where the system does not tell. */
function mostMemory(one: RoleProcess): number {
  const status = `/proc/${one.child.pid}/status`;
  if (!existsSync(status)) return 0;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) * 1024;
}

test("a candidate's large file survives a room that lost it and a move to another seat, and passes through no memory whole", async () => {
  const drawing = join(data, 'large.tif');
  writeFileSync(drawing, Buffer.alloc(large, 'a large drawing; '));
  const centreProcess = await start('centre', { data: join(data, 'centre'), port: 0 });
  const centre = await openConsole('centre', centreProcess.port);
  await signIn(centre, 'centre-password');
  const { projectId, sessionIds } = await prepareCentre(centre, {
    code: 'P1',
    name: 'Trial',
    startAt: Date.now(),
    durationMin: 60,
    packageFile: everyInteraction,
    roster: { sessions: 1, sites: ['S1'], roomsPerSite: 1, candidatesPerRoom: 2 },
    policy: { countdownS: 0, earliestHandInMin: 0, lateLimitMin: 60 },
  });
  const sessionId = sessionIds[0] as string;
  const siteProcess = await start('site', { data: join(data, 'site'), port: 0 });
  const site = await openConsole('site', siteProcess.port);
  await setUpSite(centre, site, {
    projectId,
    siteCode: 'S1',
    centreAddress: exchangeOf(centreProcess),
    lockPath: join(data, 'lock.key'),
    password: 'site-password',
  });
  const roomProcess = await start('room', { data: join(data, 'room'), port: 0 });
  const room = await openConsole('room', roomProcess.port);
  await setUpRoom(site, room, {
    roomCode: 'S1-R1',
    siteAddress: exchangeOf(siteProcess),
    ownAddress: exchangeOf(roomProcess),
    password: 'room-password',
  });
  await authoriseSession(centre, site, room, { projectId, sessionId });
  await openSignIn(room, sessionId);
  const { pairingCode } = await room.call.overview.get();
  const startSeat = async (number: number) => {
    const process = await start('seat', {
      data: join(data, `seat-${number}`),
      port: 0,
      room: exchangeOf(roomProcess),
      'pairing-code': pairingCode,
    });
    const screen = await openConsole('seat', process.port);
    await approveSeats(room, number);
    await until('a ready seat', async () => (await screen.call.state.get()).phase === 'ready');
    return { process, screen };
  };
  const enter = async (seat: Awaited<ReturnType<typeof startSeat>>['screen'], admissionNumber: string) => {
    await seat.call.sitting.signIn({ admissionNumber });
    await seat.call.sitting.confirm({ confirmed: true });
    if (!(await seat.call.state.get()).rulesRead) await seat.call.sitting.rulesRead();
  };
  const [one, two] = [await startSeat(1), await startSeat(2)];
  await enter(one.screen, '1000001');
  await enter(two.screen, '1000002');
  await room.call.session.allowStart({ sessionId });
  for (const { screen } of [one, two])
    await until('the start', async () => (await screen.call.state.get()).phase === 'answering');
  const { instance } = await one.screen.call.sitting.paper();
  const item = instance.items.find((entry) => entry.item.responses[0]?.baseType === 'file')?.identifier ?? '';
  const inRoom = (file: FileReference): string =>
    join(data, 'room', 'blobs', file.digest.slice(0, 2), file.digest);

  // An answer cannot name what is not here.
  const invented = { file: { digest: 'a'.repeat(64), name: 'x', mediaType: '', size: 1 } };
  const refused = await one.screen.call.sitting
    .answer({ item, responses: { RESPONSE: invented } })
    .catch((error: unknown) => refusalIn(error)?.type);
  expect(refused).toBe('file-missing');

  const tiers = [one.process, roomProcess, siteProcess, centreProcess];
  const memoryBefore = tiers.map(mostMemory);
  // The room's disk loses the file after it came: the hand-in brings it again.
  const first = await keepAnswerFile(one.screen, 'large.tif', await openAsBlob(drawing));
  await one.screen.call.sitting.answer({ item, responses: { RESPONSE: first } });
  await until('the file in the room', () => Promise.resolve(existsSync(inRoom(first.file))));
  rmSync(inRoom(first.file));
  await until('a hand-in', async () => {
    const done = await one.screen.call.sitting.handIn().catch((error: unknown) => {
      if (refusalIn(error)?.type !== 'answers-still-on-their-way') throw error;
      return null;
    });
    return done?.phase === 'handed-in';
  });
  expect(existsSync(inRoom(first.file))).toBe(true);

  // A seat breaks after its file came; at another seat the answer stands, and may be said again.
  const second = await keepAnswerFile(two.screen, 'small.txt', new Blob(['a few words']));
  await two.screen.call.sitting.answer({ item, responses: { RESPONSE: second } });
  await until('nothing pending', async () => (await two.screen.call.state.get()).pending === 0);
  await two.process.kill();
  const sitting = (await room.call.board.get()).sittings.find((entry) => entry.admissionNumber === '1000002');
  await room.call.sitting.resume({ sittingIds: [sitting?.sittingId ?? ''], reason: 'broken' });
  const three = await startSeat(3);
  await enter(three.screen, '1000002');
  await until('going on', async () => (await three.screen.call.state.get()).phase === 'answering');
  expect((await three.screen.call.sitting.paper()).responses[item]).toEqual({ RESPONSE: second });
  await three.screen.call.sitting.answer({ item, responses: { RESPONSE: second } });
  expect((await three.screen.call.sitting.handIn()).phase).toBe('handed-in');

  await endAndReport(site, room, {
    sessionId,
    roomPassword: 'room-password',
    backupFolder: join(data, 'stick'),
  });
  const taken = await takeAnswerFiles(centre, projectId);
  expect(taken.map((file) => [file.fileName, sha256Hex(file.content)])).toEqual([
    ['1000001_large.tif', first.file.digest],
    ['1000002_small.txt', second.file.digest],
  ]);
  expect(first.file.digest).toBe(await fileSha256Hex(drawing));
  const grown = tiers.map((one, i) => ({ role: one.role, by: mostMemory(one) - (memoryBefore[i] ?? 0) }));
  expect(grown.filter(({ by }) => by >= large)).toEqual([]);
});
