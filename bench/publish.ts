/**
 * Publishing 400 rooms of 40 candidates with a paper of 20 MB: how long it takes, how long it takes again when one room changed, and how
 * long at most everything else at the centre had to wait. The centre's own features in this process, on its own database.
 */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fromUtf8, utf8 } from '../src/base/bytes.ts';
import { expectOk } from '../src/base/result.ts';
import { openTestCentre, sessionInput, type TestCentre } from '../src/centre/centre.fixture.ts';
import { keepPaper } from '../src/centre/paper/import-paper.ts';
import { createProject, saveSession } from '../src/centre/project/projects.ts';
import { publish } from '../src/centre/publish/publisher.ts';
import { importRoster } from '../src/centre/roster/import-roster.ts';
import type { Paper } from '../src/exam/paper/model.ts';
import { rosterCsv, samplePackage } from '../tools/exam-day/exam-day.ts';
import { say } from './load/figures.ts';

const sites = 100;
const roomsPerSite = 4;
const candidatesPerRoom = 40;
const paperBytes = 20_000_000;

interface Figures {
  rooms: number;
  candidates: number;
  seconds: number;
  /** After the name of one candidate was changed. */
  secondsOneRoomChanged: number;
  roomsMadeAgain: number;
  /** Longest time in which nothing else had its turn. */
  blockedMsMax: number;
}

/** In a process of its own: another measurement makes the disk of its process slow. */
export function run(): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.once('message', (figures) => resolve(figures as Figures));
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`the measurement ended with ${code}`));
    });
  });
}

async function measure(): Promise<Figures> {
  const test = await openTestCentre('file');
  try {
    const { centre } = test;
    const { projectId } = expectOk(
      await createProject(centre, { code: 'P1', name: 'Bench', mode: 'formal', supportPhone: '' }),
    );
    const paperId = await largePaper(test, projectId);
    expectOk(await saveSession(centre, projectId, null, sessionInput(1, centre.node.clock.now(), paperId)));
    const table = rosterCsv({
      sessions: 1,
      sites: Array.from({ length: sites }, (_, i) => `S${String(i + 1).padStart(3, '0')}`),
      roomsPerSite,
      candidatesPerRoom,
    });
    const takeRoster = async (text: string): Promise<void> =>
      void expectOk(await importRoster(centre, projectId, await test.file('roster.csv', text), 'bench'));
    await takeRoster(table);
    say('publishing …');
    const first = await timed(() => publish(centre, projectId, 'bench'));
    await takeRoster(table.replace(/,([^,]+),1\n/, ',Another Name,1\n'));
    say('publishing again …');
    const second = await timed(() => publish(centre, projectId, 'bench'));
    const newest = await centre.db
      .selectFrom('publication')
      .select('changed_rooms')
      .orderBy('number', 'desc')
      .executeTakeFirstOrThrow();
    return {
      rooms: first.rooms,
      candidates: first.rooms * candidatesPerRoom,
      seconds: first.seconds,
      secondsOneRoomChanged: second.seconds,
      roomsMadeAgain: newest.changed_rooms ?? 0,
      blockedMsMax: Math.max(first.blockedMs, second.blockedMs),
    };
  } finally {
    await test.close();
  }
}

async function timed(
  work: () => ReturnType<typeof publish>,
): Promise<{ rooms: number; seconds: number; blockedMs: number }> {
  const begun = performance.now();
  let [last, longest] = [begun, 0];
  const turns = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  const { rooms } = expectOk(await work());
  clearInterval(turns);
  return {
    rooms,
    seconds: Math.round((performance.now() - begun) / 10) / 100,
    blockedMs: Math.round(longest),
  };
}

/** A sample with a picture of 20 MB beside it, as if one of its items showed it. */
async function largePaper(test: TestCentre, projectId: string): Promise<string> {
  const { centre } = test;
  const upload = await test.file('paper.zip', readFileSync(samplePackage));
  const { id } = expectOk(await keepPaper(centre, projectId, upload, [], 'bench'));
  const row = await centre.db.selectFrom('paper').selectAll().executeTakeFirstOrThrow();
  const body = await centre.blobs.read(row.body_digest);
  if (!body) throw new Error('the paper is not kept');
  const paper = JSON.parse(fromUtf8(body)) as Paper;
  const picture = await centre.blobs.put(randomBytes(paperBytes));
  const file = { path: 'large.png', mediaType: 'image/png', size: picture.size, digest: picture.digest };
  const larger = await centre.blobs.put(
    utf8(JSON.stringify({ ...paper, files: [...paper.files, file] } satisfies Paper)),
  );
  await centre.db
    .updateTable('paper')
    .set({ body_digest: larger.digest, bytes: row.bytes + picture.size })
    .where('id', '=', id)
    .execute();
  return id;
}

if (import.meta.main) process.send?.(await measure());
