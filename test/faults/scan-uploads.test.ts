/** A centre that is killed while it takes and reads archives: every page is there exactly once, and the sums are those of a day without trouble. */
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCentreDatabase, type CentreDatabase } from '../../src/centre/storage/database.ts';
import { expectOk } from '../../src/base/result.ts';
import {
  offsetOf,
  pageOfKit,
  pagesOfKit,
  roomOf,
  sendPiece,
  zipOf,
} from '../../src/centre/scans/uploads/uploads.fixture.ts';
import { makeEvent, registerKits } from '../../src/centre/scans/scans.fixture.ts';
import { signIn } from '../../tools/exam-day/exam-day.ts';
import {
  openConsole,
  startRole,
  until,
  type Console,
  type Contracts,
  type RoleProcess,
} from '../../tools/exam-day/process.ts';
import { noSmallDisk, smallDisk, type SmallDisk } from './small-disk.ts';

const folder = mkdtempSync(join(tmpdir(), 'invigil-uploads-'));
const armed = join(folder, 'statement');
const data = join(folder, 'centre');
const password = 'centre-password';
const disturbed = {
  preload: [join(import.meta.dirname, 'disturb', 'kill-while-publishing.ts')],
  env: { FAULT_STATEMENT_FILE: armed },
};

let process: RoleProcess;
let centre: Console<Contracts['centre']>;

async function start(at = data): Promise<void> {
  process = await startRole('centre', { data: at, port: 0 }, disturbed);
  centre = await openConsole('centre', process.port);
  await signIn(centre, password);
}

/** Beside the process, as it stands on the disk. */
async function inDatabase<T>(at: string, work: (db: CentreDatabase) => Promise<T>): Promise<T> {
  const watcher = { lost: () => undefined, back: () => undefined };
  const db = expectOk(await openCentreDatabase({ file: join(at, 'centre.db') }, watcher));
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

async function projectWithKits(code: string, prefix: string, at = data): Promise<string> {
  const { projectId } = await centre.call.project.create({
    code,
    name: code,
    mode: 'mock',
    supportPhone: '',
  });
  await inDatabase(at, async (db) => {
    const event = await makeEvent({ db }, projectId, prefix);
    const clock = { now: () => 1, monotonic: () => 1 };
    const part = { db, node: { clock } } as unknown as Parameters<typeof registerKits>[0];
    await registerKits(part, event, { site: 'S1', room: 'S1-R1', from: 1, to: 3 });
  });
  return projectId;
}

async function expected(projectId: string, archive: Uint8Array, fileName = 'room.zip'): Promise<string> {
  const said = { projectId, fileName, size: archive.length, modifiedAt: 1 };
  return (await centre.call.scanUpload.expect(said)).uploadId;
}

async function send(projectId: string, archive: Uint8Array, fileName?: string): Promise<string> {
  const uploadId = await expected(projectId, archive, fileName);
  await sendPiece(centre.request, uploadId, 0, archive);
  return uploadId;
}

const rowOf = async (projectId: string, uploadId: string) => {
  const { rows } = await centre.call.scanUpload.list({ projectId });
  const row = rows.find(({ id }) => id === uploadId);
  if (!row) throw new Error('no such row');
  return row;
};

const readToItsEnd = (projectId: string, uploadId: string) =>
  until('the end of an archive', async () => {
    const row = await rowOf(projectId, uploadId);
    return row.state === 'read' && row;
  });

describe('a centre that is killed', () => {
  let projectId: string;
  let archive: Uint8Array;
  let undisturbed: object;
  const kits = [1, 2, 3] as const;

  /** What came of the project: how often each page is there, and all sums. */
  const standing = (id: string, uploadId: string) =>
    inDatabase(data, async (db) => ({
      positions: (
        await db
          .selectFrom('scan')
          .select('position')
          .where('upload_id', '=', uploadId)
          .orderBy('position')
          .execute()
      ).map(({ position }) => position),
      sums: await db
        .selectFrom('event_site')
        .innerJoin('event', 'event.id', 'event_site.event_id')
        .select(['kits', 'sides', 'came', 'filled', 'empty', 'duplicate'])
        .where('event.project_id', '=', id)
        .execute(),
      sheets: await db
        .selectFrom('sheet')
        .select(['place', 'kit', 'side_1', 'side_2'])
        .where('project_id', '=', id)
        .orderBy('kit')
        .orderBy('place')
        .execute(),
    }));

  beforeAll(async () => {
    await start();
    archive = await roomOf(kits);
    projectId = await projectWithKits('CALM', '204117');
    const uploadId = await send(projectId, archive);
    const { counts } = await readToItsEnd(projectId, uploadId);
    undisturbed = { ...(await standing(projectId, uploadId)), counts };
  });
  afterAll(async () => {
    await process.stop();
  });

  // Each in a project of its own with the same register; at the statement that the reader is about to run.
  test.each([
    ['before its row says that all of it came', 'update "scan_upload" set "state" = ?, "came_at"'],
    ['when some pages are kept', 'insert into "scan" \n1'],
    ['between pages and sums', 'update "event_site"'],
    ['before it is said to be read', 'update "scan_upload" set "state" = ?, "password_sealed"'],
  ])('%s: nothing is lost and nothing counts twice', async (_, statement) => {
    await inDatabase(data, async (db) => {
      // The same sheets again in a project without pages.
      for (const table of ['scan_decision', 'scan_standing', 'scan', 'scan_upload'] as const)
        await db.deleteFrom(table).execute();
      await db.updateTable('event_site').set({ came: 0, filled: 0, empty: 0, duplicate: 0 }).execute();
      await db.updateTable('sheet').set({ side_1: 'missing' }).execute();
      await db.updateTable('sheet').set({ side_2: 'missing' }).where('sides', '=', 2).execute();
    });
    const uploadId = await expected(projectId, archive);
    const half = archive.length >> 1;
    await sendPiece(centre.request, uploadId, 0, archive.slice(0, half));
    writeFileSync(armed, statement);
    await sendPiece(centre.request, uploadId, half, archive.slice(half)).catch(() => null);
    const { child } = process;
    await until('the end of the centre', async () => child?.signalCode != null || child?.exitCode != null);
    expect(child?.signalCode).toBe('SIGKILL');
    rmSync(armed);
    await start();
    // The browser comes back and asks how much is here.
    if ((await rowOf(projectId, uploadId)).state === 'coming') {
      const offset = await offsetOf(centre.request, uploadId);
      expect(offset).toBe(archive.length);
    }
    expect(undisturbed).toMatchObject({ positions: [...Array(kits.length * pagesOfKit).keys()] });
    const { counts, done, files } = await readToItsEnd(projectId, uploadId);
    expect([done, files]).toEqual([12, 12]);
    expect({ ...(await standing(projectId, uploadId)), counts }).toEqual(undisturbed);
    await until('the archive gone', async () => readdirSync(join(data, 'scan-archives')).length === 0);
  });
});

describe.skipIf(noSmallDisk !== null)(`a full disk${noSmallDisk === null ? '' : `: ${noSmallDisk}`}`, () => {
  let disk: SmallDisk;
  beforeAll(() => {
    disk = smallDisk(24 * 1024);
  });
  afterAll(async () => {
    await process.stop();
    disk.remove();
  });

  test('takes no piece that it cannot keep, reads no page that it cannot keep, says so, and goes on when there is space', async () => {
    const at = join(disk.path, 'centre');
    await start(at);
    const projectId = await projectWithKits('FULL', '204117', at);
    const archive = await zipOf([
      ['1.jpg', await pageOfKit(1, 0)],
      ['2.jpg', await pageOfKit(1, 1)],
      ['3.jpg', await pageOfKit(1, 2)],
    ]);
    const uploadId = await expected(projectId, archive);
    disk.fill();
    const refused = await sendPiece(centre.request, uploadId, 0, archive);
    expect([refused.status, await refused.json()]).toMatchObject([507, { type: 'disk-full' }]);
    disk.free();
    const offset = (await offsetOf(centre.request, uploadId)) ?? 0;
    await sendPiece(centre.request, uploadId, offset, archive.slice(offset, -10));
    disk.fill();
    // Space for what the database has to say of it, and none for a page.
    const filler = join(disk.path, 'filler');
    truncateSync(filler, statSync(filler).size - 150 * 1024);
    expect((await sendPiece(centre.request, uploadId, archive.length - 10, archive.slice(-10))).status).toBe(
      204,
    );
    await until('what it waits for', async () => {
      const { state, problem } = await rowOf(projectId, uploadId);
      return state === 'reading' && problem?.type === 'disk-full';
    });
    disk.free();
    const row = await readToItsEnd(projectId, uploadId);
    expect(row).toMatchObject({ done: 3, problem: null, counts: { filled: 3 } });
  });
});
