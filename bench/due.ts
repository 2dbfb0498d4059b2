/**
 * How long the list of missing results takes: 8,000 sites with 5 rooms each, of which every tenth has not reported, on SQLite. The centre's own
 * features in this process, as a console asks them.
 */
import { status, room } from '../src/exam/board/board.fixture.ts';
import { expectOk } from '../src/base/result.ts';
import { openTestCentre, sessionInput, type TestCentre } from '../src/centre/centre.fixture.ts';
import { dueResults } from '../src/centre/due/due-results.ts';
import { createProject, saveSession } from '../src/centre/project/projects.ts';
import { say } from './load/figures.ts';

const sites = 8_000;
const roomsPerSite = 5;
const candidatesPerRoom = 3;
const rounds = 20;
const rowsAtOnce = 1_000;

interface Figures {
  rooms: number;
  missing: number;
  firstPageMs: number;
  lastPageMs: number;
  bySiteMs: number;
  everythingMs: number;
  /** Of the processor for the first page: what is left of the figures above on a computer that has nothing else to do. */
  firstPageProcessorMs: number;
}

export async function run(): Promise<Figures> {
  const test = await openTestCentre('file');
  try {
    const { centre } = test;
    const { projectId } = expectOk(
      await createProject(centre, { code: 'P1', name: 'Bench', mode: 'formal', supportPhone: '' }),
    );
    const startAt = centre.node.clock.now() - 86_400_000;
    const { sessionId } = expectOk(await saveSession(centre, projectId, null, sessionInput(1, startAt)));
    say('filling …');
    await fill(test, projectId, sessionId);
    centre.changed.notify();
    await centre.board.tick();
    const filter = { projectId, sessionId: null, search: '', by: 'room', missingOnly: true } as const;
    const ask = (more: object) => () => dueResults(centre, { ...filter, offset: 0, limit: 100, ...more });
    const { total, sums } = await ask({})();
    return {
      rooms: sums.rooms,
      missing: total,
      firstPageMs: await median(ask({})),
      lastPageMs: await median(ask({ offset: total - 100 })),
      bySiteMs: await median(ask({ by: 'site' })),
      firstPageProcessorMs: await median(ask({}), processorMs),
      everythingMs: await median(ask({ missingOnly: false, offset: 20_000 })),
    };
  } finally {
    await test.close();
  }
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

async function median(work: () => Promise<unknown>, clock = () => performance.now()): Promise<number> {
  const took: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const begun = clock();
    await work();
    took.push(clock() - begun);
  }
  return Math.round(took.toSorted((a, b) => a - b)[rounds >> 1] ?? 0);
}

async function fill(
  { centre: { db, node } }: TestCentre,
  project_id: string,
  session_id: string,
): Promise<void> {
  const now = node.clock.now();
  const codes = Array.from({ length: sites }, (_, i) => `S${String(i + 1).padStart(5, '0')}`);
  const rooms = codes.flatMap((site_code) =>
    Array.from({ length: roomsPerSite }, (_, i) => ({ site_code, code: `${site_code}-R${i + 1}` })),
  );
  await inPieces(codes, async (piece) => {
    await db
      .insertInto('site')
      .values(
        piece.map((code) => ({
          project_id,
          code,
          name: `School ${code}`,
          registered_at: now,
          last_contact: now,
          status_json: JSON.stringify(
            status({
              rooms: Array.from({ length: roomsPerSite }, (_, i) =>
                room(`${code}-R${i + 1}`, { sessionId: session_id, stages: { startedAt: 1, endedAt: 2 } }),
              ),
            }),
          ),
        })),
      )
      .execute();
  });
  await inPieces(rooms, async (piece) => {
    await db
      .insertInto('room')
      .values(piece.map((one) => ({ project_id, ...one, name: one.code })))
      .execute();
  });
  const candidates = rooms.flatMap(({ site_code, code }) =>
    Array.from({ length: candidatesPerRoom }, (_, i) => ({
      id: `${code}-${i}`,
      project_id,
      session_number: 1,
      site_code,
      room_code: code,
      position: i,
      admission_number: `${code}-${i}`,
      name: 'N',
      name_folded: 'n',
      seat_number: null,
      extra_percent: 0,
      accommodations_json: null,
    })),
  );
  await inPieces(candidates, async (piece) => {
    await db.insertInto('candidate').values(piece).execute();
  });
  const reported = rooms.filter((_, i) => i % 10 !== 0);
  await inPieces(reported, async (piece) => {
    await db
      .insertInto('result')
      .values(
        piece.map(({ site_code, code }) => ({
          id: code,
          project_id,
          session_id,
          site_code,
          room_code: code,
          parcel_digest: code,
          received_at: now,
          receipt: 'x'.repeat(400),
          receipt_at: now,
          entries: 1_000,
          expected: candidatesPerRoom,
          sat: candidatesPerRoom,
          absent: 0,
          files: 0,
          files_missing: 0,
          foreign_changes: 0,
          foreign_sittings: 0,
          problem_json: null,
          held_json: null,
        })),
      )
      .execute();
  });
}

async function inPieces<T>(all: readonly T[], insert: (piece: T[]) => Promise<void>): Promise<void> {
  for (let i = 0; i < all.length; i += rowsAtOnce) await insert(all.slice(i, i + rowsAtOnce));
}
