/** An exam day for the pictures: long names, long numbers, one site at work, candidates in every state. */
import { join } from 'node:path';
import {
  approveSeats,
  authoriseSession,
  chooseSession,
  endAndReport,
  everyInteraction,
  exchangeOf,
  openSignIn,
  signIn,
  takeSeat,
} from '../exam-day/exam-day.ts';
import { openConsole, until, type RoleName, type RoleProcess } from '../exam-day/process.ts';
import { Processes, type RoleOptions } from '../exam-day/processes.ts';
import { loadExam, startTiers } from '../exam-day/tiers.ts';

export const password = 'picture-password';

const names = [
  'Ахметова-Константинопольская Айгуль Нурлановна',
  '王小明',
  'Ann Smith',
  '欧阳娜娜',
  'Иванов Пётр',
  'María del Carmen Fernández-Villaverde y Ruiz',
  '李芳',
  'Seitkali Dana',
  'Öztürk Deniz',
  '张伟',
  'Müller Jürgen',
  'Nowak Ewa',
];

/** Two sites with two rooms each; numbers as long as they come. */
function roster(): string {
  const lines = ['session,site code,site name,room code,room name,admission number,name,seat number'];
  for (const session of [1, 2])
    for (const site of ['1999999', '1411404'])
      for (const room of ['001', '002'])
        names.forEach((name, i) =>
          lines.push(
            `${session},${site},Средняя общеобразовательная школа № 7 имени М. В. Ломоносова,${site}${room},Room ${room},19${session}3${site}${room}100${String(i + 1).padStart(2, '0')},${name},${i + 1}`,
          ),
        );
  return lines.join('\n');
}

export interface PictureDay {
  readonly centrePort: number;
  readonly sitePort: number;
  readonly roomPort: number;
  readonly seatPort: number;
  /** Nothing is set up on these: the first thing that their users see. */
  readonly freshPorts: Readonly<Record<'centre' | 'site' | 'room', number>>;
  readonly projectId: string;
  readonly sessionId: string;
  start(): Promise<void>;
  end(): Promise<void>;
  stop(): Promise<void>;
}

export async function pictureDay(data: string): Promise<PictureDay> {
  const processes = new Processes(data);
  const start = (role: RoleName, name: string, options: RoleOptions = {}): Promise<RoleProcess> =>
    processes.start(role, { name, options });
  const tiers = await startTiers(processes);
  const [centre, site, room] = [tiers.centre.console, tiers.site.console, tiers.room.console];
  const { projectId, sessionIds } = await loadExam(tiers, {
    project: {
      code: 'STATE-2026',
      name: 'State examination 2026',
      startAt: Date.now(),
      durationMin: 90,
      roster: roster(),
      sessions: 2,
      policy: { countdownS: 1, earliestHandInMin: 0, lateLimitMin: 0 },
      packageFile: everyInteraction,
    },
    siteCode: '1999999',
    roomCode: '1999999001',
    lockPath: join(data, 'lock.key'),
    password,
  });
  const sessionId = sessionIds[0] ?? '';
  await room.call.sealCheck.run();
  await site.call.sealCheck.run();
  await authoriseSession(centre, site, room, { projectId, sessionId });
  await chooseSession(room, sessionId);
  await openSignIn(room, sessionId);
  const { pairingCode } = await room.call.overview.get();
  const joining = { room: exchangeOf(tiers.room.process), 'pairing-code': pairingCode };
  const seatProcess = await start('seat', 'seat', joining);
  const second = await openConsole('seat', (await start('seat', 'seat-2', joining)).port);
  await approveSeats(room, 2);
  await start('seat', 'seat-3', joining);
  const { sittings } = await room.call.board.get();
  const number = (index: number): string =>
    sittings.find((one) => one.index === index)?.admissionNumber ?? '';
  await until('the second seat', async () => (await second.call.state.get()).phase === 'ready');
  await takeSeat(second, number(2));
  const fresh = {
    centre: (await start('centre', 'fresh-centre')).port,
    site: (await start('site', 'fresh-site')).port,
    room: (await start('room', 'fresh-room')).port,
  };
  await signIn(await openConsole('room', fresh.room), password);
  return {
    centrePort: tiers.centre.process.port,
    sitePort: tiers.site.process.port,
    roomPort: tiers.room.process.port,
    seatPort: seatProcess.port,
    freshPorts: fresh,
    projectId,
    sessionId,
    async start() {
      await room.call.session.allowStart({ sessionId });
      await until('the start', async () => (await second.call.state.get()).phase === 'answering');
      const board = await room.call.board.get();
      const idOf = (index: number): string =>
        board.sittings.find((one) => one.index === index)?.sittingId ?? '';
      await room.call.sitting.extraTime({ sittingIds: [idOf(2)], minutes: 5 });
      await room.call.sitting.violation({ sittingId: idOf(2), code: 'A101', description: 'phone' });
      await room.call.sitting.absent({ sittingIds: [idOf(3)] });
    },
    async end() {
      await second.call.sitting.handIn();
      await endAndReport(site, room, {
        sessionId,
        roomPassword: password,
        backupFolder: join(data, 'stick'),
      });
      await centre.call.result.score({ projectId });
    },
    stop: () => processes.stop(),
  };
}
