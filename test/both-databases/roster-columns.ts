/** Columns that people name as they like, and what a new roster changes. */
import { expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { makeProject } from '../../src/centre/centre.fixture.ts';
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
    expect((await candidateRows(centre, { projectId, search: '', offset: 0, limit: 10 })).rows).toHaveLength(
      1,
    );
  });
}
