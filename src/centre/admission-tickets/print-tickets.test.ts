import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { zipOf } from '../../exam/paper/package.fixture.ts';
import { mostInOneFile } from '../../node/printed-sheet/one-file.ts';
import { pageTexts, samplePhoto } from '../../node/printed-sheet/printed-sheet.fixture.ts';
import { makeProject, openTestCentre, rosterText, sessionInput, type TestCentre } from '../centre.fixture.ts';
import { removeSession, saveSession } from '../project/projects.ts';
import { importRoster } from '../roster/import-roster.ts';
import { printTickets } from './print-tickets.ts';

let centre: TestCentre;
beforeAll(async () => {
  centre = await openTestCentre('file');
});
afterAll(() => centre.close());

const numbersIn = (pages: readonly string[]) => pages.flatMap((page) => page.match(/N-\d{4}/g) ?? []);

test('a site’s tickets tell all sessions of its candidates, those at another site, too', async () => {
  const { projectId } = await makeProject(centre, 'P1');
  const second = sessionInput(2, centre.centre.node.clock.now() + 90_000_000);
  const { sessionId } = expectOk(await saveSession(centre.centre, projectId, null, second));
  const rows = [
    '2,S1,A,N-0003,Ганна',
    '1,S1,A,N-0002,王小明',
    '1,S1,A,N-0001,Ann',
    '2,S2,B,N-0002,王小明',
    '1,S2,B,N-0004,Bob',
  ];
  const zip = await zipOf({ 'roster.csv': rosterText(rows), 'N-0002.png': samplePhoto('image/png') });
  expectOk(await importRoster(centre.centre, projectId, await centre.file('roster.zip', zip), 'admin'));
  const print = (siteCode: string | null) =>
    printTickets(centre.centre, { projectId, siteCode, language: 'en' });

  const { fileName, content } = expectOk(await print('S1'));
  expect(fileName).toBe('tickets_P1_S1.pdf');
  const pages = await pageTexts(content);
  expect(numbersIn(pages)).toEqual(['N-0002', 'N-0001', 'N-0003']);
  const wang = pages[0]?.slice(0, pages[0].indexOf('N-0001'));
  for (const one of ['王小明', '1·Session1', '2·Session2', 'S1·A', 'S2·B']) expect(wang).toContain(one);
  expect(numbersIn(await pageTexts(expectOk(await print('S2')).content))).toEqual(['N-0004', 'N-0002']);
  expect(numbersIn(await pageTexts(expectOk(await print(null)).content))).toEqual([
    'N-0002',
    'N-0001',
    'N-0003',
    'N-0004',
  ]);

  expect(await print('S3')).toMatchObject({ refusal: { type: 'no-such-site', site: 'S3' } });
  // Who changed the sessions after the roster would send people home without one.
  expectOk(await removeSession(centre.centre, projectId, sessionId));
  expect(await print('S1')).toMatchObject({ refusal: { type: 'roster-without-sessions', numbers: [2] } });
});

test('a project with more candidates than a file holds is refused, its sites are not', async () => {
  const rows = Array.from({ length: mostInOneFile + 1 }, (_, i) => `1,S${i % 500},R${i % 500},${i},Ann`);
  const { projectId } = await makeProject(centre, 'P2', rows);
  const print = (siteCode: string | null) =>
    printTickets(centre.centre, { projectId, siteCode, language: 'ru' });
  expect(await print(null)).toMatchObject({
    refusal: { type: 'too-many-for-one-file', count: mostInOneFile + 1, limit: mostInOneFile },
  });
  expect(await pageTexts(expectOk(await print('S0')).content)).toHaveLength(5);
});
