/** The board: what sites said is there after a restart and in every process, alarms are acknowledged, minutes counted. */
import { expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { LiveBoard } from '../../src/centre/board/live-board.ts';
import { makeProject, type TestCentre } from '../../src/centre/centre.fixture.ts';
import { boardFold, type BoardView } from '../../src/exam/board/board-view.ts';
import { room, status } from '../../src/exam/board/board.fixture.ts';
import type { SiteStatus } from '../../src/exam/session/site-status.ts';
import { refusalOf, type Tried } from './centre-on.ts';

const minute = 60_000;

/** As a process that starts on the same database. */
function another({ centre, target }: TestCentre, self: string): Promise<LiveBoard> {
  return LiveBoard.open({
    db: centre.db,
    clock: centre.node.clock,
    journal: centre.node.journal,
    self,
    shared: 'url' in target,
    codes: () => new Map(),
    changed: centre.changed,
    onError: (error) => {
      throw error;
    },
  });
}

function seenBy(board: LiveBoard, projectId: string): () => BoardView {
  const [next, fold] = [board.viewer(projectId, null, null), boardFold()];
  return () => fold(next());
}

function told(sessionId: string, inExam: number): SiteStatus {
  const stages = { startedAt: 5 };
  return status({ rooms: [{ ...room('S1-R1', { stages, counts: { inExam } }), sessionId }] });
}

export function keepsBoard({ start }: Tried): void {
  test('what sites said is on the board at once, and after a restart', async () => {
    const test = await start();
    const { projectId, sessionId } = await makeProject(test);
    const { board } = test.centre;
    await board.tick();
    const see = seenBy(board, projectId);
    expect(see().sites.map(({ code, counts }) => [code, counts.expected])).toEqual([
      ['S1', 2],
      ['S2', 1],
    ]);
    board.heard(projectId, 'S1', told(sessionId, 2));
    expect(see().sites[0]).toMatchObject({ counts: { inExam: 2 }, rooms: { all: 1, started: 1 } });
    expect(expectOk(await board.site(projectId, sessionId, 'S1')).rooms).toMatchObject([
      { roomCode: 'S1-R1', candidates: 2, counts: { inExam: 2 }, stages: { startedAt: 5 } },
    ]);
    await board.tick();
    const after = await another(test, 'after the restart');
    expect(seenBy(after, projectId)().sites).toEqual(see().sites);
    expect(expectOk(await after.site(projectId, sessionId, 'S1')).rooms).toMatchObject([
      { counts: { inExam: 2 } },
    ]);
    expect(refusalOf(await after.site(projectId, sessionId, 'S9'))).toBe('no-such-site');
    await after.close();
  });

  test('a status that was heard and could not be written is written with the next one', async () => {
    const test = await start();
    const { projectId, sessionId } = await makeProject(test);
    const { board, db } = test.centre;
    await board.tick();
    board.heard(projectId, 'S1', told(sessionId, 1));
    board.heard(projectId, 'S2', { ...told(sessionId, 1), publication: 7 });
    board.heard(projectId, 'S1', told(sessionId, 2));
    await board.close();
    const rows = await db.selectFrom('site').select(['code', 'status_json']).orderBy('code').execute();
    expect(JSON.parse(rows[0]?.status_json ?? '')).toMatchObject({ rooms: [{ counts: { inExam: 2 } }] });
    expect(JSON.parse(rows[1]?.status_json ?? '')).toMatchObject({ publication: 7 });
  });

  test('a viewer sees what sites say to another process of the centre', async () => {
    const test = await start();
    if (!('url' in test.target)) return;
    const { projectId, sessionId } = await makeProject(test);
    const { board } = test.centre;
    await board.tick();
    const other = await another(test, 'other');
    const [see, seeOther] = [seenBy(board, projectId), seenBy(other, projectId)];
    seeOther();
    for (const inExam of [1, 2]) {
      test.pass(1_000);
      board.heard(projectId, 'S1', told(sessionId, inExam));
      await board.tick();
      await other.tick();
      expect(seeOther().sites).toEqual(see().sites);
      expect(seeOther().sites[0]?.counts.inExam).toBe(inExam);
    }
    // And the other way: the last word counts, whichever process heard it.
    other.heard(projectId, 'S1', told(sessionId, 0));
    await other.tick();
    await board.tick();
    expect(see().sites[0]?.counts.inExam).toBe(0);
    await other.close();
  });

  test('an alarm is acknowledged with a note, which is in the journal, holds over a restart and not for the next alarm', async () => {
    const test = await start();
    const { projectId, sessionId } = await makeProject(test);
    const { board, node } = test.centre;
    await board.tick();
    const failed = (at: number): SiteStatus => ({
      ...told(sessionId, 0),
      sealCheckPassed: false,
      sealCheckedAt: at,
    });
    board.heard(projectId, 'S1', failed(1_000));
    const see = seenBy(board, projectId);
    const alarms = () => see().sites[0]?.alarms;
    expect(alarms()).toMatchObject([{ kind: 'seal-check-failed', since: 1_000, acknowledged: null }]);
    const where = { projectId, sessionId, siteCode: 'S1' };
    const by = { by: 'ann', note: 'They replace the computer.' };
    const kind = 'seal-check-failed';
    expectOk(await board.acknowledge(where, { kind, since: 1_000 }, by));
    expect(alarms()).toMatchObject([{ acknowledged: by }]);
    expect(refusalOf(await board.acknowledge(where, { kind, since: 999 }, by))).toBe('alarm-is-over');
    const entries = node.journal
      .after(0, 1_000)
      .filter(({ header }) => header.includes('alarm-acknowledged'));
    expect(entries.map(({ header }) => JSON.parse(header) as unknown)).toMatchObject([
      {
        subject: 'site:S1',
        data: { alarm: kind, since: 1_000, ...by, session: sessionId, project: projectId },
      },
    ]);
    await board.tick();
    const after = await another(test, 'after the restart');
    expect(seenBy(after, projectId)().sites[0]?.alarms).toMatchObject([{ acknowledged: by }]);
    await after.close();
    board.heard(projectId, 'S1', failed(2_000));
    expect(alarms()).toMatchObject([{ since: 2_000, acknowledged: null }]);
    board.heard(projectId, 'S1', told(sessionId, 0));
    expect(alarms()).toEqual([]);
  });

  test('one sample a minute is kept while the session is on, and is there after a restart', async () => {
    const test = await start();
    const { projectId, sessionId } = await makeProject(test);
    const { board } = test.centre;
    await board.tick();
    for (const inExam of [0, 1, 2]) {
      board.heard(projectId, 'S1', told(sessionId, inExam));
      await board.tick();
      board.heard(projectId, 'S1', told(sessionId, inExam + 10));
      await board.tick();
      test.pass(minute);
    }
    const { samples } = seenBy(board, projectId)();
    expect(samples.map(({ inExam }) => inExam)).toEqual([0, 1, 2]);
    const after = await another(test, 'after the restart');
    expect(seenBy(after, projectId)().samples).toEqual(samples);
    await after.close();
  });
}
