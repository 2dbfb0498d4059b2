import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ItemResponses } from '../../src/exam/paper/response.ts';
import {
  approveSeats,
  authoriseSession,
  endAndReport,
  exchangeOf,
  openSignIn,
  prepareCentre,
  scoreAndExport,
  setUpRoom,
  setUpSite,
  signIn,
} from '../../tools/exam-day/exam-day.ts';
import { openConsole, startRole, until, type RoleProcess } from '../../tools/exam-day/process.ts';

const running: RoleProcess[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const one of running.splice(0).toReversed()) await one.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const start = async (...given: Parameters<typeof startRole>): Promise<RoleProcess> => {
  const started = await startRole(...given);
  running.push(started);
  return started;
};

test('an exam day online: what candidates answered at their seats is what the centre scores', async () => {
  const data = mkdtempSync(join(tmpdir(), 'invigil-day-'));
  folders.push(data);
  const centreProcess = await start('centre', { data: join(data, 'centre'), port: 0 });
  const centre = await openConsole('centre', centreProcess.port);
  await signIn(centre, 'centre-password');
  const project = await prepareCentre(centre, {
    code: 'P1',
    name: 'Trial',
    startAt: Date.now(),
    durationMin: 60,
    roster: { sessions: 2, sites: ['S1', 'S2'], roomsPerSite: 2, candidatesPerRoom: 3 },
    policy: { countdownS: 1, earliestHandInMin: 0, lateLimitMin: 60 },
  });
  const siteProcess = await start('site', { data: join(data, 'site'), port: 0 });
  const site = await openConsole('site', siteProcess.port);
  await setUpSite(centre, site, {
    projectId: project.projectId,
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
  const sessionId = project.sessionIds[0] as string;
  await authoriseSession(centre, site, room, { projectId: project.projectId, sessionId });
  await openSignIn(room, sessionId);
  const { pairingCode } = await room.call.overview.get();
  const seats = [];
  for (const number of [1, 2]) {
    const started = await start('seat', {
      data: join(data, `seat-${number}`),
      port: 0,
      room: exchangeOf(roomProcess),
      'pairing-code': pairingCode,
    });
    seats.push(await openConsole('seat', started.port));
  }
  await approveSeats(room, 2);
  for (const [i, seat] of seats.entries()) {
    await until('a ready seat', async () => (await seat.call.state.get()).phase === 'ready');
    await seat.call.sitting.signIn({ admissionNumber: `100000${i + 1}` });
    await seat.call.sitting.confirm({ confirmed: true });
    await seat.call.sitting.rulesRead();
    expect((await seat.call.state.get()).phase).toBe('waiting');
  }
  await room.call.session.allowStart({ sessionId });
  const said: { admissionNumber: string; item: string; responses: ItemResponses }[] = [];
  for (const [i, seat] of seats.entries()) {
    await until('the start', async () => (await seat.call.state.get()).phase === 'answering');
    const paper = await seat.call.sitting.paper();
    expect(paper.instance.items.length).toBeGreaterThan(0);
    for (const item of paper.instance.items) {
      const responses: Record<string, string | string[]> = {};
      for (const one of item.item.responses)
        responses[one.identifier] = one.cardinality === 'single' ? `${i}-x` : [`${i}-y`];
      await seat.call.sitting.answer({ item: item.identifier, responses });
      said.push({ admissionNumber: `100000${i + 1}`, item: item.identifier, responses });
    }
    const done = await seat.call.sitting.handIn();
    expect(done.phase).toBe('handed-in');
    expect(done.receipt).toMatch(/^[0-9A-F]{4} [0-9A-F]{4} [0-9A-F]{4}$/);
  }
  await endAndReport(site, room, {
    sessionId,
    roomPassword: 'room-password',
    backupFolder: join(data, 'stick'),
  });
  const { csv, answers } = await scoreAndExport(centre, project.projectId);
  const kept = answers.map(({ admissionNumber, item, responses }) => ({ admissionNumber, item, responses }));
  const order = (a: { admissionNumber: string; item: string }): string => `${a.admissionNumber} ${a.item}`;
  const sorted = <T extends { admissionNumber: string; item: string }>(list: T[]): T[] =>
    list.toSorted((a, b) => order(a).localeCompare(order(b)));
  expect(sorted(kept)).toEqual(sorted(said));
  expect(csv).toContain('1000001');
});
