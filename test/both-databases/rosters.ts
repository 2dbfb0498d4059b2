/** Rosters, the sites that they name, and the codes that admit them. */
import { expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { printTickets } from '../../src/centre/admission-tickets/print-tickets.ts';
import { siteRows } from '../../src/centre/board/board.ts';
import { makeProject, rosterText } from '../../src/centre/centre.fixture.ts';
import { candidateRows } from '../../src/centre/roster/candidates.ts';
import { importRoster, previewRoster } from '../../src/centre/roster/import-roster.ts';
import { registerSite } from '../../src/centre/site/register-site.ts';
import { pageTexts } from '../../src/node/printed-sheet/printed-sheet.fixture.ts';
import { refusalOf, type Tried } from './centre-on.ts';

export function keepsRosters({ start }: Tried): void {
  test('two rosters that are imported at once leave one of them whole', async () => {
    const test = await start();
    const { projectId } = await makeProject(test);
    const rows = (letter: string, n: number): string[] =>
      Array.from(
        { length: n },
        (_, i) => `1,${letter},${letter}-R${i % 7},${letter}${i},Candidate ${letter}`,
      );
    const files = await Promise.all([
      test.file('a.csv', rosterText(rows('A', 1_200))),
      test.file('b.csv', rosterText(rows('B', 1_100))),
    ]);
    for (const done of await Promise.all(
      files.map((one) => importRoster(test.centre, projectId, one, 'admin')),
    ))
      expectOk(done);
    const all = await candidateRows(test.centre, { projectId, search: '', offset: 0, limit: 500 }, null);
    const [letter] = all.rows[0]?.siteCode ?? '';
    expect(all.total).toBe(letter === 'A' ? 1_200 : 1_100);
    expect(new Set(all.rows.map((row) => row.siteCode))).toEqual(new Set([letter]));
    expect((await siteRows(test.centre, projectId, null)).map((site) => [site.code, site.rooms])).toEqual([
      [letter, 7],
    ]);
  });

  test('a preview keeps nothing, and a search knows no upper and lower case in any alphabet', async () => {
    const test = await start();
    const { projectId } = await makeProject(test, 'P1', [
      '1,S1,S1-R1,AB-1,Ахметова Айгуль',
      '1,S1,S1-R1,ab-2,100%_Öztürk',
      '1,S1,S1-R2,3,王小明',
    ]);
    const other = await test.file('x.csv', rosterText(['1,S9,S9-R1,9,Nobody']));
    expect(expectOk(await previewRoster(test.centre, projectId, other)).candidates).toBe(1);
    const find = async (search: string): Promise<string[]> =>
      (await candidateRows(test.centre, { projectId, search, offset: 0, limit: 10 }, null)).rows.map(
        (row) => row.admissionNumber,
      );
    expect(await find('')).toEqual(['AB-1', 'ab-2', '3']);
    expect(await find('айГУЛЬ')).toEqual(['AB-1']);
    expect(await find('ÖZTÜRK')).toEqual(['ab-2']);
    expect(await find('小')).toEqual(['3']);
    expect(await find('Ab')).toEqual(['AB-1', 'ab-2']);
    expect(await find('%_ö')).toEqual(['ab-2']);
    expect(await find('%')).toEqual([]);
    expect(await find('小明')).toEqual(['3']);
    expect(await find('明')).toEqual(['3']);
    expect(await find('s1-r2')).toEqual(['3']);
    expect(await find('S1 ахм')).toEqual(['AB-1']);
    expect(await find('айг ахм')).toEqual(['AB-1']);
    expect(await find('айг 王')).toEqual([]);
    expect(await find('\0')).toEqual([]);
  });

  test('tickets are printed for a site, of exactly its candidates', async () => {
    const test = await start();
    const { projectId } = await makeProject(test);
    const print = (siteCode: string) => printTickets(test.centre, { projectId, siteCode, language: 'zh' });
    const [page = ''] = await pageTexts(expectOk(await print('S1')).content);
    expect(page.match(/100\d/g)).toEqual(['1001', '1002']);
    expect(refusalOf(await print('S9'))).toBe('no-such-site');
  });

  test('a registration code admits one site, also when two come at once', async () => {
    const test = await start();
    const { projectId } = await makeProject(test);
    const join = (id: string) =>
      registerSite(
        test.centre,
        projectId,
        { id, code: 'S1', keys: { signingKey: 'k', sealingKey: 'age1x' }, tlsFingerprint: id },
        { serial: 'L', recipient: 'age1y' },
      );
    const joined = await Promise.all([join('one'), join('two')]);
    expect(joined.map(refusalOf).toSorted()).toEqual(['done', 'registration-code-not-open']);
    const [site] = await siteRows(test.centre, projectId, null);
    expect(site).toMatchObject({ registrationCode: null, lockSerial: 'L', candidates: 2 });
    // A registered site stays when a new roster does not name it; one that never came goes.
    const next = await test.file('next.csv', rosterText(['1,S3,S3-R1,1,A']));
    expectOk(await importRoster(test.centre, projectId, next, 'admin'));
    expect((await siteRows(test.centre, projectId, null)).map((one) => one.code)).toEqual(['S1', 'S3']);
    // On the board are those that have candidates.
    await test.centre.board.tick();
    const { sites } = test.centre.board.viewer(projectId, null, null)();
    expect(sites.map((one) => one.code)).toEqual(['S3']);
  });
}
