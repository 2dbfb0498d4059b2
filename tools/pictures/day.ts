/** An exam day for the pictures: long names, long numbers, one site at work, candidates in every state. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import {
  approveSeats,
  authoriseSession,
  chooseSession,
  endAndReport,
  exchangeOf,
  openSignIn,
  prepareCentre,
  setUpRoom,
  setUpSite,
  signIn,
} from '../exam-day/exam-day.ts';
import { openConsole, startRole, until, type RoleName, type RoleProcess } from '../exam-day/process.ts';

export const password = 'picture-password';

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath:
      process.env['CHROMIUM'] ??
      ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path)) ??
      'chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
}

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
  const running: RoleProcess[] = [];
  const start = async (role: RoleName, name: string, more: Record<string, string | number> = {}) => {
    const exchange = role === 'seat' ? {} : { 'exchange-host': '127.0.0.1' };
    const started = await startRole(role, {
      data: join(data, name),
      port: 0,
      'log-level': 'error',
      ...exchange,
      ...more,
    });
    running.push(started);
    return started;
  };
  const centreProcess = await start('centre', 'centre');
  const centre = await openConsole('centre', centreProcess.port);
  await signIn(centre, password);
  const { projectId, sessionIds } = await prepareCentre(centre, {
    code: 'STATE-2026',
    name: 'State examination 2026',
    startAt: Date.now(),
    durationMin: 90,
    roster: roster(),
    sessions: 2,
    policy: { countdownS: 1, earliestHandInMin: 0, lateLimitMin: 0 },
    packageFile: join(import.meta.dirname, '..', '..', 'samples', 'every-interaction.zip'),
  });
  const sessionId = sessionIds[0] ?? '';
  const siteProcess = await start('site', 'site');
  const site = await openConsole('site', siteProcess.port);
  await setUpSite(centre, site, {
    projectId,
    siteCode: '1999999',
    centreAddress: exchangeOf(centreProcess),
    lockPath: join(data, 'lock.key'),
    password,
  });
  const roomProcess = await start('room', 'room');
  const room = await openConsole('room', roomProcess.port);
  await setUpRoom(site, room, {
    roomCode: '1999999001',
    siteAddress: exchangeOf(siteProcess),
    ownAddress: exchangeOf(roomProcess),
    password,
  });
  await room.call.sealCheck.run();
  await site.call.sealCheck.run();
  await authoriseSession(centre, site, room, { projectId, sessionId });
  await chooseSession(room, sessionId);
  await openSignIn(room, sessionId);
  const { pairingCode } = await room.call.overview.get();
  const joining = { room: exchangeOf(roomProcess), 'pairing-code': pairingCode };
  const seatProcess = await start('seat', 'seat', joining);
  const second = await openConsole('seat', (await start('seat', 'seat-2', joining)).port);
  await approveSeats(room, 2);
  await start('seat', 'seat-3', joining);
  const { sittings } = await room.call.board.get();
  const number = (index: number): string =>
    sittings.find((one) => one.index === index)?.admissionNumber ?? '';
  await until('the second seat', async () => (await second.call.state.get()).phase === 'ready');
  await second.call.sitting.signIn({ admissionNumber: number(2) });
  await second.call.sitting.confirm({ confirmed: true });
  await second.call.sitting.rulesRead();
  const fresh = {
    centre: (await start('centre', 'fresh-centre')).port,
    site: (await start('site', 'fresh-site')).port,
    room: (await start('room', 'fresh-room')).port,
  };
  await signIn(await openConsole('room', fresh.room), password);
  return {
    centrePort: centreProcess.port,
    sitePort: siteProcess.port,
    roomPort: roomProcess.port,
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
      await room.call.sitting.extraTime({ sittingIds: [idOf(2)], minutes: 5, code: null });
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
    async stop() {
      for (const one of running.toReversed()) await one.stop();
    },
  };
}
