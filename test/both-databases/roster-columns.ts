/** Columns that people name as they like, and what a new roster changes. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { makeProject, rosterText } from '../../src/centre/centre.fixture.ts';
import { siteRows } from '../../src/centre/board/board.ts';
import { candidateRows } from '../../src/centre/roster/candidates.ts';
import { rosterPreviewSchema } from '../../src/centre/roster/contract.ts';
import { importRoster, previewRoster } from '../../src/centre/roster/import-roster.ts';
import { refusalOf, type Tried } from './centre-on.ts';

export function readsColumns({ start }: Tried): void {
  test('columns are said by hand where no heading tells them, and are remembered for the next roster of the project', async () => {
    const test = await start();
    const { centre } = test;
    const { projectId } = await makeProject(test);
    const odd = (name: string) =>
      test.file(
        'odd.csv',
        `Kandidat;Ort;Saal;准考证号;Экзамен;Candidate No.\n${name};S1;S1-R1;1001;1;ignored\n`,
      );
    const first = expectOk(await previewRoster(centre, projectId, await odd('Anna')));
    expect(first.missing).toEqual(['siteCode', 'roomCode', 'name']);
    expect(first.columns.map(({ field, cells }) => [field, cells])).toEqual([
      [null, ['Anna']],
      [null, ['S1']],
      [null, ['S1-R1']],
      ['admissionNumber', ['1001']],
      ['sessionNumber', ['1']],
      // The number has its column already.
      [null, ['ignored']],
    ]);
    expect(refusalOf(await importRoster(centre, projectId, await odd('Anna'), 'a'))).toBe(
      'roster-columns-missing',
    );
    const mapping = { kandidat: 'name', ort: 'siteCode', saal: 'roomCode' } as const;
    const said = expectOk(await previewRoster(centre, projectId, await odd('Anna'), mapping));
    expect(said).toMatchObject({
      missing: [],
      wrong: 0,
      first: [{ name: 'Anna', siteCode: 'S1', roomCode: 'S1-R1', admissionNumber: '1001', sessionNumber: 1 }],
      comparison: { added: 0, changed: 1, removed: 2, same: 0 },
    });
    expect(said.comparison?.changes.find(({ kind }) => kind === 'changed')).toMatchObject({
      admissionNumber: '1001',
      what: [{ field: 'name', before: 'Ахметова Айгуль', after: 'Anna' }],
    });
    expectOk(await importRoster(centre, projectId, await odd('Anna'), 'a', mapping));
    const again = expectOk(await previewRoster(centre, projectId, await odd('Anna')));
    expect(again).toMatchObject({ missing: [], comparison: { added: 0, changed: 0, removed: 0, same: 1 } });
    const wrong = await test.file(
      'wrong.csv',
      'Kandidat;Ort;Saal;准考证号;Экзамен;Место\nAnna;S1;R1;1;1;x\nBo;S1;R1;2;1;2\n',
    );
    const half = expectOk(await previewRoster(centre, projectId, wrong));
    expect(rosterPreviewSchema.parse(half)).toMatchObject({
      wrong: 1,
      first: [{ name: 'Bo', seatNumber: 2 }],
    });
    // What is said now counts before what is remembered.
    const other = expectOk(
      await previewRoster(centre, projectId, await odd('Anna'), {
        ...mapping,
        'candidate no': 'name',
        kandidat: null,
      }),
    );
    expect(other.first).toMatchObject([{ name: 'ignored' }]);
    expect(
      (await candidateRows(centre, { projectId, search: '', offset: 0, limit: 10 }, null)).rows,
    ).toHaveLength(1);
  });

  test('a roster with a column of regions puts each site into one, a later one without it leaves them, and what changes is told', async () => {
    const test = await start();
    const { centre } = test;
    const { projectId } = await makeProject(test);
    const regions = async () =>
      (await siteRows(centre, projectId, null)).map(({ code, region }) => [code, region]);
    expect(await regions()).toEqual([
      ['S1', null],
      ['S2', null],
    ]);
    const roster = (south: string, again = south) =>
      test.file(
        'regions.csv',
        [
          'session,site code,Район,room code,admission number,name',
          '1,S1,,S1-R1,1001,Ахметова Айгуль',
          `1,S2,${south},S2-R1,1003,Öztürk`,
          `1,S2,${again},S2-R1,1004,Wang`,
        ].join('\n'),
      );
    const seen = expectOk(
      await previewRoster(centre, projectId, await roster('Южный  район', 'Южный район')),
    );
    expect(rosterPreviewSchema.parse(seen)).toMatchObject({
      wrong: 0,
      first: [{ region: null }, { region: 'Южный район' }, {}],
    });
    expect(seen.comparison?.changes.find(({ admissionNumber }) => admissionNumber === '1003')).toMatchObject({
      kind: 'changed',
      what: [{ field: 'region', before: '', after: 'Южный район' }],
    });
    expectOk(await importRoster(centre, projectId, await roster('Южный район'), 'a'));
    expect(await regions()).toEqual([
      ['S1', null],
      ['S2', 'Южный район'],
    ]);
    // Said by hand, where the heading tells nothing.
    const odd = await test.file(
      'odd.csv',
      (await readFile((await roster('North')).path, 'utf8')).replace('Район', 'Zone'),
    );
    const said = expectOk(await previewRoster(centre, projectId, odd, { zone: 'region' }));
    expect(said.first[1]).toMatchObject({ region: 'North' });
    const without = await test.file(
      'r.csv',
      rosterText(['1,S1,S1-R1,1001,Ахметова Айгуль', '1,S2,S2-R1,1003,Öztürk']),
    );
    const kept = expectOk(await previewRoster(centre, projectId, without));
    expect(kept.comparison).toMatchObject({ changed: 0, removed: 1, same: 2 });
    expectOk(await importRoster(centre, projectId, without, 'a'));
    expect((await regions())[1]).toEqual(['S2', 'Южный район']);
    const torn = expectOk(await previewRoster(centre, projectId, await roster('North', 'South')));
    expect(torn.errors).toMatchObject([
      {
        line: 4,
        column: 'Район',
        value: 'South',
        reason: { type: 'site-in-two-regions', regions: ['North', 'South'] },
      },
    ]);
  });
}
