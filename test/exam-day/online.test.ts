import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ItemResponses, ResponseValue } from '../../src/exam/paper/response.ts';
import { startTestStore } from '../../src/store/s3.fixture.ts';
import { sha256Hex } from '../../src/trust/digest.ts';
import {
  approveSeats,
  authoriseSession,
  endAndReport,
  everyInteraction,
  exchangeOf,
  keepAnswerFile,
  openSignIn,
  prepareCentre,
  scoreAndExport,
  setUpRoom,
  setUpSite,
  signIn,
  takeAnswerFiles,
} from '../../tools/exam-day/exam-day.ts';
import { openConsole, startRole, until, type RoleProcess } from '../../tools/exam-day/process.ts';
import { startPostgres } from '../../tools/postgres/postgres.ts';

const running: RoleProcess[] = [];
const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const one of running.splice(0).toReversed()) await one.stop();
  for (const close of closing.splice(0).toReversed()) await close();
});

const start = async (...given: Parameters<typeof startRole>): Promise<RoleProcess> => {
  const started = await startRole(...given);
  running.push(started);
  return started;
};

interface Storage {
  readonly options: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

async function elsewhere(): Promise<Storage> {
  const postgres = await startPostgres();
  closing.push(() => postgres.close());
  const store = await startTestStore();
  closing.push(() => store.close());
  return {
    options: { database: await postgres.newDatabase(), blobs: store.url },
    env: { ...store.environment },
  };
}

/** Of the first candidate: as good as one for everything but looking at it. */
const photo = new Uint8Array(Buffer.from('\xff\xd8\xff\xe0 a face', 'latin1'));
const photoUrl = `data:image/jpeg;base64,${Buffer.from(photo).toString('base64')}`;

/** Larger than one piece of anything on its way, and different for each candidate. */
function drawing(candidate: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.alloc(9_000_000, `candidate ${candidate} drew this; `));
}

test.each<[string, () => Promise<Storage>]>([
  ['SQLite and files', () => Promise.resolve({ options: {}, env: {} })],
  ['PostgreSQL and an S3-compatible store', elsewhere],
])(
  'an exam day online, the centre on %s: what candidates gave at their seats is what the centre has',
  async (_, storage) => {
    const data = mkdtempSync(join(tmpdir(), 'invigil-day-'));
    closing.push(() => rmSync(data, { recursive: true, force: true }));
    const { options, env } = await storage();
    const centreProcess = await start('centre', { data: join(data, 'centre'), port: 0, ...options }, { env });
    const centre = await openConsole('centre', centreProcess.port);
    await signIn(centre, 'centre-password');
    const project = await prepareCentre(centre, {
      code: 'P1',
      name: 'Trial',
      startAt: Date.now(),
      durationMin: 60,
      packageFile: everyInteraction,
      photos: { 'photos/1000001.jpg': photo },
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
      const { candidate } = await seat.call.sitting.signIn({ admissionNumber: `100000${i + 1}` });
      expect(candidate?.photo ?? null).toBe(i === 0 ? photoUrl : null);
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
        const responses: Record<string, ResponseValue> = {};
        for (const one of item.item.responses)
          responses[one.identifier] =
            one.baseType === 'file'
              ? await keepAnswerFile(seat, `../план ${i}.odg`, new Blob([drawing(i)]))
              : one.cardinality === 'single'
                ? `${i}-x`
                : [`${i}-y`];
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
    expect(await room.call.session.results({ sessionId })).toMatchObject({ files: 2, filesMissing: 0 });
    const { csv, answers } = await scoreAndExport(centre, project.projectId);
    const kept = answers.map(({ admissionNumber, item, responses }) => ({
      admissionNumber,
      item,
      responses,
    }));
    const order = (a: { admissionNumber: string; item: string }): string => `${a.admissionNumber} ${a.item}`;
    const sorted = <T extends { admissionNumber: string; item: string }>(list: T[]): T[] =>
      list.toSorted((a, b) => order(a).localeCompare(order(b)));
    expect(sorted(kept)).toEqual(sorted(said));
    expect(csv).toContain('1000001');
    expect(csv).toContain('план 1.odg');
    const [row] = await centre.call.result.list({ projectId: project.projectId });
    expect(row).toMatchObject({ roomCode: 'S1-R1', files: 2, filesMissing: 0, problem: null });
    const files = await takeAnswerFiles(centre, project.projectId);
    expect(files.map(({ content, ...file }) => ({ ...file, sha256: sha256Hex(content) }))).toMatchObject(
      [0, 1].map((i) => ({
        admissionNumber: `100000${i + 1}`,
        fileName: `100000${i + 1}__план ${i}.odg`,
        sha256: sha256Hex(drawing(i)),
      })),
    );
  },
);
