/** A site with 50 rooms is lost with its computer, and restored from its backup on another one: until its centre and every room have followed. */
import { mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockPin, setUpRoom } from '../tools/exam-day/exam-day.ts';
import { openConsole, until, type Console, type Contracts } from '../tools/exam-day/process.ts';
import { Processes } from '../tools/exam-day/processes.ts';
import { loadExam, startTiers } from '../tools/exam-day/tiers.ts';
import { say } from './load/figures.ts';

const rooms = 50;
const password = 'exam-password';
const siteCode = 'S1';
const code = (n: number): string => `${siteCode}-R${n}`;

interface Figures {
  rooms: number;
  backupMB: number;
  backupMs: number;
  /** Until the site works again, signed in. */
  restoredMs: number;
  /** Until the last room has found it. */
  allRoomsMs: number;
}

export async function run(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-restore-'));
  const processes = new Processes(folder);
  try {
    const tiers = await startTiers(processes, { hosted: ['centre', 'room'] });
    const { centre, site } = tiers;
    const lockPath = join(folder, 'lock.key');
    await loadExam(tiers, {
      project: {
        code: 'P1',
        name: 'Trial',
        startAt: Date.now() + 3_600_000,
        durationMin: 60,
        roster: { sessions: 1, sites: [siteCode], roomsPerSite: rooms, candidatesPerRoom: 30 },
        policy: {},
      },
      siteCode,
      roomCode: code(1),
      lockPath,
      password,
    });
    const consoles: Console<Contracts['room']>[] = [tiers.room.console];
    for (let n = 2; n <= rooms; n++) {
      const process = await processes.start('room', { name: `room-${n}`, hosted: true });
      const room = await openConsole('room', process.port);
      await setUpRoom(site.console, room, {
        roomCode: code(n),
        siteAddress: `127.0.0.1:${site.process.exchangePort}`,
        ownAddress: `127.0.0.1:${process.exchangePort}`,
        password,
      });
      consoles.push(room);
      if (n % 10 === 0) say(`${n} rooms registered`);
    }
    const begunBackup = performance.now();
    const made = await site.console.call.backup.make({ directory: join(folder, 'stick'), note: '' });
    const backupMs = performance.now() - begunBackup;
    await processes.get('site').kill();
    renameSync(join(folder, 'site'), join(folder, 'site.lost'));
    await until('rooms that miss it', async () => (await online(consoles)) === 0);
    say('the site is lost; restoring');
    const begun = performance.now();
    await processes.again('site');
    const { call } = site.console;
    await call.restore.run({ path: made.file, lockPath, pin: lockPin });
    await until('the restored site', async () => (await call.setup.state().catch(() => null))?.done);
    await call.account.signIn({ account: 'admin', password });
    const restoredMs = performance.now() - begun;
    await until('all rooms', async () => (await online(consoles)) === rooms);
    const allRoomsMs = performance.now() - begun;
    const { sites } = await centre.console.call.board.get({
      projectId: (await centre.console.call.project.list())[0]?.id ?? '',
    });
    if ((sites[0]?.lastContact ?? 0) < Date.now() - 10_000) throw new Error('the centre did not follow');
    return {
      rooms,
      backupMB: Math.round(statSync(made.file).size / 100_000) / 10,
      backupMs: Math.round(backupMs),
      restoredMs: Math.round(restoredMs),
      allRoomsMs: Math.round(allRoomsMs),
    };
  } finally {
    await processes.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rooms that hear their site. */
async function online(consoles: readonly Console<Contracts['room']>[]): Promise<number> {
  const states = await Promise.all(
    consoles.map(
      async (room) => (await room.call.frame()).indicators.find(({ id }) => id === 'parent')?.state,
    ),
  );
  return states.filter((state) => state === 'passed').length;
}
