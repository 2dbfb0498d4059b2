/** An exam day by the consoles' own operations, step by step: for the demonstration, the drill, the benches and the journeys' tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import { utf8 } from '../../src/base/bytes.ts';
import type { FileReference } from '../../src/exam/paper/response.ts';
import { policySchema } from '../../src/exam/project/policy.ts';
import { until, type Console, type Contracts, type RoleProcess } from './process.ts';

type Centre = Console<Contracts['centre']>;
type Site = Console<Contracts['site']>;
type Room = Console<Contracts['room']>;
type Seat = Console<Contracts['seat']>;

const samples = join(import.meta.dirname, '..', '..', 'samples');
export const samplePackage = join(samples, 'small.zip');
export const everyInteraction = join(samples, 'every-interaction.zip');
export const spokenSample = join(samples, 'spoken.zip');
export const practicalTasks = join(samples, 'practical.zip');
export const releasePin = 'invigil-release';
export const lockPin = 'lock-pin-1';

/** Replaces the first password, or signs in with the one that was set before. */
export async function signIn(screen: Centre | Room, password: string): Promise<void> {
  const { account } = screen.call;
  try {
    await account.signIn({ account: 'admin', password: 'invigil-first' });
    await account.changePassword({ current: 'invigil-first', next: password });
  } catch {
    await account.signIn({ account: 'admin', password });
  }
}

export interface RosterPlan {
  readonly sessions: number;
  readonly sites: readonly string[];
  readonly roomsPerSite: number;
  readonly candidatesPerRoom: number;
}

const family = ['Ахметова', 'Иванов', '王', '李', 'Seitkali', 'Nowak', 'García', 'Öztürk', 'Smith', 'Müller'];
const given = ['Айгуль', 'Пётр', '小明', '芳', 'Dana', 'Ewa', 'Lucía', 'Deniz', 'Ann', 'Jürgen'];

/** A roster table as schools send it: CSV with a heading line. */
export function rosterCsv(plan: RosterPlan): string {
  const lines = ['session,site code,site name,room code,room name,admission number,name,seat number'];
  for (let session = 1; session <= plan.sessions; session++) {
    let number = 0;
    for (const site of plan.sites)
      for (let room = 1; room <= plan.roomsPerSite; room++)
        for (let seat = 1; seat <= plan.candidatesPerRoom; seat++) {
          number++;
          const name = `${family[number % family.length]} ${given[Math.floor(number / 3) % given.length]}`;
          lines.push(
            `${session},${site},School ${site},${site}-R${room},Room ${room},${session}${String(number).padStart(6, '0')},${name},${seat}`,
          );
        }
  }
  return `${lines.join('\n')}\n`;
}

export interface PreparedProject {
  readonly projectId: string;
  readonly sessionIds: string[];
}

/** Project, sessions, roster, paper, publication. @param startAt of the first session; others follow three hours later each. */
export async function prepareCentre(
  centre: Centre,
  options: {
    code: string;
    name: string;
    startAt: number;
    /** Made from a plan, or a table as it is. */
    roster: RosterPlan | string;
    /** How many, when the roster is a table. */
    sessions?: number;
    /** Beside the table, by name: photos and PNP files. */
    beside?: Readonly<Record<string, Uint8Array>>;
    durationMin: number;
    policy?: Partial<ReturnType<typeof policySchema.parse>>;
    packageFile?: string;
    mode?: 'formal' | 'mock';
  },
): Promise<PreparedProject> {
  const { call } = centre;
  const { projectId } = await call.project.create({
    code: options.code,
    name: options.name,
    mode: options.mode ?? 'formal',
    supportPhone: '+7 700 000 00 00',
  });
  const file = options.packageFile ?? samplePackage;
  const paper = await call.paper.import({
    projectId,
    uploadId: await centre.upload('paper.zip', readFileSync(file)),
    leaveOut: [],
  });
  const sessionIds: string[] = [];
  const { roster } = options;
  const sessions = typeof roster === 'string' ? (options.sessions ?? 1) : roster.sessions;
  for (let number = 1; number <= sessions; number++) {
    const { sessionId } = await call.project.saveSession({
      projectId,
      sessionId: null,
      session: {
        number,
        name: `Session ${number}`,
        startAt: options.startAt + (number - 1) * 3 * 3_600_000,
        subjects: [
          { number: 1, name: 'General knowledge', paperId: paper.id, durationMin: options.durationMin },
        ],
        policy: policySchema.parse(options.policy ?? {}),
      },
    });
    sessionIds.push(sessionId);
  }
  const table = typeof roster === 'string' ? roster : rosterCsv(roster);
  await call.roster.import({
    projectId,
    uploadId: options.beside
      ? await centre.upload('roster.zip', await zipped({ 'roster.csv': utf8(table), ...options.beside }))
      : await centre.upload('roster.csv', utf8(table)),
  });
  await call.publication.publish({ projectId });
  return { projectId, sessionIds };
}

async function zipped(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
  for (const [name, content] of Object.entries(files)) await writer.add(name, new Uint8ArrayReader(content));
  return new Uint8Array(await (await writer.close()).arrayBuffer());
}

/** First start of a site: joins the centre and loads the exam online. */
export async function setUpSite(
  centre: Centre,
  site: Site,
  options: {
    projectId: string;
    siteCode: string;
    centreAddress: string;
    lockPath: string;
    password: string;
    mode?: 'formal' | 'mock';
  },
): Promise<void> {
  const rows = await centre.call.site.list({ projectId: options.projectId });
  const open = rows.find((row) => row.code === options.siteCode)?.registrationCode;
  const registrationCode =
    open ??
    (await centre.call.site.newRegistrationCode({ projectId: options.projectId, siteCode: options.siteCode }))
      .registrationCode;
  await site.call.setup.complete({
    siteCode: options.siteCode,
    mode: options.mode ?? 'formal',
    centreAddress: options.centreAddress,
    registrationCode,
    account: 'admin',
    password: options.password,
    lock: { kind: 'key-file', path: options.lockPath, pin: lockPin, create: true },
  });
  await site.call.account.signIn({ account: 'admin', password: options.password });
  await site.call.exam.load();
}

/** Settings, registration by code, load. */
export async function setUpRoom(
  site: Site,
  room: Room,
  options: { roomCode: string; siteAddress: string; ownAddress: string; password: string },
): Promise<void> {
  await signIn(room, options.password);
  const known = (await site.call.room.list()).find((one) => one.roomCode === options.roomCode);
  if (!known?.registrationCode) throw new Error(`no open registration code for room ${options.roomCode}`);
  await room.call.settings.save({
    roomCode: options.roomCode,
    siteAddress: options.siteAddress,
    ownAddress: options.ownAddress,
    siteMode: true,
  });
  await room.call.settings.register({ registrationCode: known.registrationCode });
  await room.call.exam.load();
}

/** From the centre's release down to the room's opened paper. */
export async function authoriseSession(
  centre: Centre,
  site: Site,
  room: Room,
  ids: { projectId: string; sessionId: string },
): Promise<void> {
  await centre.call.authorisation.prepare({ ...ids, pin: releasePin });
  await site.call.authorisation.fetch();
  await until('the release at the site', async () => {
    try {
      await site.call.authorisation.calibrate({ sessionId: ids.sessionId, pin: lockPin });
      return true;
    } catch (error) {
      // The centre discloses at its release time and not before.
      if (!/too-early|not-released/.test(JSON.stringify(error))) throw error;
      return false;
    }
  });
  await site.call.authorisation.verify({ sessionId: ids.sessionId });
  await chooseSession(room, ids.sessionId);
  await until('the authorised room', async () => {
    const { session } = await room.call.board.get();
    if (session && session.state !== 'loaded') return true;
    await room.call.session.authorise({ sessionId: ids.sessionId }).catch(() => undefined);
    return false;
  });
}

export async function chooseSession(room: Room, sessionId: string): Promise<void> {
  await room.call.session.choose({
    sessionId,
    administrator: 'Гульнара Садыкова',
    invigilators: [{ name: 'Li Wei', phone: '+7 701 111 22 33' }],
  });
}

export async function openSignIn(room: Room, sessionId: string): Promise<void> {
  await until('open sign-in', async () => {
    const { session } = await room.call.board.get();
    if (session && !['loaded', 'authorised'].includes(session.state)) return true;
    await room.call.session.allowSignIn({ sessionId }).catch(() => undefined);
    return false;
  });
}

/** Approves every seat that asks, until there are `count`. */
export async function approveSeats(room: Room, count: number): Promise<void> {
  await until(`${count} approved seats`, async () => {
    const seats = await room.call.seat.list();
    const asking = seats.filter((seat) => seat.state === 'announced').map((seat) => seat.seatId);
    if (asking.length > 0) await room.call.seat.approve({ seatIds: asking });
    return seats.filter((seat) => seat.state === 'approved').length >= count;
  });
}

/** Signs a candidate in at a seat, up to the page that waits for the start. */
export async function takeSeat(seat: Seat, admissionNumber: string): Promise<void> {
  await seat.call.sitting.signIn({ admissionNumber });
  await seat.call.sitting.confirm({ confirmed: true });
  // Somebody who goes on after an interruption has read them already.
  if (!(await seat.call.state.get()).rulesRead) await seat.call.sitting.rulesRead();
}

interface Ending {
  readonly sessionId: string;
  readonly roomPassword: string;
  readonly backupFolder: string;
}

/** Ends the session, backs up, reports to the site and on to the centre, and waits for the centre's receipt. */
export async function endAndReport(site: Site, room: Room, options: Ending): Promise<void> {
  await endAndSend(site, room, options);
  await until('the receipt in the room', async () => {
    const results = await room.call.session.results({ sessionId: options.sessionId });
    return results.receiptAt;
  });
}

/** The same without the receipt. */
export async function endAndSend(site: Site, room: Room, options: Ending): Promise<void> {
  const { sessionId, roomPassword } = options;
  const board = await room.call.board.get();
  if (board.session?.state === 'running') {
    const reasons = board.sittings
      .filter((one) => !['handed-in', 'closed', 'absent'].includes(one.state))
      .map((one) => ({ sittingId: one.sittingId, reason: 'did not come' }));
    await room.call.session.end({ sessionId, password: roomPassword, reasons });
  }
  await room.call.session.backup({ sessionId, directory: join(options.backupFolder, 'room') });
  await room.call.session.report({ sessionId });
  await site.call.collection.backup({ directory: join(options.backupFolder, 'site'), sessionId, note: '' });
  await site.call.collection.report({ sessionId });
}

export interface KeptAnswer {
  readonly session: number;
  readonly admissionNumber: string;
  readonly item: string;
  readonly changes: number;
  readonly responses: Readonly<Record<string, unknown>>;
}

export async function scoreAndExport(
  centre: Centre,
  projectId: string,
): Promise<{ csv: string; answers: KeptAnswer[] }> {
  await centre.call.result.score({ projectId });
  const csv = new TextDecoder().decode(
    await centre.download(await centre.call.result.exportCsv({ projectId })),
  );
  const lines = new TextDecoder().decode(
    await centre.download(await centre.call.result.exportAnswers({ projectId })),
  );
  return {
    csv,
    answers: lines
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as KeptAnswer),
  };
}

/** A file as an answer, given to the seat as its screen does it. @returns what the response is to name */
export async function keepAnswerFile(
  seat: Seat,
  name: string,
  content: Blob,
): Promise<{ file: FileReference }> {
  const mediaType = 'application/octet-stream';
  const answer = await seat.request('/files', {
    method: 'POST',
    body: content,
    headers: {
      'content-type': mediaType,
      'x-file-name': encodeURIComponent(name),
      'x-file-size': String(content.size),
    },
  });
  if (!answer.ok) throw new Error(`file not kept: ${await answer.text()}`);
  const { digest } = (await answer.json()) as { digest: string };
  return { file: { digest, name, mediaType, size: content.size } };
}

/** Every file of the project's candidates, as an operator takes it from the centre. */
export async function takeAnswerFiles(
  centre: Centre,
  projectId: string,
): Promise<{ admissionNumber: string; item: string; fileName: string; content: Uint8Array }[]> {
  const { rows } = await centre.call.result.files({ projectId });
  const taken = [];
  for (const { sessionId, admissionNumber, item, response } of rows) {
    const offered = await centre.call.result.downloadFile({
      projectId,
      sessionId,
      admissionNumber,
      item,
      response,
    });
    taken.push({
      admissionNumber,
      item,
      fileName: offered.fileName,
      content: await centre.download(offered),
    });
  }
  return taken;
}

export function exchangeOf(started: RoleProcess): string {
  return `127.0.0.1:${started.exchangePort}`;
}
