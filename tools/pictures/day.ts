/** An exam day for the pictures: long names, long numbers, one site at work, candidates in every state. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keysToType } from '../../src/exam/environment/keys-to-type.ts';
import { policySchema } from '../../src/exam/project/policy.ts';
import {
  everyInteraction,
  approveSeats,
  chooseSession,
  exchangeOf,
  lockPin,
  openSignIn,
  prepareCentre,
  releasePin,
  setUpRoom,
  setUpSite,
  signIn,
  takeSeat,
} from '../exam-day/exam-day.ts';
import { openConsole, until, type Console, type Contracts, type RoleName } from '../exam-day/process.ts';
import { Processes, type RoleOptions } from '../exam-day/processes.ts';
import { startTiers } from '../exam-day/tiers.ts';
import { wholePaper } from './paper.ts';

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

const siteName = 'Средняя общеобразовательная школа № 7 имени М. В. Ломоносова';
const region = 'Восточно-Казахстанская область';
/** Time, text size, colours, reading aloud, what people do: of the second and third candidate. */
const given: Readonly<Record<number, string>> = {
  1: '25,150,yellow on black,yes,',
  2: ',,,,Sits near the door; reader for long texts',
};

export const numberOf = (session: number, index: number, place = '1999999001'): string =>
  `19${session}3${place}100${String(index).padStart(2, '0')}`;

/** Two sites with two rooms each; numbers as long as they come. */
function roster(): string {
  const lines = [
    'session,site code,site name,region,room code,room name,admission number,name,seat number,extra time percent,text size,colours,read aloud,other accommodations',
  ];
  for (const session of [1, 2])
    for (const site of ['1999999', '1411404'])
      for (const room of ['001', '002'])
        names.forEach((name, i) =>
          lines.push(
            `${session},${site},${siteName},${region},${site}${room},Room ${room},${numberOf(session, i + 1, site + room)},${name},${i + 1},${given[i] ?? ',,,,'}`,
          ),
        );
  return lines.join('\n');
}

export type PictureDay = Awaited<ReturnType<typeof pictureDay>>;

const minuteMs = 60_000;

/** Published, loaded at site and room; seats: two admitted, one that asks. @param photo of the first candidate, PNG */
export async function pictureDay(
  data: string,
  { countdownS, photo }: { countdownS: number; photo: Uint8Array },
) {
  // Locks are made here, beside the roles that open them: both with what a real day uses.
  const processes = new Processes(data, { dataStays: true });
  const start = async <R extends RoleName>(role: R, name: string, options: RoleOptions = {}) => {
    const process = await processes.start(role, { name, options });
    return { process, port: process.port, console: await openConsole(role, process.port) };
  };
  const tiers = await startTiers(processes);
  const [centre, site, room] = [tiers.centre.console, tiers.site.console, tiers.room.console];
  await signIn(centre, password);
  const policy = policySchema.parse({
    countdownS,
    earliestHandInMin: 0,
    lateLimitMin: 0,
    environment: { keyboard: true, microphone: true, playback: true },
  });
  const packageFile = await wholePaper(join(data, 'paper.zip'));
  const { projectId, sessionIds } = await prepareCentre(centre, {
    code: 'STATE-2026',
    name: 'State examination 2026',
    startAt: Date.now(),
    durationMin: 90,
    roster: roster(),
    beside: { [`photos/${numberOf(1, 1)}.png`]: photo },
    sessions: 2,
    policy,
    packageFile,
  });
  const [sessionId = '', laterId = ''] = sessionIds;
  const view = await centre.call.project.get({ projectId });
  const later = view.sessions.find((one) => one.id === laterId);
  if (!later) throw new Error('the second session is missing');
  // The second session asks for Safe Exam Browser, in which no practical task can be done.
  const { id: paperId } = await centre.call.paper.import({
    projectId,
    uploadId: await centre.upload('paper.zip', readFileSync(everyInteraction)),
    leaveOut: [],
  });
  await centre.call.project.saveSession({
    projectId,
    sessionId: laterId,
    session: {
      ...later,
      subjects: later.subjects.map((one) => ({ ...one, paperId })),
      policy: { ...policy, browser: 'seb' },
    },
  });
  await centre.call.publication.publish({ projectId });
  await centre.call.reserveConsole.open({ projectId, siteCode: '1999999' });
  const lockPath = join(data, 'lock.key');
  await setUpSite(centre, site, {
    projectId,
    siteCode: '1999999',
    centreAddress: exchangeOf(tiers.centre.process),
    lockPath,
    password,
  });
  await setUpRoom(site, room, {
    roomCode: '1999999001',
    siteAddress: exchangeOf(tiers.site.process),
    ownAddress: exchangeOf(tiers.room.process),
    password,
  });
  await room.call.sealCheck.run();
  await site.call.sealCheck.run();
  const { pairingCode } = await room.call.overview.get();
  const joining = { room: exchangeOf(tiers.room.process), 'pairing-code': pairingCode };
  const first = await start('seat', 'seat', joining);
  const second = await start('seat', 'seat-2', joining);
  await approveSeats(room, 2);
  const third = await start('seat', 'seat-3', joining);
  const sittingOf = async (index: number): Promise<string> =>
    (await room.call.board.get()).sittings.find((one) => one.index === index)?.sittingId ?? '';
  const phase = (seat: Console<Contracts['seat']>, wanted: string): Promise<unknown> =>
    until(`a seat that is ${wanted}`, async () => (await seat.call.state.get()).phase === wanted);
  return {
    ports: {
      centre: tiers.centre.process.port,
      site: tiers.site.process.port,
      room: tiers.room.process.port,
    },
    seatPorts: [first.port, second.port, third.port] as const,
    projectId,
    sessionId,
    laterId,
    centre,
    site,
    room,
    processes,
    start,
    sittingOf,
    centreAddress: exchangeOf(tiers.centre.process),
    packageFile,
    /** What a person does at the second seat for the environment check. */
    async answerCheck() {
      await second.console.call.environment.keyboard({ typed: keysToType });
      await second.console.call.environment.microphone({ level: 0.4, problem: null });
      await second.console.call.environment.playback({ heard: true });
    },
    choose: (id: string) => chooseSession(room, id),
    /** Prepared at the centre, fetched by the site, and the time has come. */
    async release() {
      await centre.call.authorisation.prepare({ projectId, sessionId, pin: releasePin });
      await site.call.authorisation.fetch();
    },
    async authorise() {
      await until('the release at the site', () =>
        site.call.authorisation.calibrate({ sessionId, pin: lockPin }).then(
          () => true,
          () => false,
        ),
      );
      await site.call.authorisation.verify({ sessionId });
      await chooseSession(room, sessionId);
      await until('the authorised room', async () => {
        const { session } = await room.call.board.get();
        if (session && session.state !== 'loaded') return true;
        await room.call.session.authorise({ sessionId }).catch(() => undefined);
        return false;
      });
    },
    async openSignIn() {
      await openSignIn(room, sessionId);
      await approveSeats(room, 3);
      for (const seat of [second, third]) await phase(seat.console, 'ready');
      await takeSeat(second.console, numberOf(1, 2));
      await takeSeat(third.console, numberOf(1, 4));
    },
    beginCountdown: () => room.call.session.allowStart({ sessionId }),
    async started() {
      await phase(second.console, 'answering');
      const two = await sittingOf(2);
      await room.call.sitting.extraTime({ sittingIds: [two], minutes: 5 });
      await room.call.sitting.violation({ sittingId: two, code: 'A101', description: 'phone' });
      await room.call.sitting.absent({ sittingIds: [await sittingOf(3)] });
    },
    async endSession() {
      const { sittings } = await room.call.board.get();
      const reasons = sittings
        .filter((one) => !['handed-in', 'closed', 'absent'].includes(one.state))
        .map((one) => ({ sittingId: one.sittingId, reason: 'did not come' }));
      await room.call.session.end({ sessionId, password, reasons });
    },
    async reportRoom() {
      await room.call.session.backup({ sessionId, directory: join(data, 'stick', 'room') });
      await room.call.session.report({ sessionId });
      await until('the result at the site', async () =>
        (await site.call.collection.list()).some(
          (row) => row.sessionId === sessionId && row.collectedAt !== null,
        ),
      );
    },
    async reportSite() {
      await site.call.collection.backup({ directory: join(data, 'stick', 'site'), sessionId, note: '' });
      await site.call.collection.report({ sessionId });
      await until(
        'the receipt in the room',
        async () => (await room.call.session.results({ sessionId })).receiptAt,
      );
      await centre.call.result.score({ projectId });
    },
    stop: () => processes.stop(),
  };
}

/** A rehearsal in a room that works without a site, begun late; nothing is set up in the room yet. */
export async function rehearsal(day: PictureDay, data: string) {
  const { centre } = day;
  const room = await day.start('room', 'room-alone');
  await signIn(room.console, password);
  const { projectId, sessionIds } = await prepareCentre(centre, {
    code: 'REHEARSAL',
    name: 'Rehearsal · 模拟考试 · Апробация',
    mode: 'mock',
    startAt: Date.now() - 20 * minuteMs,
    durationMin: 90,
    roster: { sessions: 1, sites: ['1777777'], roomsPerSite: 1, candidatesPerRoom: 3 },
    policy: { countdownS: 1, earliestHandInMin: 0 },
    packageFile: day.packageFile,
  });
  const sessionId = sessionIds[0] ?? '';
  const { call } = room.console;
  return {
    room,
    projectId,
    sessionId,
    async setUp() {
      await call.settings.save({
        roomCode: '1777777-R1',
        siteMode: false,
        siteAddress: '',
        ownAddress: exchangeOf(room.process),
      });
      const [row] = await centre.call.site.list({ projectId });
      await call.ownSite.setUp({
        siteCode: '1777777',
        mode: 'mock',
        centreAddress: day.centreAddress,
        registrationCode: row?.registrationCode ?? '',
        lock: { kind: 'key-file', path: join(data, 'lock-alone.key'), pin: lockPin, create: true },
      });
      await call.exam.load();
      await centre.call.authorisation.prepare({ projectId, sessionId, pin: releasePin });
      await call.ownSite.authorisation.fetch();
    },
    async openSignIn() {
      const open = call.ownSite.authorisation;
      await until('the key', () =>
        open.calibrate({ sessionId, pin: lockPin }).then(
          () => true,
          () => false,
        ),
      );
      await open.verify({ sessionId });
      await chooseSession(room.console, sessionId);
      await openSignIn(room.console, sessionId);
      const { pairingCode } = await call.overview.get();
      const joining = { room: exchangeOf(room.process), 'pairing-code': pairingCode };
      const seat = await day.start('seat', 'seat-alone', joining);
      await approveSeats(room.console, 1);
      return seat.port;
    },
  };
}
